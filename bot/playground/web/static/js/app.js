/**
 * Puts the page together.
 */

import { Client } from "./client.js";
import { Composer } from "./composer/composer.js";
import { el } from "./dom.js";
import { Drawers } from "./drawers.js";
import { Header } from "./header.js";
import { Lightbox } from "./lightbox.js";
import { ContextMenus } from "./menus/context_menus.js";
import { MessageList } from "./message_list.js";
import { ModalHost } from "./modal.js";
import { Notices } from "./notices.js";
import { Members } from "./panel/members.js";
import { WorldPanel } from "./panel/world.js";
import { Sidebar } from "./sidebar.js";
import { Line } from "./socket.js";
import { Store } from "./store.js";
import { Theme } from "./theme.js";
import { tick } from "./time.js";
import { typingLine } from "./typing.js";
import { WelcomeCard } from "./welcome.js";
import { WhoDialog } from "./who.js";

const TICK_MS = 1000;
const AGAIN_MS = 2000;

export class App {
  /**
   * @param {HTMLElement} root
   * @param {import("./session.js").Session} session
   * @param {string} address Of the websocket.
   */
  constructor(root, session, address) {
    this.root = root;
    this.store = new Store();
    this.notices = new Notices();
    this.client = new Client(this.store, session, (text) => this.notices.show(text));
    this.client.line = this.line = new Line(address, {
      onOpen: () => void this.enter(),
      onEvent: (name, data) => this.client.heard(name, data),
      onState: (state) => this.notices.setLine(state),
    });
    this.lightbox = new Lightbox();
    this.composer = new Composer(this.store, this.client, session, () => this.messages.readAll());
    this.around = this.surroundings();
    this.card = new WelcomeCard(this.store, this.client, session, () => this.messages.render());
    this.messages = new MessageList(this.messageSurroundings(), this.card);
    this.modals = new ModalHost(this.store, this.client, this.around, session);
    this.who = new WhoDialog(this.store, this.client, new Theme(session, document.documentElement));
    this.sidebar = new Sidebar(
      this.store,
      this.client,
      () => this.who.open(),
      () => this.channelChosen(),
    );
    this.header = new Header(this.store, this.around, {
      openLeft: () => this.drawers.openLeft(),
      toggle: (name) => this.drawers.toggle(name),
    });
    this.members = new Members(this.store, () => this.drawers.toggle("members"));
    this.world = new WorldPanel(this.store, this.client, {
      close: () => this.drawers.toggle("world"),
      useCommand: (name, values) => this.useCommand(name, values),
    });
    this.menus = new ContextMenus(root, this.store, this.client, {
      mention: (person) => this.useMention(person),
      sent: () => this.commandSent(),
    });
    this.veil = el("div", { class: "veil", hidden: true });
    this.main = this.column();
    this.drawers = new Drawers(root, this.parts(), session, () => this.header.setPanel(this.drawers?.panel ?? "none"));
    this.header.setPanel(this.drawers.panel);
  }

  /** Shows the page and connects. */
  start() {
    const { root } = this;
    const middle = el(
      "div",
      { class: "middle" },
      this.header.element,
      el("div", { class: "columns" }, this.main, this.members.element, this.world.element),
    );
    root.replaceChildren(
      this.sidebar.element,
      middle,
      this.veil,
      this.notices.banner,
      this.notices.list,
      this.modals.element,
      this.who.element,
      this.lightbox.element,
    );
    this.store.on("entered", () => this.entered());
    document.addEventListener("keydown", (event) => this.typedAnywhere(event));
    window.addEventListener("online", () => this.line.hurry());
    window.setInterval(() => this.tick(), TICK_MS);
    this.line.connect();
  }

  /** Enters as soon as the playground lets one in. */
  async enter() {
    const isIn = await this.client.enter();
    if (!isIn && this.line.state === "open") window.setTimeout(() => void this.enter(), AGAIN_MS);
  }

  entered() {
    const isFirst = this.root.classList.contains("waiting");
    this.root.classList.remove("waiting");
    this.root.removeAttribute("aria-busy");
    // After the draft was put back, which others do on the same occasion.
    if (isFirst && window.matchMedia("(pointer: fine)").matches) queueMicrotask(() => this.composer.focus());
  }

  tick() {
    const now = Date.now();
    tick(this.root, now);
    this.world.tick(now);
  }

  /** @param {string} name @param {Record<string, string>} [values] */
  useCommand(name, values) {
    this.drawers.shut();
    this.composer.useCommand(name, values);
  }

  /** @param {import("./types.js").User} person */
  useMention(person) {
    this.drawers.shut();
    this.composer.mentions.add(person);
  }

  /** After a command was chosen beside the messages: its answer is at their end. */
  commandSent() {
    this.drawers.shut();
    this.messages.readAll();
  }

  channelChosen() {
    this.drawers.shutLeft();
    if (window.matchMedia("(pointer: fine)").matches) this.composer.focus();
  }

  /** What somebody types while nothing has the focus goes into the composer. @param {KeyboardEvent} event */
  typedAnywhere(event) {
    const isFree = document.activeElement === document.body || document.activeElement === this.messages.viewport;
    const isText = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isFree && isText) this.composer.focus();
    if (event.key === "Escape" && !event.defaultPrevented && isFree) this.messages.readAll();
  }

  column() {
    const foot = el("div", { class: "foot" }, this.composer.element, typingLine(this.store));
    return el("main", { class: "main" }, this.messages.element, foot);
  }

  parts() {
    return {
      left: this.sidebar.element,
      main: this.main,
      panels: { members: this.members.element, world: this.world.element },
      veil: this.veil,
    };
  }

  /** @returns {import("./markdown/render.js").Surroundings} */
  surroundings() {
    const { store } = this;
    return {
      get directory() {
        return store.directory;
      },
      get locale() {
        return store.welcome?.you.locale ?? "en-US";
      },
      openChannel: (channel) => void this.client.open(channel),
      useCommand: (command) => this.useCommand(command),
    };
  }

  /** @returns {import("./message.js").Surroundings} */
  messageSurroundings() {
    return {
      store: this.store,
      client: this.client,
      markdown: this.around,
      enlarge: (pictures, index) => this.lightbox.open(pictures, index),
      jump: (id) => this.messages.jump(id),
    };
  }
}
