/**
 * What a select menu offers: its own options, or people, roles and channels of the place.
 */

import { displayName, nameColor } from "../directory.js";

/**
 * @typedef {object} Offer
 * @property {string} value
 * @property {string} label
 * @property {string} [detail]
 * @property {import("../types.js").Emoji} [emoji]
 * @property {string} [picture] An avatar's path.
 * @property {string} [symbol] An icon's name.
 * @property {string | null} [color]
 */

const STRING = 3;
const USER = 5;
const ROLE = 6;
const MENTIONABLE = 7;
const CHANNEL = 8;

/** Every type of select menu. */
export const SELECTS = new Set([STRING, USER, ROLE, MENTIONABLE, CHANNEL]);

/** @type {Record<number, string>} */
const PLACEHOLDERS = {
  [STRING]: "Make a selection",
  [USER]: "Select a user",
  [ROLE]: "Select a role",
  [MENTIONABLE]: "Select a user or role",
  [CHANNEL]: "Select a channel",
};

/** @param {import("../types.js").Component} component */
export function placeholderOf(component) {
  return component.placeholder || PLACEHOLDERS[component.type] || "Make a selection";
}

/**
 * Returns what can be chosen.
 *
 * @param {import("../types.js").Component} component
 * @param {import("../directory.js").Directory} directory
 * @returns {Offer[]}
 */
export function offersOf(component, directory) {
  if (component.type === STRING) {
    return (component.options ?? []).map(({ value, label, description, emoji }) => ({
      value,
      label,
      detail: description,
      emoji,
    }));
  }
  if (component.type === USER) return people(directory);
  if (component.type === ROLE) return roles(directory);
  if (component.type === MENTIONABLE) return [...people(directory), ...roles(directory)];
  return channels(directory);
}

/**
 * Returns what is chosen from the start.
 *
 * @param {import("../types.js").Component} component
 * @returns {string[]}
 */
export function chosenAtFirst(component) {
  if (component.type === STRING)
    return (component.options ?? []).filter((option) => option.default).map((option) => option.value);
  return (component.default_values ?? []).map((item) => item.id);
}

/** @param {import("../directory.js").Directory} directory @returns {Offer[]} */
export function people(directory) {
  return directory.people.map((person) => ({
    value: person.id,
    label: displayName(person),
    detail: person.username,
    picture: person.avatar,
    color: nameColor(person),
  }));
}

/** @param {import("../directory.js").Directory} directory @returns {Offer[]} */
export function roles(directory) {
  return directory.roles.map((role) => ({ value: role.id, label: role.name, symbol: "members", color: role.color }));
}

/** @param {import("../directory.js").Directory} directory @returns {Offer[]} */
export function channels(directory) {
  return (directory.guild?.channels ?? []).map((channel) => ({
    value: channel.id,
    label: channel.name,
    symbol: "hash",
  }));
}
