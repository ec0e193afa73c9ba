/**
 * Starts the page.
 */

import { App } from "./app.js";
import { openSession } from "./session.js";

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no place for the app");
const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
new App(root, openSession(), `${scheme}//${window.location.host}/ws`).start();
