"""What the local Discord knows: users, servers, channels, messages and what an application registers."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

__all__ = [
    "Attachment",
    "Channel",
    "ChannelType",
    "Command",
    "Emoji",
    "Guild",
    "Json",
    "Member",
    "Message",
    "MessageFlag",
    "MessageOrigin",
    "Overwrite",
    "Role",
    "User",
]

Json = dict[str, Any]
_PNG_SIGNATURE, _PNG_HEAD = b"\x89PNG\r\n\x1a\n", 24


class ChannelType(IntEnum):
    """The kinds of channel that exist here."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4


class MessageFlag(IntFlag):
    """The message flags that change how a message behaves."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot. `locale` is the language of the person's client."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"

    @property
    def display_name(self) -> str:
        """The name that others read."""
        return self.global_name or self.username

    @property
    def mention(self) -> str:
        """The text that shows as this user's name."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A server's role; `permissions` is Discord's bit set."""

    id: int
    name: str
    permissions: int
    position: int
    color: int = 0
    managed: bool = False


@dataclass(slots=True)
class Overwrite:
    """What a channel allows or denies one role or one member."""

    target_id: int
    for_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, eq=False)
class Channel:
    """A server's channel, or a conversation between `recipients` when it has no server."""

    id: int
    type: ChannelType
    name: str | None = None
    guild_id: int | None = None
    position: int = 0
    topic: str | None = None
    recipients: tuple[User, ...] = ()
    overwrites: list[Overwrite] = field(default_factory=list[Overwrite])
    last_message_id: int | None = None


@dataclass(slots=True, eq=False)
class Member:
    """A user in a server."""

    user: User
    joined_at: datetime
    nick: str | None = None
    role_ids: list[int] = field(default_factory=list[int])

    @property
    def display_name(self) -> str:
        """The name that others read in this server."""
        return self.nick or self.user.display_name


@dataclass(slots=True, eq=False)
class Guild:
    """A server. `has_bot` is false where the application is at most user-installed."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    has_bot: bool = True
    unavailable: bool = False
    roles: dict[int, Role] = field(default_factory=dict[int, Role])
    channels: dict[int, Channel] = field(default_factory=dict[int, Channel])
    members: dict[int, Member] = field(default_factory=dict[int, Member])


@dataclass(slots=True, eq=False)
class Attachment:
    """A file of a message, with its bytes. `description` is its alt text."""

    id: int
    channel_id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def size_px(self) -> tuple[int, int] | None:
        """Width and height of a PNG, as its header says; None for every other file."""
        head = self.content[:_PNG_HEAD]
        if len(head) < _PNG_HEAD or head[:8] != _PNG_SIGNATURE or head[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", head[16:24])
        return width, height


@dataclass(slots=True)
class MessageOrigin:
    """The interaction that a message answers.

    `target` is the user, or the id of the message, from whose menu a command was chosen.
    """

    interaction_id: int
    type: int
    user: User
    name: str | None = None
    owners: dict[str, str] = field(default_factory=dict[str, str])
    original_response_id: int | None = None
    interacted_message_id: int | None = None
    target: User | int | None = None


@dataclass(slots=True, eq=False)
class Message:
    """A message. `embeds` and `components` are Discord's JSON; `visible_to` is set when it is ephemeral.

    `dismissed` is an ephemeral one that its reader put away: the application may go on editing it unseen.
    """

    id: int
    channel: Channel
    author: User
    created_at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list[Json])
    components: list[Json] = field(default_factory=list[Json])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    flags: int = 0
    type: int = 0
    edited_at: datetime | None = None
    origin: MessageOrigin | None = None
    visible_to: User | None = None
    application_id: int | None = None
    reference_id: int | None = None
    deleted: bool = False
    dismissed: bool = False
    mentions: list[User] = field(default_factory=list[User])

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.visible_to is not None

    @property
    def thinking(self) -> bool:
        """Whether it still says that the application is thinking."""
        return bool(self.flags & MessageFlag.LOADING)

    def visible_for(self, user: User) -> bool:
        """Whether a person can see it, as far as being ephemeral goes."""
        return self.visible_to is None or (self.visible_to is user and not self.dismissed)


@dataclass(slots=True, eq=False)
class Emoji:
    """An emoji that belongs to the application."""

    id: int
    name: str
    content: bytes = field(repr=False)
    content_type: str


@dataclass(slots=True, eq=False)
class Command:
    """A registered command; `body` is what Discord would answer for it."""

    id: int
    guild_id: int | None
    body: Json

    @property
    def name(self) -> str:
        """The name a person types or sees in a menu."""
        return self.body["name"]

    @property
    def type(self) -> int:
        """1 a slash command, 2 a user menu, 3 a message menu."""
        return self.body["type"]
