/**
 * What a player does in the game: change the service tag, which proves whose account it is, or the gamertag.
 */

import { el, fill, uniqueId } from "../dom.js";
import { buttonField, section, textField } from "./fields.js";

const LONGEST_TAG = 4;
const LONGEST_GAMERTAG = 15;

/** It is made once: what somebody is typing outlives every change of the world. */
export class InGame {
  /** @param {import("../client.js").Client} client */
  constructor(client) {
    this.client = client;
    this.gamertags = el("datalist", { id: uniqueId("gamertags") });
    this.known = "";
    this.player = textField("Gamertag", { longest: 100, list: this.gamertags, placeholder: "Whose" });
    this.tag = textField("New service tag", { longest: LONGEST_TAG, placeholder: "Code", isCode: true });
    this.name = textField("New gamertag", { longest: LONGEST_GAMERTAG, placeholder: "Name" });
    this.done = el("p", { class: "field-description", role: "status", aria: { label: "Done in the game" } });
    this.element = section(
      "In the game",
      this.gamertags,
      this.player.element,
      this.line(this.tag, "Set", "Set the service tag", "service_tag"),
      this.line(this.name, "Rename", "Rename the player", "rename"),
      this.done,
    );
  }

  /**
   * @param {ReturnType<typeof textField>} field
   * @param {string} text
   * @param {string} label
   * @param {string} what
   */
  line(field, text, label, what) {
    const send = () =>
      this.client.change({ what, gamertag: this.player.input.value.trim(), text: field.input.value.trim() });
    const button = buttonField(text, "secondary", send, label);
    field.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      button.click();
    });
    return el("div", { class: "field-action" }, field.element, button);
  }

  /** @param {import("../types.js").World} world */
  render(world) {
    const known = JSON.stringify(world.gamertags);
    if (known !== this.known) {
      this.known = known;
      fill(
        this.gamertags,
        world.gamertags.map((gamertag) => el("option", { value: gamertag })),
      );
    }
    if (this.done.textContent !== (world.done_in_game ?? "")) this.done.textContent = world.done_in_game ?? "";
    this.done.hidden = world.done_in_game === null;
  }
}
