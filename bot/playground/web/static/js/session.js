/**
 * What this browser remembers: who one is and what one was writing for this tab, taste for good.
 *
 * A browser that forbids storage forgets; nothing else changes.
 */

const PREFIX = "adjutant.";

export class Session {
  /**
   * @param {Storage | null} tab Ends with the tab.
   * @param {Storage | null} browser Stays.
   */
  constructor(tab, browser) {
    this.tab = tab;
    this.browser = browser;
  }

  /** Who and where one was in this tab. @returns {{user?: string, channel?: string}} */
  get place() {
    return read(this.tab, "place") ?? {};
  }

  set place(place) {
    write(this.tab, "place", place);
  }

  /** @param {string} user @param {string} channel @returns {import("./composer/draft.js").Draft | null} */
  draft(user, channel) {
    return read(this.tab, `draft.${user}.${channel}`);
  }

  /** @param {string} user @param {string} channel @param {import("./composer/draft.js").Draft | null} draft */
  keepDraft(user, channel, draft) {
    write(this.tab, `draft.${user}.${channel}`, draft);
  }

  /**
   * Takes along what one was writing.
   *
   * @param {{user?: string, channel?: string}} from
   * @param {{user: string, channel: string}} to
   */
  moveDraft({ user = "", channel = "" }, to) {
    const draft = this.draft(user, channel);
    if (draft === null) return;
    this.keepDraft(user, channel, null);
    this.keepDraft(to.user, to.channel, draft);
  }

  /** What was written into a form, by custom id. @param {string} interaction @returns {Record<string, unknown>} */
  form(interaction) {
    return read(this.tab, `form.${interaction}`) ?? {};
  }

  /** @param {string} interaction @param {Record<string, unknown> | null} values */
  keepForm(interaction, values) {
    write(this.tab, `form.${interaction}`, values);
  }

  /** @returns {"light" | "dark" | null} Null: as the system has it. */
  get theme() {
    const theme = read(this.browser, "theme");
    return theme === "light" || theme === "dark" ? theme : null;
  }

  set theme(theme) {
    write(this.browser, "theme", theme);
  }

  /** Whether the welcome was put away. */
  get isWelcomed() {
    return read(this.browser, "welcomed") === true;
  }

  set isWelcomed(is) {
    write(this.browser, "welcomed", is ? true : null);
  }

  /** The side panel that was left open: "members", "world" or "none". @returns {string | null} */
  get panel() {
    return read(this.browser, "panel");
  }

  set panel(name) {
    write(this.browser, "panel", name);
  }
}

/** Takes the browser's own storage, as far as it is allowed. */
export function openSession() {
  return new Session(
    allowed(() => window.sessionStorage),
    allowed(() => window.localStorage),
  );
}

/** @param {() => Storage} storage */
function allowed(storage) {
  try {
    return storage();
  } catch {
    return null;
  }
}

/** @param {Storage | null} storage @param {string} name @returns {any} */
function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Storage | null} storage @param {string} name @param {unknown} value Null forgets it. */
function write(storage, name, value) {
  try {
    if (value === null) storage?.removeItem(PREFIX + name);
    else storage?.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: it is forgotten.
  }
}
