/**
 * The world behind the bot: let a match end, make Halo slow or fail, end the sign-in.
 */

import { el, fill, refill } from "../dom.js";
import { icon } from "../icons.js";
import { momentElement } from "../time.js";
import { languageField } from "../who.js";
import { serversSection } from "./servers.js";
import { InGame } from "./in_game.js";
import { buttonField, menuField, section, sliderField } from "./fields.js";

const SLOWEST_MS = 5000;
const LATENCY_STEP_MS = 50;

/** @type {Record<string, string>} */
const SIGN_IN = { valid: "Signed in", expired: "Sign-in expired", revoked: "Sign-in revoked" };

export class WorldPanel {
  /**
   * @param {import("../store.js").Store} store
   * @param {import("../client.js").Client} client
   * @param {{close: () => void, useCommand: (name: string, values: Record<string, string>) => void}} actions
   */
  constructor(store, client, actions) {
    this.store = store;
    this.client = client;
    this.actions = actions;
    this.countdown = el("span", { class: "countdown" });
    this.body = el("div", { class: "panel-body" });
    this.made = "";
    this.element = el(
      "aside",
      { class: "panel world", aria: { label: "World" } },
      el(
        "header",
        { class: "panel-head" },
        el("h2", { text: "World" }),
        el(
          "button",
          { class: "icon-button", type: "button", aria: { label: "Close" }, on: { click: actions.close } },
          icon("close"),
        ),
      ),
      this.body,
    );
    this.requests = el("dd", { data: { fact: "requests" } });
    this.lastMatch = el("dd", { data: { fact: "last-match" } });
    this.signIn = el("dd", { data: { fact: "sign-in" } });
    this.latency = sliderField(
      "Latency of every answer",
      SLOWEST_MS,
      LATENCY_STEP_MS,
      (ms) => void client.change({ what: "latency", ms }),
    );
    this.inGame = new InGame(client);
    for (const topic of /** @type {const} */ (["world", "you", "entered"])) store.on(topic, () => this.render());
  }

  /** Rewrites what passes with time; call it every second. @param {number} now */
  tick(now) {
    const { world, worldAt } = this.store;
    const left = world?.next_match_s ?? null;
    if (left !== null) this.countdown.textContent = clock(left - (now - worldAt) / 1000);
  }

  render() {
    const { world, welcome } = this.store;
    if (world === null || welcome === null) return;
    this.facts(world);
    this.inGame.render(world);
    // What somebody may be using is made anew only where it has changed.
    const made = JSON.stringify([
      welcome.you,
      welcome.locales,
      world.halo.failure,
      world.halo.sign_in,
      world.next_match_s === null,
      welcome.guilds.map(({ id, name, has_bot, owned }) => [id, name, has_bot, owned]),
      welcome.elsewhere,
      world.players,
      world.modes,
      world.faults,
    ]);
    if (made !== this.made) {
      this.made = made;
      refill(
        this.body,
        this.now(world),
        this.match(world),
        this.inGame.element,
        this.trouble(world),
        this.players(world),
        serversSection(welcome, this.client),
        this.language(welcome),
      );
    }
    this.tick(Date.now());
  }

  /** @param {import("../types.js").World} world */
  facts(world) {
    this.requests.textContent = world.requests.toLocaleString("en-US");
    this.signIn.textContent = SIGN_IN[world.halo.sign_in] ?? world.halo.sign_in;
    this.signIn.className = world.halo.sign_in === "valid" ? "good" : "bad";
    this.latency.set(world.halo.latency_ms);
    const { last_match: last } = world;
    fill(
      this.lastMatch,
      last ? `${[last.gamertag, last.mode].filter(Boolean).join(", ")}, ` : "–",
      last && momentElement(new Date(last.at).getTime() / 1000, "R", this.store.you.locale),
    );
  }

  /** @param {import("../types.js").World} world */
  now(world) {
    /** @type {[string, HTMLElement][]} */
    const rows = [
      ...(world.next_match_s === null
        ? []
        : [/** @type {[string, HTMLElement]} */ (["Next match ends in", el("dd", {}, this.countdown)])]),
      ["Last match", this.lastMatch],
      ["Requests to Halo", this.requests],
      ["Halo sign-in", this.signIn],
    ];
    return section(
      "Now",
      el(
        "dl",
        { class: "facts" },
        rows.map(([name, value]) => el("div", {}, el("dt", { text: name }), value)),
      ),
    );
  }

  /** @param {import("../types.js").World} world */
  match(world) {
    const player = menuField(
      "Player",
      [
        ["", "Anybody"],
        ...world.players.map((item) => /** @type {[string, string]} */ ([item.gamertag, item.gamertag])),
      ],
      "",
    );
    const mode = menuField(
      "Mode",
      [["", "Any mode"], ...world.modes.map((item) => /** @type {[string, string]} */ ([item.id, item.name]))],
      "",
    );
    const end = () =>
      this.client.change({
        what: "end_match",
        gamertag: player.menu.value || undefined,
        mode: mode.menu.value || undefined,
      });
    return section("Matches", player.element, mode.element, buttonField("End a match now", "primary", end));
  }

  /** @param {import("../types.js").World} world */
  trouble(world) {
    const { failure, sign_in: signIn } = world.halo;
    const faults = menuField(
      "Failure",
      [["", "None: Halo works"], ...world.faults.map((item) => /** @type {[string, string]} */ ([item.id, item.name]))],
      failure ?? "",
    );
    faults.menu.addEventListener(
      "change",
      () => void this.client.change({ what: "failure", kind: faults.menu.value || null }),
    );
    const about = world.faults.find((item) => item.id === failure)?.about;
    const change = (/** @type {string} */ what) => () => this.client.change({ what });
    const signs =
      signIn === "valid"
        ? [
            buttonField("Expire the sign-in", "secondary", change("expire_sign_in")),
            buttonField("Revoke the sign-in", "danger", change("revoke_sign_in")),
          ]
        : [buttonField("Restore the sign-in", "success", change("restore_sign_in"))];
    return section(
      "Halo",
      this.latency.element,
      faults.element,
      about && el("p", { class: "field-description", text: about }),
      el("div", { class: "button-pair" }, signs),
    );
  }

  /** @param {import("../types.js").World} world */
  players(world) {
    const rows = world.players.map((player) =>
      el(
        "button",
        {
          class: "player",
          type: "button",
          data: { key: player.gamertag },
          on: { click: () => this.use(player.gamertag) },
        },
        el("span", { class: "player-name", text: player.gamertag }),
        el("span", { class: "player-note", text: player.note }),
      ),
    );
    return section("Players worth trying", el("div", { class: "players" }, rows));
  }

  /** @param {import("../types.js").Welcome} welcome */
  language(welcome) {
    return section(
      "You",
      languageField(welcome, (code) => void this.client.setLocale(code)),
    );
  }

  /** Fills in the first command that asks for a player. @param {string} gamertag */
  use(gamertag) {
    const command = this.store.commands.find(
      (item) => item.type === 1 && item.options?.some((option) => option.name === "player"),
    );
    if (command) this.actions.useCommand(command.name, { player: gamertag });
  }
}

/** @param {number} seconds */
function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
