/**
 * What a person can do, and what comes of it: between the line and the store.
 */

import { RequestFailed } from "./socket.js";
import { componentKey } from "./store.js";

const TYPING_SHOWN_MS = 10_000;
const TYPING_SAID_EVERY_MS = 8000;
const REMEMBERED_ENDS = 200;

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Modal} Modal
 * @typedef {Record<string, string | number | boolean>} OptionValues
 */

export class Client {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./session.js").Session} session
   * @param {(text: string) => void} notify Tells the person of something that did not work.
   */
  constructor(store, session, notify) {
    this.store = store;
    this.session = session;
    this.notify = notify;
    /** @type {import("./socket.js").Line | null} */
    this.line = null;
    /** @type {Map<string, (error: string | null) => void>} Who waits for an interaction's acknowledgement. */
    this.waiting = new Map();
    /** @type {string[]} Interactions that ended before their request's reply was read. */
    this.ended = [];
    this.saidTypingAt = 0;
    /** @type {Record<string, (data: any) => void>} */
    this.handlers = {
      message: (data) => this.store.put(data.channel, data.message),
      message_gone: (data) => this.store.remove(data.channel, data.id),
      acknowledged: (data) => this.end(data.interaction, null),
      failed: (data) => this.fail(data),
      modal: (data) => this.openModal(data),
      modal_gone: (data) => this.forgetModal(data.interaction),
      typing: (data) => this.showTyping(data.channel, data.user),
      commands: (data) => this.setCommands(data.commands),
      stale: () => void this.enter(),
      world: (data) => this.store.setWorld(data),
    };
  }

  /** @param {string} name @param {any} data */
  heard(name, data) {
    if (this.store.welcome === null) return;
    this.handlers[name]?.(data);
  }

  /**
   * Asks the playground and tells the person where it refuses.
   *
   * @param {string} action
   * @param {Record<string, unknown>} [fields]
   * @returns {Promise<any>} Null where it was refused.
   */
  async ask(action, fields) {
    try {
      if (this.line === null) throw new RequestFailed("There is no connection to the playground yet.");
      return await this.line.request(action, fields);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      this.notify(error.message);
      return null;
    }
  }

  // Who and where

  /**
   * @param {{user?: string, channel?: string}} [wish] Without it: whoever one was, wherever one was.
   * @returns {Promise<boolean>} Whether one is in.
   */
  async enter(wish = this.session.place) {
    const welcome = await this.ask("enter", wish);
    if (welcome === null) return false;
    for (const done of [...this.waiting.values()])
      done("The connection was lost before an answer came. Please try again.");
    this.waiting.clear();
    const place = { user: welcome.you.id, channel: welcome.channel };
    // A playground that was started anew knows nobody of before; what was being written is still one's own.
    if (!welcome.users.some((/** @type {{id: string}} */ user) => user.id === wish.user))
      this.session.moveDraft(wish, place);
    this.store.enter(welcome);
    this.session.place = place;
    return true;
  }

  /** @param {string} channel */
  async open(channel) {
    if (channel === this.store.channel) return;
    const opened = await this.ask("open", { channel });
    if (opened === null) return;
    this.store.open(opened.channel ?? channel, opened.messages, opened.commands);
    this.session.place = { user: this.store.you.id, channel: this.store.channel };
  }

  /** @param {string} locale */
  async setLocale(locale) {
    const answer = await this.ask("locale", { locale });
    if (answer === null || this.store.welcome === null) return;
    this.store.welcome.you = answer.you;
    this.store.emit("you");
    this.store.emit("commands");
    this.store.emit("channel");
  }

  // Messages

  /** @param {string} content @returns {Promise<boolean>} Whether it was sent. */
  async say(content) {
    this.saidTypingAt = 0;
    return (await this.ask("say", { channel: this.store.channel, content })) !== null;
  }

  /** Tells the others that one is writing, now and then. */
  type() {
    const now = Date.now();
    if (now - this.saidTypingAt < TYPING_SAID_EVERY_MS || this.line?.state !== "open") return;
    this.saidTypingAt = now;
    // Nobody misses it where it does not arrive.
    this.line.request("typing", { channel: this.store.channel }).catch(() => undefined);
  }

  /** @param {Message} message */
  async dismiss(message) {
    const answer =
      message.local === undefined
        ? await this.ask("dismiss", { message: message.id })
        : await this.ask("dismiss_failure", { interaction: message.id });
    if (answer === null) return;
    this.store.failures.delete(message.id);
    this.store.remove(message.channel_id, message.id);
  }

  // Interactions

  /**
   * @param {string} command With its subcommand, after spaces.
   * @param {OptionValues} options
   * @returns {Promise<boolean>} Whether it was sent.
   */
  async slash(command, options) {
    const { channel } = this.store;
    return this.send("slash", command, { channel, options });
  }

  /** @param {string} command @param {string} target A user's id. */
  useOnUser(command, target) {
    return this.send("use_on_user", command, { channel: this.store.channel, target });
  }

  /** @param {string} command @param {Message} message */
  useOnMessage(command, message) {
    return this.send("use_on_message", command, { message: message.id });
  }

  /**
   * Sends a command and shows that it is on its way.
   *
   * @param {string} action
   * @param {string} command
   * @param {Record<string, unknown>} fields
   * @returns {Promise<boolean>} Whether it was sent.
   */
  async send(action, command, fields) {
    const { channel } = this.store;
    const sent = await this.ask(action, { command, ...fields });
    if (sent === null) return false;
    const isAnswered = this.store.shown.some((message) => message.interaction_metadata?.id === sent.interaction);
    if (!isAnswered && !this.ended.includes(sent.interaction)) {
      this.store.sending.set(sent.interaction, { channel, command });
      this.store.emit("messages");
    }
    return true;
  }

