/**
 * One option of the command that is being typed: its name and the value beside it.
 */

import { el } from "../dom.js";
import { optionDescription, optionName } from "./commands.js";
import { withMentions } from "./mentions.js";
import { checkTyped, closedOffers, exactOffer } from "./values.js";

/**
 * @typedef {import("../types.js").CommandOption} CommandOption
 * @typedef {{label: string, value: string | number | boolean}} Bound A value that was chosen rather than typed.
 */

export class Slot {
  /**
   * @param {CommandOption} option
   * @param {string} locale
   */
  constructor(option, locale) {
    this.option = option;
    this.locale = locale;
    this.name = optionName(option, locale);
    /** @type {Bound | null} */
    this.bound = null;
    /** @type {string | null} */
    this.error = null;
    this.input = el("input", {
      class: "slot-input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "send",
      aria: {
        label: `${this.name}: ${optionDescription(option, locale)}`,
        autocomplete: "list",
        expanded: false,
        required: option.required === true,
      },
      data: { option: option.name },
    });
    this.box = el("span", { class: "slot-box" }, this.input);
    this.element = el(
      "span",
      { class: "slot", on: { mousedown: (/** @type {Event} */ event) => this.pressed(event) } },
      el("span", { class: "slot-name", text: this.name }),
      this.box,
    );
  }

  get text() {
    return this.input.value;
  }

  /** @param {Event} event */
  pressed(event) {
    if (event.target === this.input) return;
    event.preventDefault();
    this.input.focus();
  }

  /**
   * @param {string} text
   * @param {Bound | null} [bound]
   */
  set(text, bound = null) {
    this.input.value = text;
    this.bound = bound;
    this.changed();
  }

  /** Fits the box to its text; a text that was changed is no longer the choice it came from. */
  changed() {
    if (this.bound !== null && this.bound.label !== this.input.value) this.bound = null;
    this.box.dataset.text = this.input.value;
    this.fail(null);
  }

  /** @param {string | null} error */
  fail(error) {
    this.error = error;
    this.element.classList.toggle("wrong", error !== null);
    if (error === null) this.input.removeAttribute("aria-invalid");
    else this.input.setAttribute("aria-invalid", "true");
  }

  /**
   * Returns the value as it would be sent.
   *
   * @param {import("../directory.js").Directory} directory
   * @returns {import("./values.js").Checked}
   */
  check(directory) {
    if (this.bound !== null) return { value: this.bound.value };
    const offers = closedOffers(this.option, directory, this.locale);
    if (offers === null) return checkTyped(this.option, withMentions(this.text, directory));
    const offer = exactOffer(offers, this.text);
    if (offer !== null) return { value: offer.value };
    return {
      error: this.text.trim() === "" ? "This option is required. Specify a value." : "Choose one of the options.",
    };
  }
}
