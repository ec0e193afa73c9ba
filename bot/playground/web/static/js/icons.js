/**
 * The page's own icons: lines on a 24 × 24 grid.
 */

import { svg } from "./dom.js";

/** @type {Record<string, string[]>} */
const LINES = {
  hash: ["M9.5 4 7.5 20", "M16.5 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  chat: ["M4 5h16v11H11l-5 4v-4H4z", "M8 9.2h8", "M8 12.3h5"],
  members: [
    "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11z",
    "M3 19.2c.4-3.4 2.7-5.2 6-5.2s5.6 1.8 6 5.2z",
    "M16 5.2a3 3 0 0 1 0 5.6",
    "M17.6 14.4c1.9.7 3.1 2.3 3.4 4.8",
  ],
  world: [
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
    "M3.6 12h16.8",
    "M12 3.5c2.4 2.3 3.6 5.2 3.6 8.5s-1.2 6.2-3.6 8.5c-2.4-2.3-3.6-5.2-3.6-8.5s1.2-6.2 3.6-8.5z",
  ],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  lock: ["M6 10.5h12v9.5H6z", "M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"],
  down: ["M6 9.5l6 6 6-6"],
  up: ["M6 14.5l6-6 6 6"],
  left: ["M14.5 6l-6 6 6 6"],
  right: ["M9.5 6l6 6-6 6"],
  outside: ["M14 4.5h5.5V10", "M19.5 4.5 11 13", "M18 14v5.5H4.5V6H10"],
  eye: [
    "M2.8 12c2.2-4 5.3-6 9.2-6s7 2 9.2 6c-2.2 4-5.3 6-9.2 6s-7-2-9.2-6z",
    "M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  ],
  gear: [
    "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
    "M12 3.2v2.6M12 18.2v2.6M3.2 12h2.6M18.2 12h2.6M5.8 5.8l1.8 1.8M16.4 16.4l1.8 1.8M18.2 5.8l-1.8 1.8M7.6 16.4l-1.8 1.8",
  ],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  send: ["M4 4.5l16 7.5-16 7.5 2.5-7.5z", "M6.5 12H13"],
  slash: [
    "M5 3.5h14a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 19V5A1.5 1.5 0 0 1 5 3.5z",
    "M14 7.5l-4 9",
  ],
  apps: ["M4 4h6v6H4z", "M14 4h6v6h-6z", "M4 14h6v6H4z", "M17 14v6", "M14 17h6"],
  file: ["M6 3.5h8l4.5 4.5v12.5H6z", "M13.5 3.5V8.5h5"],
  warning: ["M12 4 2.8 19.5h18.4z", "M12 10v4.5", "M12 17v.3"],
  search: ["M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5 20 20"],
  user: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20c.6-4 3.3-6 7.5-6s6.9 2 7.5 6z"],
  play: ["M7 4.5v15l12.5-7.5z"],
  download: ["M12 4v11", "M7.5 11l4.5 4.5 4.5-4.5", "M4.5 19.5h15"],
};

/**
 * Draws an icon; it is decoration, so its button needs a label.
 *
 * @param {string} name
 * @param {number} [size] In pixels.
 * @returns {SVGElement}
 */
export function icon(name, size = 20) {
  const lines = (LINES[name] ?? []).map((d) => svg("path", { d }));
  return svg(
    "svg",
    {
      class: `icon icon-${name}`,
      viewBox: "0 0 24 24",
      width: String(size),
      height: String(size),
      "aria-hidden": "true",
    },
    ...lines,
  );
}
