/**
 * Select menus, of one or several values, by mouse and by keyboard.
 */

import { el, fill, ownPath, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { emoji } from "../markdown/render.js";
import { Popup } from "../popup.js";
import { chosenAtFirst, offersOf, placeholderOf } from "./choices.js";

const SEARCHED_FROM = 9;

/**
 * @typedef {import("./choices.js").Offer} Offer
 * @typedef {object} SelectSetting
 * @property {import("../directory.js").Directory} directory
 * @property {string} [label] What the menu is called; its placeholder otherwise.
 * @property {boolean} [isBusy]
 * @property {string[]} [chosen] What was chosen before, in place of what the component says.
 * @property {() => void} [onClose] Called when the menu closes.
 * @property {(values: string[]) => void} [onCommit] Called when the menu closes with other values than before.
 *
 * @typedef {object} Unfinished What was being done in an open menu.
 * @property {string} typed Into its search.
 * @property {string | undefined} active The value of the entry that was gone to.
 * @property {string[] | null} values What was chosen and not committed yet; null where nothing was.
 */

/** Every one, by its control. @type {WeakMap<Element, Select>} */
const selects = new WeakMap();

/**
 * Lets the menus that take the places of others go on where those are open: a message is made anew when it is edited.
 *
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 * @returns {() => void} To be called when this is in the document, and the focus is where it belongs.
 */
export function keepMenus(before, after) {
  /** @type {(() => void)[]} */
  const goOn = [];
  for (const control of before.querySelectorAll(".select-control[aria-expanded=true]")) {
    const { component } = /** @type {HTMLElement} */ (control).dataset;
    const next = [...after.querySelectorAll(".select-control:enabled")].find(
      (other) => /** @type {HTMLElement} */ (other).dataset.component === component,
    );
    const unfinished = selects.get(control)?.leave();
    const heir = next && selects.get(next);
    if (heir && unfinished) goOn.push(() => heir.resume(unfinished));
  }
  return () => {
    for (const resume of goOn) resume();
  };
}

export class Select {
  /**
   * @param {import("../types.js").Component} component
   * @param {SelectSetting} setting
   */
  constructor(component, setting) {
    this.component = component;
    this.setting = setting;
    this.offers = offersOf(component, setting.directory);
    this.values = setting.chosen ?? chosenAtFirst(component);
    this.before = this.values;
    this.active = -1;
    this.listId = uniqueId("menu");
    this.isMany = (component.max_values ?? 1) > 1;
    this.label = setting.label ?? placeholderOf(component);
    this.control = this.makeControl();
    this.search = this.makeSearch();
    this.list = this.makeList();
    const isSearched = this.offers.length >= SEARCHED_FROM;
    this.focused = isSearched ? this.search : this.list;
    const content = el(
      "div",
      { class: "menu", on: { keydown: (/** @type {KeyboardEvent} */ event) => this.key(event) } },
      isSearched && this.search,
      this.list,
    );
    this.popup = new Popup(this.control, content, () => this.closed());
    this.element = el("div", { class: "select" }, this.control);
    selects.set(this.control, this);
    this.showChosen();
  }

  makeControl() {
    return el("button", {
      class: `select-control${this.setting.isBusy ? " busy" : ""}`,
      type: "button",
      disabled: this.component.disabled === true || this.setting.isBusy === true,
      aria: { haspopup: "listbox", expanded: false, label: this.label },
      data: { component: this.component.custom_id },
      on: {
        click: () => (this.popup.isOpen ? this.popup.close() : this.open()),
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          this.open();
        },
      },
    });
  }

  makeSearch() {
    return el("input", {
      class: "menu-search",
      type: "text",
      role: "combobox",
      placeholder: "Search",
      autocomplete: "off",
      spellcheck: "false",
      aria: { label: `Search: ${this.label}`, controls: this.listId, expanded: true, autocomplete: "list" },
      on: { input: () => this.render() },
    });
  }

  makeList() {
    return el("ul", {
      class: "menu-list",
      id: this.listId,
      role: "listbox",
      tabindex: -1,
      aria: { label: this.label, multiselectable: this.isMany || null },
    });
  }

  open() {
    this.before = this.values;
    this.search.value = "";
    this.popup.open();
    this.control.setAttribute("aria-expanded", "true");
    this.render();
    this.activate(
      Math.max(
        0,
        this.found.findIndex((offer) => this.values.includes(offer.value)),
      ),
    );
    this.focused.focus();
  }

  closed() {
    this.control.setAttribute("aria-expanded", "false");
    this.setting.onClose?.();
    const hasChanged =
      this.values.length !== this.before.length || this.values.some((value) => !this.before.includes(value));
    if (!hasChanged) return;
    if (this.values.length < (this.component.min_values ?? 1) && this.setting.onCommit) {
      this.values = this.before;
      this.showChosen();
    } else this.setting.onCommit?.(this.values);
  }

  /** Closes without committing anything, and says what was being done. @returns {Unfinished} */
  leave() {
    const isChanged = this.values !== this.before;
    const unfinished = {
      typed: this.search.value,
      active: this.found[this.active]?.value,
      values: isChanged ? this.values : null,
    };
    this.values = this.before;
    this.shut();
    return unfinished;
  }

  /** Opens and goes on with what was being done in another's place. @param {Unfinished} unfinished */
  resume({ typed, active, values }) {
    if (!this.control.isConnected) return;
    this.open();
    this.search.value = typed;
    if (values !== null) {
      this.values = values.filter((value) => this.offers.some((offer) => offer.value === value));
      this.showChosen();
    }
    this.render();
    const index = this.found.findIndex((offer) => offer.value === active);
    this.activate(index < 0 ? Math.min(0, this.found.length - 1) : index);
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  /** The offers that fit what was typed. @returns {Offer[]} */
  get found() {
    const typed = this.search.value.trim().toLocaleLowerCase();
    return this.offers.filter(({ label, detail }) => `${label} ${detail ?? ""}`.toLocaleLowerCase().includes(typed));
  }

  render() {
    const { found } = this;
    fill(
      this.list,
      found.map((offer, index) => this.row(offer, index)),
      found.length === 0 && el("li", { class: "menu-empty", text: "Nothing found" }),
    );
    this.activate(Math.min(Math.max(this.active, 0), found.length - 1));
    this.popup.place();
  }

  /** @param {Offer} offer @param {number} index */
  row(offer, index) {
    const isChosen = this.values.includes(offer.value);
    const isFull = this.isMany && !isChosen && this.values.length >= (this.component.max_values ?? 1);
    return el(
      "li",
      {
        class: "menu-row",
        id: `${this.listId}-${index}`,
        role: "option",
        aria: { selected: isChosen, disabled: isFull || null },
        on: { click: () => this.pick(offer), pointermove: () => this.activate(index) },
      },
      offerPicture(offer),
      el(
        "span",
        { class: "menu-text" },
        el("span", { class: "menu-label", text: offer.label }),
        offer.detail && el("span", { class: "menu-detail", text: offer.detail }),
      ),
      this.isMany ? el("span", { class: "menu-box" }, isChosen && icon("check", 16)) : isChosen && icon("check", 18),
    );
  }

  /** @param {number} index */
  activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => row.classList.toggle("active", at === index));
    const row = this.list.children[index];
    if (row?.id) this.focused.setAttribute("aria-activedescendant", row.id);
    else this.focused.removeAttribute("aria-activedescendant");
  }

  /** @param {Offer} offer */
  pick(offer) {
    const isChosen = this.values.includes(offer.value);
    if (this.isMany) {
      if (!isChosen && this.values.length >= (this.component.max_values ?? 1)) return;
      this.values = isChosen ? this.values.filter((value) => value !== offer.value) : [...this.values, offer.value];
    } else {
      const canBeEmpty = this.component.min_values === 0 || this.component.required === false;
      this.values = isChosen && canBeEmpty ? [] : [offer.value];
    }
    this.showChosen();
    if (this.isMany) this.render();
    else this.shut();
  }

  /** Closes and gives the focus back. */
  shut() {
    this.control.focus();
    this.popup.close();
  }

  showChosen() {
    const chosen = this.values.map(
      (value) => this.offers.find((offer) => offer.value === value) ?? { value, label: value },
    );
    const shown = this.isMany
      ? chosen.map((offer) => el("span", { class: "select-pill" }, offerPicture(offer), offer.label))
      : chosen.map((offer) => el("span", { class: "select-one" }, offerPicture(offer), offer.label));
    fill(
      this.control,
      el(
        "span",
        { class: "select-value" },
        shown.length > 0 ? shown : el("span", { class: "select-placeholder", text: placeholderOf(this.component) }),
      ),
      icon("down", 20),
    );
    this.control.setAttribute(
      "aria-label",
      chosen.length > 0 ? `${this.label}: ${chosen.map((offer) => offer.label).join(", ")}` : this.label,
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { found } = this;
    const isTyped = event.target === this.search;
    const moves = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      ...(isTyped ? {} : { Home: 0, End: found.length - 1 }),
    };
    const to = /** @type {Record<string, number>} */ (moves)[event.key];
    if (to !== undefined && found.length > 0) {
      this.activate((to + found.length) % found.length);
      this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" || (event.key === " " && !isTyped)) {
      if (found[this.active]) this.pick(found[this.active]);
    } else if (event.key === "Escape" || event.key === "Tab") {
      this.shut();
    } else {
      if (!isTyped && event.key.length === 1) this.jump(event.key);
      return;
    }
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  }

  /** Goes to the next entry that begins with a letter. @param {string} letter */
  jump(letter) {
    const { found } = this;
    const order = found.map((_, index) => (this.active + 1 + index) % found.length);
    const hit = order.find((index) => found[index].label.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
    if (hit !== undefined) this.activate(hit);
  }
}

/** @param {Offer} offer */
export function offerPicture(offer) {
  if (offer.emoji) return emoji(offer.emoji);
  const path = ownPath(offer.picture);
  if (path) return el("img", { class: "offer-avatar", src: path, alt: "" });
  if (!offer.symbol) return null;
  return el("span", { class: "offer-symbol", style: { color: offer.color } }, icon(offer.symbol, 18));
}