  /**
   * @param {string} command
   * @param {string} option
   * @param {string} typed
   * @param {OptionValues} options The others, as far as they are filled in.
   * @returns {Promise<import("./types.js").OptionChoice[]>} Rejects with `RequestFailed`.
   */
  async autocomplete(command, option, typed, options) {
    if (this.line === null) throw new RequestFailed("There is no connection to the playground yet.");
    const { channel } = this.store;
    return (await this.line.request("autocomplete", { channel, command, option, typed, options })).choices;
  }

  /** @param {Message} message @param {string} customId */
  click(message, customId) {
    return this.use(message, customId, "click", {});
  }

  /** @param {Message} message @param {string} customId @param {string[]} values */
  select(message, customId, values) {
    this.store.chosen.set(componentKey(message.id, customId), values);
    return this.use(message, customId, "select", { values });
  }

  /**
   * @param {Message} message
   * @param {string} customId
   * @param {string} action
   * @param {Record<string, unknown>} fields
   */
  async use(message, customId, action, fields) {
    const key = componentKey(message.id, customId);
    if (this.store.busy.has(key)) return;
    this.forgetTrouble(message.id);
    this.store.setBusy(key, true);
    const sent = await this.ask(action, { message: message.id, custom_id: customId, ...fields });
    if (sent !== null) await this.acknowledgement(sent.interaction);
    this.store.setBusy(key, false);
  }

  /** Who tries again need not read any longer that it did not work. @param {string} message */
  forgetTrouble(message) {
    const { store } = this;
    if (!store.troubles.delete(message)) return;
    for (const failure of store.failures.values()) {
      if (failure.message !== message) continue;
      store.failures.delete(failure.interaction);
      void this.ask("dismiss_failure", { interaction: failure.interaction });
    }
    store.emit("messages");
  }

  /**
   * Sends a form.
   *
   * @param {Modal} modal
   * @param {Record<string, string | string[]>} values
   * @returns {Promise<string | null>} What went wrong, null where it was taken.
   */
  async submit(modal, values) {
    try {
      if (this.line === null) throw new RequestFailed("There is no connection to the playground yet.");
      const sent = await this.line.request("submit", { modal: modal.interaction, values });
      const error = await this.acknowledgement(sent.interaction);
      if (error === null) this.forgetModal(modal.interaction);
      return error;
    } catch (error) {
      if (error instanceof RequestFailed) return error.message;
      throw error;
    }
  }

  /** @param {Modal} modal */
  async closeModal(modal) {
    this.forgetModal(modal.interaction);
    await this.ask("close_modal", { modal: modal.interaction });
  }

  /** @param {Record<string, unknown>} wish */
  async change(wish) {
    const answer = await this.ask("world", wish);
    if (answer?.world) this.store.setWorld(answer.world);
  }

  /** @param {string} guild @param {"join" | "leave" | "add_bot" | "remove_bot"} what */
  async changeServer(guild, what) {
    await this.ask("server", { guild, what });
  }

  // What comes of it

  /** @param {string} interaction @returns {Promise<string | null>} */
  acknowledgement(interaction) {
    if (this.ended.includes(interaction)) return Promise.resolve(null);
    return new Promise((resolve) => this.waiting.set(interaction, resolve));
  }

  /** @param {string} interaction @param {string | null} error */
  end(interaction, error) {
    this.ended = [...this.ended, interaction].slice(-REMEMBERED_ENDS);
    this.waiting.get(interaction)?.(error);
    this.waiting.delete(interaction);
    if (this.store.sending.has(interaction) && error === null) this.settleSending(interaction);
  }

  /**
   * The answer of an acknowledged command follows at once, or it was a form, or it is gone already.
   *
   * @param {string} interaction
   */
  settleSending(interaction) {
    this.store.sending.delete(interaction);
    this.store.emit("messages");
  }

  /** @param {import("./types.js").Failure} failure */
  fail(failure) {
    const { store } = this;
    store.sending.delete(failure.interaction);
    this.end(failure.interaction, failure.text);
    store.failures.set(failure.interaction, failure);
    store.place(failure);
    store.emit("messages");
  }

  /** @param {Modal} modal */
  openModal(modal) {
    this.end(modal.interaction, null);
    this.store.modals = [...this.store.modals.filter((item) => item.interaction !== modal.interaction), modal];
    this.store.emit("modals");
  }

  /** @param {string} interaction */
  forgetModal(interaction) {
    this.store.modals = this.store.modals.filter((item) => item.interaction !== interaction);
    this.store.emit("modals");
  }

  /** @param {string} channel @param {import("./types.js").User} user */
  showTyping(channel, user) {
    if (user.id === this.store.you.id) return;
    const people = this.store.typing.get(channel) ?? new Map();
    this.store.typing.set(channel, people.set(user.id, { user, until: Date.now() + TYPING_SHOWN_MS }));
    this.store.emit("typing");
    window.setTimeout(() => this.store.emit("typing"), TYPING_SHOWN_MS + 50);
  }

  /** @param {import("./types.js").Command[]} commands */
  setCommands(commands) {
    this.store.commands = commands;
    this.store.emit("commands");
  }
}
