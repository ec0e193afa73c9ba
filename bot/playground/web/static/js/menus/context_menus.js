/**
 * The menus of people and messages: by right click, by keyboard, by a long press, and by a click on a name.
 */

import { localized } from "../composer/commands.js";
import { displayName } from "../directory.js";
import { Menu } from "./menu.js";

const USER_COMMAND = 2;
const MESSAGE_COMMAND = 3;
const LONG_PRESS_MS = 500;
const STRAY_PX = 10;
const OWN_MENU_OF_BROWSER = "a, input, textarea, select, .picture";

/**
 * @typedef {import("./menu.js").Content} Content
 * @typedef {import("./menu.js").Box} Box
 * @typedef {import("./menu.js").Item} Item
 * @typedef {object} Actions
 * @property {(person: import("../types.js").User) => void} mention Puts somebody's name into the composer.
 * @property {() => void} sent Called when a command was sent.
 * @typedef {{timer: number, x: number, y: number}} Press A finger that rests on something.
 */

export class ContextMenus {
  /**
   * @param {HTMLElement} root Whatever in it has `data-person` has a menu, and so has each message.
   * @param {import("../store.js").Store} store
   * @param {import("../client.js").Client} client
   * @param {Actions} actions
   */
  constructor(root, store, client, actions) {
    this.store = store;
    this.client = client;
    this.actions = actions;
    /** @type {Menu | null} */
    this.menu = null;
    /** @type {Press | null} */
    this.press = null;
    /** Whether the click at the end of a long press is still to come. */
    this.isClickDue = false;
    root.addEventListener("contextmenu", (event) => this.asked(event));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.clicked(event), true);
    root.addEventListener("pointerdown", (event) => this.pressed(event));
    root.addEventListener("pointermove", (event) => this.strayed(event));
    for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => this.lift());
  }

  // How one asks for a menu

  /** @param {MouseEvent} event */
  asked(event) {
    const isByTouch = event instanceof PointerEvent && event.pointerType === "touch";
    const target = /** @type {Element} */ (event.target);
    if (isByTouch && this.menu !== null) {
      event.preventDefault();
      return;
    }
    const point = { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
    if (this.openFor(target, point)) event.preventDefault();
    if (isByTouch) this.lift();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const isAsked = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    const target = /** @type {Element} */ (event.target);
    if (!isAsked || !this.openFor(target, below(target))) return;
    event.preventDefault();
    this.menu?.focus(0);
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    if (this.isClickDue) {
      this.isClickDue = false;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const name = /** @type {Element} */ (event.target).closest("button[data-person]");
    if (name === null || !this.openFor(name, below(name))) return;
    // A click of the keyboard has no place.
    if (event.detail === 0) this.menu?.focus(0);
  }

  /** @param {PointerEvent} event */
  pressed(event) {
    this.lift();
    this.isClickDue = false;
    if (event.pointerType !== "touch" || !event.isPrimary) return;
    const target = /** @type {Element} */ (event.target);
    const { clientX: x, clientY: y } = event;
    const open = () => {
      this.press = null;
      this.isClickDue = this.openFor(target, { left: x, right: x, top: y, bottom: y });
    };
    this.press = { timer: window.setTimeout(open, LONG_PRESS_MS), x, y };
  }

  /** @param {PointerEvent} event */
  strayed(event) {
    const { press } = this;
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > STRAY_PX) this.lift();
  }

  lift() {
    if (this.press !== null) window.clearTimeout(this.press.timer);
    this.press = null;
  }

  // What it holds

  /**
   * @param {Element} target
   * @param {Box} box
   * @returns {boolean} Whether there is a menu for it.
   */
  openFor(target, box) {
    if (this.store.welcome === null) return false;
    const content = this.contentFor(target);
    if (content === null) return false;
    this.menu?.close(false);
    const before = document.activeElement;
    const menu = new Menu(content, (isFocusWanted) => {
      this.menu = null;
      if (isFocusWanted && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    });
    this.menu = menu;
    menu.open(box);
    menu.element.focus({ preventScroll: true });
    return true;
  }

  /** @param {Element} target @returns {Content | null} */
  contentFor(target) {
    const person = target.closest("[data-person]");
    if (person instanceof HTMLElement) return this.ofPerson(person.dataset.person ?? "");
    const message = target.closest(".message");
    if (message === null || target.closest(OWN_MENU_OF_BROWSER) || !document.getSelection()?.isCollapsed) return null;
    return this.ofMessage(message.id.replace(/^message-/, ""));
  }

  /** @param {string} id @returns {Content | null} */
  ofPerson(id) {
    const person = this.store.directory.person(id);
    if (person === null) return null;
    const apps = this.apps(USER_COMMAND, (name) => this.client.useOnUser(name, id));
    const items = [
      ...(this.store.directory.canSend ? [{ label: "Mention", run: () => this.actions.mention(person) }] : []),
      ...(apps.length > 0 ? [{ label: "Apps", items: apps }] : []),
      { label: "Copy user ID", run: () => void this.copy(id) },
    ];
    return { label: displayName(person), picture: person.avatar, items };
  }

  /** @param {string} id @returns {Content | null} */
  ofMessage(id) {
    const message = this.store.shown.find((item) => item.id === id);
    if (message === undefined || message.local || message.thinking) return null;
    const apps = this.apps(MESSAGE_COMMAND, (name) => this.client.useOnMessage(name, message));
    if (apps.length === 0) return null;
    const items = [
      ...(message.content ? [{ label: "Copy text", run: () => void this.copy(message.content) }] : []),
      { label: "Apps", items: apps },
    ];
    return { label: `Message of ${displayName(message.author)}`, picture: message.author.avatar, items };
  }

  /**
   * The application's commands of a kind, by the names that they have in one's language.
   *
   * @param {number} type
   * @param {(name: string) => Promise<boolean>} send
   * @returns {Item[]}
   */
  apps(type, send) {
    const { application, you, commands } = this.store;
    return commands
      .filter((command) => command.type === type)
      .map(({ name, name_localizations: names }) => ({
        label: localized(names, you.locale, name),
        picture: application.avatar,
        run: () => void this.send(send(name)),
      }))
      .sort((one, other) => one.label.localeCompare(other.label));
  }

  /** @param {Promise<boolean>} sending */
  async send(sending) {
    if (await sending) this.actions.sent();
  }

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      this.client.notify("The browser does not let the page copy.");
    }
  }
}

/** @param {Element} target @returns {Box} */
function below(target) {
  const { left, bottom } = target.getBoundingClientRect();
  return { left, right: left, top: bottom + 2, bottom };
}
