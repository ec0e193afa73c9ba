/**
 * Who is in which server: oneself, and the application.
 */

import { el } from "../dom.js";
import { buttonField, section } from "./fields.js";

/**
 * @param {import("../types.js").Welcome} welcome
 * @param {import("../client.js").Client} client
 */
export function serversSection(welcome, client) {
  const bot = welcome.application.name;
  const here = welcome.guilds.map(({ id, name, has_bot: hasBot, owned: isOwned }) => {
    const botButton = hasBot
      ? buttonField("Remove the bot", "secondary", () => client.changeServer(id, "remove_bot"), `Remove ${bot} from ${name}`)
      : buttonField("Add the bot", "success", () => client.changeServer(id, "add_bot"), `Add ${bot} to ${name}`);
    const leave = buttonField("Leave", "danger", () => client.changeServer(id, "leave"), `Leave ${name}`);
    return line(name, isOwned ? "yours, so you cannot leave it" : "", botButton, isOwned ? null : leave);
  });
  const elsewhere = (welcome.elsewhere ?? []).map(({ id, name }) =>
    line(name, "you are not in it", buttonField("Join", "success", () => client.changeServer(id, "join"), `Join ${name}`)),
  );
  return section("Servers", ...here, ...elsewhere);
}

/**
 * @param {string} name
 * @param {string} note
 * @param {...(HTMLElement | null)} buttons
 */
function line(name, note, ...buttons) {
  return el(
    "div",
    { class: "server-line" },
    el("div", { class: "player-name", text: name }),
    note && el("div", { class: "player-note", text: note }),
    el("div", { class: "button-pair" }, buttons),
  );
}
