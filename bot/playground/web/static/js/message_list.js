/**
 * The messages of the open channel. Only what changed is made anew; the place, the focus and loaded pictures stay.
 */

import { keepMenus } from "./components/select.js";
import { el } from "./dom.js";
import { placed } from "./grouping.js";
import { icon } from "./icons.js";
import { localMessage } from "./local_message.js";
import { renderMarkdown } from "./markdown/render.js";
import { messageElement } from "./message.js";
import { keepFocus, keepPictures } from "./renewal.js";
import { ScrollKeeper } from "./scroll.js";
import { knownLocale } from "./time.js";

const LONGEST_SAID = 300;

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {{node: HTMLElement, made: unknown[]}} Kept An entry and what it was made of.
 */

export class MessageList {
  /**
   * @param {import("./message.js").Surroundings} around
   * @param {import("./welcome.js").WelcomeCard} card
   */
  constructor(around, card) {
    this.around = around;
    this.card = card;
    /** @type {Map<string, Kept>} */
    this.kept = new Map();
    /** @type {Set<string>} The entries of this rendering. */
    this.used = new Set();
    this.place = "";
    this.newCount = 0;
    this.list = el("ol", { class: "messages", role: "list" });
    this.viewport = el(
      "div",
      { class: "viewport", tabindex: 0, role: "region", aria: { label: "Messages" } },
      el("div", { class: "viewport-inner" }, this.list),
    );
    this.jumpBar = el("button", {
      class: "jump-bar",
      type: "button",
      hidden: true,
      on: { click: () => this.readAll() },
    });
    this.live = el("div", { class: "sr-only", aria: { live: "polite" } });
    this.element = el("div", { class: "message-area" }, this.viewport, this.jumpBar, this.live);
    this.scroll = new ScrollKeeper(this.viewport, this.list, () => this.moved());
    this.subscribe();
  }

  subscribe() {
    const { store } = this.around;
    store.on("channel", () => this.changePlace());
    store.on("messages", () => this.render());
    store.on("message", ({ message, isNew }) => this.arrived(message, isNew));
    store.on("busy", () => this.render());
  }

  changePlace() {
    const { store } = this.around;
    const place = `${store.you.id} ${store.channel}`;
    const isOther = place !== this.place;
    this.place = place;
    if (isOther) {
      this.card.settle(store.shown.at(-1)?.id ?? null);
      this.newCount = 0;
    }
    this.viewport.setAttribute("aria-label", `Messages in ${store.directory.title}`);
    this.render();
    if (isOther) this.scroll.toEnd();
  }

  /** @param {Message} message @param {boolean} isNew */
  arrived(message, isNew) {
    const { store } = this.around;
    const isMine = message.author.id === store.you.id || message.interaction?.user.id === store.you.id;
    if (isNew && !isMine && (!this.scroll.isAtEnd || document.hidden)) {
      this.newCount += 1;
      if (!store.seen.has(store.channel)) store.seen.set(store.channel, message.id);
    }
    this.render();
    if (isNew && isMine) this.scroll.toEnd();
    this.moved();
    if (message.author.id !== store.you.id && !message.thinking) this.say(message);
  }

  /** Reads a message out to those who do not see it. @param {Message} message */
  say(message) {
    const embed = message.embeds[0];
    const text = message.content || [embed?.title, embed?.description].filter(Boolean).join("\n");
    const plain = renderMarkdown(text, this.around.markdown).textContent ?? "";
    this.live.textContent = `${message.author.name}: ${plain.slice(0, LONGEST_SAID)}`;
  }

  /** After something was sent: to the end, and all is seen. */
  readAll() {
    const { store } = this.around;
    store.seen.delete(store.channel);
    this.newCount = 0;
    this.scroll.toEnd();
    this.render();
  }

  moved() {
    const { isAtEnd } = this.scroll;
    if (isAtEnd) this.newCount = 0;
    this.jumpBar.hidden = isAtEnd;
    const text =
      this.newCount > 0
        ? `${this.newCount} new message${this.newCount === 1 ? "" : "s"}`
        : "You're viewing older messages";
    this.jumpBar.replaceChildren(
      el("span", { text }),
      el("span", { class: "jump-action" }, "Jump to present", icon("down", 16)),
    );
    this.jumpBar.classList.toggle("has-new", this.newCount > 0);
  }

