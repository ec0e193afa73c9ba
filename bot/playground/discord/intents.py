"""Which gateway events a bot receives, by the intents it identified with."""

from __future__ import annotations

from enum import IntFlag

from bot.playground.discord.events import Event
from bot.playground.discord.model import Json, User

__all__ = ["Intent", "payload_for", "wants"]


class Intent(IntFlag):
    """The intents that matter here."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


_MESSAGES = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES)
# Told to people's clients only, never to a bot.
_FOR_CLIENTS = frozenset({"GUILD_APPLICATION_COMMAND_INDEX_UPDATE"})
_NEEDED: dict[str, tuple[Intent, Intent]] = {
    "GUILD_CREATE": (Intent.GUILDS, Intent.GUILDS),
    "GUILD_DELETE": (Intent.GUILDS, Intent.GUILDS),
    "GUILD_MEMBER_ADD": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    "GUILD_MEMBER_UPDATE": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    "GUILD_MEMBER_REMOVE": (Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "TYPING_START": (Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING),
}
_CONTENT: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def wants(intents: int, event: Event) -> bool:
    """Whether a session with these intents receives an event at all."""
    if event.name in _FOR_CLIENTS or (event.message is not None and event.message.ephemeral):
        return False
    needed = _NEEDED.get(event.name)
    return needed is None or bool(intents & needed[event.guild_id is None])


def payload_for(intents: int, event: Event, bot: User) -> Json:
    """Return an event's payload, without message content where the bot may not read it."""
    message = event.message
    readable = (
        message is None
        or event.name == "MESSAGE_DELETE"
        or intents & Intent.MESSAGE_CONTENT
        or event.guild_id is None
        or message.author is bot
        or bot in message.mentions
    )
    return event.data if readable else {**event.data, **_CONTENT}
