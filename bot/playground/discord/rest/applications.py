"""Endpoints of the application: its commands and its emojis."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import cast

from aiohttp import web

from bot.playground.discord.catalogue import Catalogue
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.form import Form
from bot.playground.discord.limits import EMOJI_BYTES, EMOJIS
from bot.playground.discord.model import Command, Emoji, Json
from bot.playground.discord.payloads import emoji_json
from bot.playground.discord.rest.exchange import API_PREFIX, body_of, document_of, reply, snowflake
from bot.playground.discord.state import DiscordState

__all__ = ["ApplicationRoutes"]

_APPLICATION = f"{API_PREFIX}/applications/{{application_id}}"
_EMOJI_NAME = re.compile(r"\w{2,32}", re.ASCII)
_IMAGE = re.compile(r"data:(image/(?:png|jpeg|gif|webp|avif));base64,(.+)", re.DOTALL)


class ApplicationRoutes:
    """`/applications/{application_id}/…`."""

    def __init__(self, state: DiscordState, catalogue: Catalogue) -> None:
        self._state = state
        self._catalogue = catalogue

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        for base in (f"{_APPLICATION}/commands", f"{_APPLICATION}/guilds/{{guild_id}}/commands"):
            yield web.get(base, self.commands)
            yield web.put(base, self.overwrite_commands)
            yield web.post(base, self.create_command)
            yield web.get(f"{base}/{{command_id}}", self.command)
            yield web.patch(f"{base}/{{command_id}}", self.edit_command)
            yield web.delete(f"{base}/{{command_id}}", self.delete_command)
        yield web.get(f"{_APPLICATION}/emojis", self.emojis)
        yield web.post(f"{_APPLICATION}/emojis", self.create_emoji)
        yield web.get(f"{_APPLICATION}/emojis/{{emoji_id}}", self.emoji)
        yield web.delete(f"{_APPLICATION}/emojis/{{emoji_id}}", self.delete_emoji)

    def _place(self, request: web.Request) -> int | None:
        """Return the server whose commands are meant; None for the global ones."""
        if snowflake(request, "application_id") != self._state.application_id:
            raise DiscordError(Refusal.UNKNOWN_APPLICATION)
        if "guild_id" not in request.match_info:
            return None
        return self._state.guild(snowflake(request, "guild_id")).id

    async def commands(self, request: web.Request) -> web.Response:
        """List commands."""
        return reply([command.body for command in self._catalogue.all(self._place(request))])

    async def overwrite_commands(self, request: web.Request) -> web.Response:
        """Replace all commands."""
        place = self._place(request)
        form = Form()
        bodies = form.objects(document_of(request), ())
        form.finish()
        return reply([command.body for command in self._catalogue.overwrite(place, bodies)])

    async def create_command(self, request: web.Request) -> web.Response:
        """Create one command, or replace its namesake."""
        command, created = self._catalogue.upsert(self._place(request), body_of(request).json)
        return reply(command.body, 201 if created else 200)

    async def command(self, request: web.Request) -> web.Response:
        """Return one command."""
        return reply(self._command(request).body)

    async def edit_command(self, request: web.Request) -> web.Response:
        """Change one command."""
        command = self._command(request)
        return reply(self._catalogue.edit(command.guild_id, command.id, body_of(request).json).body)

    async def delete_command(self, request: web.Request) -> web.Response:
        """Forget one command."""
        command = self._command(request)
        self._catalogue.delete(command.guild_id, command.id)
        return reply()

    def _command(self, request: web.Request) -> Command:
        return self._catalogue.get(self._place(request), snowflake(request, "command_id"))

    async def emojis(self, request: web.Request) -> web.Response:
        """List the application's emojis."""
        self._place(request)
        return reply({"items": [self._json(emoji) for emoji in self._state.emojis.values()]})

    async def emoji(self, request: web.Request) -> web.Response:
        """Return one emoji."""
        return reply(self._json(self._emoji(request)))

    async def create_emoji(self, request: web.Request) -> web.Response:
        """Add an emoji from a data URI."""
        self._place(request)
        name, (content_type, content) = _checked_emoji(body_of(request).json)
        if any(emoji.name == name for emoji in self._state.emojis.values()):
            form = Form()
            form.add(
                ("name",), "APPLICATION_EMOJI_NAME_ALREADY_TAKEN", "An emoji with this name already exists."
            )
            form.finish()
        if len(content) > EMOJI_BYTES:
            raise DiscordError(Refusal.EMOJI_TOO_LARGE)
        if len(self._state.emojis) >= EMOJIS:
            raise DiscordError(Refusal.TOO_MANY_EMOJIS)
        return reply(self._json(self._state.add_emoji(name, content, content_type)), 201)

    async def delete_emoji(self, request: web.Request) -> web.Response:
        """Remove an emoji."""
        del self._state.emojis[self._emoji(request).id]
        return reply()

    def _emoji(self, request: web.Request) -> Emoji:
        self._place(request)
        emoji = self._state.emojis.get(snowflake(request, "emoji_id"))
        if emoji is None:
            raise DiscordError(Refusal.UNKNOWN_EMOJI)
        return emoji

    def _json(self, emoji: Emoji) -> Json:
        return emoji_json(emoji, self._state.bot)


def _checked_emoji(body: Json) -> tuple[str, tuple[str, bytes]]:
    form = Form()
    name = str(body.get("name") or "")
    if not _EMOJI_NAME.fullmatch(name):
        form.add(("name",), "STRING_TYPE_REGEX", "String value did not match validation regex.")
    image = _decoded(body.get("image"))
    if image is None:
        form.add(("image",), "IMAGE_INVALID", "Invalid image data")
    form.finish()
    return name, cast("tuple[str, bytes]", image)


def _decoded(uri: object) -> tuple[str, bytes] | None:
    found = _IMAGE.fullmatch(uri) if isinstance(uri, str) else None
    if found is None:
        return None
    try:
        return found[1], base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return None
