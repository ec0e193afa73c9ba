/**
 * A menu that floats where it was asked for, with menus beside it; on narrow screens a sheet at the bottom.
 */

import { el, ownPath, uniqueId } from "../dom.js";
import { icon } from "../icons.js";

const EDGE_PX = 8;
const OVERLAP_PX = 4;
const NARROW = "(max-width: 800px)";

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {string | null} [picture] Beside the label.
 * @property {() => void} [run]
 * @property {Item[]} [items] A menu of its own, in place of `run`.
 *
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box What a menu stands beside, or a point.
 * @typedef {{label: string, picture?: string | null, items: Item[]}} Content
 */

export class Menu {
  /**
   * @param {Content} content
   * @param {(isFocusWanted: boolean) => void} onClose Told whether the focus is to go back where it was.
   * @param {Menu | null} [parent]
   */
  constructor(content, onClose, parent = null) {
    this.content = content;
    this.onClose = onClose;
    this.parent = parent;
    /** @type {Menu | null} */
    this.child = null;
    /** Whether it was touched: the finger that called it up lies on it and must not choose by being lifted. */
    this.isTouched = false;
    this.isSheet = window.matchMedia(NARROW).matches;
    /** @type {{button: HTMLButtonElement, item: Item}[]} */
    this.rows = [];
    const rows = content.items.map((item) => this.entry(item));
    this.element = el(
      "div",
      {
        class: `context-menu${this.isSheet ? " sheet" : ""}`,
        popover: "manual",
        role: "menu",
        tabindex: -1,
        aria: { label: content.label },
        on: {
          keydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
          pointerdown: () => {
            this.isTouched = true;
          },
          contextmenu: (/** @type {Event} */ event) => event.preventDefault(),
        },
      },
      this.isSheet && this.title(),
      ...rows,
    );
    this.stray = this.stray.bind(this);
    this.outside = this.outside.bind(this);
    this.shut = this.shut.bind(this);
  }

  title() {
    const path = ownPath(this.content.picture);
    return el(
      "div",
      { class: "context-title", aria: { hidden: true } },
      path && el("img", { src: path, alt: "" }),
      this.content.label,
    );
  }

  /** @param {Item} item @returns {HTMLElement} */
  entry(item) {
    if (this.isSheet && item.items) {
      // There is no room beside a sheet: what belongs together stands below its name.
      const id = uniqueId("group");
      return el(
        "div",
        { role: "group", aria: { labelledby: id } },
        el("div", { class: "context-group", id, text: item.label }),
        ...item.items.map((inner) => this.row(inner)),
      );
    }
    return this.row(item);
  }

