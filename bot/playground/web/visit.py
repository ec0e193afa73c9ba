"""One person at the page: who they are, where they look, and which events are for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.playground.discord import ClientRefused, Person
from bot.playground.discord.events import Event
from bot.playground.discord.model import Channel, Json, Message, User
from bot.playground.discord.permissions import Permission
from bot.playground.web.backstage import Backstage
from bot.playground.web.ledger import Notice
from bot.playground.web.views.messages import MessageViews
from bot.playground.web.views.people import user_view, visible_channels
from bot.playground.web.views.welcome import commands_view, welcome_view

__all__ = ["Visit"]

_CHANGES_OF_PLACE = (
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
)
_STALE: Json = {"event": "stale", "data": {}}

_log = logging.getLogger(__name__)


class Visit:
    """One connection, which is one person at a time.

    Args:
        backstage: What the page shows.
        send: Takes one frame for the page; must not block.
    """

    def __init__(self, backstage: Backstage, send: Callable[[Json], None]) -> None:
        self.backstage = backstage
        self._send = send
        self._person: Person | None = None
        self._channel: Channel | None = None
        self._stale = False
        self._views = MessageViews(backstage.discord.state, backstage.links)
        self._handlers: dict[str, Callable[[User, Event], None]] = {
            "MESSAGE_CREATE": self._tell_message,
            "MESSAGE_UPDATE": self._tell_message,
            "MESSAGE_DELETE": self._tell_gone,
            "TYPING_START": self._tell_typing,
            "GUILD_APPLICATION_COMMAND_INDEX_UPDATE": self._tell_commands,
            **dict.fromkeys(_CHANGES_OF_PLACE, self._tell_stale),
        }
        self._unsubscribe = [
            backstage.discord.state.events.subscribe(self._on_event),
            backstage.ledger.subscribe(self._on_notice),
            backstage.world.subscribe(self._on_world),
        ]

    def close(self) -> None:
        """Listen to nothing any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    @property
    def person(self) -> Person:
        """Who it is. Raises `ClientRefused` before anybody entered."""
        if self._person is None:
            raise ClientRefused("Enter first.")
        return self._person

    def check_entered(self) -> None:
        """Raise `ClientRefused` before anybody entered."""
        if self._person is None:
            raise ClientRefused("Enter first.")

    def enter(self, user_id: str | None, channel_id: str | None) -> Json:
        """Become a person and look into a channel of theirs, the first one by default."""
        state = self.backstage.discord.state
        people = [user for user in state.users.values() if not user.bot]
        user = next((user for user in people if str(user.id) == user_id), people[0])
        self._person = self.backstage.discord.person(user)
        self._stale = False
        mine = [guild for guild in state.guilds.values() if user.id in guild.members]
        places = [channel for guild in mine for channel in visible_channels(state, guild, user)]
        places.append(state.dm(user))
        self._channel = next((channel for channel in places if str(channel.id) == channel_id), places[0])
        return welcome_view(self.backstage, self._person, self._channel)

    def open(self, channel: Channel) -> None:
        """Look into another channel."""
        self._channel = channel

    # Look-ups; what a person cannot see does not exist for them

    def channel(self, channel_id: str) -> Channel:
        """A channel that the person sees. Raises `ClientRefused`."""
        channel = self.backstage.discord.state.channels.get(int(channel_id))
        if channel is None or not self._sees(self.person.user, channel):
            raise ClientRefused("There is no such channel.")
        return channel

    def user(self, user_id: str) -> User:
        """Somebody whose name can be read somewhere. Raises `ClientRefused`."""
        user = self.backstage.discord.state.users.get(int(user_id))
        if user is None:
            raise ClientRefused("There is no such user.")
        return user

    def message(self, message_id: str) -> Message:
        """A message that the person sees. Raises `ClientRefused`."""
        message = self.backstage.discord.state.messages.get(int(message_id))
        user = self.person.user
        if message is None or not self._sees(user, message.channel) or not message.visible_for(user):
            raise ClientRefused("This message is not there any more.")
        return message

    def _sees(self, user: User, channel: Channel) -> bool:
        return bool(self.backstage.discord.state.permissions(user, channel) & Permission.VIEW_CHANNEL)

    # Events

    def tell(self, event: str, data: Json) -> None:
        """Send an event to the page."""
        self._send({"event": event, "data": data})

    def _on_event(self, event: Event) -> None:
        handler = self._handlers.get(event.name)
        if handler is None or self._person is None:
            return
        try:
            handler(self._person.user, event)
        except Exception:
            # What a page cannot show must not fail whoever caused it.
            _log.exception("The page cannot show an event of the kind %s", event.name)

    def _on_notice(self, notice: Notice) -> None:
        if self._person is not None and notice.user is self._person.user:
            self.tell(notice.event, notice.data)

    def _on_world(self) -> None:
        if self._person is not None:
            self.tell("world", self.backstage.world.view())

    def _tell_message(self, user: User, event: Event) -> None:
        message = event.message
        if message is not None and self._sees(user, message.channel) and message.visible_for(user):
            view = self._views.view(message, user)
            self.tell("message", {"channel": str(message.channel.id), "message": view})

    def _tell_gone(self, user: User, event: Event) -> None:
        message = event.message
        if message is None or not self._sees(user, message.channel):
            return
        if message.visible_to is None or message.visible_to is user:
            self.tell("message_gone", {"channel": str(message.channel.id), "id": str(message.id)})

    def _tell_typing(self, user: User, event: Event) -> None:
        state = self.backstage.discord.state
        channel, who = state.channels.get(int(event.data["channel_id"])), int(event.data["user_id"])
        if channel is not None and who != user.id and self._sees(user, channel):
            self.tell("typing", {"channel": str(channel.id), "user": user_view(state.users[who])})

    def _tell_commands(self, user: User, event: Event) -> None:
        del user, event
        self.tell_commands()

    def tell_commands(self) -> None:
        """Send the commands of the open channel."""
        if self._channel is not None and self._sees(self.person.user, self._channel):
            self.tell("commands", {"commands": commands_view(self.person, self._channel)})

    def _tell_stale(self, user: User, event: Event) -> None:
        guild = self.backstage.discord.state.guilds.get(event.guild_id or 0)
        about = event.data.get("user", {}).get("id")
        concerns = guild is not None and (user.id in guild.members or about == str(user.id))
        if concerns and not self._stale:
            # Once is enough until the page has entered again; by then the change is complete.
            self._stale = True
            asyncio.get_running_loop().call_soon(self._send, _STALE)
