/**
 * What the page knows, and who wants to hear when it changes.
 */

import { Directory } from "./directory.js";
import { localMessage } from "./local_message.js";
import { isAfter } from "./snowflake.js";

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Modal} Modal
 * @typedef {import("./types.js").Welcome} Welcome
 * @typedef {"entered" | "channel" | "messages" | "message" | "commands" | "typing" | "modals" | "unread"} Happening
 * @typedef {Happening | "world" | "busy" | "you"} Topic What can change.
 * @typedef {{channel: string, command: string}} Sending
 */

export class Store {
  constructor() {
    /** @type {Map<Topic, Set<(detail: any) => void>>} */
    this.listeners = new Map();
    /** @type {Welcome | null} */
    this.welcome = null;
    this.directory = new Directory(null, "");
    /** The channel that is open. */
    this.channel = "";
    /** @type {import("./types.js").Command[]} */
    this.commands = [];
    /** @type {Map<string, Message[]>} Oldest first, by channel. */
    this.messages = new Map();
    /** @type {Map<string, Sending>} Commands without any answer yet, by interaction. */
    this.sending = new Map();
    /** @type {Set<string>} Components that wait for an acknowledgement, as `componentKey` names them. */
    this.busy = new Set();
    /** @type {Map<string, string[]>} What was chosen in menus since their message was made, by `componentKey`. */
    this.chosen = new Map();
    /** @type {Map<string, string>} Messages of which a component got no answer, with what to say. */
    this.troubles = new Map();
    /** @type {Map<string, import("./types.js").Failure>} Interactions without an answer, until they are put away. */
    this.failures = new Map();
    /** @type {Modal[]} */
    this.modals = [];
    /** @type {Map<string, Map<string, {user: import("./types.js").User, until: number}>>} By channel, by user. */
    this.typing = new Map();
    /** @type {Map<string, number>} Messages not yet seen, by channel. */
    this.unread = new Map();
    /** @type {Map<string, string>} The first message that is new to the reader, by channel. */
    this.seen = new Map();
    /** @type {import("./types.js").World | null} */
    this.world = null;
    this.worldAt = 0;
  }

  /**
   * Calls `listener` at each change of a topic; the returned function ends that.
   *
   * @param {Topic} topic
   * @param {(detail: any) => void} listener
   */
  on(topic, listener) {
    const listeners = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** @param {Topic} topic @param {any} [detail] */
  emit(topic, detail) {
    for (const listener of this.listeners.get(topic) ?? []) listener(detail);
  }

  /** @returns {import("./types.js").User} Whoever one is. */
  get you() {
    if (this.welcome === null) throw new Error("nobody has entered yet");
    return this.welcome.you;
  }

  /** The application that one talks to. */
  get application() {
    if (this.welcome === null) throw new Error("nobody has entered yet");
    return this.welcome.application;
  }

  /** @param {Welcome} welcome */
  enter(welcome) {
    const isSomebodyElse = this.welcome !== null && this.welcome.you.id !== welcome.you.id;
    this.welcome = welcome;
    if (isSomebodyElse) {
      for (const table of [this.messages, this.chosen, this.troubles, this.unread, this.seen, this.typing])
        table.clear();
    }
    this.busy.clear();
    this.sending = new Map(
      welcome.pending.flatMap(({ interaction, channel, command }) =>
        command === null ? [] : [[interaction, { channel, command }]],
      ),
    );
    this.failures = new Map((welcome.failures ?? []).map((failure) => [failure.interaction, failure]));
    this.modals = [...welcome.modals];
    this.world = welcome.world;
    this.worldAt = Date.now();
    this.directory = new Directory(welcome, welcome.channel);
    this.open(welcome.channel, welcome.messages, welcome.commands, true);
    this.emit("world");
    this.emit("modals");
  }

  /**
   * Shows another channel.
   *
   * @param {string} channel
   * @param {Message[]} messages
   * @param {import("./types.js").Command[]} commands
   * @param {boolean} [isEntering]
   */
  open(channel, messages, commands, isEntering = false) {
    if (channel !== this.channel) this.seen.delete(this.channel);
    this.channel = channel;
    this.directory = new Directory(this.welcome, channel);
    this.messages.set(channel, [...messages]);
    for (const failure of this.failures.values()) this.place(failure);
    this.commands = commands;
    this.unread.delete(channel);
    if (isEntering) this.emit("entered");
    this.emit("commands");
    this.emit("channel");
    this.emit("unread");
  }

  /**
   * Shows that an interaction got no answer: below the message whose component it was, or in a message of its own.
   *
   * @param {import("./types.js").Failure} failure
   */
  place({ interaction, message, channel, command, text }) {
    if (message !== null) this.troubles.set(message, text);
    else if (command !== null)
      this.insert(channel, localMessage(this, interaction, { channel, command }, "failed", text));
  }

  /** The messages of the open channel. */
  get shown() {
    return this.messages.get(this.channel) ?? [];
  }

  /**
   * Keeps a new or changed message.
   *
   * @param {string} channel
   * @param {Message} message
   */
  put(channel, message) {
    const isNew = this.insert(channel, message);
    const interaction = message.interaction_metadata?.id;
    if (interaction !== undefined) this.sending.delete(interaction);
    this.troubles.delete(message.id);
    for (const key of [...this.chosen.keys()]) if (key.startsWith(`${message.id} `)) this.chosen.delete(key);
    this.typing.get(channel)?.delete(message.author.id);
    if (isNew && channel !== this.channel && message.author.id !== this.you.id) {
      this.unread.set(channel, (this.unread.get(channel) ?? 0) + 1);
      if (!this.seen.has(channel)) this.seen.set(channel, message.id);
      this.emit("unread");
    }
    if (channel === this.channel) this.emit("message", { message, isNew });
    this.emit("typing");
  }

  /** @param {string} channel @param {Message} message @returns {boolean} Whether it is a new one. */
  insert(channel, message) {
    const list = this.messages.get(channel) ?? [];
    this.messages.set(channel, list);
    const at = list.findIndex((other) => other.id === message.id);
    if (at >= 0) {
      list[at] = message;
      return false;
    }
    let place = list.length;
    while (place > 0 && isAfter(list[place - 1].id, message.id)) place -= 1;
    list.splice(place, 0, message);
    return true;
  }

  /** @param {string} channel @param {string} id */
  remove(channel, id) {
    const list = this.messages.get(channel);
    const at = list?.findIndex((message) => message.id === id) ?? -1;
    if (list === undefined || at < 0) return;
    list.splice(at, 1);
    if (channel === this.channel) this.emit("messages");
  }

  /** @param {string} key @param {boolean} isBusy */
  setBusy(key, isBusy) {
    if (isBusy) this.busy.add(key);
    else this.busy.delete(key);
    this.emit("busy", key);
  }

  /** @param {import("./types.js").World} world */
  setWorld(world) {
    this.world = world;
    this.worldAt = Date.now();
    this.emit("world");
  }
}

/**
 * Names a component while it waits for an answer.
 *
 * @param {string} message
 * @param {string} customId
 */
export function componentKey(message, customId) {
  return `${message} ${customId}`;
}
