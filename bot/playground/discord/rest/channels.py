"""Endpoints of channels and their messages."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.playground.discord.board import Board
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.model import Channel, Message
from bot.playground.discord.payloads import channel_json, user_json
from bot.playground.discord.permissions import Permission
from bot.playground.discord.rest.exchange import API_PREFIX, body_of, reply, snowflake
from bot.playground.discord.state import DiscordState

__all__ = ["ChannelRoutes"]

_CHANNEL = f"{API_PREFIX}/channels/{{channel_id}}"
_MESSAGE = f"{_CHANNEL}/messages/{{message_id}}"


class ChannelRoutes:
    """`/channels/{channel_id}/…`."""

    def __init__(self, state: DiscordState, board: Board) -> None:
        self._state = state
        self._board = board

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        return (
            web.get(_CHANNEL, self.channel),
            web.post(f"{_CHANNEL}/typing", self.typing),
            web.get(f"{_CHANNEL}/messages", self.history),
            web.post(f"{_CHANNEL}/messages", self.create),
            web.get(_MESSAGE, self.fetch),
            web.patch(_MESSAGE, self.edit),
            web.delete(_MESSAGE, self.delete),
        )

    def _channel(self, request: web.Request, needed: Permission | None = None) -> Channel:
        channel = self._state.channel(snowflake(request, "channel_id"))
        if needed is not None and not self._may(channel, needed):
            raise DiscordError(Refusal.MISSING_PERMISSIONS)
        return channel

    def _may(self, channel: Channel, needed: Permission) -> bool:
        return bool(self._state.permissions(self._state.bot, channel) & needed)

    def _message(self, request: web.Request) -> Message:
        """Return a message of the channel; ephemeral ones exist for interactions only."""
        message = self._state.message(self._channel(request), snowflake(request, "message_id"))
        if message.ephemeral:
            raise DiscordError(Refusal.UNKNOWN_MESSAGE)
        return message

    async def channel(self, request: web.Request) -> web.Response:
        """Return a channel."""
        channel = self._channel(request)
        people = [user_json(user) for user in channel.recipients if user is not self._state.bot]
        return reply({**channel_json(channel), "recipients": people} if people else channel_json(channel))

    async def typing(self, request: web.Request) -> web.Response:
        """Show that the bot is typing."""
        channel = self._channel(request, Permission.SEND_MESSAGES)
        self._state.tell_typing(channel, self._state.bot)
        return reply()

    async def history(self, request: web.Request) -> web.Response:
        """Return messages, newest first."""
        channel = self._channel(request, Permission.READ_MESSAGE_HISTORY)
        limit = min(int(request.query.get("limit", "50")), 100)
        before = int(request.query.get("before", "0")) or 1 << 63
        after = int(request.query.get("after", "0"))
        history = [
            item for item in self._state.history(channel) if not item.ephemeral and after < item.id < before
        ]
        chosen = history[:limit] if after else history[-limit:]
        return reply([self._board.json(message) for message in reversed(chosen)])

    async def create(self, request: web.Request) -> web.Response:
        """Post a message."""
        channel = self._channel(request, Permission.SEND_MESSAGES)
        body = body_of(request)
        if body.files and not self._may(channel, Permission.ATTACH_FILES):
            raise DiscordError(Refusal.MISSING_PERMISSIONS)
        reference = body.json.get("message_reference")
        if reference is not None:
            self._state.message(channel, int(reference.get("message_id") or 0))
        return reply(self._board.json(self._board.create(channel, self._state.bot, body)))

    async def fetch(self, request: web.Request) -> web.Response:
        """Return a message."""
        return reply(self._board.json(self._message(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """Change a message of the bot's own."""
        message = self._message(request)
        if message.author is not self._state.bot:
            raise DiscordError(Refusal.NOT_THE_AUTHOR)
        return reply(self._board.json(self._board.edit(message, body_of(request))))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message: the bot's own, or anybody's with the permission for it."""
        message = self._message(request)
        own = message.author is self._state.bot
        if not own and not self._may(message.channel, Permission.MANAGE_MESSAGES):
            raise DiscordError(Refusal.MISSING_PERMISSIONS)
        self._board.delete(message)
        return reply()
