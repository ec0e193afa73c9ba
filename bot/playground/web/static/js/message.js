/**
 * One message, as an entry of the list.
 */

import { componentElement } from "./components/rows.js";
import { displayName, nameColor } from "./directory.js";
import { el, ownPath } from "./dom.js";
import { personButton } from "./person.js";
import { embedElement } from "./embed.js";
import { icon } from "./icons.js";
import { isJumbo, renderMarkdown } from "./markdown/render.js";
import { attachmentElements } from "./media.js";
import { formatMessageTime, formatMoment, knownLocale } from "./time.js";

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {object} Surroundings What a message needs around it.
 * @property {import("./store.js").Store} store
 * @property {import("./client.js").Client} client
 * @property {import("./markdown/render.js").Surroundings} markdown
 * @property {import("./media.js").Enlarge} enlarge
 * @property {(id: string) => void} jump Goes to another message.
 */

const WITHOUT_EMBEDS = 1 << 2;
const V2 = 1 << 15;

/**
 * Makes a message's element.
 *
 * @param {Message} message
 * @param {boolean} isFirst Whether it shows its author: the first of a group.
 * @param {Surroundings} around
 * @returns {HTMLLIElement}
 */
export function messageElement(message, isFirst, around) {
  const when = new Date(message.timestamp);
  const { locale } = around.markdown;
  const classes = [
    "message",
    isFirst && "first",
    message.ephemeral && "ephemeral",
    mentionsMe(message, around) && "mentions-me",
  ];
  const body = el("div", { class: "body" }, isFirst && heading(message, when, locale), ...contents(message, around));
  const aside = isFirst
    ? el("img", {
        class: "avatar",
        src: ownPath(message.author.avatar),
        alt: "",
        draggable: "false",
        data: { person: message.author.id },
      })
    : el("time", {
        class: "aside-time",
        datetime: message.timestamp,
        text: shortTime(when, locale),
        aria: { hidden: true },
      });
  return el(
    "li",
    { class: classes.filter(Boolean).join(" "), id: `message-${message.id}`, data: { author: message.author.id } },
    el(
      "article",
      { aria: { label: `${message.author.name}, ${formatMessageTime(when, locale, new Date())}` }, tabindex: -1 },
      spine(message, around),
      el("div", { class: "row" }, aside, body),
    ),
  );
}

/** @param {Message} message @param {Surroundings} around */
function mentionsMe(message, around) {
  return (message.mentions ?? []).some((user) => user.id === around.store.you.id);
}

/** @param {Date} when @param {string} locale */
function shortTime(when, locale) {
  return new Intl.DateTimeFormat(knownLocale(locale), { timeStyle: "short" }).format(when);
}

/** @param {Message} message @param {Date} when @param {string} locale */
function heading(message, when, locale) {
  return el(
    "h3",
    { class: "heading" },
    personButton("author", message.author),
    message.author.bot && el("span", { class: "app-badge", text: "APP" }),
    el("time", {
      class: "when",
      datetime: message.timestamp,
      title: formatMoment(when.getTime() / 1000, "F", locale, 0),
      text: formatMessageTime(when, locale, new Date()),
    }),
  );
}

/**
 * The line above an answer: who used which command, or what is answered.
 *
 * @param {Message} message
 * @param {Surroundings} around
 */
function spine(message, around) {
  if (message.interaction) {
    const { user, name, is_menu } = message.interaction;
    const person = around.store.directory.person(user.id) ?? user;
    return el(
      "div",
      { class: "spine" },
      spineAvatar(person),
      spineName(person),
      el("span", { text: " used " }),
      el(
        "button",
        { class: "spine-command", type: "button", on: { click: () => around.markdown.useCommand(name) } },
        icon(is_menu ? "apps" : "slash", 14),
        name,
      ),
    );
  }
  if (!message.reply) return null;
  const { id, author, text } = message.reply;
  return el(
    "div",
    { class: "spine" },
    author && spineAvatar(author),
    author && spineName(author),
    author
      ? el("button", {
          class: "spine-text",
          type: "button",
          text: text ?? "Click to see attachment",
          on: { click: () => around.jump(id) },
        })
      : el("em", { text: "Original message was deleted" }),
  );
}

