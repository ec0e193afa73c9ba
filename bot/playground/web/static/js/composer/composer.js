/**
 * Where one writes: plain messages, and commands with everything that helps to fill them in.
 */

import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { CommandLine } from "./command_line.js";
import { commandEntries, entryNamed, parseCommand } from "./commands.js";
import { Guide } from "./guide.js";
import { Keys } from "./keys.js";
import { MentionWriter } from "./mention_writer.js";
import { withMentions } from "./mentions.js";
import { fitHeight, LONGEST_MESSAGE, textField } from "./text_field.js";

/**
 * @typedef {import("./commands.js").Entry} Entry
 * @typedef {import("./slot.js").Slot} Slot
 * @typedef {import("./draft.js").Draft} Draft
 */

const COUNTED_FROM = 200;

export class Composer {
  /**
   * @param {import("../store.js").Store} store
   * @param {import("../client.js").Client} client
   * @param {import("../session.js").Session} session
   * @param {() => void} onSent Called when something was sent.
   */
  constructor(store, client, session, onSent) {
    this.store = store;
    this.client = client;
    this.session = session;
    this.onSent = onSent;
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {CommandLine | null} */
    this.line = null;
    /** @type {Draft | null} The last command that was sent. */
    this.last = null;
    /** Where and whose the text is: not yet that of the store while it changes. */
    this.place = { user: "", channel: "" };
    this.mentions = new MentionWriter(this);
    this.guide = new Guide(this);
    this.keys = new Keys(this);
    this.text = textField(this.guide.listId, (event) => this.typed(event));
    this.holder = el("div", { class: "composer-field" }, this.text);
    this.send = el(
      "button",
      { class: "icon-button send", type: "button", aria: { label: "Send" }, on: { click: () => void this.submit() } },
      icon("send"),
    );
    this.counter = el("output", { class: "composer-count", hidden: true, aria: { label: "Characters left" } });
    this.box = el("div", { class: "composer-box" }, this.commandsButton(), this.holder, this.counter, this.send);
    this.element = el(
      "form",
      {
        class: "composer",
        aria: { label: "Write" },
        on: {
          submit: (/** @type {Event} */ event) => event.preventDefault(),
          keydown: (/** @type {KeyboardEvent} */ event) => this.keys.press(event),
          focusin: () => this.guide.show(),
          focusout: (/** @type {FocusEvent} */ event) => this.left(event),
        },
      },
      this.guide.element,
      this.box,
    );
    store.on("commands", () => this.setCommands());
    store.on("channel", () => this.moved());
  }

  commandsButton() {
    const open = () => {
      if (this.line === null && !this.text.value.startsWith("/")) this.text.value = "/";
      this.focus();
      this.guide.reopen();
    };
    return el(
      "button",
      {
        class: "icon-button commands-button",
        type: "button",
        title: "Commands",
        aria: { label: "Commands" },
        on: { click: open },
      },
      icon("slash"),
    );
  }

  // What is going on

  /** Where one types. @returns {HTMLInputElement | HTMLTextAreaElement} */
  get field() {
    return this.line?.field ?? this.text;
  }

  focus() {
    if (this.line !== null) this.line.focus();
    else this.text.focus();
  }

  setCommands() {
    const { locale } = this.store.you;
    this.entries = commandEntries(this.store.commands, locale);
    if (this.line === null) return;
    const draft = this.line.draft();
    const hadFocus = this.line.hasFocus;
    this.load(draft);
    if (hadFocus) this.focus();
  }

  /** Another place or another person: what was being written there comes back. */
  moved() {
    const { store } = this;
    const place = { user: store.you.id, channel: store.channel };
    const { canSend, title } = store.directory;
    const hint = canSend ? `Message ${title}` : "You do not have permission to send messages in this channel.";
    this.text.placeholder = hint;
    this.text.setAttribute("aria-label", hint);
    this.text.disabled = !canSend;
    this.element.classList.toggle("forbidden", !canSend);
    if (place.user === this.place.user && place.channel === this.place.channel) return;
    this.place = place;
    this.load(this.session.draft(place.user, place.channel) ?? { text: "" });
    fitHeight(this.text);
  }

  /** @param {Draft} draft */
  load(draft) {
    const entry = draft.command === undefined ? null : entryNamed(this.entries, draft.command);
    if (entry === null) {
      this.writePlain(draft.command === undefined ? draft.text : "");
      return;
    }
    this.begin(entry);
    this.line?.restore(draft);
    this.guide.show();
  }

