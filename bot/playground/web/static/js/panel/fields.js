/**
 * The controls of the world's panel.
 */

import { el, uniqueId } from "../dom.js";

/**
 * @param {string} title
 * @param {...import("../dom.js").Child} children
 */
export function section(title, ...children) {
  return el("section", { class: "panel-section" }, el("h3", { class: "side-group", text: title }), ...children);
}

/**
 * @param {string} label
 * @param {[string, string][]} options Values and texts.
 * @param {string} chosen
 */
export function menuField(label, options, chosen) {
  const id = uniqueId("menu");
  const items = options.map(([value, text]) => el("option", { value, text, selected: value === chosen }));
  const menu = el("select", { class: "native-select", id, data: { key: label } }, items);
  return {
    menu,
    element: el("div", { class: "field" }, el("label", { class: "field-label", for: id, text: label }), menu),
  };
}

/**
 * Makes a field for a short text.
 *
 * @param {string} label
 * @param {{longest: number, placeholder?: string, list?: HTMLDataListElement, isCode?: boolean}} rules `list` is
 *   offered while typing; a code is shown in capitals.
 */
export function textField(label, { longest, placeholder, list, isCode = false }) {
  const id = uniqueId("text");
  const input = el("input", {
    class: isCode ? "text-input code" : "text-input",
    id,
    type: "text",
    maxlength: longest,
    placeholder,
    list: list?.id,
    autocomplete: "off",
    autocapitalize: isCode ? "characters" : "words",
    spellcheck: "false",
    data: { key: label },
  });
  return {
    input,
    element: el("div", { class: "field" }, el("label", { class: "field-label", for: id, text: label }), input),
  };
}

/**
 * Makes a button that cannot be pressed again while its work is under way.
 *
 * @param {string} text
 * @param {string} style
 * @param {() => Promise<unknown>} work
 * @param {string} [label] What it is called where the text alone does not tell.
 */
export function buttonField(text, style, work, label = text) {
  const press = async () => {
    button.disabled = true;
    try {
      await work();
    } finally {
      button.disabled = false;
    }
  };
  const button = el(
    "button",
    {
      class: `button ${style}`,
      type: "button",
      aria: { label: label === text ? null : label },
      data: { key: label },
      on: { click: () => void press() },
    },
    el("span", { class: "button-label", text }),
  );
  return button;
}

/**
 * Makes a slider in milliseconds, which tells its value when it is let go.
 *
 * @param {string} label
 * @param {number} highest
 * @param {number} step
 * @param {(ms: number) => void} choose
 */
export function sliderField(label, highest, step, choose) {
  const id = uniqueId("slider");
  const value = el("output", { class: "slider-value", for: id });
  const tell = () => {
    value.textContent = `${slider.value} ms`;
    slider.setAttribute("aria-valuetext", `${slider.value} milliseconds`);
  };
  let isHeld = false;
  const slider = el("input", {
    class: "slider",
    id,
    type: "range",
    min: 0,
    max: highest,
    step,
    value: 0,
    on: {
      input: () => {
        isHeld = true;
        tell();
      },
      change: () => {
        isHeld = false;
        choose(Number(slider.value));
      },
    },
  });
  const set = (/** @type {number} */ ms) => {
    if (isHeld) return;
    slider.value = String(ms);
    tell();
  };
  tell();
  const element = el(
    "div",
    { class: "field" },
    el("div", { class: "field-line" }, el("label", { class: "field-label", for: id, text: label }), value),
    slider,
  );
  return { element, set };
}
