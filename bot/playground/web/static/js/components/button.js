/**
 * Buttons of messages.
 */

import { el, webAddress } from "../dom.js";
import { icon } from "../icons.js";
import { emoji } from "../markdown/render.js";
import { componentKey } from "../store.js";

/** @type {Record<number, string>} */
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };
const LINK = 5;

/**
 * Makes a button; one with an address opens it, every other one tells the application.
 *
 * @param {import("../types.js").Component} component
 * @param {import("./rows.js").Place} place
 * @returns {HTMLElement}
 */
export function buttonElement(component, place) {
  const className = `button ${STYLES[component.style ?? 2] ?? "secondary"}`;
  const inside = [
    component.emoji && emoji(component.emoji),
    component.label && el("span", { class: "button-label", text: component.label }),
  ];
  const label = component.label ? null : (component.emoji?.name ?? "Button");
  const address = component.style === LINK ? webAddress(component.url) : null;
  if (address !== null && !component.disabled) {
    return el(
      "a",
      {
        class: className,
        href: address,
        title: address,
        target: "_blank",
        rel: "noopener noreferrer",
        aria: { label },
      },
      inside,
      icon("outside", 16),
    );
  }
  const id = component.custom_id ?? "";
  const isBusy = place.isBusy(componentKey(place.message.id, id));
  return el(
    "button",
    {
      class: `${className}${isBusy ? " busy" : ""}`,
      type: "button",
      disabled: component.disabled === true || component.style === LINK,
      aria: { label, busy: isBusy || null },
      data: { component: id },
      on: { click: () => place.click(id) },
    },
    inside,
    isBusy && el("span", { class: "dots", aria: { hidden: true } }, el("i"), el("i"), el("i")),
  );
}
