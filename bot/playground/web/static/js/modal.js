/**
 * Forms that the application opens.
 */

import { SELECTS } from "./components/choices.js";
import { Select } from "./components/select.js";
import { el, fill, ownPath, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { renderMarkdown } from "./markdown/render.js";

/**
 * @typedef {import("./types.js").Modal} Modal
 * @typedef {import("./types.js").Component} Component
 * @typedef {object} Field One thing to fill in.
 * @property {string} id Its custom id.
 * @property {HTMLElement} element
 * @property {() => string | string[]} value
 * @property {() => string | null} problem What is wrong with it.
 * @property {() => void} focus
 * @property {(error: string | null) => void} mark
 */

const ROW = 1;
const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const PARAGRAPH = 2;
const LONGEST_TEXT = 4000;

export class ModalHost {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./client.js").Client} client
   * @param {import("./markdown/render.js").Surroundings} around
   * @param {import("./session.js").Session} session
   */
  constructor(store, client, around, session) {
    this.store = store;
    this.client = client;
    this.around = around;
    this.session = session;
    /** @type {Modal | null} */
    this.modal = null;
    /** @type {Field[]} */
    this.fields = [];
    this.isSending = false;
    this.error = el("p", { class: "modal-error", role: "alert" });
    this.submit = el("button", { class: "button primary", type: "submit" });
    this.element = el("dialog", {
      class: "dialog modal",
      on: {
        cancel: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.cancel();
        },
        click: (/** @type {Event} */ event) => event.target === this.element && this.cancel(),
        input: () => this.keep(),
      },
    });
    store.on("modals", () => this.update());
  }

  /** Shows the form that is open, the first one of several. */
  update() {
    const modal = this.store.modals[0] ?? null;
    if (modal?.interaction === this.modal?.interaction) return;
    if (this.modal !== null) this.session.keepForm(this.modal.interaction, null);
    this.modal = modal;
    this.isSending = false;
    if (modal === null) {
      this.element.close();
      return;
    }
    this.render(modal);
    if (!this.element.open) this.element.showModal();
    this.fields[0]?.focus();
  }

  cancel() {
    if (this.modal !== null) void this.client.closeModal(this.modal);
  }

  /** Remembers what is written, so that a reload loses nothing of it. */
  keep() {
    if (this.modal !== null) this.session.keepForm(this.modal.interaction, this.values());
  }

  /** @returns {Record<string, string | string[]>} */
  values() {
    return Object.fromEntries(this.fields.map((field) => [field.id, field.value()]));
  }

  /** @param {Modal} modal */
  render(modal) {
    this.fields = [];
    const titleId = uniqueId("title");
    this.element.setAttribute("aria-labelledby", titleId);
    const application = this.store.welcome?.application;
    const path = ownPath(application?.avatar);
    this.say(null);
    this.setSending(false);
    fill(
      this.element,
      el(
        "form",
        { class: "dialog-form", novalidate: true, on: { submit: (/** @type {Event} */ event) => this.send(event) } },
        el(
          "header",
          { class: "dialog-head" },
          path && el("img", { class: "dialog-app", src: path, alt: "" }),
          el("h2", { id: titleId, text: modal.title }),
          el(
            "button",
            { class: "icon-button", type: "button", aria: { label: "Close" }, on: { click: () => this.cancel() } },
            icon("close"),
          ),
        ),
        el(
          "div",
          { class: "dialog-body" },
          el(
            "p",
            { class: "modal-warning" },
            icon("warning", 16),
            `What you enter goes to ${application?.name ?? "the application"}. Never enter a password.`,
          ),
          ...modal.components.map((component) => this.part(component)),
          this.error,
        ),
        el(
          "footer",
          { class: "dialog-foot" },
          el("button", { class: "button plain", type: "button", text: "Cancel", on: { click: () => this.cancel() } }),
          this.submit,
        ),
      ),
    );
  }

  /** @param {Component} component @returns {HTMLElement} */
  part(component) {
    if (component.type === ROW) {
      return el("div", {}, ...(component.components ?? []).map((child) => this.field(child, child.label ?? "", "")));
    }
    if (component.type === LABEL && component.component) {
      return this.field(component.component, component.label ?? "", component.description ?? "");
    }
    if (component.type === TEXT_DISPLAY) {
      return el("div", { class: "markdown modal-text" }, renderMarkdown(component.content ?? "", this.around));
    }
    return el("p", { class: "unknown", text: "This part of the form cannot be shown here." });
  }

  /** @param {Component} component @param {string} label @param {string} description */
  field(component, label, description) {
    const build = component.type === TEXT_INPUT ? textField : SELECTS.has(component.type) ? selectField : null;
    if (build === null) return el("p", { class: "unknown", text: `${label}: this field cannot be filled in here.` });
    const written = this.modal && this.session.form(this.modal.interaction)[component.custom_id ?? ""];
    const field = build(component, label, description, {
      directory: this.store.directory,
      written,
      keep: () => this.keep(),
    });
    this.fields.push(field);
    return field.element;
  }

  /** @param {Event} event */
  async send(event) {
    event.preventDefault();
    const { modal } = this;
    if (modal === null || this.isSending) return;
    for (const field of this.fields) field.mark(field.problem());
    const wrong = this.fields.find((field) => field.problem() !== null);
    if (wrong) {
      wrong.focus();
      return;
    }
    this.say(null);
    this.setSending(true);
    const error = await this.client.submit(modal, this.values());
    if (modal !== this.modal) return;
    this.setSending(false);
    this.say(error && `${error.replace(/\.?$/, ".")} You can send it again.`);
  }

  /** @param {string | null} error */
  say(error) {
    this.error.textContent = error ?? "";
    this.error.hidden = error === null;
  }

  /** @param {boolean} isSending */
  setSending(isSending) {
    this.isSending = isSending;
    this.submit.classList.toggle("busy", isSending);
    fill(
      this.submit,
      el("span", { class: "button-label", text: "Submit" }),
      isSending && el("span", { class: "dots" }, el("i"), el("i"), el("i")),
    );
  }
}

