/**
 * Short notices at the top: what did not work, and that the connection is gone.
 */

import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;
const MOST = 3;

export class Notices {
  constructor() {
    this.banner = el("div", { class: "banner", role: "status", hidden: true });
    this.list = el("div", { class: "notices", role: "status", aria: { live: "polite" } });
  }

  /** @param {string} text */
  show(text) {
    const same = [...this.list.children].find((node) => node.textContent === text);
    same?.remove();
    const note = el(
      "div",
      { class: "notice" },
      icon("warning", 18),
      el("span", { text }),
      el(
        "button",
        { class: "icon-button", type: "button", aria: { label: "Close" }, on: { click: () => note.remove() } },
        icon("close", 16),
      ),
    );
    this.list.append(note);
    while (this.list.childElementCount > MOST) this.list.firstElementChild?.remove();
    window.setTimeout(() => note.remove(), SHOWN_MS);
  }

  /** @param {import("./socket.js").LineState} state */
  setLine(state) {
    this.banner.hidden = state !== "lost";
    if (state === "lost")
      this.banner.replaceChildren(el("span", { class: "spinner" }), "Reconnecting… What you write stays here.");
  }
}
