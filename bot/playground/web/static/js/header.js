/**
 * The line above the messages: where one is, and what can be opened beside them.
 */

import { el, fill, ownPath } from "./dom.js";
import { icon } from "./icons.js";
import { renderInline } from "./markdown/render.js";

export class Header {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./markdown/render.js").Surroundings} around
   * @param {{openLeft: () => void, toggle: (name: import("./drawers.js").PanelName) => void}} actions
   */
  constructor(store, around, actions) {
    this.store = store;
    this.around = around;
    this.title = el("div", { class: "head-title" });
    /** @type {Record<string, HTMLButtonElement>} */
    this.buttons = {
      members: this.panelButton("members", "Members", actions.toggle),
      world: this.panelButton("world", "World", actions.toggle),
    };
    this.buttons.world.append(el("span", { class: "head-label", text: "World" }));
    this.element = el(
      "header",
      { class: "head" },
      el(
        "button",
        {
          class: "icon-button menu-button",
          type: "button",
          aria: { label: "Servers and channels" },
          on: { click: actions.openLeft },
        },
        icon("menu", 24),
      ),
      this.title,
      el("div", { class: "head-tools" }, this.buttons.world, this.buttons.members),
    );
    store.on("channel", () => this.render());
  }

  /**
   * @param {import("./drawers.js").PanelName} name
   * @param {string} label
   * @param {(name: import("./drawers.js").PanelName) => void} toggle
   */
  panelButton(name, label, toggle) {
    return el(
      "button",
      {
        class: `icon-button tool-${name}`,
        type: "button",
        title: label,
        aria: { label, expanded: false },
        on: { click: () => toggle(name) },
      },
      icon(name, 24),
    );
  }

  /** @param {import("./drawers.js").PanelName} open */
  setPanel(open) {
    for (const [name, button] of Object.entries(this.buttons))
      button.setAttribute("aria-expanded", String(name === open));
  }

  render() {
    const { directory } = this.store;
    const { dm, channel } = directory;
    const sign = dm
      ? el("img", { class: "head-avatar", src: ownPath(dm.user.avatar), alt: "" })
      : icon(channel?.private ? "lock" : "hash", 24);
    const name = dm ? dm.name : (channel?.name ?? "");
    const topic = channel?.topic
      ? [
          el("span", { class: "head-line", aria: { hidden: true } }),
          el("span", { class: "head-topic markdown", title: channel.topic }, renderInline(channel.topic, this.around)),
        ]
      : [];
    fill(this.title, sign, el("h1", { text: name }), ...topic);
    document.title = `${directory.title} | Adjutant playground`;
  }
}
