/**
 * "Who are you?": become somebody else, choose a language and the look.
 */

import { displayName } from "./directory.js";
import { el, ownPath, refill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

/** @type {[("light" | "dark" | null), string][]} */
const THEMES = [
  [null, "As the system"],
  ["dark", "Dark"],
  ["light", "Light"],
];

export class WhoDialog {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./client.js").Client} client
   * @param {import("./theme.js").Theme} theme
   */
  constructor(store, client, theme) {
    this.store = store;
    this.client = client;
    this.theme = theme;
    this.titleId = uniqueId("who");
    this.element = el("dialog", {
      class: "dialog who",
      aria: { labelledby: this.titleId },
      on: { click: (/** @type {Event} */ event) => event.target === this.element && this.element.close() },
    });
  }

  open() {
    this.render();
    this.element.showModal();
  }

  render() {
    const { welcome } = this.store;
    if (welcome === null) return;
    refill(
      this.element,
      el(
        "div",
        { class: "dialog-form" },
        el(
          "header",
          { class: "dialog-head" },
          el("h2", { id: this.titleId, text: "Who are you?" }),
          el(
            "button",
            {
              class: "icon-button",
              type: "button",
              aria: { label: "Close" },
              on: { click: () => this.element.close() },
            },
            icon("close"),
          ),
        ),
        el(
          "div",
          { class: "dialog-body" },
          el(
            "div",
            { class: "people", role: "group", aria: { label: "People" } },
            welcome.users.map((user) => this.person(user)),
          ),
          this.language(welcome),
          this.look(),
        ),
      ),
    );
  }

  /** @param {import("./types.js").User} user */
  person(user) {
    const isYou = user.id === this.store.you.id;
    const become = async () => {
      this.element.close();
      if (!isYou) await this.client.enter({ user: user.id, channel: this.store.channel });
    };
    return el(
      "button",
      {
        class: `person${isYou ? " you" : ""}`,
        type: "button",
        aria: { pressed: isYou },
        on: { click: () => void become() },
      },
      el("img", { src: ownPath(user.avatar), alt: "" }),
      el(
        "span",
        { class: "person-text" },
        el("span", { class: "person-name", text: displayName(user) }),
        el("span", { class: "person-detail", text: this.languageName(user.locale) }),
      ),
      isYou && el("span", { class: "person-you" }, icon("check", 18), "You"),
    );
  }

  /** @param {string} code */
  languageName(code) {
    return this.store.welcome?.locales.find((locale) => locale.code === code)?.name ?? code;
  }

  /** @param {import("./types.js").Welcome} welcome */
  language(welcome) {
    return languageField(welcome, (code) => void this.client.setLocale(code));
  }

  look() {
    const buttons = THEMES.map(([value, text]) =>
      el("button", {
        class: "segment",
        type: "button",
        text,
        data: { key: text },
        aria: { pressed: this.theme.chosen === value },
        on: { click: () => this.setTheme(value) },
      }),
    );
    return el(
      "div",
      { class: "field" },
      el("span", { class: "field-label", text: "Appearance" }),
      el("div", { class: "segments", role: "group", aria: { label: "Appearance" } }, buttons),
    );
  }

  /** @param {"light" | "dark" | null} value */
  setTheme(value) {
    this.theme.choose(value);
    this.render();
  }
}

/**
 * Makes a menu of the languages that Discord's clients have.
 *
 * @param {import("./types.js").Welcome} welcome
 * @param {(code: string) => void} choose
 */
export function languageField(welcome, choose) {
  const id = uniqueId("language");
  const options = welcome.locales.map(({ code, name }) =>
    el("option", { value: code, text: name, selected: code === welcome.you.locale }),
  );
  const menu = el(
    "select",
    { class: "native-select", id, data: { key: "language" }, on: { change: () => choose(menu.value) } },
    options,
  );
  return el(
    "div",
    { class: "field" },
    el("label", { class: "field-label", for: id, text: "Language of your client" }),
    menu,
  );
}
