/**
 * Discord's ids: numbers of 64 bits as text, which grow with time.
 */

/**
 * Returns whether the first id is younger than the second.
 *
 * @param {string} first
 * @param {string} second
 */
export function isAfter(first, second) {
  return first.length === second.length ? first > second : first.length > second.length;
}
