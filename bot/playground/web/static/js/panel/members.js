/**
 * The members of the open channel's server.
 */

import { displayName, nameColor } from "../directory.js";
import { el, ownPath, refill } from "../dom.js";
import { icon } from "../icons.js";
import { personButton } from "../person.js";

export class Members {
  /**
   * @param {import("../store.js").Store} store
   * @param {() => void} close
   */
  constructor(store, close) {
    this.store = store;
    this.close = close;
    this.element = el("aside", { class: "panel members", aria: { label: "Members" } });
    store.on("channel", () => this.render());
  }

  render() {
    const { people } = this.store.directory;
    const members = people.filter((person) => !person.bot);
    const bots = people.filter((person) => person.bot);
    refill(
      this.element,
      el(
        "header",
        { class: "panel-head" },
        el("h2", { text: "Members" }),
        el(
          "button",
          { class: "icon-button", type: "button", aria: { label: "Close" }, on: { click: this.close } },
          icon("close"),
        ),
      ),
      el("div", { class: "panel-body" }, group("Members", members), group("Apps", bots)),
    );
  }
}

/** @param {string} title @param {(import("../types.js").Member | import("../types.js").User)[]} people */
function group(title, people) {
  if (people.length === 0) return null;
  const rows = people.map((person) =>
    el(
      "li",
      {},
      personButton(
        "member",
        person,
        el("span", { class: "presence" }, el("img", { src: ownPath(person.avatar), alt: "" })),
        el("span", { class: "member-name", text: displayName(person), style: { color: nameColor(person) } }),
        person.bot && el("span", { class: "app-badge", text: "APP" }),
      ),
    ),
  );
  return el("section", {}, el("h3", { class: "side-group", text: `${title} — ${people.length}` }), el("ul", {}, rows));
}
