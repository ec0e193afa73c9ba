/**
 * Reads the part of Discord's markdown that stands within lines: from text to a tree of marks.
 *
 * @typedef {{kind: "text", text: string}} Text
 * @typedef {{kind: "strong" | "em" | "u" | "s" | "spoiler", inside: Mark[]}} Wrap
 * @typedef {{kind: "code", text: string}} Code
 * @typedef {{kind: "pre", text: string, language: string}} Fence
 * @typedef {{kind: "link", href: string, title: string, inside: Mark[]}} Link
 * @typedef {{kind: "emoji", name: string, id: string}} CustomEmoji
 * @typedef {{kind: "user" | "role" | "channel", id: string}} Mention
 * @typedef {{kind: "command", name: string, id: string}} CommandMention
 * @typedef {{kind: "everyone", text: string}} Everyone
 * @typedef {{kind: "time", seconds: number, style: string}} Moment
 * @typedef {Text | Wrap | Code | Fence | Link | CustomEmoji | Mention | CommandMention | Everyone | Moment} Mark
 */

import { readAngle } from "./angle.js";
import { readBareLink, readMaskedLink } from "./links.js";

const DEEPEST = 12;
const ESCAPABLE = /[^0-9A-Za-z\s]/;
const WORD = /[\p{L}\p{N}_]/u;
const LANGUAGE = /^[a-z0-9_+\-.#]+$/i;

/** What wraps other marks: its sign, in the order in which they are tried. @type {[string, Wrap["kind"]][]} */
const WRAPS = [
  ["**", "strong"],
  ["__", "u"],
  ["~~", "s"],
  ["||", "spoiler"],
  ["*", "em"],
  ["_", "em"],
];

/**
 * Reads one stretch of text. Time is linear in its length for each level of nesting.
 */
class Reader {
  /** @param {string} source @param {number} depth @param {boolean} inLink */
  constructor(source, depth, inLink) {
    this.source = source;
    this.depth = depth;
    this.inLink = inLink;
    this.at = 0;
    /** @type {Mark[]} */
    this.marks = [];
    this.text = "";
    /** @type {Set<string>} Signs of which no closing one follows any more. */
    this.unclosed = new Set();
  }

  read() {
    while (this.at < this.source.length) {
      if (!this.step()) {
        this.text += this.source[this.at];
        this.at += 1;
      }
    }
    this.flush();
    return this.marks;
  }

  /** Reads one mark where there is one. */
  step() {
    switch (this.source[this.at]) {
      case "\\":
        return this.escape();
      case "`":
        return this.fence() || this.code();
      case "*":
      case "_":
      case "~":
      case "|":
        return WRAPS.some(([sign, kind]) => this.wrap(sign, kind));
      case "<":
        return this.found(readAngle(this.source, this.at, this.inLink));
      case "[":
        return !this.inLink && this.masked();
      case "h":
        return !this.inLink && this.isAtWordStart() && this.found(readBareLink(this.source, this.at));
      case "@":
        return this.everyone();
      default:
        return false;
    }
  }

  /** @param {{mark: Mark, end: number} | null} result */
  found(result) {
    if (result === null) return false;
    this.flush();
    this.marks.push(result.mark);
    this.at = result.end;
    return true;
  }

  flush() {
    if (this.text) this.marks.push({ kind: "text", text: this.text });
    this.text = "";
  }

  isAtWordStart() {
    return this.at === 0 || !WORD.test(this.source[this.at - 1]);
  }

  escape() {
    const next = this.source[this.at + 1];
    if (next === undefined || !ESCAPABLE.test(next)) return false;
    const symbol = String.fromCodePoint(this.source.codePointAt(this.at + 1) ?? 0);
    this.text += symbol;
    this.at += 1 + symbol.length;
    return true;
  }

  fence() {
    const block = fenceAt(this.source, this.at);
    if (block === null) return false;
    const first = block.inside.indexOf("\n");
    const line = first < 0 ? "" : block.inside.slice(0, first);
    const isNamed = LANGUAGE.test(line) && block.inside.slice(first).trim() !== "";
    const text = (isNamed ? block.inside.slice(first) : block.inside).replace(/^\n+|\n+$/g, "");
    // The line breaks around a block are its own.
    this.text = this.text.replace(/\n$/, "");
    const after = this.source[block.end] === "\n" ? block.end + 1 : block.end;
    return this.found({ mark: { kind: "pre", text, language: isNamed ? line : "" }, end: after });
  }

  code() {
    let size = 1;
    while (this.source[this.at + size] === "`") size += 1;
    const sign = "`".repeat(size);
    const start = this.at + size;
    const close = this.unclosed.has(sign) ? -1 : closingTicks(this.source, start, size);
    if (close < 0) {
      this.unclosed.add(sign);
      this.text += sign;
      this.at = start;
      return true;
    }
    const text = this.source.slice(start, close).replace(/^ (?=`)|(?<=`) $/g, "");
    return this.found({ mark: { kind: "code", text }, end: close + size });
  }

  /** @param {string} sign @param {Wrap["kind"]} kind */
  wrap(sign, kind) {
    const { source, at } = this;
    if (!source.startsWith(sign, at) || this.depth >= DEEPEST || this.unclosed.has(sign)) return false;
    if (sign === "_" && !this.isAtWordStart()) return false;
    if (sign === "*" && /[\s*]/.test(source[at + 1] ?? " ")) return false;
    const close = closingSign(source, at + sign.length, sign);
    if (close < 0) {
      this.unclosed.add(sign);
      return false;
    }
    const inside = source.slice(at + sign.length, close);
    if (inside === "" || (sign === "~~" && inside.trim() === "")) return false;
    const marks = readInline(inside, this.depth + 1, this.inLink);
    return this.found({ mark: { kind, inside: marks }, end: close + sign.length });
  }

  masked() {
    const link = readMaskedLink(this.source, this.at);
    if (link === null) return false;
    const inside = readInline(link.label, this.depth + 1, true);
    return this.found({ mark: { kind: "link", href: link.href, title: link.title, inside }, end: link.end });
  }

  everyone() {
    const found = /^@(?:everyone|here)/.exec(this.source.slice(this.at, this.at + 9));
    return found !== null && this.found({ mark: { kind: "everyone", text: found[0] }, end: this.at + found[0].length });
  }
}

/**
 * Returns the block of code that begins at a place, null where none does.
 *
 * @param {string} source
 * @param {number} at
 * @returns {{inside: string, end: number} | null}
 */
export function fenceAt(source, at) {
  if (!source.startsWith("```", at)) return null;
  const close = source.indexOf("```", at + 3);
  if (close < 0 || source.slice(at + 3, close).trim() === "") return null;
  // Ticks that follow belong to what is shown.
  let end = close + 3;
  while (source[end] === "`") end += 1;
  return { inside: source.slice(at + 3, end - 3), end };
}

/** @param {string} source @param {number} start @param {number} size */
function closingTicks(source, start, size) {
  let at = start;
  while (at < source.length) {
    at = source.indexOf("`", at);
    if (at < 0) return -1;
    let run = 1;
    while (source[at + run] === "`") run += 1;
    if (run === size && at > start) return at;
    at += run;
  }
  return -1;
}

/** @param {string} source @param {number} start @param {string} sign */
function closingSign(source, start, sign) {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (isClosing(source, at, sign, start)) return at;
    else if (sign.length === 1 && source[at] === sign && source[at + 1] === sign) at += 1;
  }
  return -1;
}

/** @param {string} source @param {number} at @param {string} sign @param {number} start */
function isClosing(source, at, sign, start) {
  if (!source.startsWith(sign, at)) return false;
  const next = source[at + sign.length] ?? "";
  if (sign === "||") return true;
  if (next === sign[0]) return false;
  if (sign === "_") return !WORD.test(next);
  return sign !== "*" || (at > start && !/\s/.test(source[at - 1]));
}

/**
 * Reads inline markdown.
 *
 * @param {string} source
 * @param {number} [depth] How deep it stands in other marks.
 * @param {boolean} [inLink] Whether it is a link's text, in which there are no further links.
 * @returns {Mark[]}
 */
export function readInline(source, depth = 0, inLink = false) {
  return new Reader(source, depth, inLink).read();
}
