/**
 * What an option takes, as Discord's own client checks it before anything is sent.
 */

import { channels, people, roles } from "../components/choices.js";
import { localized } from "./commands.js";

/**
 * @typedef {import("../types.js").CommandOption} CommandOption
 * @typedef {import("../components/choices.js").Offer} Offer
 * @typedef {Omit<Offer, "value"> & {value: string | number | boolean}} ValueOffer
 * @typedef {{value: string | number | boolean} | {error: string}} Checked
 */

/** The type of an option that takes text. */
export const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
export const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
export const MENTIONABLE = 9;
const NUMBER = 10;
const LONGEST_TEXT = 6000;
const LARGEST = 2 ** 53;

/** @type {Record<number, string>} */
const HINTS = {
  [INTEGER]: "a whole number",
  [NUMBER]: "a number",
  [BOOLEAN]: "True or False",
  [USER]: "a member",
  [CHANNEL]: "a channel",
  [ROLE]: "a role",
  [MENTIONABLE]: "a member or a role",
};

/**
 * Lists all values of an option that has only certain ones, null where it takes any.
 *
 * @param {CommandOption} option
 * @param {import("../directory.js").Directory} directory
 * @param {string} locale
 * @returns {ValueOffer[] | null}
 */
export function closedOffers(option, directory, locale) {
  if (option.choices && option.choices.length > 0) {
    return option.choices.map((choice) => ({
      value: choice.value,
      label: localized(choice.name_localizations, locale, choice.name),
    }));
  }
  switch (option.type) {
    case BOOLEAN:
      return [
        { value: true, label: "True" },
        { value: false, label: "False" },
      ];
    case USER:
      return people(directory);
    case ROLE:
      return roles(directory);
    case MENTIONABLE:
      return [...people(directory), ...roles(directory)];
    case CHANNEL:
      return channels(directory);
    default:
      return null;
  }
}

/**
 * Returns those offers that fit what was typed.
 *
 * @param {ValueOffer[]} offers
 * @param {string} typed
 */
export function matchingOffers(offers, typed) {
  const wanted = typed.trim().replace(/^[@#]/, "").toLocaleLowerCase();
  const texts = (/** @type {ValueOffer} */ offer) =>
    [offer.label, offer.detail ?? ""].map((text) => text.toLocaleLowerCase());
  const starting = offers.filter((offer) => texts(offer).some((text) => text.startsWith(wanted)));
  return [...starting, ...offers.filter((offer) => !starting.includes(offer) && texts(offer)[0].includes(wanted))];
}

/**
 * Finds the offer that was typed out in full.
 *
 * @param {ValueOffer[]} offers
 * @param {string} typed
 */
export function exactOffer(offers, typed) {
  const wanted = typed
    .trim()
    .replace(/^<@!?(\d+)>$/, "$1")
    .toLocaleLowerCase();
  return (
    offers.find((offer) =>
      [offer.label, offer.detail, String(offer.value)].some((text) => text?.toLocaleLowerCase() === wanted),
    ) ?? null
  );
}

/**
 * Turns what was typed into a value.
 *
 * @param {CommandOption} option
 * @param {string} typed
 * @returns {Checked}
 */
export function checkTyped(option, typed) {
  const text = typed.trim();
  if (text === "") return { error: "This option is required. Specify a value." };
  if (option.type === STRING) return checkText(option, text);
  if (option.type === INTEGER || option.type === NUMBER) return checkNumber(option, text);
  if (option.type in HINTS) return { error: `Choose ${HINTS[option.type]} from the list.` };
  return { error: "An option of this kind cannot be filled in here." };
}

/** @param {CommandOption} option @param {string} text @returns {Checked} */
function checkText(option, text) {
  const low = option.min_length ?? 0;
  const high = option.max_length ?? LONGEST_TEXT;
  const size = [...text].length;
  if (size < low) return { error: `Must be at least ${low} characters long.` };
  if (size > high) return { error: `Must be at most ${high} characters long.` };
  return { value: text };
}

/** @param {CommandOption} option @param {string} text @returns {Checked} */
function checkNumber(option, text) {
  const form = option.type === INTEGER ? /^[+-]?\d+$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
  if (!form.test(text)) return { error: `Must be ${HINTS[option.type]}.` };
  const value = Number(text);
  const low = option.min_value ?? -LARGEST;
  const high = option.max_value ?? LARGEST;
  if (value >= low && value <= high) return { value };
  if (option.min_value !== undefined && option.max_value !== undefined)
    return { error: `Must be between ${low} and ${high}.` };
  return { error: value < low ? `Must be at least ${low}.` : `Must be at most ${high}.` };
}

/**
 * Says what an option takes beyond its description.
 *
 * @param {CommandOption} option
 */
export function hintOf(option) {
  const kind = HINTS[option.type];
  if (option.type !== INTEGER && option.type !== NUMBER) return "";
  const { min_value: low, max_value: high } = option;
  if (low !== undefined && high !== undefined) return `${kind} from ${low} to ${high}`;
  if (low !== undefined) return `${kind}, at least ${low}`;
  return high !== undefined ? `${kind}, at most ${high}` : kind;
}
