/**
 * Builds elements. Text only ever becomes text nodes: nothing here or elsewhere parses markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {object} Props `class`, `text`, and these; everything else becomes an attribute.
 * @property {Record<string, (event: any) => void>} [on]
 * @property {Record<string, string | number | boolean | null | undefined>} [aria]
 * @property {Record<string, string | number | boolean | null | undefined>} [data]
 * @property {Record<string, string | null | undefined>} [style]
 */

/**
 * Makes an element. An attribute of true is set empty; false, null and undefined leave it out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props & Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  const { on = {}, aria = {}, data = {}, style = {}, text, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  for (const [name, value] of Object.entries(aria)) {
    if (value !== null && value !== undefined) node.setAttribute(`aria-${name}`, String(value));
  }
  for (const [name, value] of Object.entries(data)) setAttribute(node, `data-${name}`, value);
  for (const [name, value] of Object.entries(style)) if (value) node.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  if (text !== undefined) node.textContent = text;
  add(node, children);
  return node;
}

/** @param {Element} node @param {string} name @param {unknown} value */
function setAttribute(node, name, value) {
  if (value === false || value === null || value === undefined) return;
  node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Appends children, leaving out what is empty.
 *
 * @param {Node} node
 * @param {(Child | Child[])[]} children
 */
export function add(node, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/**
 * Replaces all children.
 *
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  node.replaceChildren();
  add(node, children);
}

/**
 * Replaces all children and gives the focus to what has the same `data-key` as the element that had it.
 *
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function refill(node, ...children) {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && node.contains(focused) ? focused.dataset.key : undefined;
  fill(node, ...children);
  if (key === undefined) return;
  const same = [...node.querySelectorAll("[data-key]")].find(
    (other) => other instanceof HTMLElement && other.dataset.key === key,
  );
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
}

/**
 * Makes an SVG element that assistive technology skips.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * Returns an id that nothing else on the page has.
 *
 * @param {string} prefix
 */
export function uniqueId(prefix) {
  return `${prefix}-${Math.random().toString(36).slice(2, 12)}`;
}

/**
 * Makes an address safe to link to: only http and https, else null.
 *
 * @param {string | undefined | null} address
 * @returns {string | null}
 */
export function webAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Returns a path of this origin unchanged, and null for every other address: pictures come from here only.
 *
 * @param {string | undefined | null} path
 * @returns {string | null}
 */
export function ownPath(path) {
  return path && /^\/(?![/\\])/.test(path) ? path : null;
}
