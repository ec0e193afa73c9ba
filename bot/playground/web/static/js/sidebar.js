/**
 * The left side: servers, channels, and who one is.
 */

import { displayName } from "./directory.js";
import { el, ownPath, refill } from "./dom.js";
import { icon } from "./icons.js";

export class Sidebar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./client.js").Client} client
   * @param {() => void} openWho
   * @param {() => void} onOpened Called when a channel was chosen.
   */
  constructor(store, client, openWho, onOpened) {
    this.store = store;
    this.client = client;
    this.openWho = openWho;
    this.onOpened = onOpened;
    /** @type {Map<string, string>} The channel that was open last, by server. */
    this.lastOpen = new Map();
    this.rail = el("nav", { class: "rail", aria: { label: "Servers" } });
    this.title = el("h2", { class: "side-title" });
    this.channels = el("nav", { class: "channels", aria: { label: "Channels" } });
    this.card = el("div", { class: "user-card" });
    this.element = el(
      "aside",
      { class: "sidebar", aria: { label: "Servers and channels" } },
      this.rail,
      el("div", { class: "side" }, this.title, this.channels, this.card),
    );
    for (const topic of /** @type {const} */ (["channel", "unread", "you"])) store.on(topic, () => this.render());
  }

  render() {
    const { store } = this;
    if (store.welcome === null) return;
    const { guild } = store.directory;
    if (guild) this.lastOpen.set(guild.id, store.channel);
    this.title.textContent = guild ? guild.name : "Direct Messages";
    refill(this.rail, this.dmButton(), el("hr"), ...store.welcome.guilds.map((item) => this.guildButton(item)));
    refill(this.channels, guild ? this.guildChannels(guild) : this.dms());
    refill(this.card, this.you());
  }

  /** @param {string} channel */
  open(channel) {
    void this.client.open(channel);
    this.onOpened();
  }

  dmButton() {
    const { store } = this;
    const dms = store.welcome?.dms ?? [];
    const unread = dms.reduce((sum, dm) => sum + (store.unread.get(dm.id) ?? 0), 0);
    const go = () => dms[0] && this.open(dms[0].id);
    return this.railButton("Direct Messages", store.directory.guild === null, unread, go, icon("chat", 26), "dm");
  }

  /** @param {import("./types.js").Guild} guild */
  guildButton(guild) {
    const { store } = this;
    const unread = guild.channels.reduce((sum, channel) => sum + (store.unread.get(channel.id) ?? 0), 0);
    const channel = this.lastOpen.get(guild.id) ?? guild.channels[0]?.id;
    const isHere = store.directory.guild?.id === guild.id;
    const image = el("img", { src: ownPath(guild.icon), alt: "", draggable: "false" });
    return this.railButton(guild.name, isHere, unread, () => channel && !isHere && this.open(channel), image);
  }

  /**
   * @param {string} name
   * @param {boolean} isHere
   * @param {number} unread
   * @param {() => void} click
   * @param {Node} picture
   * @param {string} [className]
   */
  railButton(name, isHere, unread, click, picture, className = "") {
    const label = unread > 0 ? `${name}, ${unread} unread` : name;
    return el(
      "div",
      { class: `rail-item${isHere ? " here" : ""}${unread > 0 ? " unread" : ""}` },
      el(
        "button",
        {
          class: `rail-button ${className}`,
          type: "button",
          title: name,
          data: { key: name },
          aria: { label, current: isHere ? "true" : null },
          on: { click },
        },
        picture,
      ),
    );
  }

  /** @param {import("./types.js").Guild} guild */
  guildChannels(guild) {
    const rows = guild.channels.map((channel) =>
      this.channelRow(channel.id, channel.name, icon(channel.private ? "lock" : "hash", 20)),
    );
    return [el("h3", { class: "side-group" }, icon("down", 12), "Text channels"), el("ul", {}, rows)];
  }

  dms() {
    const rows = (this.store.welcome?.dms ?? []).map((dm) =>
      this.channelRow(dm.id, dm.name, el("img", { class: "side-avatar", src: ownPath(dm.user.avatar), alt: "" })),
    );
    return [el("ul", {}, rows)];
  }

  /** @param {string} id @param {string} name @param {Node} picture */
  channelRow(id, name, picture) {
    const isHere = id === this.store.channel;
    const unread = this.store.unread.get(id) ?? 0;
    const label = unread > 0 ? `${name}, ${unread} unread` : name;
    return el(
      "li",
      {},
      el(
        "button",
        {
          class: `channel${isHere ? " here" : ""}${unread > 0 ? " unread" : ""}`,
          type: "button",
          data: { key: id },
          aria: { label, current: isHere ? "page" : null },
          on: { click: () => this.open(id) },
        },
        picture,
        el("span", { class: "channel-name", text: name }),
        unread > 0 && el("span", { class: "badge", text: String(unread) }),
      ),
    );
  }

  you() {
    const { you } = this.store;
    return [
      el(
        "button",
        {
          class: "user-button",
          type: "button",
          data: { key: "you" },
          aria: { haspopup: "dialog" },
          on: { click: this.openWho },
        },
        el("span", { class: "presence" }, el("img", { src: ownPath(you.avatar), alt: "" })),
        el(
          "span",
          { class: "user-text" },
          el("span", { class: "user-name", text: displayName(you) }),
          el("span", { class: "user-handle", text: you.username }),
        ),
        el("span", { class: "sr-only", text: ": who are you?" }),
      ),
      el(
        "button",
        {
          class: "icon-button",
          type: "button",
          title: "Person, language and look",
          data: { key: "settings" },
          aria: { label: "Person, language and look", haspopup: "dialog" },
          on: { click: this.openWho },
        },
        icon("gear"),
      ),
    ];
  }
}