  keepDraft() {
    const draft = this.line?.draft() ?? { text: this.text.value };
    const isEmpty = this.line === null && draft.text === "";
    this.session.keepDraft(this.place.user, this.place.channel, isEmpty ? null : draft);
  }

  // Plain text

  /** @param {string} text */
  writePlain(text) {
    this.line = null;
    this.text.value = text;
    // Only where it is not there already: it would lose the focus.
    if (this.text.parentNode !== this.holder) fill(this.holder, this.text);
    fitHeight(this.text);
    this.count();
    this.guide.show();
  }

  /** @param {Event} event */
  typed(event) {
    const { value } = this.text;
    const isPasted = event instanceof InputEvent && event.inputType === "insertFromPaste";
    const parsed = parseCommand(value, this.entries, this.store.you.locale);
    if (
      parsed &&
      (parsed.values.length > 0 || (value.endsWith(" ") && !isPasted) || (isPasted && parsed.rest === ""))
    ) {
      this.start(parsed.entry, parsed.values, parsed.rest);
      return;
    }
    if (value.trim() !== "" && !value.startsWith("/")) this.client.type();
    this.textChanged();
  }

  textChanged() {
    fitHeight(this.text);
    this.count();
    this.keepDraft();
    this.guide.reopen();
  }

  /** Shows how many characters are left, once that matters. */
  count() {
    const left = this.line === null ? LONGEST_MESSAGE - this.message.length : LONGEST_MESSAGE;
    this.counter.hidden = left > COUNTED_FROM;
    this.counter.textContent = left.toLocaleString("en-US");
    this.counter.classList.toggle("over", left < 0);
  }

  /** The plain message as it would be sent: its characters, as Discord counts them. */
  get message() {
    return [...withMentions(this.text.value.trim(), this.store.directory)];
  }

  // Commands

  /** @param {Entry} entry */
  begin(entry) {
    this.line = new CommandLine(entry, this.store.you.locale, () => this.lineChanged());
    this.guide.forget();
    fill(this.holder, this.line.element);
    this.count();
  }

  /**
   * Begins a command, with values as far as there are any.
   *
   * @param {Entry} entry
   * @param {{option: import("../types.js").CommandOption, text: string}[]} [values]
   * @param {string} [rest]
   */
  start(entry, values = [], rest = "") {
    this.begin(entry);
    if (this.line === null) return;
    const slots = values.map(({ option, text }) => this.line?.use(option, text));
    this.line.tail.value = rest;
    this.line.count();
    const last = slots[slots.length - 1];
    if (last && last.text === "") this.line.focusField(last.input);
    else this.line.focus();
    this.lineChanged();
  }

  /**
   * Puts a command into the composer, as from a mention or from beside.
   *
   * @param {string} name
   * @param {Record<string, string>} [values]
   */
  useCommand(name, values = {}) {
    const entry = entryNamed(this.entries, name);
    if (entry === null || this.text.disabled) return;
    const known = entry.options.filter((option) => values[option.name] !== undefined);
    this.start(
      entry,
      known.map((option) => ({ option, text: values[option.name] })),
    );
  }

  lineChanged() {
    this.keepDraft();
    this.guide.reopen();
  }

  cancel() {
    this.writePlain("");
    this.text.focus();
    this.keepDraft();
  }

  // Sending

  async submit() {
    if (this.line !== null) await this.sendCommand(this.line);
    else await this.sendText();
  }

  async sendText() {
    const text = this.text.value.trim();
    const { message } = this;
    if (text === "") return;
    if (message.length > LONGEST_MESSAGE) {
      this.client.notify(`Your message is too long: at most ${LONGEST_MESSAGE.toLocaleString("en-US")} characters.`);
      return;
    }
    this.writePlain("");
    this.keepDraft();
    const isSent = await this.client.say(message.join(""));
    if (isSent) this.onSent();
    else if (this.line === null && this.text.value === "") this.writePlain(text);
    this.keepDraft();
  }

  /** @param {CommandLine} line */
  async sendCommand(line) {
    if (line.tail.value.trim() !== "") {
      line.tail.focus();
      return;
    }
    const checked = line.check(this.store.directory);
    if ("wrong" in checked) {
      line.focusField(checked.wrong.input);
      this.guide.reopen();
      return;
    }
    const draft = line.draft();
    this.last = draft;
    this.cancel();
    const isSent = await this.client.slash(line.entry.path, checked.values);
    if (isSent) this.onSent();
    else if (this.line === null && this.text.value === "") this.load(draft);
    this.keepDraft();
  }

  /** @param {FocusEvent} event */
  left(event) {
    if (!this.element.contains(/** @type {Node | null} */ (event.relatedTarget))) this.guide.hide();
  }
}
