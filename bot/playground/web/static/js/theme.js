/**
 * Light or dark: as the system has it, unless one was chosen.
 */

export class Theme {
  /**
   * @param {import("./session.js").Session} session
   * @param {HTMLElement} root
   */
  constructor(session, root) {
    this.session = session;
    this.root = root;
    this.apply();
  }

  get chosen() {
    return this.session.theme;
  }

  /** @param {"light" | "dark" | null} theme */
  choose(theme) {
    this.session.theme = theme;
    this.apply();
  }

  apply() {
    const { chosen } = this;
    if (chosen === null) delete this.root.dataset.theme;
    else this.root.dataset.theme = chosen;
  }
}