  /** Goes to a message. @param {string} id */
  jump(id) {
    const node = document.getElementById(`message-${id}`);
    if (node === null) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  render() {
    this.used.clear();
    const nodes = this.entries();
    for (const key of [...this.kept.keys()]) if (!this.used.has(key)) this.kept.delete(key);
    const wanted = new Set(nodes);
    for (const node of [...this.list.children]) if (!wanted.has(/** @type {HTMLElement} */ (node))) node.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
    this.scroll.hold();
  }

  /** @returns {HTMLElement[]} */
  entries() {
    const { store } = this.around;
    const cardAfter = this.card.after(store.shown);
    const language = this.around.markdown.locale;
    const nodes = [this.keep("intro", [store.directory], () => this.intro())];
    if (cardAfter === null) nodes.push(this.card.element);
    for (const { message, isFirst, day, isNew } of placed(store.shown, store.seen.get(store.channel) ?? null)) {
      if (day !== null)
        nodes.push(this.keep(`day ${day.toDateString()} ${isNew}`, [language], () => this.divider(day, isNew)));
      else if (isNew) nodes.push(this.keep("new", [message.id], () => this.divider(null, true)));
      nodes.push(this.entry(message, isFirst));
      if (cardAfter === message.id) nodes.push(this.card.element);
    }
    for (const [interaction, sending] of store.sending) {
      if (sending.channel === store.channel)
        nodes.push(this.entry(localMessage(store, interaction, sending, "sending"), true));
    }
    return nodes;
  }

  /** @param {Message} message @param {boolean} isFirst */
  entry(message, isFirst) {
    const { store, markdown } = this.around;
    const busy = [...store.busy].filter((key) => key.startsWith(`${message.id} `)).join();
    const identity = message.local === "sending" ? message.id : message;
    const made = [
      identity,
      store.directory,
      message.local,
      isFirst,
      busy,
      store.troubles.get(message.id),
      markdown.locale,
      new Date().toDateString(),
    ];
    return this.keep(`message ${message.id}`, made, () => messageElement(message, isFirst, this.around));
  }

  /**
   * Returns the entry as it was, or makes it anew where something that it is made of has changed.
   *
   * @param {string} key
   * @param {unknown[]} made
   * @param {() => HTMLElement} make
   */
  keep(key, made, make) {
    this.used.add(key);
    const kept = this.kept.get(key);
    if (kept && kept.made.length === made.length && kept.made.every((part, index) => part === made[index]))
      return kept.node;
    const node = make();
    this.kept.set(key, { node, made });
    if (kept) {
      keepPictures(kept.node, node);
      const goOn = keepMenus(kept.node, node);
      keepFocus(kept.node, node);
      queueMicrotask(goOn);
    }
    return node;
  }

  intro() {
    const { directory } = this.around.store;
    const { dm } = directory;
    const name = dm ? dm.name : (directory.channel?.name ?? "");
    const sign = dm
      ? el("img", { class: "intro-avatar", src: dm.user.avatar, alt: "" })
      : el("span", { class: "intro-sign" }, icon("hash", 42));
    const title = dm ? name : `Welcome to #${name}!`;
    const text = dm
      ? `This is the beginning of your direct message history with ${name}.`
      : `This is the start of the #${name} channel.`;
    return el("li", { class: "intro" }, sign, el("h2", { text: title }), el("p", { text }));
  }

  /** @param {Date | null} day @param {boolean} isNew */
  divider(day, isNew) {
    const language = knownLocale(this.around.markdown.locale);
    const text = day && new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(day);
    const label = [text, isNew && "New messages"].filter(Boolean).join(", ");
    const line = el(
      "div",
      { class: `divider${isNew ? " new" : ""}`, role: "separator", aria: { label } },
      text && el("span", { class: "divider-day", text }),
      isNew && el("span", { class: "divider-new", text: "NEW" }),
    );
    return el("li", { class: "divider-place" }, line);
  }
}