  /** @param {Item} item */
  row(item) {
    const path = ownPath(item.picture);
    const button = el(
      "button",
      {
        class: "context-row",
        type: "button",
        role: "menuitem",
        tabindex: -1,
        aria: item.items ? { haspopup: "menu", expanded: false } : {},
        on: {
          // A click of the keyboard has no place.
          click: (/** @type {MouseEvent} */ event) =>
            (this.isTouched || event.detail === 0) && this.choose(item, button),
          pointerenter: (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && this.hover(item, button),
        },
      },
      path && el("img", { src: path, alt: "" }),
      el("span", { class: "context-label", text: item.label }),
      item.items && icon("right", 16),
    );
    this.rows.push({ button, item });
    return button;
  }

  /** Shows it beside a box. @param {Box} box */
  open(box) {
    document.body.append(this.element);
    this.element.showPopover();
    if (!this.isSheet) this.place(box);
    if (this.parent !== null) return;
    document.addEventListener("keydown", this.stray, true);
    document.addEventListener("pointerdown", this.outside, true);
    document.addEventListener("wheel", this.outside, true);
    window.addEventListener("resize", this.shut);
    window.addEventListener("blur", this.shut);
  }

  /** @param {Box} box */
  place(box) {
    const { width, height } = this.element.getBoundingClientRect();
    const isRight = box.right + width + EDGE_PX <= window.innerWidth;
    const left = isRight ? box.right : Math.max(EDGE_PX, box.left - width);
    const top = Math.max(EDGE_PX, Math.min(box.top, window.innerHeight - height - EDGE_PX));
    this.element.style.setProperty("left", `${left}px`);
    this.element.style.setProperty("top", `${top}px`);
  }

  /** @param {number} at */
  focus(at) {
    const count = this.rows.length;
    this.rows[(at + count) % count]?.button.focus();
  }

  get focused() {
    return this.rows.findIndex(({ button }) => button === document.activeElement);
  }

  /** @param {Item} item @param {HTMLButtonElement} button */
  hover(item, button) {
    button.focus({ preventScroll: true });
    if (item.items) this.openChild(item, button);
    else this.closeChild();
  }

  /** @param {Item} item @param {HTMLButtonElement} button */
  choose(item, button) {
    if (item.items) {
      this.openChild(item, button);
      this.child?.focus(0);
      return;
    }
    this.root.close(true);
    item.run?.();
  }

  /** @returns {Menu} */
  get root() {
    return this.parent?.root ?? this;
  }

  /** @param {Item} item @param {HTMLButtonElement} button */
  openChild(item, button) {
    if (this.child?.content.items === item.items) return;
    this.closeChild();
    const content = { label: item.label, items: item.items ?? [] };
    this.child = new Menu(content, () => button.setAttribute("aria-expanded", "false"), this);
    button.setAttribute("aria-expanded", "true");
    const { left, right, top, bottom } = button.getBoundingClientRect();
    this.child.open({ left: left + OVERLAP_PX, right: right - OVERLAP_PX, top: top - OVERLAP_PX, bottom });
  }

  closeChild() {
    this.child?.close(false);
    this.child = null;
  }

  /** @param {boolean} isFocusWanted */
  close(isFocusWanted) {
    if (!this.element.isConnected) return;
    this.closeChild();
    document.removeEventListener("keydown", this.stray, true);
    document.removeEventListener("pointerdown", this.outside, true);
    document.removeEventListener("wheel", this.outside, true);
    window.removeEventListener("resize", this.shut);
    window.removeEventListener("blur", this.shut);
    this.element.remove();
    this.onClose(isFocusWanted);
  }

  shut() {
    this.close(false);
  }

  /** @param {Node | null} node */
  holds(node) {
    return this.element.contains(node) || this.child?.element.contains(node) === true;
  }

  /** @param {Event} event */
  outside(event) {
    if (!this.holds(/** @type {Node} */ (event.target))) this.shut();
  }

  /** Keys are for the menu, also where a finger has put the focus elsewhere. @param {KeyboardEvent} event */
  stray(event) {
    if (!this.holds(/** @type {Node} */ (event.target))) this.key(event);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowDown: () => this.focus(this.focused + 1),
      ArrowUp: () => this.focus(Math.max(this.focused, 0) - 1),
      Home: () => this.focus(0),
      End: () => this.focus(-1),
      ArrowRight: () => this.enterChild(),
      ArrowLeft: () => this.leaveChild(),
      Escape: () => (this.parent ? this.leaveChild() : this.close(true)),
      Tab: () => this.root.close(true),
    };
    const act = actions[event.key] ?? this.findBy(event);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  enterChild() {
    const row = this.rows[this.focused];
    if (row?.item.items) this.choose(row.item, row.button);
  }

  leaveChild() {
    const { parent } = this;
    if (parent === null) return;
    const row = parent.rows.find(({ item }) => item.items === this.content.items);
    parent.closeChild();
    row?.button.focus();
  }

  /** Typing goes to the next entry that begins so. @param {KeyboardEvent} event @returns {(() => void) | null} */
  findBy(event) {
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return null;
    const order = this.rows.map((_, index) => (this.focused + 1 + index) % this.rows.length);
    const wanted = event.key.toLocaleLowerCase();
    const found = order.find((index) => this.rows[index].item.label.toLocaleLowerCase().startsWith(wanted));
    return () => found !== undefined && this.focus(found);
  }
}