/** @param {import("./types.js").User} person */
function spineAvatar(person) {
  const data = { person: person.id };
  return el("img", { class: "spine-avatar", src: ownPath(person.avatar), alt: "", draggable: "false", data });
}

/** @param {import("./types.js").User} person */
function spineName(person) {
  const style = { color: nameColor(person) };
  return el("span", { class: "spine-author", text: displayName(person), style, data: { person: person.id } });
}

/** @param {Message} message @param {Surroundings} around */
function contents(message, around) {
  const trouble = around.store.troubles.get(message.id);
  if (message.local === "sending")
    return [el("div", { class: "thinking" }, dots(), el("span", { text: "Sending command…" }))];
  if (message.local === "failed") return [redLine(message.content), privateNote(message, around)];
  if (message.thinking) {
    const failed = trouble ?? (message.failed ? "The application did not respond" : null);
    return [failed ? redLine(failed) : thinking(message), message.ephemeral && privateNote(message, around)];
  }
  const isV2 = (message.flags & V2) !== 0;
  const embeds = message.flags & WITHOUT_EMBEDS ? [] : message.embeds;
  const accessories = [
    ...(isV2 ? [] : attachmentElements(message.attachments, around.enlarge)),
    ...embeds.map((embed) => embedElement(embed, around.markdown, around.enlarge)),
    ...componentElements(message, around),
    trouble && el("div", { class: "trouble", role: "status" }, icon("warning", 14), trouble),
    message.ephemeral && privateNote(message, around),
  ];
  return [contentElement(message, around), el("div", { class: "accessories" }, accessories)];
}

/** @param {Message} message @param {Surroundings} around */
function contentElement(message, around) {
  const edited =
    message.edited_timestamp && el("span", { class: "edited", text: "(edited)", title: editedWhen(message, around) });
  if (!message.content) return edited && el("div", { class: "content" }, edited);
  const className = `content markdown${isJumbo(message.content) ? " jumbo" : ""}`;
  return el("div", { class: className }, renderMarkdown(message.content, around.markdown), edited && " ", edited);
}

/** @param {Message} message @param {Surroundings} around */
function editedWhen(message, around) {
  return formatMoment(new Date(message.edited_timestamp ?? 0).getTime() / 1000, "F", around.markdown.locale, 0);
}

/** @param {Message} message @param {Surroundings} around */
function componentElements(message, around) {
  const { store, client } = around;
  /** @type {import("./components/rows.js").Place} */
  const place = {
    message,
    directory: store.directory,
    around: around.markdown,
    enlarge: around.enlarge,
    isBusy: (key) => store.busy.has(key),
    chosen: (key) => store.chosen.get(key),
    click: (customId) => void client.click(message, customId),
    select: (customId, values) => void client.select(message, customId, values),
  };
  return message.components.map((component) => componentElement(component, place));
}

/** @param {Message} message */
function thinking(message) {
  return el("div", { class: "thinking" }, dots(), el("span", { text: `${displayName(message.author)} is thinking…` }));
}

/** Three dots that come and go. */
export function dots() {
  return el("span", { class: "dots", aria: { hidden: true } }, el("i"), el("i"), el("i"));
}

/** @param {string} text */
function redLine(text) {
  return el("div", { class: "content failed", text });
}

/** @param {Message} message @param {Surroundings} around */
function privateNote(message, around) {
  return el(
    "div",
    { class: "private-note" },
    icon("eye", 16),
    "Only you can see this",
    el("span", { aria: { hidden: true }, text: "•" }),
    el("button", {
      class: "text-button",
      type: "button",
      text: "Dismiss message",
      on: { click: () => void around.client.dismiss(message) },
    }),
  );
}
