/**
 * What somebody was writing, so that a reload or another channel does not lose it.
 *
 * @typedef {{name: string, text: string, bound: {label: string, value: string | number | boolean} | null}} SlotDraft
 * @typedef {object} Draft
 * @property {string} text A plain message, or what stands after the options of a command.
 * @property {string} [command] The command's path.
 * @property {SlotDraft[]} [slots]
 */

export {};
