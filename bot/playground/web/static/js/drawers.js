/**
 * What is open beside the messages: one panel on the right, and on narrow screens drawers instead of columns.
 */

const NARROW = "(max-width: 800px)";
const NO_ROOM_FOR_PANEL = "(max-width: 1100px)";

/** @typedef {"members" | "world" | "none"} PanelName */

export class Drawers {
  /**
   * @param {HTMLElement} app
   * @param {{left: HTMLElement, main: HTMLElement, panels: Record<string, HTMLElement>, veil: HTMLElement}} parts
   * @param {import("./session.js").Session} session
   * @param {() => void} onChange
   */
  constructor(app, parts, session, onChange) {
    this.app = app;
    this.parts = parts;
    this.session = session;
    this.onChange = onChange;
    this.narrow = window.matchMedia(NARROW);
    this.tight = window.matchMedia(NO_ROOM_FOR_PANEL);
    this.isLeftOpen = false;
    /** @type {PanelName} */
    this.panel = this.panelAtFirst();
    /** @type {Element | null} What had the focus before a drawer opened. */
    this.before = null;
    this.narrow.addEventListener("change", () => this.shut());
    parts.veil.addEventListener("click", () => this.shut());
    app.addEventListener("keydown", (event) => this.key(event));
    this.apply();
  }

  /** @returns {PanelName} */
  panelAtFirst() {
    if (this.tight.matches) return "none";
    const { panel } = this.session;
    return panel === "world" || panel === "none" ? panel : "members";
  }

  /** @param {PanelName} name Opens the panel, or closes it if it is open. */
  toggle(name) {
    this.panel = this.panel === name ? "none" : name;
    if (!this.narrow.matches) this.session.panel = this.panel;
    this.isLeftOpen = false;
    this.apply();
    if (this.narrow.matches && this.panel !== "none") this.enter(this.parts.panels[this.panel]);
  }

  openLeft() {
    this.isLeftOpen = true;
    this.apply();
    this.enter(this.parts.left);
  }

  /** Closes the drawers of a narrow screen. */
  shut() {
    if (this.narrow.matches) this.panel = "none";
    this.isLeftOpen = false;
    this.apply();
    if (this.before instanceof HTMLElement) this.before.focus();
    this.before = null;
  }

  /** Closes the left drawer after a channel was chosen in it. */
  shutLeft() {
    if (this.isLeftOpen) this.shut();
  }

  /** @param {HTMLElement} drawer */
  enter(drawer) {
    this.before ??= document.activeElement;
    const first = drawer.querySelector("button, input, select");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const isDrawerOpen = this.narrow.matches && (this.isLeftOpen || this.panel !== "none");
    if (event.key !== "Escape" || event.defaultPrevented || !isDrawerOpen) return;
    event.preventDefault();
    this.shut();
  }

  apply() {
    const { parts, narrow, isLeftOpen, panel } = this;
    const isPanelDrawer = narrow.matches && panel !== "none";
    this.app.classList.toggle("left-open", isLeftOpen);
    this.app.classList.toggle("panel-open", panel !== "none");
    for (const [name, node] of Object.entries(parts.panels)) node.hidden = name !== panel;
    parts.left.inert = narrow.matches && !isLeftOpen;
    parts.main.inert = (narrow.matches && isLeftOpen) || isPanelDrawer;
    parts.veil.hidden = !((narrow.matches && isLeftOpen) || isPanelDrawer);
    this.onChange();
  }
}
