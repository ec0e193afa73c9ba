/**
 * A picture over everything else: Escape or a click beside it closes, the arrow keys go to its neighbours.
 */

import { el, fill, ownPath } from "./dom.js";
import { icon } from "./icons.js";

export class Lightbox {
  constructor() {
    /** @type {import("./media.js").Shown[]} */
    this.pictures = [];
    this.index = 0;
    this.stage = el("div", { class: "lightbox-stage" });
    this.caption = el("div", { class: "lightbox-caption" });
    this.previous = this.arrow("left", "Previous picture", -1);
    this.next = this.arrow("right", "Next picture", 1);
    this.element = el(
      "dialog",
      {
        class: "lightbox",
        aria: { label: "Picture" },
        on: {
          click: (/** @type {Event} */ event) =>
            event.target instanceof Element && event.target.matches("dialog, .lightbox-stage") && this.close(),
          keydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
          close: () => this.stage.replaceChildren(),
        },
      },
      el(
        "button",
        {
          class: "icon-button lightbox-close",
          type: "button",
          aria: { label: "Close" },
          on: { click: () => this.close() },
        },
        icon("close", 24),
      ),
      this.previous,
      this.stage,
      this.next,
      this.caption,
    );
  }

  /**
   * @param {import("./media.js").Shown[]} pictures
   * @param {number} index Which to begin with.
   */
  open(pictures, index) {
    this.pictures = pictures;
    this.show(index);
    this.element.showModal();
  }

  close() {
    this.element.close();
  }

  /** @param {number} index */
  show(index) {
    this.index = (index + this.pictures.length) % this.pictures.length;
    const { src, alt, name, width, height } = this.pictures[this.index];
    const path = ownPath(src);
    fill(this.stage, el("img", { class: "lightbox-picture", src: path, alt, width, height, draggable: "false" }));
    const open = el(
      "a",
      { class: "lightbox-open", href: path, target: "_blank", rel: "noopener noreferrer" },
      "Open in browser",
      icon("outside", 14),
    );
    fill(
      this.caption,
      alt && el("p", { class: "lightbox-alt", text: alt }),
      el("p", {}, el("span", { class: "lightbox-name", text: name }), open),
    );
    for (const arrow of [this.previous, this.next]) arrow.hidden = this.pictures.length < 2;
  }

  /** @param {string} name @param {string} label @param {number} by */
  arrow(name, label, by) {
    const press = () => this.show(this.index + by);
    return el(
      "button",
      { class: `icon-button lightbox-${name}`, type: "button", aria: { label }, on: { click: press } },
      icon(name, 28),
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined && this.pictures.length > 1) this.show(this.index + by);
  }
}
