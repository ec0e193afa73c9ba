/**
 * Asks the application for suggestions while somebody types: not for every letter, and never shows an old answer.
 */

import { RequestFailed } from "../socket.js";

const PAUSE_MS = 120;

/**
 * @typedef {import("../types.js").OptionChoice} OptionChoice
 * @typedef {{state: "loading" | "done" | "failed", choices: OptionChoice[]}} Found
 */

export class Lookup {
  /**
   * @param {import("../client.js").Client} client
   * @param {() => void} onChange
   */
  constructor(client, onChange) {
    this.client = client;
    this.onChange = onChange;
    this.timer = 0;
    this.question = "";
    /** @type {Found} */
    this.found = { state: "loading", choices: [] };
  }

  /**
   * Returns what is known about a question and asks it where it is a new one.
   *
   * @param {string} command
   * @param {string} option
   * @param {string} typed
   * @param {Record<string, string | number | boolean>} others
   * @returns {Found} While loading: with the choices of the question before.
   */
  look(command, option, typed, others) {
    const question = JSON.stringify([command, option, typed, others]);
    if (question === this.question) return this.found;
    const isSameOption = this.question !== "" && JSON.parse(this.question)[1] === option;
    this.question = question;
    this.found = { state: "loading", choices: isSameOption ? this.found.choices : [] };
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(question), isSameOption ? PAUSE_MS : 0);
    return this.found;
  }

  /** Forgets the question, so that the next one is asked anew. */
  forget() {
    window.clearTimeout(this.timer);
    this.question = "";
  }

  /** @param {string} question */
  async ask(question) {
    const [command, option, typed, others] = JSON.parse(question);
    /** @type {Found} */
    let found = { state: "failed", choices: [] };
    try {
      found = { state: "done", choices: await this.client.autocomplete(command, option, typed, others) };
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
    }
    if (question !== this.question) return;
    this.found = found;
    this.onChange();
  }
}
