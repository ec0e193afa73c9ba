/**
 * A person's name as something to press: it opens their menu.
 */

import { displayName, nameColor } from "./directory.js";
import { el } from "./dom.js";

/**
 * @param {string} className
 * @param {import("./types.js").User | import("./types.js").Member} person
 * @param {...import("./dom.js").Child} children Shown in place of the name.
 */
export function personButton(className, person, ...children) {
  const name = displayName(person);
  const button = el(
    "button",
    {
      class: className,
      type: "button",
      style: children.length > 0 ? {} : { color: nameColor(person) },
      data: { person: person.id, key: person.id },
      aria: { haspopup: "menu" },
    },
    ...(children.length > 0 ? children : [name]),
  );
  return button;
}
