// Runs before the first paint, so that a chosen theme does not flash.
try {
  const theme = JSON.parse(window.localStorage.getItem("adjutant.theme") ?? "null");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage, no choice.
}
