/**
 * Lets an element that takes another's place keep what its reader would miss: loaded pictures and the focus.
 */

/**
 * Moves pictures that are loaded already, so that they do not blink.
 *
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
export function keepPictures(before, after) {
  const loaded = [...before.querySelectorAll("img")].filter((image) => image.complete && image.naturalWidth > 0);
  for (const image of after.querySelectorAll("img")) {
    const old = loaded.find(
      (other) => other.getAttribute("src") === image.getAttribute("src") && other.className === image.className,
    );
    if (!old) continue;
    loaded.splice(loaded.indexOf(old), 1);
    old.style.cssText = image.style.cssText;
    image.closest(".picture")?.classList.add("loaded");
    image.replaceWith(old);
  }
}

/**
 * Gives the focus to what took the place of the focused element, once both are in the document.
 *
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
export function keepFocus(before, after) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !before.contains(focused)) return;
  if (focused.matches(".author")) {
    queueMicrotask(() => after.querySelector(/** @type {"button"} */ (".author"))?.focus({ preventScroll: true }));
    return;
  }
  const { component } = focused.dataset;
  const index = controls(before).indexOf(focused);
  queueMicrotask(() => {
    const now = controls(after);
    const same = component ? now.find((control) => control.dataset.component === component) : undefined;
    const near = [same, now[index], ...now.slice(index), ...now].find(
      (control) => control && !control.matches(":disabled"),
    );
    (near ?? after.querySelector("article"))?.focus({ preventScroll: true });
  });
}

/** @param {HTMLElement} root @returns {HTMLElement[]} */
function controls(root) {
  return [...root.querySelectorAll("[data-component]")].map((node) => /** @type {HTMLElement} */ (node));
}
