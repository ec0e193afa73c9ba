/**
 * The line below the composer that says who is writing.
 */

import { displayName } from "./directory.js";
import { el, fill } from "./dom.js";
import { dots } from "./message.js";

const MOST_NAMES = 3;

/**
 * Makes the line; it follows the store.
 *
 * @param {import("./store.js").Store} store
 */
export function typingLine(store) {
  const line = el("div", { class: "typing", role: "status", aria: { live: "off" } });
  const render = () => {
    const now = Date.now();
    const people = [...(store.typing.get(store.channel)?.values() ?? [])].filter((entry) => entry.until > now);
    const names = people.map(({ user }) => displayName(store.directory.person(user.id) ?? user));
    fill(line, names.length > 0 && [dots(), ...sentence(names)]);
  };
  store.on("typing", render);
  store.on("channel", render);
  return line;
}

/** @param {string[]} names @returns {Node[]} */
function sentence(names) {
  if (names.length > MOST_NAMES) return [el("span", { text: "Several people are typing…" })];
  const parts = names.flatMap((name, index) => {
    const separator = index === 0 ? "" : index === names.length - 1 ? " and " : ", ";
    return [document.createTextNode(separator), el("strong", { text: name })];
  });
  return [el("span", {}, ...parts, names.length === 1 ? " is typing…" : " are typing…")];
}
