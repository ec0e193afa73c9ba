/**
 * Embeds as Discord lays them out.
 */

import { el, ownPath, webAddress } from "./dom.js";
import { link, renderInline, renderMarkdown } from "./markdown/render.js";
import { picture, withAltBadge } from "./media.js";
import { formatMessageTime } from "./time.js";

/**
 * @typedef {import("./types.js").Embed} Embed
 * @typedef {import("./types.js").EmbedField} EmbedField
 * @typedef {import("./types.js").Picture} Picture
 * @typedef {import("./markdown/render.js").Surroundings} Surroundings
 */

const COLUMNS = 12;
const MOST_IN_ROW = 3;
const LARGEST_IMAGE = [400, 300];
const LARGEST_THUMBNAIL = 80;

/**
 * Makes an embed's element.
 *
 * @param {Embed} embed
 * @param {Surroundings} around
 * @param {import("./media.js").Enlarge} enlarge
 * @returns {HTMLElement}
 */
export function embedElement(embed, around, enlarge) {
  const parts = [
    embed.author && authorElement(embed.author),
    embed.title && titleElement(embed, around),
    embed.description && el("div", { class: "embed-description markdown" }, renderMarkdown(embed.description, around)),
  ].filter(Boolean);
  const hasFields = embed.fields !== undefined && embed.fields.length > 0;
  return el(
    "div",
    {
      class: "embed",
      role: "group",
      aria: { label: embed.title ?? "Embed" },
      style: { "--bar": barColor(embed.color) },
    },
    el(
      "div",
      { class: "embed-grid" },
      parts.length > 0 && el("div", { class: "embed-text" }, parts),
      hasFields && fieldsElement(embed.fields ?? [], around),
      thumbnailElement(embed.thumbnail, enlarge),
      imageElement(embed.image, enlarge),
    ),
    footerElement(embed, around),
  );
}

/** @param {number | undefined} color */
function barColor(color) {
  return typeof color === "number" ? `#${(color & 0xffffff).toString(16).padStart(6, "0")}` : null;
}

/** @param {NonNullable<Embed["author"]>} author */
function authorElement(author) {
  const path = ownPath(author.proxy_icon_url);
  const href = webAddress(author.url);
  const name = document.createTextNode(author.name);
  return el(
    "div",
    { class: "embed-author" },
    path && el("img", { class: "embed-icon", src: path, alt: "", draggable: "false" }),
    href ? link(href, "", [name]) : el("span", {}, name),
  );
}

/** @param {Embed} embed @param {Surroundings} around */
function titleElement(embed, around) {
  const href = webAddress(embed.url);
  const title = renderInline(embed.title ?? "", around);
  return el("div", { class: "embed-title markdown" }, href ? link(href, "", [title]) : title);
}

/**
 * Says which columns of twelve each field takes: up to three inline ones share a row, two take halves.
 *
 * @param {{inline?: boolean}[]} fields
 * @returns {{from: number, to: number}[]} Grid lines, from 1 to 13.
 */
function fieldColumns(fields) {
  /** @type {{from: number, to: number}[]} */
  const places = [];
  for (let at = 0; at < fields.length;) {
    let size = 1;
    while (fields[at].inline && size < MOST_IN_ROW && fields[at + size]?.inline) size += 1;
    const width = COLUMNS / size;
    for (let index = 0; index < size; index += 1) places.push({ from: 1 + index * width, to: 1 + (index + 1) * width });
    at += size;
  }
  return places;
}

/** @param {EmbedField[]} fields @param {Surroundings} around */
function fieldsElement(fields, around) {
  const places = fieldColumns(fields);
  const elements = fields.map((field, index) =>
    el(
      "div",
      { class: "embed-field", style: { "grid-column": `${places[index].from} / ${places[index].to}` } },
      el("div", { class: "embed-field-name markdown" }, renderInline(field.name, around)),
      el("div", { class: "embed-field-value markdown" }, renderMarkdown(field.value, around)),
    ),
  );
  return el("div", { class: "embed-fields" }, elements);
}

/** @param {Picture | undefined} thumbnail @param {import("./media.js").Enlarge} enlarge */
function thumbnailElement(thumbnail, enlarge) {
  if (thumbnail === undefined) return null;
  const shown = shownPicture(thumbnail, "Thumbnail");
  const size = {
    width: thumbnail.width,
    height: thumbnail.height,
    maxWidth: LARGEST_THUMBNAIL,
    maxHeight: LARGEST_THUMBNAIL,
  };
  return el(
    "div",
    { class: "embed-thumbnail" },
    picture({ src: shown.src, alt: shown.alt, ...size, onOpen: () => enlarge([shown], 0) }),
  );
}

/** @param {Picture | undefined} image @param {import("./media.js").Enlarge} enlarge */
function imageElement(image, enlarge) {
  if (image === undefined) return null;
  const shown = shownPicture(image, "Picture");
  const [maxWidth, maxHeight] = LARGEST_IMAGE;
  const size = { width: image.width, height: image.height, maxWidth, maxHeight };
  const box = picture({ src: shown.src, alt: shown.alt, ...size, onOpen: () => enlarge([shown], 0) });
  return el("div", { class: "embed-image" }, withAltBadge(box, image.description));
}

/** @param {Picture} image @param {string} otherwise @returns {import("./media.js").Shown} */
function shownPicture(image, otherwise) {
  const src = image.proxy_url ?? "";
  const last = decodeURIComponent(src.split("/").pop() ?? "")
    .split("/")
    .pop();
  return {
    src,
    alt: image.description ?? "",
    name: last || otherwise,
    width: image.width ?? null,
    height: image.height ?? null,
  };
}

/** @param {Embed} embed @param {Surroundings} around */
function footerElement(embed, around) {
  const when = embed.timestamp ? new Date(embed.timestamp) : null;
  const moment = when && !Number.isNaN(when.getTime()) ? formatMessageTime(when, around.locale, new Date()) : null;
  if (embed.footer === undefined && moment === null) return null;
  const path = ownPath(embed.footer?.proxy_icon_url);
  return el(
    "div",
    { class: "embed-footer" },
    path && el("img", { class: "embed-icon", src: path, alt: "", draggable: "false" }),
    el("span", { text: [embed.footer?.text, moment].filter(Boolean).join(" • ") }),
  );
}
