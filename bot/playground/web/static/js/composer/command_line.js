/**
 * A command being typed: its name, a slot for each option in use, and room for more.
 */

import { el } from "../dom.js";
import { optionMarks } from "./commands.js";
import { Slot } from "./slot.js";

/**
 * @typedef {import("./commands.js").Entry} Entry
 * @typedef {import("../types.js").CommandOption} CommandOption
 * @typedef {import("../client.js").OptionValues} OptionValues
 */

export class CommandLine {
  /**
   * @param {Entry} entry
   * @param {string} locale
   * @param {() => void} onChange Called when text, slots or the focus change.
   */
  constructor(entry, locale, onChange) {
    this.entry = entry;
    this.locale = locale;
    this.onChange = onChange;
    /** @type {Slot[]} */
    this.slots = [];
    this.tail = el("input", {
      class: "tail",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "send",
      placeholder: " ",
      aria: { label: `Options of /${entry.name}`, autocomplete: "list", expanded: false },
    });
    this.more = el("button", { class: "more-options", type: "button", on: { click: () => this.tail.focus() } });
    this.element = el(
      "div",
      {
        class: "command-line",
        role: "group",
        aria: { label: `Command /${entry.name}` },
        on: {
          input: (/** @type {Event} */ event) => this.typed(event),
          focusin: () => onChange(),
          click: (/** @type {Event} */ event) => event.target === this.element && this.focus(),
        },
      },
      el("span", { class: "command-name", text: `/${entry.name}` }),
      this.tail,
      this.more,
    );
    for (const option of entry.options.filter((item) => item.required)) this.insert(option);
    this.count();
  }

  /** Options that have no slot yet. @returns {CommandOption[]} */
  get remaining() {
    return this.entry.options.filter((option) => !this.slots.some((slot) => slot.option === option));
  }

  /** The slot that is being filled in, null at the end of the line. */
  get current() {
    return this.slots.find((slot) => slot.input === document.activeElement) ?? null;
  }

  /** Where one types. @returns {HTMLInputElement} */
  get field() {
    return this.current?.input ?? this.tail;
  }

  get hasFocus() {
    return this.element.contains(document.activeElement);
  }

  /** @param {CommandOption} option */
  insert(option) {
    const slot = new Slot(option, this.locale);
    this.slots.push(slot);
    this.tail.before(slot.element);
    return slot;
  }

  count() {
    const count = this.remaining.length;
    this.more.hidden = count === 0;
    this.more.textContent = this.slots.length > 0 ? `+${count} more` : `+${count} optional`;
    this.tail.classList.toggle("needless", count === 0 && this.tail.value === "");
  }

  /**
   * Opens a slot, or takes the one that is open.
   *
   * @param {CommandOption} option
   * @param {string} [text]
   * @param {import("./slot.js").Bound | null} [bound]
   */
  use(option, text = "", bound = null) {
    const slot = this.slots.find((item) => item.option === option) ?? this.insert(option);
    slot.set(text, bound);
    this.count();
    return slot;
  }

  /** @param {Slot} slot */
  remove(slot) {
    const at = this.slots.indexOf(slot);
    this.slots.splice(at, 1);
    slot.element.remove();
    this.count();
    this.focusField(this.slots[at - 1]?.input ?? this.tail);
    this.onChange();
  }

  /** Goes to what is missing first, else to the end. */
  focus() {
    const missing = this.slots.find((slot) => slot.option.required && slot.text === "");
    this.focusField(missing?.input ?? this.tail);
  }

  /** @param {HTMLInputElement} field @param {boolean} [atStart] */
  focusField(field, atStart = false) {
    field.focus();
    const place = atStart ? 0 : field.value.length;
    field.setSelectionRange(place, place);
  }

  /**
   * Goes to the field before or after the current one.
   *
   * @param {number} by
   * @param {boolean} [atStart]
   * @returns {boolean}
   */
  step(by, atStart = false) {
    const fields = [...this.slots.map((slot) => slot.input), this.tail];
    const field = fields[fields.indexOf(this.field) + by];
    if (field === undefined) return false;
    this.focusField(field, atStart);
    return true;
  }

  /** Goes on after a value was chosen: to the next required one that is empty, else to the end. */
  advance() {
    const next = this.slots.find((slot) => slot.option.required && slot.text === "" && slot !== this.current);
    this.focusField(next?.input ?? this.tail);
  }

  /** @param {Event} event */
  typed(event) {
    const slot = this.slots.find((item) => item.input === event.target);
    this.split(slot ?? null);
    slot?.changed();
    this.count();
    this.onChange();
  }

  /**
   * The options that can be named in a field: those that are empty, and its own at the beginning.
   *
   * @param {Slot | null} slot
   */
  nameable(slot) {
    return this.entry.options.filter((option) => {
      const taken = this.slots.find((item) => item.option === option);
      if (taken !== undefined && taken === slot)
        return [slot.name, option.name].some((name) => slot.text.startsWith(`${name}:`));
      return taken === undefined || taken.text === "";
    });
  }

  /** Opens the slots of options that were named in the text of a field. @param {Slot | null} slot */
  split(slot) {
    const field = slot?.input ?? this.tail;
    const { values, rest } = optionMarks(field.value, this.nameable(slot), this.locale);
    if (values.length === 0) return;
    field.value = rest;
    slot?.changed();
    const opened = values.map(({ option, text }) => this.use(option, text));
    this.focusField(opened[opened.length - 1].input);
  }

  /**
   * Returns the options as they would be sent, or marks and returns the slot that keeps it from being sent.
   *
   * @param {import("../directory.js").Directory} directory
   * @returns {{values: OptionValues} | {wrong: Slot}}
   */
  check(directory) {
    /** @type {OptionValues} */
    const values = {};
    for (const slot of this.slots) {
      const checked = slot.check(directory);
      if ("error" in checked) {
        slot.fail(checked.error);
        return { wrong: slot };
      }
      values[slot.option.name] = checked.value;
    }
    return { values };
  }

  /**
   * Returns what is filled in so far, without one option.
   *
   * @param {import("../directory.js").Directory} directory
   * @param {Slot} without
   */
  others(directory, without) {
    /** @type {OptionValues} */
    const values = {};
    for (const slot of this.slots) {
      const checked = slot === without ? null : slot.check(directory);
      if (checked && "value" in checked) values[slot.option.name] = checked.value;
    }
    return values;
  }

  /** @returns {import("./draft.js").Draft} */
  draft() {
    const slots = this.slots.map((slot) => ({ name: slot.option.name, text: slot.text, bound: slot.bound }));
    return { text: this.tail.value, command: this.entry.path, slots };
  }

  /** @param {import("./draft.js").Draft} draft */
  restore(draft) {
    for (const { name, text, bound } of draft.slots ?? []) {
      const option = this.entry.options.find((item) => item.name === name);
      if (option) this.use(option, text, bound);
    }
    this.tail.value = draft.text;
    this.count();
  }
}
