/**
 * Messages that only the page shows, in the application's name: a command on its way, and one without an answer.
 */

/**
 * Makes one. It takes the interaction's id, and so its place among the messages.
 *
 * @param {import("./store.js").Store} store
 * @param {string} interaction
 * @param {import("./store.js").Sending} sending
 * @param {"sending" | "failed"} local
 * @param {string} [content]
 * @returns {import("./types.js").Message}
 */
export function localMessage(store, interaction, sending, local, content = "") {
  const { you, directory, application } = store;
  const bot = directory.person(application.user);
  return {
    id: interaction,
    channel_id: sending.channel,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    content,
    flags: 0,
    author: { ...application, nick: null, color: null, roles: [], ...bot },
    thinking: false,
    ephemeral: local === "failed",
    embeds: [],
    attachments: [],
    components: [],
    interaction: { user: directory.person(you.id) ?? you, name: sending.command },
    reply: null,
    interaction_metadata: { id: interaction },
    local,
  };
}
