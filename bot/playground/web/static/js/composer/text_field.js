/**
 * The field for plain messages, which grows with its text.
 */

import { el } from "../dom.js";

const TALLEST_PX = 260;
/** In characters. More can be written, and is then counted, but not sent. */
export const LONGEST_MESSAGE = 2000;

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
