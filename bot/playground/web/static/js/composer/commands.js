/**
 * Commands as a person finds and types them.
 *
 * @typedef {import("../types.js").Command} Command
 * @typedef {import("../types.js").CommandOption} CommandOption
 *
 * @typedef {object} Entry A command that can be used: one without subcommands, or one of those.
 * @property {string} path Its name as the application knows it, subcommands after spaces.
 * @property {string} name The same in the person's language.
 * @property {string} description In the person's language.
 * @property {CommandOption[]} options Required ones first.
 * @property {string} id
 */

const SLASH = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

/**
 * Picks the text for a language, and the untranslated one where there is none.
 *
 * @param {Record<string, string> | null | undefined} texts
 * @param {string} locale
 * @param {string} otherwise
 */
export function localized(texts, locale, otherwise) {
  if (!texts) return otherwise;
  const language = locale.split("-")[0];
  const near = Object.keys(texts).find((code) => code.split("-")[0] === language);
  return texts[locale] ?? (near ? texts[near] : otherwise);
}

/** @param {CommandOption} option @param {string} locale */
export function optionName(option, locale) {
  return localized(option.name_localizations, locale, option.name);
}

/** @param {CommandOption} option @param {string} locale */
export function optionDescription(option, locale) {
  return localized(option.description_localizations, locale, option.description);
}

/**
 * Lists every command that can be typed.
 *
 * @param {Command[]} commands
 * @param {string} locale
 * @returns {Entry[]} By name.
 */
export function commandEntries(commands, locale) {
  const slash = commands.filter((command) => (command.type ?? SLASH) === SLASH);
  const entries = slash.flatMap((command) => below(command, command.id, "", "", locale));
  return entries.sort((one, other) => one.name.localeCompare(other.name));
}

/**
 * @param {CommandOption} node
 * @param {string} id
 * @param {string} path
 * @param {string} name
 * @param {string} locale
 * @returns {Entry[]}
 */
function below(node, id, path, name, locale) {
  const ownPath = `${path} ${node.name}`.trim();
  const ownName = `${name} ${optionName(node, locale)}`.trim();
  const options = node.options ?? [];
  const inner = options.filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  if (inner.length > 0) return inner.flatMap((option) => below(option, id, ownPath, ownName, locale));
  const ordered = [...options.filter((option) => option.required), ...options.filter((option) => !option.required)];
  return [{ path: ownPath, name: ownName, description: optionDescription(node, locale), options: ordered, id }];
}

/**
 * Finds commands by what was typed after the slash: by their beginning first, then by any part of the name.
 *
 * @param {Entry[]} entries
 * @param {string} typed
 */
export function matchingEntries(entries, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  const names = (/** @type {Entry} */ entry) => [entry.name.toLocaleLowerCase(), entry.path];
  const starting = entries.filter((entry) => names(entry).some((name) => name.startsWith(wanted)));
  const containing = entries.filter(
    (entry) => !starting.includes(entry) && names(entry).some((name) => name.includes(wanted)),
  );
  return [...starting, ...containing];
}

/**
 * Finds a command by its whole name, in either language.
 *
 * @param {Entry[]} entries
 * @param {string} name
 */
export function entryNamed(entries, name) {
  return entries.find((entry) => entry.path === name) ?? entries.find((entry) => entry.name === name) ?? null;
}

/**
 * Reads a whole command as text: `/lastmatch player:Ember Fox 7 ago:2`.
 *
 * @param {string} text
 * @param {Entry[]} entries
 * @param {string} locale
 * @returns {{entry: Entry, values: {option: CommandOption, text: string}[], rest: string} | null}
 */
export function parseCommand(text, entries, locale) {
  if (!text.startsWith("/")) return null;
  const typed = text.slice(1);
  const fitting = entries.flatMap((entry) =>
    [entry.path, entry.name]
      .filter((name) => typed === name || typed.startsWith(`${name} `))
      .map((name) => ({ entry, name })),
  );
  fitting.sort((one, other) => other.name.length - one.name.length);
  if (fitting.length === 0) return null;
  const { entry, name } = fitting[0];
  const marks = optionMarks(typed.slice(name.length), entry.options, locale);
  return { entry, values: marks.values, rest: marks.rest };
}

/**
 * Splits a text at the options that are named in it.
 *
 * @param {string} text
 * @param {CommandOption[]} options Those that may follow, each once.
 * @param {string} locale
 */
export function optionMarks(text, options, locale) {
  /** @type {{option: CommandOption, at: number, end: number}[]} */
  const marks = [];
  for (const found of text.matchAll(/(^|\s)([^\s:]+):/gu)) {
    const option = options.find((item) => item.name === found[2] || optionName(item, locale) === found[2]);
    const isTaken = marks.some((mark) => mark.option === option);
    if (option && !isTaken) marks.push({ option, at: found.index, end: found.index + found[0].length });
  }
  const values = marks.map(({ option, end }, index) => ({
    option,
    text: text.slice(end, marks[index + 1]?.at).trim(),
  }));
  return { values, rest: text.slice(0, marks[0]?.at).trim() };
}
