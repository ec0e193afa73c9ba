/**
 * The card that greets on a first visit and offers commands to try.
 */

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

export class WelcomeCard {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./client.js").Client} client
   * @param {import("./session.js").Session} session
   * @param {() => void} onHide
   */
  constructor(store, client, session, onHide) {
    this.store = store;
    this.client = client;
    this.session = session;
    this.onHide = onHide;
    this.isShown = !session.isWelcomed;
    /** The message below which it stands; null: above all. @type {string | null} */
    this.below = null;
    this.element = el("li", { class: "welcome" });
    store.on("entered", () => this.render());
  }

  /** Places it below what was there when the channel was opened. @param {string | null} last */
  settle(last) {
    this.below = last;
    if (this.session.isWelcomed) this.isShown = false;
  }

  /**
   * Returns where it stands: below a message, at the end, above all (null), or nowhere.
   *
   * @param {import("./types.js").Message[]} messages
   * @returns {string | null | undefined}
   */
  after(messages) {
    if (!this.isShown || (this.store.welcome?.suggestions.length ?? 0) === 0) return undefined;
    if (this.below === null) return null;
    return messages.some((message) => message.id === this.below) ? this.below : null;
  }

  hide() {
    this.isShown = false;
    this.session.isWelcomed = true;
    this.onHide();
  }

  /** @param {import("./types.js").Suggestion} suggestion */
  run(suggestion) {
    this.session.isWelcomed = true;
    void this.client.slash(suggestion.command, suggestion.options);
  }

  render() {
    const { welcome } = this.store;
    if (welcome === null) return;
    const rows = welcome.suggestions.map((suggestion) =>
      el(
        "button",
        { class: "suggestion", type: "button", on: { click: () => this.run(suggestion) } },
        el("span", { class: "suggestion-sign" }, icon("play", 16)),
        el(
          "span",
          { class: "suggestion-text" },
          el("span", { class: "suggestion-label", text: suggestion.label }),
          el("span", { class: "suggestion-about", text: suggestion.about }),
        ),
      ),
    );
    fill(
      this.element,
      el(
        "section",
        { class: "welcome-card", aria: { label: "Welcome" } },
        el(
          "button",
          {
            class: "icon-button welcome-close",
            type: "button",
            aria: { label: "Hide the welcome" },
            on: { click: () => this.hide() },
          },
          icon("close", 18),
        ),
        el("h2", { text: `Try ${welcome.application.name}` }),
        el(
          "p",
          {},
          "This is the real bot, between a simulated Halo and a local Discord: no account, nothing leaves this machine.",
          " Click one, or type ",
          el("kbd", { text: "/" }),
          " below.",
        ),
        el("div", { class: "suggestions" }, rows),
      ),
    );
  }
}
