/**
 * The list above the composer: commands, options and values to choose from.
 */

import { offerPicture } from "../components/select.js";
import { el, fill, ownPath, uniqueId } from "../dom.js";

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {string} [key] What tells it from others; its label otherwise.
 * @property {string} [note] Beside the label, smaller.
 * @property {string} [detail] Below the label.
 * @property {import("../components/choices.js").Offer} [offer] For its picture.
 * @property {() => void} pick
 *
 * @typedef {object} View
 * @property {string} label What the list is, for those who do not see it.
 * @property {string} [title] A heading.
 * @property {string | null} [picture] Beside the heading.
 * @property {string} [about] What is being filled in.
 * @property {string | null} [error] What is wrong with it.
 * @property {Row[]} rows
 * @property {string} [note] Shown where there are no rows.
 * @property {boolean} [isLoading]
 * @property {boolean} [isEager] Whether the first row is chosen unless another one is.
 */

export class Suggestions {
  constructor() {
    this.listId = uniqueId("suggestions");
    this.active = -1;
    /** @type {View | null} */
    this.view = null;
    /** The row that was gone to by keyboard, and in which list. @type {{list: string, key: string} | null} */
    this.chosen = null;
    this.head = el("div", { class: "suggest-head" });
    this.list = el("ul", { class: "suggest-list", id: this.listId, role: "listbox" });
    this.element = el(
      "div",
      { class: "suggest", hidden: true, on: { mousedown: (/** @type {Event} */ event) => event.preventDefault() } },
      this.head,
      this.list,
    );
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @returns {Row[]} */
  get rows() {
    return this.isOpen ? (this.view?.rows ?? []) : [];
  }

  /** The id of the chosen row's element. */
  get activeId() {
    return this.isOpen && this.active >= 0 ? `${this.listId}-${this.active}` : null;
  }

  /** Hides it for a while: what was chosen is chosen still when the same list comes back. */
  hide() {
    this.view = null;
    this.element.hidden = true;
    this.active = -1;
  }

  /** @param {View | null} view Null hides it. */
  show(view) {
    const row = this.view?.label === view?.label ? this.view?.rows[this.active] : undefined;
    if (this.chosen?.list !== view?.label) this.chosen = null;
    if (view === null) {
      this.hide();
      return;
    }
    const before = this.chosen?.key ?? (view.isEager || row === undefined ? undefined : keyOf(row));
    this.view = view;
    this.element.hidden = false;
    this.list.setAttribute("aria-label", view.label);
    fill(this.head, headOf(view));
    this.head.hidden = this.head.childElementCount === 0;
    fill(
      this.list,
      view.rows.map((row, index) => this.row(row, index)),
      view.rows.length === 0 && view.note && el("li", { class: "suggest-note", text: view.note }),
    );
    this.list.classList.toggle("loading", view.isLoading === true);
    this.list.setAttribute("aria-busy", String(view.isLoading === true));
    const kept = before === undefined ? -1 : view.rows.findIndex((other) => keyOf(other) === before);
    this.activate(kept < 0 && view.isEager && view.rows.length > 0 ? 0 : kept);
  }

  /** @param {Row} row @param {number} index */
  row(row, index) {
    return el(
      "li",
      {
        class: "suggest-row",
        id: `${this.listId}-${index}`,
        role: "option",
        aria: { selected: false },
        on: {
          click: () => row.pick(),
          pointermove: (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && this.activate(index),
        },
      },
      row.offer && offerPicture(row.offer),
      el(
        "span",
        { class: "suggest-text" },
        el(
          "span",
          { class: "suggest-label" },
          row.label,
          row.note && el("span", { class: "suggest-side", text: row.note }),
        ),
        row.detail && el("span", { class: "suggest-detail", text: row.detail }),
      ),
    );
  }

  /** @param {number} by */
  move(by) {
    const count = this.rows.length;
    if (count === 0) return false;
    const from = this.active < 0 && by < 0 ? 0 : this.active;
    this.activate((from + by + count) % count);
    if (this.view !== null) this.chosen = { list: this.view.label, key: keyOf(this.rows[this.active]) };
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** @param {number} index */
  activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => {
      row.classList.toggle("active", at === index);
      if (row.getAttribute("role") === "option") row.setAttribute("aria-selected", String(at === index));
    });
    this.element.dispatchEvent(new CustomEvent("activate"));
  }
}

/** @param {Row} row */
function keyOf(row) {
  return row.key ?? row.label;
}

/** @param {View} view */
function headOf(view) {
  const path = ownPath(view.picture);
  return [
    view.title &&
      el(
        "div",
        { class: "suggest-title" },
        path && el("img", { class: "suggest-app", src: path, alt: "" }),
        view.title,
      ),
    view.about && el("div", { class: "suggest-about", text: view.about }),
    view.error && el("div", { class: "suggest-error", role: "alert", text: view.error }),
  ];
}
