/**
 * What the keys do in the composer, as in Discord.
 */

export class Keys {
  /** @param {import("./composer.js").Composer} composer */
  constructor(composer) {
    this.composer = composer;
    /** @type {Record<string, (event: KeyboardEvent) => boolean>} Each returns whether the key did something. */
    this.actions = {
      ArrowDown: () => composer.guide.suggestions.move(1),
      ArrowUp: () => composer.guide.suggestions.move(-1) || this.recall(),
      ArrowLeft: () => this.sideways(-1),
      ArrowRight: () => this.sideways(1),
      Enter: (event) => this.enter(event),
      Tab: (event) => this.tab(event),
      Escape: () => this.escape(),
      Backspace: () => this.backspace(),
    };
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isTyping = event.target === this.composer.field;
    if (event.isComposing || !isPlain || !isTyping) return;
    if (this.actions[event.key]?.(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** @param {KeyboardEvent} event */
  enter(event) {
    const { composer } = this;
    if (event.shiftKey && composer.line === null) return false;
    const row = composer.guide.suggestions.rows[composer.guide.suggestions.active];
    if (row) row.pick();
    else void composer.submit();
    return true;
  }

  /** @param {KeyboardEvent} event */
  tab(event) {
    const { line, guide } = this.composer;
    if (event.shiftKey) return line?.step(-1) ?? false;
    const row = guide.suggestions.rows[Math.max(0, guide.suggestions.active)];
    if (row) {
      row.pick();
      return true;
    }
    return line?.step(1) ?? false;
  }

  escape() {
    const { composer } = this;
    const isChoosing =
      composer.guide.suggestions.rows.length > 0 && (composer.line === null || composer.line.current !== null);
    if (isChoosing) {
      composer.guide.shut();
      return true;
    }
    if (composer.line === null) return false;
    composer.cancel();
    return true;
  }

  backspace() {
    const { composer } = this;
    const { line, field } = composer;
    if (line === null || field.selectionStart !== 0 || field.selectionEnd !== 0) return false;
    const slot = line.current;
    if (slot !== null && slot.text === "") line.remove(slot);
    else if (!line.step(-1) && slot === null) {
      composer.writePlain(`/${line.entry.name}`);
      composer.text.focus();
      composer.keepDraft();
    }
    return true;
  }

  /** Goes from field to field at their edges. @param {number} by */
  sideways(by) {
    const { line, field } = this.composer;
    const edge = by < 0 ? 0 : field.value.length;
    if (line === null || field.selectionStart !== edge || field.selectionEnd !== edge) return false;
    return line.step(by, by > 0);
  }

  /** Brings back the last command. */
  recall() {
    const { composer } = this;
    if (composer.line !== null || composer.text.value !== "" || composer.last === null) return false;
    composer.load(composer.last);
    composer.focus();
    composer.lineChanged();
    return true;
  }
}
