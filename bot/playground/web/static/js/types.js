/**
 * The shapes that the page and the playground exchange, for editors and type checkers.
 *
 * @typedef {{id: string, name: string, username: string, avatar: string, bot: boolean, locale: string}} User
 * @typedef {User & {nick: string | null, color: string | null, roles: string[]}} Member
 * @typedef {{id: string, name: string, color: string | null}} Role
 * @typedef {{id: string, name: string, topic: string | null, can_send: boolean, private?: boolean}} Channel
 * @typedef {object} Guild
 * @property {string} id
 * @property {string} name
 * @property {string} icon
 * @property {boolean} [has_bot] Whether the application is in it.
 * @property {boolean} [owned] Whether one owns it, and so cannot leave it.
 * @property {Channel[]} channels
 * @property {Member[]} members
 * @property {Role[]} [roles]
 * @typedef {{id: string, name: string, user: User, can_send?: boolean}} DirectMessages
 * @typedef {{id: string | null, name: string, animated?: boolean}} Emoji
 *
 * @typedef {object} Picture A picture of an embed; only the proxied address is ever loaded.
 * @property {string} url
 * @property {string} [proxy_url]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [description]
 *
 * @typedef {object} Attachment
 * @property {string} id
 * @property {string} filename
 * @property {number} size In bytes.
 * @property {string} url
 * @property {string} proxy_url
 * @property {string} content_type
 * @property {string} [description]
 * @property {number} [width]
 * @property {number} [height]
 *
 * @typedef {{name: string, value: string, inline?: boolean}} EmbedField
 * @typedef {object} Embed
 * @property {number} [color]
 * @property {{name: string, url?: string, icon_url?: string, proxy_icon_url?: string}} [author]
 * @property {string} [title]
 * @property {string} [url]
 * @property {string} [description]
 * @property {EmbedField[]} [fields]
 * @property {Picture} [image]
 * @property {Picture} [thumbnail]
 * @property {{text: string, icon_url?: string, proxy_icon_url?: string}} [footer]
 * @property {string} [timestamp]
 *
 * @typedef {object} Choice An entry of a select menu.
 * @property {string} label
 * @property {string} value
 * @property {string} [description]
 * @property {Emoji} [emoji]
 * @property {boolean} [default]
 *
 * @typedef {object} Component Discord's component object, of whatever type.
 * @property {number} type
 * @property {number} [id]
 * @property {string} [custom_id]
 * @property {string} [label]
 * @property {string} [description]
 * @property {number} [style]
 * @property {string} [url]
 * @property {Emoji} [emoji]
 * @property {boolean} [disabled]
 * @property {boolean} [required]
 * @property {string} [placeholder]
 * @property {string} [value]
 * @property {number} [min_values]
 * @property {number} [max_values]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {Choice[]} [options]
 * @property {{id: string, type: string}[]} [default_values]
 * @property {number[]} [channel_types]
 * @property {string} [content]
 * @property {number} [accent_color]
 * @property {boolean} [spoiler]
 * @property {boolean} [divider]
 * @property {number} [spacing]
 * @property {Picture} [media]
 * @property {Picture} [file]
 * @property {{media: Picture, description?: string, spoiler?: boolean}[]} [items]
 * @property {Component} [accessory]
 * @property {Component} [component]
 * @property {Component[]} [components]
 *
 * @typedef {object} Reply
 * @property {string} id
 * @property {Member | null} author Null: it is gone, or not for this person.
 * @property {string | null} text Null: it has only pictures.
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} channel_id
 * @property {string} timestamp
 * @property {string | null} edited_timestamp
 * @property {string} content
 * @property {number} flags
 * @property {Member} author
 * @property {boolean} thinking
 * @property {boolean} [failed] Whether it has been thinking for longer than an application may.
 * @property {boolean} ephemeral
 * @property {Embed[]} embeds
 * @property {Attachment[]} attachments
 * @property {Component[]} components
 * @property {User[]} [mentions]
 * @property {{user: User | Member, name: string, is_menu?: boolean} | null} interaction
 * @property {Reply | null} reply What it answers.
 * @property {{id: string}} [interaction_metadata]
 * @property {"sending" | "failed"} [local] Only the page made it: a command on its way, or one without an answer.
 *
 * @typedef {{name: string, value: string | number, name_localizations?: Record<string, string> | null}} OptionChoice
 * @typedef {object} CommandOption
 * @property {number} type
 * @property {string} name
 * @property {string} description
 * @property {Record<string, string> | null} [name_localizations]
 * @property {Record<string, string> | null} [description_localizations]
 * @property {boolean} [required]
 * @property {OptionChoice[]} [choices]
 * @property {CommandOption[]} [options]
 * @property {number[]} [channel_types]
 * @property {number} [min_value]
 * @property {number} [max_value]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {boolean} [autocomplete]
 * @typedef {CommandOption & {id: string, application_id?: string}} Command
 *
 * @typedef {{interaction: string, title: string, custom_id: string, components: Component[]}} Modal
 *
 * @typedef {object} Failure An interaction that got no answer.
 * @property {string} interaction
 * @property {string | null} message
 * @property {string} channel
 * @property {string | null} command
 * @property {string} text
 *
 * @typedef {Record<string, string | number | boolean>} OptionValues
 * @typedef {{command: string, options: OptionValues, label: string, about: string}} Suggestion
 *
 * @typedef {object} World
 * @property {string} time
 * @property {{latency_ms: number, failure: string | null, sign_in: "valid" | "expired" | "revoked"}} halo
 * @property {{gamertag: string, note: string}[]} players
 * @property {string[]} gamertags Of everybody who can be looked up.
 * @property {string | null} done_in_game What a visitor last let a player do there.
 * @property {number | null} next_match_s
 * @property {number} requests
 * @property {{gamertag: string | null, mode: string, at: string} | null} last_match
 * @property {{id: string, name: string}[]} modes
 * @property {{id: string, name: string, about: string}[]} faults
 *
 * @typedef {object} Welcome What a person sees on entering.
 * @property {User & {user: string}} application
 * @property {User} you
 * @property {User[]} users
 * @property {Guild[]} guilds
 * @property {{id: string, name: string}[]} [elsewhere] Servers that one is not in.
 * @property {DirectMessages[]} dms
 * @property {string} channel
 * @property {Message[]} messages
 * @property {Command[]} commands
 * @property {{code: string, name: string}[]} locales
 * @property {Suggestion[]} suggestions
 * @property {Modal[]} modals
 * @property {{interaction: string, channel: string, command: string | null}[]} pending
 * @property {Failure[]} [failures] Those that were not put away.
 * @property {World} world
 */

export {};
