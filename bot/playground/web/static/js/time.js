/**
 * Moments as Discord writes them, in the reader's language and zone.
 */

import { el } from "./dom.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

/**
 * From which distance in seconds which unit counts, and how long it is.
 *
 * @type {[number, Intl.RelativeTimeFormatUnit, number][]}
 */
const UNITS = [
  [345 * DAY, "year", 365.25 * DAY],
  [26 * DAY, "month", 30.44 * DAY],
  [22 * HOUR, "day", DAY],
  [45 * MINUTE, "hour", HOUR],
  [MINUTE, "minute", MINUTE],
  [0, "second", 1],
];

/**
 * Returns a locale that the browser knows; Discord's codes nearly all are.
 *
 * @param {string} code
 */
export function knownLocale(code) {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}

/**
 * Writes a moment in one of Discord's styles.
 *
 * @param {number} seconds Since 1970.
 * @param {string} style One of t T d D f F s S R.
 * @param {string} locale
 * @param {number} now Milliseconds since 1970.
 */
export function formatMoment(seconds, style, locale, now) {
  if (style === "R") return formatDistance(seconds - now / 1000, locale);
  return new Intl.DateTimeFormat(knownLocale(locale), STYLES[style] ?? STYLES.f).format(new Date(seconds * 1000));
}

/**
 * Writes how far away something is: "in 5 minutes", "2 days ago".
 *
 * @param {number} seconds Negative in the past.
 * @param {string} locale
 */
export function formatDistance(seconds, locale) {
  const distance = Math.abs(seconds);
  const [, unit, length] = UNITS.find(([from]) => distance >= from) ?? UNITS[UNITS.length - 1];
  const amount = Math.max(unit === "second" ? 0 : 1, Math.round(distance / length));
  const past = seconds < 0 || Object.is(seconds, -0);
  return new Intl.RelativeTimeFormat(knownLocale(locale)).format(past ? -amount : amount, unit);
}

/**
 * Makes a `<t:…>` of a message: the text in its style, the full moment as its tooltip.
 *
 * @param {number} seconds
 * @param {string} style
 * @param {string} locale
 */
export function momentElement(seconds, style, locale) {
  return el("time", {
    class: "moment",
    datetime: new Date(seconds * 1000).toISOString(),
    title: formatMoment(seconds, "F", locale, 0),
    data: { style, seconds, locale },
    text: formatMoment(seconds, style, locale, Date.now()),
  });
}

/**
 * Writes when a message came: the time of today, the date of earlier days.
 *
 * @param {Date} moment
 * @param {string} locale
 * @param {Date} now
 */
export function formatMessageTime(moment, locale, now) {
  const language = knownLocale(locale);
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(moment);
  if (isSameDay(moment, now)) return time;
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (!isSameDay(moment, yesterday)) return formatMoment(moment.getTime() / 1000, "s", locale, 0);
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-1, "day");
  return `${word.charAt(0).toLocaleUpperCase(language)}${word.slice(1)}, ${time}`;
}

/**
 * @param {Date} first
 * @param {Date} second
 */
export function isSameDay(first, second) {
  return first.toDateString() === second.toDateString();
}

/**
 * Rewrites the relative moments below an element; call it every second.
 *
 * @param {ParentNode} root
 * @param {number} now
 */
export function tick(root, now) {
  for (const node of root.querySelectorAll('time.moment[data-style="R"]')) {
    const { seconds, locale } = /** @type {HTMLElement} */ (node).dataset;
    const text = formatMoment(Number(seconds), "R", locale ?? "en-US", now);
    if (node.textContent !== text) node.textContent = text;
  }
}
