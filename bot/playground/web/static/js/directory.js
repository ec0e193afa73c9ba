/**
 * Looks up people, channels, roles and servers by id, as one person sees them in one place.
 */

/**
 * @typedef {import("./types.js").Member} Member
 * @typedef {import("./types.js").User} User
 * @typedef {import("./types.js").Guild} Guild
 * @typedef {import("./types.js").Channel} Channel
 */

export class Directory {
  /**
   * @param {import("./types.js").Welcome | null} welcome
   * @param {string} channel The place to look from.
   */
  constructor(welcome, channel) {
    this.welcome = welcome;
    this.channelId = channel;
    /** @type {Guild | null} */
    this.guild = welcome?.guilds.find((guild) => guild.channels.some((item) => item.id === channel)) ?? null;
    this.dm = welcome?.dms.find((item) => item.id === channel) ?? null;
  }

  /** The open channel as a server's channel, null in direct messages. @returns {Channel | null} */
  get channel() {
    return this.guild?.channels.find((item) => item.id === this.channelId) ?? null;
  }

  /** Whether one may write here. */
  get canSend() {
    return this.dm === null ? (this.channel?.can_send ?? false) : (this.dm.can_send ?? true);
  }

  /** What the open channel is called, with its sign. */
  get title() {
    if (this.dm !== null) return `@${this.dm.name}`;
    return this.channel === null ? "" : `#${this.channel.name}`;
  }

  /** Everybody who is here. @returns {(Member | User)[]} */
  get people() {
    if (this.guild !== null) return this.guild.members;
    if (this.welcome === null || this.dm === null) return [];
    return [this.welcome.you, this.dm.user];
  }

  /** @returns {import("./types.js").Role[]} */
  get roles() {
    return this.guild?.roles ?? [];
  }

  /** @param {string} id @returns {Member | User | null} */
  person(id) {
    const here = this.people.find((item) => item.id === id);
    if (here) return here;
    const elsewhere = this.welcome?.guilds.flatMap((guild) => guild.members).find((item) => item.id === id);
    const application = this.welcome?.application;
    if (application?.user === id) return { ...application, id };
    return elsewhere ?? this.welcome?.users.find((item) => item.id === id) ?? null;
  }

  /** @param {string} id */
  role(id) {
    return this.roles.find((item) => item.id === id) ?? null;
  }

  /** @param {string} id @returns {{channel: Channel, guild: Guild} | null} */
  anyChannel(id) {
    for (const guild of this.welcome?.guilds ?? []) {
      const channel = guild.channels.find((item) => item.id === id);
      if (channel) return { channel, guild };
    }
    return null;
  }
}

/**
 * Returns the name that others read in this place.
 *
 * @param {Member | User} person
 */
export function displayName(person) {
  return ("nick" in person && person.nick) || person.name;
}

/**
 * Returns a person's colour in this place.
 *
 * @param {Member | User} person
 * @returns {string | null} As #rrggbb.
 */
export function nameColor(person) {
  const color = "color" in person ? person.color : null;
  return color !== null && color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? color : null;
}
