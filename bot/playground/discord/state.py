"""Everything that exists in the local Discord, and the look-ups that refuse what does not."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground.discord.clock import Clock
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.events import Event, Events
from bot.playground.discord.model import (
    Channel,
    ChannelType,
    Command,
    Emoji,
    Guild,
    Json,
    Member,
    Message,
    Role,
    User,
)
from bot.playground.discord.payloads import channel_json, guild_json, member_json
from bot.playground.discord.permissions import DM_PERMISSIONS, EVERYONE, Permission, permissions_in
from bot.playground.discord.snowflakes import Snowflakes

__all__ = ["DiscordState"]

_HISTORY_LIMIT = 1000


class DiscordState:
    """Users, servers, channels, messages and registrations, in memory, for one application.

    Holds no sockets and no HTTP: `origin` only says under which address files are to be linked.
    A channel keeps its latest `history_limit` messages.
    """

    def __init__(
        self, clock: Clock, *, application_name: str = "Adjutant", history_limit: int = _HISTORY_LIMIT
    ) -> None:
        self.clock = clock
        self.history_limit = history_limit
        self.ids = Snowflakes(clock)
        self.events = Events()
        self.origin = "http://127.0.0.1"
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.commands: dict[int, Command] = {}
        self.emojis: dict[int, Emoji] = {}
        self.user_installs: set[int] = set()
        self.bot = self.add_user(application_name, bot=True)
        self.application_name = application_name

    @property
    def application_id(self) -> int:
        """The application's id, which is also its bot user's, as for every recent application."""
        return self.bot.id

    def now(self) -> datetime:
        """Return the clock's time."""
        return datetime.fromtimestamp(self.clock.time(), tz=UTC)

    # What the world is made of

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        """Create a user; the user name is the display name in lower case without spaces."""
        username = "".join(name.split()).lower()
        user = User(self.ids.new(), username, global_name=None if bot else name, bot=bot, locale=locale)
        if bot:
            user.username = name
        self.users[user.id] = user
        return user

    def add_emoji(self, name: str, content: bytes, content_type: str = "image/png") -> Emoji:
        """Add an emoji to the application."""
        emoji = Emoji(self.ids.new(), name, content, content_type)
        self.emojis[emoji.id] = emoji
        return emoji

    def add_guild(self, name: str, owner: User, *, has_bot: bool = True, locale: str = "en-US") -> Guild:
        """Create a server with its owner and, if `has_bot`, the bot with a managed role of its own."""
        guild = Guild(self.ids.new(), name, owner.id, locale=locale, has_bot=has_bot)
        guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE, 0)
        self.guilds[guild.id] = guild
        self.join(guild, owner)
        if has_bot:
            self._install_bot(guild)
        return guild

    def add_bot(self, guild: Guild) -> None:
        """Add the bot to a server that it is not in: GUILD_CREATE tells it."""
        if not guild.has_bot:
            self._install_bot(guild)
            data = self.guild_create(guild)
            # Its absence tells a server that is new from one that is available again.
            del data["unavailable"]
            self.events.emit(Event("GUILD_CREATE", data, guild.id))

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a server; its role, its overwrites and its commands for this server go with it.

        A connected bot is told by GUILD_DELETE, one that is offline by nothing: its next READY lacks the server.
        """
        if not guild.has_bot:
            return
        guild.has_bot = False
        member = guild.members.pop(self.bot.id)
        own = [role_id for role_id in member.role_ids if guild.roles[role_id].managed]
        for role_id in own:
            del guild.roles[role_id]
        for channel in guild.channels.values():
            channel.overwrites = [
                item for item in channel.overwrites if item.target_id not in (*own, self.bot.id)
            ]
        for command in [item for item in self.commands.values() if item.guild_id == guild.id]:
            del self.commands[command.id]
        self.events.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id))

    def _install_bot(self, guild: Guild) -> None:
        permissions = EVERYONE | Permission.MANAGE_ROLES | Permission.MANAGE_MESSAGES
        role = self.add_role(guild, self.application_name, permissions)
        role.managed = guild.has_bot = True
        guild.members[self.bot.id] = Member(self.bot, self.now(), role_ids=[role.id])

    def add_role(self, guild: Guild, name: str, permissions: int = 0, *, color: int = 0) -> Role:
        """Create a role below the bot's own (or on top while the bot has none)."""
        own = next((role for role in guild.roles.values() if role.managed), None)
        position = len(guild.roles) if own is None else own.position
        if own is not None:
            own.position += 1
        role = Role(self.ids.new(), name, permissions, position, color)
        guild.roles[role.id] = role
        return role

    def add_channel(self, guild: Guild, name: str, *, topic: str | None = None) -> Channel:
        """Create a text channel."""
        channel = Channel(self.ids.new(), ChannelType.TEXT, name, guild.id, len(guild.channels), topic)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def join(self, guild: Guild, user: User, *, nick: str | None = None) -> Member:
        """Make a user a member of a server."""
        member = Member(user, self.now(), nick)
        guild.members[user.id] = member
        data = {**member_json(member), "guild_id": str(guild.id)}
        self.events.emit(Event("GUILD_MEMBER_ADD", data, guild.id))
        return member

    def leave(self, guild: Guild, user: User) -> None:
        """End a user's membership; for the bot's see `remove_bot`. Raises `ValueError` for the owner, who cannot."""
        if user.id == guild.owner_id:
            raise ValueError("a server's owner cannot leave it")
        if user is self.bot:
            self.remove_bot(guild)
            return
        if guild.members.pop(user.id, None) is None:
            return
        data = {"guild_id": str(guild.id), "user": {"id": str(user.id)}}
        self.events.emit(Event("GUILD_MEMBER_REMOVE", data, guild.id))

    def set_unavailable(self, guild: Guild, unavailable: bool) -> None:
        """Begin or end an outage of one server."""
        guild.unavailable = unavailable
        if not guild.has_bot:
            return
        if unavailable:
            data: Json = {"id": str(guild.id), "unavailable": True}
            self.events.emit(Event("GUILD_DELETE", data, guild.id))
        else:
            self.events.emit(Event("GUILD_CREATE", self.guild_create(guild), guild.id))

    def dm(self, *people: User) -> Channel:
        """Return the conversation of these people, or of one person with the bot; made when first asked for."""
        recipients = people if len(people) > 1 else (*people, self.bot)
        for channel in self.channels.values():
            if channel.type is ChannelType.DM and set(channel.recipients) == set(recipients):
                return channel
        channel = Channel(self.ids.new(), ChannelType.DM, recipients=recipients)
        self.channels[channel.id] = channel
        return channel

    def tell_typing(self, channel: Channel, user: User) -> None:
        """Show everybody in a channel that somebody is typing there."""
        data: Json = {
            "channel_id": str(channel.id),
            "user_id": str(user.id),
            "timestamp": int(self.clock.time()),
        }
        if channel.guild_id is not None:
            data["guild_id"] = str(channel.guild_id)
            data["member"] = member_json(self.guilds[channel.guild_id].members[user.id])
        self.events.emit(Event("TYPING_START", data, channel.guild_id))

    # Look-ups

    def guild(self, guild_id: int) -> Guild:
        """Return a server the bot is in. Raises `DiscordError` (10004)."""
        guild = self.guilds.get(guild_id)
        if guild is None or not guild.has_bot:
            raise DiscordError(Refusal.UNKNOWN_GUILD)
        return guild

    def channel(self, channel_id: int) -> Channel:
        """Return a channel that the bot can see. Raises `DiscordError` (10003, 50001)."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise DiscordError(Refusal.UNKNOWN_CHANNEL)
        if not self.permissions(self.bot, channel) & Permission.VIEW_CHANNEL:
            raise DiscordError(Refusal.MISSING_ACCESS)
        return channel

    def member(self, guild: Guild, user_id: int) -> Member:
        """Return a member of a server. Raises `DiscordError` (10007)."""
        member = guild.members.get(user_id)
        if member is None:
            raise DiscordError(Refusal.UNKNOWN_MEMBER)
        return member

    def user(self, user_id: int) -> User:
        """Return a user. Raises `DiscordError` (10013)."""
        user = self.users.get(user_id)
        if user is None:
            raise DiscordError(Refusal.UNKNOWN_USER)
        return user

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message of a channel. Raises `DiscordError` (10008)."""
        message = self.messages.get(message_id)
        if message is None or message.channel is not channel:
            raise DiscordError(Refusal.UNKNOWN_MESSAGE)
        return message

    def history(self, channel: Channel) -> list[Message]:
        """Return a channel's messages, oldest first, ephemeral ones included."""
        return [message for message in self.messages.values() if message.channel is channel]

    def permissions(self, user: User, channel: Channel) -> int:
        """Return what a user may do in a channel; 0 for whoever is not in it."""
        if channel.guild_id is None:
            return DM_PERMISSIONS if user in channel.recipients else 0
        guild = self.guilds[channel.guild_id]
        member = guild.members.get(user.id)
        return 0 if member is None else permissions_in(guild, member, channel)

    def guild_create(self, guild: Guild) -> Json:
        """Return the payload of GUILD_CREATE: without member intents only the bot itself is listed."""
        return {
            **guild_json(guild),
            "joined_at": guild.members[self.bot.id].joined_at.isoformat(),
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [member_json(guild.members[self.bot.id])],
            "channels": [channel_json(channel) for channel in guild.channels.values()],
            "voice_states": [],
            "threads": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
