/**
 * A message's components: rows of buttons and menus, and the containers of Discord's second version.
 */

import { el } from "../dom.js";
import { renderMarkdown } from "../markdown/render.js";
import { attachmentElements, picture, withAltBadge } from "../media.js";
import { componentKey } from "../store.js";
import { buttonElement } from "./button.js";
import { SELECTS } from "./choices.js";
import { Select } from "./select.js";

/**
 * @typedef {import("../types.js").Component} Component
 * @typedef {object} Place Where components stand and what they do.
 * @property {import("../types.js").Message} message
 * @property {import("../directory.js").Directory} directory
 * @property {import("../markdown/render.js").Surroundings} around
 * @property {import("../media.js").Enlarge} enlarge
 * @property {(key: string) => boolean} isBusy
 * @property {(key: string) => string[] | undefined} chosen What was chosen in a menu since the message was made.
 * @property {(customId: string) => void} click
 * @property {(customId: string, values: string[]) => void} select
 */

const LARGEST_PICTURE = [550, 350];
const THUMBNAIL = 85;

/** @type {Record<number, (component: Component, place: Place) => HTMLElement>} */
const KINDS = {
  1: (component, place) => el("div", { class: "component-row" }, children(component, place)),
  2: buttonElement,
  9: sectionElement,
  10: (component, place) => el("div", { class: "markdown" }, renderMarkdown(component.content ?? "", place.around)),
  11: (component, place) =>
    pictureElement({ media: component.media, description: component.description }, place, THUMBNAIL, THUMBNAIL),
  12: galleryElement,
  13: fileElement,
  14: (component) =>
    el("hr", {
      class: `separator${component.divider === false ? " plain" : ""}${component.spacing === 2 ? " wide" : ""}`,
    }),
  17: containerElement,
};

/**
 * Makes a component's element, with all that is in it.
 *
 * @param {Component} component
 * @param {Place} place
 * @returns {HTMLElement}
 */
export function componentElement(component, place) {
  if (SELECTS.has(component.type)) return selectElement(component, place);
  const build = KINDS[component.type];
  return build
    ? build(component, place)
    : el("div", { class: "unknown", text: "This part of the message cannot be shown here." });
}

/** @param {Component} component @param {Place} place */
function children(component, place) {
  return (component.components ?? []).map((child) => componentElement(child, place));
}

/** @param {Component} component @param {Place} place */
function selectElement(component, place) {
  const id = component.custom_id ?? "";
  const key = componentKey(place.message.id, id);
  const onCommit = (/** @type {string[]} */ values) => place.select(id, values);
  const setting = { directory: place.directory, isBusy: place.isBusy(key), chosen: place.chosen(key), onCommit };
  return new Select(component, setting).element;
}

/** @param {Component} component @param {Place} place */
function sectionElement(component, place) {
  const text = el("div", { class: "section-text" }, children(component, place));
  return el("div", { class: "section" }, text, component.accessory && componentElement(component.accessory, place));
}

/**
 * @param {{media?: import("../types.js").Picture, description?: string}} item
 * @param {Place} place
 * @param {number} maxWidth
 * @param {number} maxHeight
 * @param {boolean} [isCropped]
 */
function pictureElement(item, place, maxWidth, maxHeight, isCropped = false) {
  const media = item.media ?? { url: "" };
  const alt = item.description ?? "";
  const shown = {
    src: media.proxy_url ?? "",
    alt,
    name: alt || "Picture",
    width: media.width ?? null,
    height: media.height ?? null,
  };
  const size = { width: media.width, height: media.height, maxWidth, maxHeight, isCropped };
  return withAltBadge(
    picture({ src: shown.src, alt, ...size, onOpen: () => place.enlarge([shown], 0) }),
    item.description,
  );
}

/** @param {Component} component @param {Place} place */
function galleryElement(component, place) {
  const items = component.items ?? [];
  const tiles = items.map((item) =>
    pictureElement(item, place, LARGEST_PICTURE[0], LARGEST_PICTURE[1], items.length > 1),
  );
  return el("div", { class: `pictures pictures-${Math.min(items.length, 4)}` }, tiles);
}

/** @param {Component} component @param {Place} place */
function fileElement(component, place) {
  const file = component.file ?? { url: "" };
  const path = file.proxy_url ?? file.url;
  const filename = decodeURIComponent(path.split("/").pop() ?? "") || "file";
  const attachment = {
    id: "0",
    filename,
    size: 0,
    url: path,
    proxy_url: path,
    content_type: "application/octet-stream",
  };
  return el("div", {}, attachmentElements([attachment], place.enlarge));
}

/** @param {Component} component @param {Place} place */
function containerElement(component, place) {
  const color =
    typeof component.accent_color === "number" ? `#${component.accent_color.toString(16).padStart(6, "0")}` : null;
  return el(
    "div",
    { class: `container${color ? " accented" : ""}`, style: { "--bar": color } },
    children(component, place),
  );
}
