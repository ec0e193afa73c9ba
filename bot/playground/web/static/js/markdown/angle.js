/**
 * Reads what stands in angle brackets: mentions, emoji, moments, commands and quiet links.
 */

import { webAddress } from "../dom.js";

/** @typedef {import("./inline.js").Mark} Mark */

const LONGEST = 2100;

/** @type {[RegExp, (found: RegExpExecArray) => Mark | null][]} */
const FORMS = [
  [/^@!?(\d{1,20})$/, ([, id]) => ({ kind: "user", id })],
  [/^@&(\d{1,20})$/, ([, id]) => ({ kind: "role", id })],
  [/^#(\d{1,20})$/, ([, id]) => ({ kind: "channel", id })],
  [/^a?:(\w{2,32}):(\d{1,20})$/, ([, name, id]) => ({ kind: "emoji", name, id })],
  [/^\/([-\w\p{L}\p{N} ]{1,98}):(\d{1,20})$/u, ([, name, id]) => ({ kind: "command", name, id })],
  [/^t:(-?\d{1,13})(?::([tTdDfFRsS]))?$/, ([, seconds, style]) => moment(Number(seconds), style ?? "f")],
];

/** @param {number} seconds @param {string} style @returns {Mark | null} */
function moment(seconds, style) {
  return Number.isNaN(new Date(seconds * 1000).getTime()) ? null : { kind: "time", seconds, style };
}

/**
 * @param {string} source
 * @param {number} at Where the bracket opens.
 * @param {boolean} inLink
 * @returns {{mark: Mark, end: number} | null}
 */
export function readAngle(source, at, inLink) {
  const close = source.slice(at, at + LONGEST).indexOf(">");
  if (close < 0) return null;
  const inside = source.slice(at + 1, at + close);
  const end = at + close + 1;
  for (const [form, build] of FORMS) {
    const found = form.exec(inside);
    const mark = found && build(found);
    if (mark) return { mark, end };
  }
  const href = !inLink && /^https?:\/\/\S+$/.test(inside) ? webAddress(inside) : null;
  if (href === null) return null;
  return { mark: { kind: "link", href, title: "", inside: [{ kind: "text", text: inside }] }, end };
}
