/**
 * Pictures and files of messages: in their place before they are loaded, with their alt text, to be enlarged.
 */

import { el, ownPath } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./types.js").Attachment} Attachment
 * @typedef {object} Shown A picture that can be enlarged.
 * @property {string} src
 * @property {string} alt
 * @property {string} name
 * @property {number | null} width
 * @property {number | null} height
 * @typedef {(pictures: Shown[], index: number) => void} Enlarge
 */

const LARGEST_PICTURE = [550, 350];
const SHOWN_TYPES = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/**
 * Makes a picture in a box of its final size, so that nothing moves when it arrives.
 *
 * @param {object} what
 * @param {string | undefined} what.src
 * @param {string} [what.alt]
 * @param {number} [what.width] In pixels, as far as known.
 * @param {number} [what.height]
 * @param {number} what.maxWidth
 * @param {number} what.maxHeight
 * @param {string} [what.className]
 * @param {boolean} [what.isCropped] Whether it fills a box that others decide.
 * @param {(() => void) | null} [what.onOpen]
 * @returns {HTMLElement}
 */
export function picture({
  src,
  alt = "",
  width,
  height,
  maxWidth,
  maxHeight,
  className = "",
  isCropped = false,
  onOpen = null,
}) {
  const path = ownPath(src);
  const image = el("img", {
    src: path,
    alt,
    draggable: "false",
    decoding: "async",
    width: width ?? null,
    height: height ?? null,
  });
  const box =
    onOpen === null
      ? el("span", { class: `picture ${className}` }, image)
      : el(
          "button",
          {
            class: `picture ${className}`,
            type: "button",
            aria: { label: alt ? `Enlarge picture: ${alt}` : "Enlarge picture" },
            on: { click: onOpen },
          },
          image,
        );
  if (isCropped) box.classList.add("cropped");
  else if (width && height) {
    const scale = Math.min(1, maxWidth / width, maxHeight / height);
    box.style.setProperty("inline-size", `${Math.max(1, Math.round(width * scale))}px`);
    box.style.setProperty("aspect-ratio", `${width} / ${height}`);
  } else {
    box.style.setProperty("max-inline-size", `${maxWidth}px`);
    image.style.setProperty("max-block-size", `${maxHeight}px`);
  }
  const broken = () => {
    box.classList.add("broken");
    if (alt) box.dataset.alt = alt;
  };
  image.addEventListener("load", () => box.classList.add("loaded"));
  image.addEventListener("error", broken);
  if (path === null) broken();
  return box;
}

/**
 * Adds the sign that says that a picture is described, and shows the description on demand.
 *
 * @param {HTMLElement} box
 * @param {string | undefined} alt
 */
export function withAltBadge(box, alt) {
  if (!alt) return box;
  const text = el("span", { class: "alt-text", text: alt, hidden: true });
  const badge = el("button", {
    class: "alt-badge",
    type: "button",
    text: "ALT",
    title: alt,
    aria: { label: "Description of the picture", expanded: false },
    on: {
      click: () => {
        text.hidden = !text.hidden;
        badge.setAttribute("aria-expanded", String(!text.hidden));
      },
    },
  });
  return el("span", { class: "described" }, box, badge, text);
}

/**
 * Shows a message's files: pictures side by side, everything else as a card.
 *
 * @param {Attachment[]} attachments
 * @param {Enlarge} enlarge
 * @returns {HTMLElement[]}
 */
export function attachmentElements(attachments, enlarge) {
  const pictures = attachments.filter((item) => SHOWN_TYPES.test(item.content_type ?? ""));
  const files = attachments.filter((item) => !pictures.includes(item));
  const shown = pictures.map(shownAttachment);
  const [maxWidth, maxHeight] = LARGEST_PICTURE;
  const tiles = pictures.map((item, index) => {
    const { src, alt, width, height } = shown[index];
    const size = {
      width: width ?? undefined,
      height: height ?? undefined,
      maxWidth,
      maxHeight,
      isCropped: pictures.length > 1,
    };
    return withAltBadge(
      picture({ src, alt, ...size, className: "attached", onOpen: () => enlarge(shown, index) }),
      item.description,
    );
  });
  const grid = tiles.length > 0 ? [el("div", { class: `pictures pictures-${Math.min(tiles.length, 4)}` }, tiles)] : [];
  return [...grid, ...files.map(fileElement)];
}

/** @param {Attachment} item @returns {Shown} */
function shownAttachment(item) {
  return {
    src: item.proxy_url,
    alt: item.description ?? "",
    name: item.filename,
    width: item.width ?? null,
    height: item.height ?? null,
  };
}

/** @param {Attachment} item */
function fileElement(item) {
  const path = ownPath(item.url);
  return el(
    "div",
    { class: "file" },
    icon("file", 30),
    el(
      "div",
      { class: "file-text" },
      el("a", { class: "file-name", href: path, download: item.filename, text: item.filename }),
      el("span", { class: "file-size", text: formatSize(item.size) }),
    ),
    el(
      "a",
      { class: "icon-button", href: path, download: item.filename, aria: { label: `Download ${item.filename}` } },
      icon("download"),
    ),
  );
}

/**
 * Writes a size as people read it.
 *
 * @param {number} bytes
 */
function formatSize(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
