/**
 * Keeps a list of messages where its reader is: at the end while new ones come, still while older ones are read.
 */

const NEAR_PX = 60;

export class ScrollKeeper {
  /**
   * @param {HTMLElement} viewport What scrolls.
   * @param {HTMLElement} content What grows in it.
   * @param {(isAtEnd: boolean) => void} onMove
   */
  constructor(viewport, content, onMove) {
    this.viewport = viewport;
    this.isAtEnd = true;
    this.onMove = onMove;
    const observer = new ResizeObserver(() => this.hold());
    observer.observe(viewport);
    observer.observe(content);
    viewport.addEventListener("scroll", () => this.moved(), { passive: true });
  }

  /** Goes to the end and stays there. */
  toEnd() {
    this.isAtEnd = true;
    this.hold();
    this.onMove(true);
  }

  /** Keeps the end in sight if it was. */
  hold() {
    if (this.isAtEnd) this.viewport.scrollTop = this.viewport.scrollHeight;
  }

  moved() {
    const { scrollTop, clientHeight, scrollHeight } = this.viewport;
    const isAtEnd = scrollHeight - clientHeight - scrollTop < NEAR_PX;
    if (isAtEnd === this.isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.onMove(isAtEnd);
  }
}
