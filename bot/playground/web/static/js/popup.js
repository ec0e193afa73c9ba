/**
 * A small panel beside a control, above everything else (also above dialogs), which closes by itself.
 */

import { el } from "./dom.js";

const GAP_PX = 4;
const EDGE_PX = 8;

export class Popup {
  /**
   * @param {HTMLElement} anchor What it belongs to; the popup becomes its next sibling.
   * @param {HTMLElement} content
   * @param {() => void} onClose
   */
  constructor(anchor, content, onClose) {
    this.anchor = anchor;
    this.onClose = onClose;
    this.element = el("div", { class: "popup", popover: "manual" }, content);
    this.isOpen = false;
    this.place = this.place.bind(this);
    this.outside = this.outside.bind(this);
  }

  open() {
    if (this.isOpen) return;
    this.isOpen = true;
    this.anchor.after(this.element);
    this.element.showPopover();
    this.place();
    document.addEventListener("pointerdown", this.outside, true);
    window.addEventListener("resize", this.place);
    document.addEventListener("scroll", this.place, true);
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    document.removeEventListener("pointerdown", this.outside, true);
    window.removeEventListener("resize", this.place);
    document.removeEventListener("scroll", this.place, true);
    this.element.remove();
    this.onClose();
  }

  /** @param {Event} event */
  outside(event) {
    const target = /** @type {Node} */ (event.target);
    if (!this.element.contains(target) && !this.anchor.contains(target)) this.close();
  }

  /** Puts it below its anchor, or above where there is more room. */
  place() {
    if (!this.anchor.isConnected) {
      this.close();
      return;
    }
    const box = this.anchor.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, 220), window.innerWidth - 2 * EDGE_PX);
    const below = window.innerHeight - box.bottom - GAP_PX - EDGE_PX;
    const above = box.top - GAP_PX - EDGE_PX;
    const { style } = this.element;
    style.setProperty("inline-size", `${width}px`);
    style.setProperty("left", `${Math.min(Math.max(EDGE_PX, box.left), window.innerWidth - width - EDGE_PX)}px`);
    const isBelow = below >= Math.min(this.element.scrollHeight, 260) || below >= above;
    style.setProperty("max-block-size", `${Math.max(120, Math.min(320, isBelow ? below : above))}px`);
    style.setProperty("top", isBelow ? `${box.bottom + GAP_PX}px` : "auto");
    style.setProperty("bottom", isBelow ? "auto" : `${window.innerHeight - box.top + GAP_PX}px`);
  }
}
