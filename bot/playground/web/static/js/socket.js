/**
 * The line to the playground: requests with one reply each, events, and a reconnect that does not hurry.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const REPLY_WITHIN_MS = 30_000;

/** A request that the playground refused, or that got no reply. The message is for the person. */
export class RequestFailed extends Error {}

/**
 * @typedef {"connecting" | "open" | "lost"} LineState
 * @typedef {object} Handlers
 * @property {() => void} onOpen
 * @property {(name: string, data: any) => void} onEvent
 * @property {(state: LineState) => void} onState
 * @typedef {{resolve: (ok: any) => void, reject: (error: Error) => void, timer: number}} Waiting
 */

export class Line {
  /**
   * @param {string} address A ws: or wss: address.
   * @param {Handlers} handlers
   */
  constructor(address, handlers) {
    this.address = address;
    this.handlers = handlers;
    /** @type {LineState} */
    this.state = "connecting";
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
    this.number = 0;
    this.failures = 0;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.timer = 0;
  }

  /** Connects now, also out of a wait between two attempts. */
  connect() {
    window.clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => this.opened(socket));
    socket.addEventListener("message", (event) => this.received(socket, event.data));
    socket.addEventListener("close", () => this.closed(socket));
  }

  /** Connects at once where the line waits before it tries again. */
  hurry() {
    if (this.socket === null || this.socket.readyState === WebSocket.CLOSED) this.connect();
  }

  /**
   * Asks for something.
   *
   * @param {string} action
   * @param {Record<string, unknown>} [fields]
   * @returns {Promise<any>} What came back; rejects with `RequestFailed`.
   */
  request(action, fields = {}) {
    const { socket } = this;
    if (socket === null || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new RequestFailed("There is no connection to the playground right now."));
    }
    this.number += 1;
    const n = this.number;
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => this.settle(n, "The playground did not answer in time."), REPLY_WITHIN_MS);
      this.waiting.set(n, { resolve, reject, timer });
      socket.send(JSON.stringify({ ...fields, n, do: action }));
    });
  }

  /** @param {WebSocket} socket */
  opened(socket) {
    if (socket !== this.socket) return;
    this.failures = 0;
    this.change("open");
    this.handlers.onOpen();
  }

  /** @param {WebSocket} socket @param {string} text */
  received(socket, text) {
    if (socket !== this.socket) return;
    const frame = JSON.parse(text);
    if (frame.event !== undefined) this.handlers.onEvent(frame.event, frame.data);
    else this.settle(frame.n, frame.error ?? null, frame.ok);
  }

  /** @param {WebSocket} socket */
  closed(socket) {
    if (socket !== this.socket) return;
    for (const n of [...this.waiting.keys()]) {
      this.settle(n, "The connection was lost before an answer came. Please try again.");
    }
    this.change("lost");
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.failures, LONGEST_WAIT_MS);
    this.failures += 1;
    this.timer = window.setTimeout(() => this.connect(), wait * (0.75 + Math.random() / 2));
  }

  /** @param {number} n @param {string | null} error @param {any} [ok] */
  settle(n, error, ok) {
    const waiting = this.waiting.get(n);
    if (waiting === undefined) return;
    this.waiting.delete(n);
    window.clearTimeout(waiting.timer);
    if (error === null) waiting.resolve(ok);
    else waiting.reject(new RequestFailed(error));
  }

  /** @param {LineState} state */
  change(state) {
    if (state === this.state) return;
    this.state = state;
    this.handlers.onState(state);
  }
}
