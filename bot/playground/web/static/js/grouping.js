/**
 * Which messages stand together under one name, and where days begin.
 */

import { isSameDay } from "./time.js";

const LONGEST_PAUSE_MS = 7 * 60 * 1000;

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {{message: Message, isFirst: boolean, day: Date | null, isNew: boolean}} Placed
 */

/**
 * Places messages in a list.
 *
 * @param {Message[]} messages Oldest first.
 * @param {string | null} firstNew The first message that was not seen yet.
 * @returns {Placed[]} `day` is set where one begins.
 */
export function placed(messages, firstNew) {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const when = new Date(message.timestamp);
    const day = before === undefined || !isSameDay(new Date(before.timestamp), when) ? when : null;
    const isNew = message.id === firstNew;
    const isFirst = day !== null || isNew || !isTogether(before, message);
    return { message, isFirst, day, isNew };
  });
}

/** @param {Message} before @param {Message} message */
function isTogether(before, message) {
  if (message.interaction || message.reply || message.author.id !== before.author.id) return false;
  if (message.ephemeral !== before.ephemeral) return false;
  return new Date(message.timestamp).getTime() - new Date(before.timestamp).getTime() < LONGEST_PAUSE_MS;
}
