/**
 * Reads Discord's markdown: headers, quotes, lists and small print around what stands within lines.
 *
 * @typedef {import("./inline.js").Mark} Mark
 * @typedef {{kind: "paragraph", inside: Mark[]}} Paragraph
 * @typedef {{kind: "header", level: number, inside: Mark[]}} Header
 * @typedef {{kind: "small", inside: Mark[]}} Small
 * @typedef {{kind: "quote", inside: Block[]}} Quote
 * @typedef {{kind: "list", start: number | null, items: {inside: Mark[], lists: List[]}[]}} List
 * @typedef {Paragraph | Header | Small | Quote | List} Block
 */

import { fenceAt, readInline } from "./inline.js";

const HEADER = /^(#{1,3}) +(?=\S)/;
const SMALL = /^-# +(?=\S)/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(?=\S)/;
const DEEPEST_LIST = 10;

class BlockReader {
  /** @param {string} source @param {boolean} inQuote */
  constructor(source, inQuote) {
    this.source = source;
    this.inQuote = inQuote;
    this.at = 0;
    /** @type {Block[]} */
    this.blocks = [];
    this.paragraph = "";
  }

  read() {
    while (this.at < this.source.length) {
      if (!this.quote() && !this.titled() && !this.list()) this.line();
    }
    this.flush();
    return this.blocks;
  }

  /**
   * The text up to the end of the line in which something stands, and where the next line begins.
   *
   * @param {number} at
   */
  rest(at) {
    const end = this.source.indexOf("\n", at);
    return end < 0
      ? { text: this.source.slice(at), next: this.source.length }
      : { text: this.source.slice(at, end), next: end + 1 };
  }

  /** @param {Block} block @param {number} next */
  push(block, next) {
    this.flush();
    this.blocks.push(block);
    this.at = next;
    return true;
  }

  flush() {
    // A block begins on a line of its own anyway; an empty line stays one.
    const text = this.paragraph.replace(/([^\n])\n$/, "$1");
    if (this.paragraph) this.blocks.push({ kind: "paragraph", inside: readInline(text) });
    this.paragraph = "";
  }

  /** Takes a line, or more where a block of code begins in it, to the paragraph. */
  line() {
    let at = this.at;
    while (at < this.source.length && this.source[at] !== "\n") {
      const fence = this.source[at] === "`" ? fenceAt(this.source, at) : null;
      if (fence !== null) at = fence.end;
      else at += this.source[at] === "\\" && this.source[at + 1] !== "\n" ? 2 : 1;
    }
    const next = Math.min(at + 1, this.source.length);
    this.paragraph += this.source.slice(this.at, next);
    this.at = next;
  }

  quote() {
    if (this.inQuote) return false;
    if (this.source.startsWith(">>> ", this.at)) {
      const inside = readBlocks(this.source.slice(this.at + 4), true);
      return this.push({ kind: "quote", inside }, this.source.length);
    }
    const lines = [];
    let next = this.at;
    while (this.source.startsWith("> ", next)) {
      const line = this.rest(next);
      lines.push(line.text.slice(2));
      next = line.next;
    }
    return lines.length > 0 && this.push({ kind: "quote", inside: readBlocks(lines.join("\n"), true) }, next);
  }

  titled() {
    const { text, next } = this.rest(this.at);
    const header = HEADER.exec(text);
    if (header !== null) {
      const inside = readInline(text.slice(header[0].length).replace(/\s*#+\s*$/, ""));
      return this.push({ kind: "header", level: header[1].length, inside }, next);
    }
    const small = SMALL.exec(text);
    return small !== null && this.push({ kind: "small", inside: readInline(text.slice(small[0].length)) }, next);
  }

  list() {
    /** @type {{indent: number, sign: string, text: string}[]} */
    const lines = [];
    let next = this.at;
    while (next < this.source.length) {
      const line = this.rest(next);
      const item = ITEM.exec(line.text);
      if (item !== null) {
        lines.push({ indent: item[1].length, sign: item[2], text: line.text.slice(item[0].length) });
      } else if (lines.length > 0 && /^ {2,}\S/.test(line.text)) {
        lines[lines.length - 1].text += `\n${line.text.trim()}`;
      } else break;
      next = line.next;
    }
    if (lines.length === 0) return false;
    this.push(nested(lines, 0), next);
    for (let rest = listLength(lines); rest < lines.length; rest += listLength(lines.slice(rest))) {
      this.blocks.push(nested(lines.slice(rest), 0));
    }
    return true;
  }
}

/** How many lines belong to the list that the first one begins. @param {{indent: number, sign: string}[]} lines */
function listLength(lines) {
  const isOrdered = /\d/.test(lines[0].sign);
  const end = lines.findIndex(
    (line, index) =>
      index > 0 &&
      line.indent <= lines[0].indent &&
      (line.indent < lines[0].indent || /\d/.test(line.sign) !== isOrdered),
  );
  return end < 0 ? lines.length : end;
}

/** @param {{indent: number, sign: string, text: string}[]} lines @param {number} depth @returns {List} */
function nested(lines, depth) {
  const own = lines.slice(0, listLength(lines));
  const { indent, sign } = own[0];
  /** @type {List} */
  const list = { kind: "list", start: /\d/.test(sign) ? Number.parseInt(sign, 10) : null, items: [] };
  for (let at = 0; at < own.length;) {
    let next = at + 1;
    while (next < own.length && own[next].indent > indent && depth < DEEPEST_LIST) next += 1;
    const lists = [];
    for (let rest = at + 1; rest < next;) {
      const below = own.slice(rest, next);
      lists.push(nested(below, depth + 1));
      rest += listLength(below);
    }
    list.items.push({ inside: readInline(own[at].text), lists });
    at = next;
  }
  return list;
}

/**
 * Reads markdown with its blocks.
 *
 * @param {string} source
 * @param {boolean} [inQuote] Quotes do not nest.
 * @returns {Block[]}
 */
export function readBlocks(source, inQuote = false) {
  return new BlockReader(source, inQuote).read();
}
