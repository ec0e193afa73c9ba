/**
 * The field for plain messages, which grows with its text.
 */

import { el } from "../dom.js";

const TALLEST_PX = 260;
const LONGEST_MESSAGE = 2000;

/**
 * Makes the field.
 *
 * @param {string} listId The list of suggestions that belongs to it.
 * @param {(event: Event) => void} onInput
 */
export function textField(listId, onInput) {
  return el("textarea", {
    class: "composer-text",
    rows: 1,
    maxlength: LONGEST_MESSAGE,
    enterkeyhint: "send",
    aria: { autocomplete: "list", haspopup: "listbox", controls: listId },
    on: { input: onInput },
  });
}

/** @param {HTMLTextAreaElement} field */
export function fitHeight(field) {
  field.style.setProperty("block-size", "auto");
  field.style.setProperty("block-size", `${Math.min(field.scrollHeight, TALLEST_PX)}px`);
}
