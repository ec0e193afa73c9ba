/**
 * Mentions as one writes them: `@Name` in the field, and what Discord knows people by when it is sent.
 */

import { displayName } from "../directory.js";

/**
 * @typedef {import("../types.js").User | import("../types.js").Member} Person
 * @typedef {import("../directory.js").Directory} Directory
 * @typedef {{from: number, to: number, typed: string}} Begun A mention that is being typed, and where.
 */

const BEGUN = /(?<=^|\s)@([^\n@]{0,32})$/;
const CODE = /(`+[^`]+`+)/;
const MOST_ROWS = 10;
/** Names that mean more than one person. */
const EVERYBODY = new Set(["everyone", "here"]);

/**
 * Returns the mention that is being typed before the cursor.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Begun | null}
 */
export function mentionBegun(field) {
  const to = field.selectionStart ?? field.value.length;
  const found = BEGUN.exec(field.value.slice(0, to));
  return found && { from: found.index, to, typed: found[1] };
}

/**
 * Returns what to write for somebody: their name here, or the one that nobody else has.
 *
 * @param {Person} person
 * @param {Directory} directory
 */
export function mentionText(person, directory) {
  const name = displayName(person);
  const isShared = directory.people.some((other) => other.id !== person.id && displayName(other) === name);
  return `@${isShared || EVERYBODY.has(name) || name.includes("`") ? person.username : name}`;
}

/**
 * Replaces the names that are mentioned in a text by what Discord sends for them; what is code stays.
 *
 * @param {string} text
 * @param {Directory} directory
 */
export function withMentions(text, directory) {
  /** @type {Map<string, string>} */
  const ids = new Map();
  for (const person of directory.people) {
    for (const name of [person.username, mentionText(person, directory).slice(1)])
      if (!EVERYBODY.has(name)) ids.set(name, person.id);
  }
  if (ids.size === 0 || !text.includes("@")) return text;
  const names = [...ids.keys()].sort((one, other) => other.length - one.length).map(escaped);
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_<])@(${names.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
  const parts = text.split(CODE);
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(mention, (_, name) => `<@${ids.get(name)}>`)))
    .join("");
}

/**
 * Offers the people whose name begins like what was typed, then those who have it in their name.
 *
 * @param {Directory} directory
 * @param {string} typed
 * @param {(person: Person) => void} pick
 * @returns {import("./suggestions.js").View | null} Null where nobody fits.
 */
export function mentionsView(directory, typed, pick) {
  const wanted = typed.toLocaleLowerCase();
  const names = (/** @type {Person} */ person) =>
    [displayName(person), person.name, person.username].map((name) => name.toLocaleLowerCase());
  const starting = directory.people.filter((person) => names(person).some((name) => name.startsWith(wanted)));
  const others = directory.people.filter(
    (person) => !starting.includes(person) && wanted !== "" && names(person).some((name) => name.includes(wanted)),
  );
  const rows = [...starting, ...others].slice(0, MOST_ROWS).map((person) => ({
    label: displayName(person),
    note: person.username,
    offer: { value: person.id, label: displayName(person), picture: person.avatar },
    pick: () => pick(person),
  }));
  return rows.length === 0 ? null : { label: "Members", title: "Members", rows, isEager: true };
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