/**
 * Puts label, description and error around an input.
 *
 * @param {Component} component
 * @param {string} label
 * @param {string} description
 * @param {HTMLElement} input
 * @param {HTMLElement} focused What the label is for.
 */
function framed(component, label, description, input, focused) {
  const id = focused.id || uniqueId("field");
  focused.id = id;
  const error = el("p", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
  const element = el(
    "div",
    { class: "field" },
    el(
      "label",
      { class: "field-label", for: id },
      label,
      component.required !== false && el("span", { class: "required", text: " *", title: "Required" }),
    ),
    description && el("p", { class: "field-description", id: `${id}-about`, text: description }),
    input,
    error,
  );
  if (description) focused.setAttribute("aria-describedby", `${id}-about`);
  const mark = (/** @type {string | null} */ problem) => {
    error.hidden = problem === null;
    error.textContent = problem ?? "";
    element.classList.toggle("wrong", problem !== null);
    if (problem === null) focused.removeAttribute("aria-invalid");
    else focused.setAttribute("aria-invalid", "true");
  };
  return { element, mark };
}

/**
 * @typedef {object} Form What a field needs around it.
 * @property {import("./directory.js").Directory} directory
 * @property {unknown} written What was filled in before a reload.
 * @property {() => void} keep Remembers what is filled in.
 *
 * @param {Component} component
 * @param {string} label
 * @param {string} description
 * @param {Form} form
 * @returns {Field}
 */
function textField(component, label, description, { written }) {
  const { min_length: low = 0, max_length: high = LONGEST_TEXT, required = true } = component;
  const isParagraph = component.style === PARAGRAPH;
  const props = {
    class: "text-input",
    placeholder: component.placeholder,
    required,
    autocomplete: "off",
    maxlength: high,
  };
  const input = isParagraph ? el("textarea", { ...props, rows: 4 }) : el("input", { ...props, type: "text" });
  input.value = typeof written === "string" ? written : (component.value ?? "");
  const count = el("span", { class: "text-count", aria: { hidden: true } });
  const tell = () => {
    count.textContent = component.max_length || isParagraph ? String(high - input.value.length) : "";
  };
  tell();
  const { element, mark } = framed(
    component,
    label,
    description,
    el("div", { class: "text-box" }, input, count),
    input,
  );
  input.addEventListener("input", () => {
    tell();
    mark(null);
  });
  const problem = () => {
    const { length } = input.value.trim();
    if (length === 0) return required ? "This field is required." : null;
    return length < low ? `Must be at least ${low} characters long.` : null;
  };
  return {
    id: component.custom_id ?? "",
    element,
    mark,
    problem,
    value: () => input.value,
    focus: () => input.focus(),
  };
}

/**
 * @param {Component} component
 * @param {string} label
 * @param {string} description
 * @param {Form} form
 * @returns {Field}
 */
function selectField(component, label, description, { directory, written, keep }) {
  const chosen = Array.isArray(written) ? written.filter((value) => typeof value === "string") : undefined;
  const onClose = () => {
    mark(null);
    keep();
  };
  const select = new Select(component, { directory, label, chosen, onClose });
  const { element, mark } = framed(component, label, description, select.element, select.control);
  const least = component.min_values ?? 1;
  const problem = () => {
    if (select.values.length === 0 && component.required === false) return null;
    return select.values.length < least ? (least === 1 ? "Choose an option." : `Choose at least ${least}.`) : null;
  };
  return {
    id: component.custom_id ?? "",
    element,
    mark,
    problem,
    value: () => select.values,
    focus: () => select.control.focus(),
  };
}
