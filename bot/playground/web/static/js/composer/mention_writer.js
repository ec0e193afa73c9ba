/**
 * Writes mentions into what is being composed: in place of what was begun, or from somebody's menu.
 */

import { displayName } from "../directory.js";
import { mentionBegun, mentionsView, mentionText } from "./mentions.js";
import { MENTIONABLE, STRING, USER } from "./values.js";

const TAKE_PEOPLE = [STRING, USER, MENTIONABLE];

/**
 * @typedef {import("./mentions.js").Person} Person
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 */

export class MentionWriter {
  /** @param {import("./composer.js").Composer} composer */
  constructor(composer) {
    this.composer = composer;
  }

  /** Offers people while a mention is being typed, null otherwise. @param {Field} field */
  view(field) {
    const begun = mentionBegun(field);
    if (begun === null) return null;
    const { directory } = this.composer.store;
    return mentionsView(directory, begun.typed, (person) => this.write(person, field, begun));
  }

  /**
   * Writes somebody's name in place of what was begun.
   *
   * @param {Person} person
   * @param {Field} field
   * @param {{from: number, to: number}} begun
   */
  write(person, field, { from, to }) {
    const { composer } = this;
    const name = mentionText(person, composer.store.directory);
    const slot = composer.line?.slots.find((item) => item.input === field);
    if (slot && from === 0 && to === field.value.length) {
      composer.guide.choose(slot, { label: name, value: `<@${person.id}>` });
      return;
    }
    field.setRangeText(`${name} `, from, to, "end");
    field.focus();
    if (slot) {
      slot.changed();
      composer.lineChanged();
    } else composer.textChanged();
  }

  /** Adds somebody to what is being written: to the first option that is still empty and takes people, or to the text. @param {Person} person */
  add(person) {
    const { composer } = this;
    const slot = composer.line?.slots.find((item) => item.text === "" && TAKE_PEOPLE.includes(item.option.type));
    if (slot && slot.option.type !== STRING) {
      composer.guide.choose(slot, { label: displayName(person), value: person.id });
      return;
    }
    if (composer.line !== null && slot === undefined) {
      composer.focus();
      return;
    }
    const field = slot?.input ?? composer.text;
    const gap = field.value === "" || /\s$/.test(field.value) ? "" : " ";
    field.setRangeText(gap, field.value.length, field.value.length, "end");
    this.write(person, field, { from: field.value.length, to: field.value.length });
  }
}
