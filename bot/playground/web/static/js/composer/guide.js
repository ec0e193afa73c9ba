/**
 * Decides what the list above the composer offers at each point of typing, and takes what is picked from it.
 */

import { Lookup } from "./lookup.js";
import { Suggestions } from "./suggestions.js";
import { STRING } from "./values.js";
import { commandsView, lookupView, optionsView, valuesView } from "./views.js";

/**
 * @typedef {import("./slot.js").Slot} Slot
 * @typedef {import("./slot.js").Bound} Bound
 */

export class Guide {
  /** @param {import("./composer.js").Composer} composer */
  constructor(composer) {
    this.composer = composer;
    /** Whether the list was closed; typing opens it again. */
    this.isShut = false;
    this.suggestions = new Suggestions();
    this.suggestions.element.addEventListener("activate", () => this.describe());
    this.lookup = new Lookup(composer.client, () => this.show());
  }

  get element() {
    return this.suggestions.element;
  }

  get listId() {
    return this.suggestions.listId;
  }

  /** Shows what fits, unless it was closed or one is elsewhere. */
  show() {
    const hasFocus = this.composer.element.contains(document.activeElement);
    if (hasFocus) this.suggestions.show(this.isShut ? null : this.view());
    else this.suggestions.hide();
    this.describe();
  }

  /** Closes the list until something is typed. */
  shut() {
    this.isShut = true;
    this.show();
  }

  /** Shows what fits, also if it was closed. */
  reopen() {
    this.isShut = false;
    this.show();
  }

  /** Closes the list because one is elsewhere. */
  hide() {
    this.suggestions.hide();
  }

  /** Forgets what was suggested for another command. */
  forget() {
    this.lookup.forget();
  }

  /** @returns {import("./suggestions.js").View | null} */
  view() {
    const { line, store } = this.composer;
    if (line === null) return this.plainView();
    const slot = line.current;
    if (slot === null) return optionsView(line, (option) => this.openSlot(option));
    const people = slot.option.type === STRING && slot.bound === null ? this.composer.mentions.view(slot.input) : null;
    if (people !== null) return people;
    const pick = (/** @type {Bound} */ bound) => this.choose(slot, bound);
    if (!slot.option.autocomplete || slot.bound !== null) return valuesView(slot, store.directory, pick);
    const found = this.lookup.look(line.entry.path, slot.option.name, slot.text, line.others(store.directory, slot));
    return lookupView(slot, found, pick);
  }

  plainView() {
    const { text, store, entries } = this.composer;
    const people = this.composer.mentions.view(text);
    if (people !== null) return people;
    if (!/^\/[^\n]*$/.test(text.value) || store.welcome === null) return null;
    const typed = text.value.slice(1);
    const view = commandsView(entries, typed, store.application, (entry) => this.composer.start(entry));
    return view.rows.length > 0 || !typed.includes(" ") ? view : null;
  }

  /** @param {import("../types.js").CommandOption} option */
  openSlot(option) {
    const { line } = this.composer;
    if (line === null) return;
    line.tail.value = "";
    line.focusField(line.use(option).input);
    this.composer.lineChanged();
  }

  /**
   * @param {Slot} slot
   * @param {Bound} bound
   */
  choose(slot, bound) {
    slot.set(bound.label, bound);
    this.composer.line?.advance();
    this.composer.lineChanged();
  }

  /** Tells assistive technology which row is chosen. */
  describe() {
    const { suggestions } = this;
    const { field } = this.composer;
    if (field instanceof HTMLInputElement) {
      field.setAttribute("aria-controls", suggestions.listId);
      field.setAttribute("aria-expanded", String(suggestions.rows.length > 0));
    }
    if (suggestions.activeId === null) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", suggestions.activeId);
  }
}
