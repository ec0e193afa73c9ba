/**
 * What the list above the composer offers at each point of typing.
 */

import { matchingEntries, optionDescription, optionName } from "./commands.js";
import { closedOffers, hintOf, matchingOffers } from "./values.js";

/**
 * @typedef {import("./suggestions.js").View} View
 * @typedef {import("./commands.js").Entry} Entry
 * @typedef {import("./slot.js").Slot} Slot
 * @typedef {import("./slot.js").Bound} Bound
 */

const MOST_ROWS = 25;

/**
 * Offers commands.
 *
 * @param {Entry[]} entries
 * @param {string} typed After the slash.
 * @param {{name: string, avatar: string}} application
 * @param {(entry: Entry) => void} pick
 * @returns {View}
 */
export function commandsView(entries, typed, application, pick) {
  const found = matchingEntries(entries, typed);
  return {
    label: "Commands",
    title: application.name,
    picture: application.avatar,
    rows: found.map((entry) => ({
      label: `/${entry.name}`,
      note: entry.options
        .filter((option) => option.required)
        .map((option) => option.name)
        .join(" "),
      detail: entry.description,
      pick: () => pick(entry),
    })),
    note: entries.length === 0 ? "There are no commands here." : "No commands match.",
    isEager: true,
  };
}

/**
 * Offers the options that are not used yet.
 *
 * @param {import("./command_line.js").CommandLine} line
 * @param {(option: import("../types.js").CommandOption) => void} pick
 * @returns {View | null} Null where there are none.
 */
export function optionsView(line, pick) {
  const typed = line.tail.value.trim().toLocaleLowerCase();
  const { locale } = line;
  const found = line.remaining.filter((option) =>
    [option.name, optionName(option, locale)].some((name) => name.toLocaleLowerCase().startsWith(typed)),
  );
  if (line.remaining.length === 0 && typed === "") return null;
  return {
    label: "Options",
    title: "Options",
    rows: found.map((option) => ({
      label: optionName(option, locale),
      detail: optionDescription(option, locale),
      pick: () => pick(option),
    })),
    note: "No options match.",
    isEager: typed !== "",
  };
}

/**
 * Offers values of an option that has only certain ones.
 *
 * @param {Slot} slot
 * @param {import("../directory.js").Directory} directory
 * @param {(bound: Bound) => void} pick
 * @returns {View}
 */
export function valuesView(slot, directory, pick) {
  const view = { ...about(slot), rows: [] };
  const offers = closedOffers(slot.option, directory, slot.locale);
  if (offers === null || slot.bound !== null) return view;
  const found = matchingOffers(offers, slot.text).slice(0, MOST_ROWS);
  const rows = found.map((offer) => ({
    label: offer.label,
    key: String(offer.value),
    note: offer.detail,
    offer: { ...offer, value: String(offer.value) },
    pick: () => pick({ label: offer.label, value: offer.value }),
  }));
  return { ...view, rows, note: "No options match your search.", isEager: true };
}

/**
 * Offers what the application suggests.
 *
 * @param {Slot} slot
 * @param {import("./lookup.js").Found} found
 * @param {(bound: Bound) => void} pick
 * @returns {View}
 */
export function lookupView(slot, found, pick) {
  const rows = found.choices.map((choice) => ({
    label: choice.name,
    key: String(choice.value),
    pick: () => pick({ label: choice.name, value: choice.value }),
  }));
  const notes = {
    loading: "Loading options…",
    done: "No options match your search.",
    failed: "Loading options failed.",
  };
  return {
    ...about(slot),
    rows: found.state === "failed" ? [] : rows,
    note: notes[found.state],
    isLoading: found.state === "loading",
  };
}

/** @param {Slot} slot */
function about(slot) {
  const hint = hintOf(slot.option);
  return {
    label: `Values of ${slot.name}`,
    title: slot.name,
    about: `${optionDescription(slot.option, slot.locale)}${hint ? ` (${hint})` : ""}`,
    error: slot.error,
  };
}
