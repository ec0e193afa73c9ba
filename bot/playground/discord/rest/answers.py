"""Endpoints by which interactions are answered: the callback, the original answer, follow-ups."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.playground.discord.board import Board
from bot.playground.discord.desk import Desk
from bot.playground.discord.interactions import CallbackType, Interaction
from bot.playground.discord.model import Json
from bot.playground.discord.rest.exchange import API_PREFIX, body_of, reply, snowflake

__all__ = ["AnswerRoutes"]

_CALLBACK = f"{API_PREFIX}/interactions/{{interaction_id}}/{{interaction_token}}/callback"
_WEBHOOK = f"{API_PREFIX}/webhooks/{{webhook_id}}/{{webhook_token}}"
_WITH_MESSAGE = (CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE, CallbackType.UPDATE)


class AnswerRoutes:
    """`/interactions/…` and `/webhooks/…`; the token in the path is the authorization."""

    def __init__(self, desk: Desk, board: Board) -> None:
        self._desk = desk
        self._board = board

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        yield web.post(_CALLBACK, self.respond)
        yield web.post(_WEBHOOK, self.follow_up)
        for path in (f"{_WEBHOOK}/messages/@original", f"{_WEBHOOK}/messages/{{message_id}}"):
            yield web.get(path, self.fetch)
            yield web.patch(path, self.edit)
            yield web.delete(path, self.delete)

    async def respond(self, request: web.Request) -> web.Response:
        """Take the first answer."""
        token = request.match_info["interaction_token"]
        interaction = self._desk.respond(snowflake(request, "interaction_id"), token, body_of(request))
        if request.query.get("with_response", "").lower() not in ("1", "true"):
            return reply()
        return reply(self._callback_json(interaction))

    def _callback_json(self, interaction: Interaction) -> Json:
        about: Json = {"id": str(interaction.id), "type": int(interaction.type)}
        body: Json = {"interaction": about}
        message = interaction.original
        if message is not None:
            about["response_message_id"] = str(message.id)
            about["response_message_loading"] = message.thinking
            about["response_message_ephemeral"] = message.ephemeral
        callback = interaction.callback
        if callback is not None and callback in _WITH_MESSAGE and message is not None:
            body["resource"] = {"type": int(callback), "message": self._board.json(message)}
        return body

    async def follow_up(self, request: web.Request) -> web.Response:
        """Post one more answer."""
        message = self._desk.follow_up(self._interaction(request), body_of(request))
        if request.query.get("wait", "true").lower() in ("0", "false"):
            return reply()
        return reply(self._board.json(message))

    async def fetch(self, request: web.Request) -> web.Response:
        """Return an answer."""
        message = self._desk.message(self._interaction(request), _message_id(request))
        return reply(self._board.json(message))

    async def edit(self, request: web.Request) -> web.Response:
        """Change an answer."""
        message = self._desk.edit(self._interaction(request), _message_id(request), body_of(request))
        return reply(self._board.json(message))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete an answer."""
        self._desk.delete(self._interaction(request), _message_id(request))
        return reply()

    def _interaction(self, request: web.Request) -> Interaction:
        return self._desk.by_token(snowflake(request, "webhook_id"), request.match_info["webhook_token"])


def _message_id(request: web.Request) -> int | None:
    return snowflake(request, "message_id") if "message_id" in request.match_info else None
