/**
 * Turns what was read into elements. Whatever players or servers wrote stays text.
 */

import { displayName, nameColor } from "../directory.js";
import { add, el } from "../dom.js";
import { icon } from "../icons.js";
import { momentElement } from "../time.js";
import { readBlocks } from "./blocks.js";
import { readInline } from "./inline.js";

/**
 * @typedef {import("./inline.js").Mark} Mark
 * @typedef {import("./blocks.js").Block} Block
 * @typedef {object} Surroundings What markdown refers to.
 * @property {import("../directory.js").Directory} directory
 * @property {string} locale
 * @property {(channel: string) => void} openChannel
 * @property {(command: string) => void} useCommand
 */

const MOST_JUMBO = 30;
const PICTOGRAPH = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})/u;

/**
 * Renders a text with everything that Discord's markdown knows.
 *
 * @param {string} source
 * @param {Surroundings} around
 * @returns {DocumentFragment}
 */
export function renderMarkdown(source, around) {
  return fragment(readBlocks(source).map((block) => renderBlock(block, around)));
}

/**
 * Renders a text within one line: titles and names of fields, which know no blocks.
 *
 * @param {string} source
 * @param {Surroundings} around
 * @returns {DocumentFragment}
 */
export function renderInline(source, around) {
  return fragment(readInline(source).map((mark) => renderMark(mark, around)));
}

/**
 * Returns whether a message is nothing but a few emoji, which are shown large.
 *
 * @param {string} source
 */
export function isJumbo(source) {
  if (source.trim() === "" || source.length > 2000) return false;
  const marks = readInline(source);
  const custom = marks.filter((mark) => mark.kind === "emoji").length;
  if (marks.some((mark) => mark.kind !== "emoji" && mark.kind !== "text")) return false;
  const text = marks
    .map((mark) => (mark.kind === "text" ? mark.text : ""))
    .join("")
    .replace(/\s+/g, "");
  const symbols = [...new Intl.Segmenter().segment(text)].map((item) => item.segment);
  return custom + symbols.length <= MOST_JUMBO && symbols.every((symbol) => PICTOGRAPH.test(symbol));
}

/** @param {Node[]} nodes */
function fragment(nodes) {
  const all = document.createDocumentFragment();
  add(all, nodes);
  return all;
}

/** @param {Block} block @param {Surroundings} around @returns {Node} */
function renderBlock(block, around) {
  switch (block.kind) {
    case "paragraph":
      return fragment(renderAll(block.inside, around));
    case "header":
      return el(/** @type {"h1" | "h2" | "h3"} */ (`h${block.level}`), {}, renderAll(block.inside, around));
    case "small":
      return el("small", {}, renderAll(block.inside, around));
    case "quote":
      return el("blockquote", {}, ...block.inside.map((inner) => renderBlock(inner, around)));
    case "list":
      return renderList(block, around);
  }
}

/** @param {import("./blocks.js").List} list @param {Surroundings} around @returns {HTMLElement} */
function renderList(list, around) {
  const items = list.items.map((item) =>
    el(
      "li",
      {},
      renderAll(item.inside, around),
      item.lists.map((inner) => renderList(inner, around)),
    ),
  );
  return list.start === null ? el("ul", {}, items) : el("ol", { start: list.start }, items);
}

/** @param {Mark[]} marks @param {Surroundings} around */
function renderAll(marks, around) {
  return marks.map((mark) => renderMark(mark, around));
}

/** @param {Mark} mark @param {Surroundings} around @returns {Node} */
function renderMark(mark, around) {
  switch (mark.kind) {
    case "text":
      return document.createTextNode(mark.text);
    case "strong":
    case "em":
    case "u":
    case "s":
      return el(mark.kind, {}, renderAll(mark.inside, around));
    case "spoiler":
      return spoiler(renderAll(mark.inside, around));
    case "code":
      return el("code", { text: mark.text });
    case "pre":
      return el("pre", {}, el("code", { text: mark.text, data: { language: mark.language || null } }));
    case "link":
      return link(mark.href, mark.title, renderAll(mark.inside, around));
    case "emoji":
      return emoji(mark);
    case "time":
      return momentElement(mark.seconds, mark.style, around.locale);
    case "everyone":
      return el("span", { class: "mention", text: mark.text });
    case "user":
      return userMention(mark.id, around);
    case "role":
      return roleMention(mark.id, around);
    case "channel":
      return channelMention(mark.id, around);
    case "command":
      return el("button", {
        class: "mention",
        type: "button",
        text: `/${mark.name}`,
        on: { click: () => around.useCommand(mark.name) },
      });
  }
}

/** @param {Node[]} inside */
function spoiler(inside) {
  const content = el("span", { class: "spoiler-text", aria: { hidden: true } }, inside);
  const show = (/** @type {Event} */ event) => {
    if (cover.classList.contains("shown")) return;
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.classList.add("shown");
    cover.removeAttribute("role");
    cover.removeAttribute("tabindex");
    cover.removeAttribute("aria-label");
    content.removeAttribute("aria-hidden");
  };
  const cover = el(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: 0,
      aria: { label: "Spoiler: show it" },
      on: { click: show, keydown: show },
    },
    content,
  );
  return cover;
}

/**
 * Makes a link that leads elsewhere and tells nobody from where.
 *
 * @param {string} href Already known to be http or https.
 * @param {string} title
 * @param {Node[]} inside
 */
export function link(href, title, inside) {
  return el("a", { href, title: title || href, target: "_blank", rel: "noopener noreferrer" }, inside);
}

/**
 * Shows an emoji of the application, or one of Unicode.
 *
 * @param {{id: string | null, name: string}} what
 */
export function emoji(what) {
  if (what.id === null || what.id === undefined) return el("span", { class: "emoji", text: what.name });
  const name = `:${what.name}:`;
  return el("img", {
    class: "emoji",
    src: `/emojis/${encodeURIComponent(what.id)}`,
    alt: name,
    title: name,
    draggable: "false",
  });
}

/** @param {string} id @param {Surroundings} around */
function userMention(id, around) {
  const person = around.directory.person(id);
  if (person === null) return el("span", { class: "mention", data: { user: id }, text: "@unknown-user" });
  const props = { class: "mention", type: "button", data: { user: id, person: id }, aria: { haspopup: "menu" } };
  return el("button", { ...props, text: `@${displayName(person)}` });
}

/** @param {string} id @param {Surroundings} around */
function roleMention(id, around) {
  const role = around.directory.role(id);
  const color = role && nameColor(/** @type {any} */ (role));
  return el("span", {
    class: "mention",
    style: { "--mention": color },
    text: role ? `@${role.name}` : "@unknown-role",
  });
}

/** @param {string} id @param {Surroundings} around */
function channelMention(id, around) {
  const found = around.directory.anyChannel(id);
  if (found === null) return el("span", { class: "mention", text: "# unknown" });
  return el(
    "button",
    { class: "mention", type: "button", on: { click: () => around.openChannel(id) } },
    icon("hash", 16),
    found.channel.name,
  );
}
