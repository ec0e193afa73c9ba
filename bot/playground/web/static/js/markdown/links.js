/**
 * Reads links: an address in the text, and a text with an address behind it.
 */

import { webAddress } from "../dom.js";

/** @typedef {import("./inline.js").Mark} Mark */

const LONGEST = 2100;
const TRAILING = /[.,:;"'!?*_~|\]]+$/;

/**
 * Reads an address as it stands in the text. What a sentence adds at its end is not part of it.
 *
 * @param {string} source
 * @param {number} at
 * @returns {{mark: Mark, end: number} | null}
 */
export function readBareLink(source, at) {
  const found = /^https?:\/\/[^\s<]+/.exec(source.slice(at, at + LONGEST));
  if (found === null) return null;
  let text = found[0];
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(TRAILING, "");
    if (text.endsWith(")") && count(text, ")") > count(text, "(")) text = text.slice(0, -1);
  }
  const href = webAddress(text);
  if (href === null) return null;
  return { mark: { kind: "link", href, title: "", inside: [{ kind: "text", text }] }, end: at + text.length };
}

/**
 * Reads `[text](address "title")`. A text that looks like an address itself could deceive: it is no link.
 *
 * @param {string} source
 * @param {number} at
 * @returns {{label: string, href: string, title: string, end: number} | null}
 */
export function readMaskedLink(source, at) {
  const close = labelEnd(source, at);
  if (close < 0 || source[close + 1] !== "(") return null;
  const found = /^\(\s*(?:<([^<>\s]+)>|((?:[^\s()<>]|\([^\s()<>]*\))+))(?:\s+"([^"]*)")?\s*\)/.exec(
    source.slice(close + 1, close + 1 + LONGEST),
  );
  if (found === null) return null;
  const label = source.slice(at + 1, close);
  const href = webAddress(found[1] ?? found[2]);
  if (href === null || label.trim() === "" || /https?:\/\//i.test(label)) return null;
  return { label, href, title: found[3] ?? "", end: close + 1 + found[0].length };
}

/** @param {string} source @param {number} at Where the bracket opens. */
function labelEnd(source, at) {
  let open = 0;
  const limit = Math.min(source.length, at + LONGEST);
  for (let place = at; place < limit; place += 1) {
    if (source[place] === "\\") place += 1;
    else if (source[place] === "[") open += 1;
    else if (source[place] === "]") {
      open -= 1;
      if (open === 0) return place;
    }
  }
  return -1;
}

/** @param {string} text @param {string} sign */
function count(text, sign) {
  return text.split(sign).length - 1;
}
