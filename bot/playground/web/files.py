"""The page's own files, and what the local Discord shows: attachments, emojis, faces."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from bot.playground.discord.state import DiscordState
from bot.playground.web.backstage import Backstage
from bot.playground.web.portraits import portrait, server_icon

__all__ = ["DiscordFiles", "page_routes"]

_STATIC = Path(__file__).parent / "static"
_STEP = re.compile(r"[\w-][\w.-]*", re.ASCII)
# Machines disagree on these, and browsers take a module of one type only.
_PARTS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_FOR_EVER = "private, max-age=31536000, immutable"


def page_routes() -> Iterable[web.AbstractRouteDef]:
    """The page itself."""

    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(_STATIC / "index.html", headers={"Cache-Control": "no-store"})

    async def part(request: web.Request) -> web.FileResponse:
        steps = request.match_info["path"].split("/")
        path = _STATIC.joinpath(*steps)
        content_type = _PARTS.get(path.suffix)
        if content_type is None or not all(map(_STEP.fullmatch, steps)) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Type": content_type})

    yield web.get("/", index)
    yield web.get("/static/{path:.+}", part)


class DiscordFiles:
    """Files and pictures of the local Discord; 503 while it is not there yet."""

    def __init__(self, ready: asyncio.Future[Backstage]) -> None:
        self._ready = ready

    def routes(self) -> Iterable[web.RouteDef]:
        """The routes."""
        return (
            web.get(
                "/attachments/{channel:[0-9]{1,20}}/{attachment:[0-9]{1,20}}/{filename}", self.attachment
            ),
            web.get("/emojis/{emoji:[0-9]{1,20}}", self.emoji),
            web.get("/avatars/{user:[0-9]{1,20}}.svg", self.avatar),
            web.get("/icons/{guild:[0-9]{1,20}}.svg", self.icon),
            web.get("/media/{signature}/{url}", self.media),
        )

    def _backstage(self) -> Backstage:
        if not self._ready.done() or self._ready.cancelled():
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
        return self._ready.result()

    def _state(self) -> DiscordState:
        return self._backstage().discord.state

    async def attachment(self, request: web.Request) -> web.Response:
        """A file of a message that still exists."""
        channel, wanted = int(request.match_info["channel"]), int(request.match_info["attachment"])
        for message in self._state().messages.values():
            for item in message.attachments:
                if (item.channel_id, item.id) == (channel, wanted):
                    return _file(item.content, item.content_type)
        raise web.HTTPNotFound

    async def emoji(self, request: web.Request) -> web.Response:
        """An application emoji."""
        emoji = self._state().emojis.get(int(request.match_info["emoji"]))
        if emoji is None:
            raise web.HTTPNotFound
        return _file(emoji.content, emoji.content_type)

    async def avatar(self, request: web.Request) -> web.Response:
        """A person's face."""
        user = self._state().users.get(int(request.match_info["user"]))
        if user is None:
            raise web.HTTPNotFound
        return _svg(portrait(user.display_name, user.id, bot=user.bot))

    async def icon(self, request: web.Request) -> web.Response:
        """A server's picture."""
        guild = self._state().guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise web.HTTPNotFound
        return _svg(server_icon(guild.name, guild.id))

    async def media(self, request: web.Request) -> web.Response:
        """A picture from elsewhere."""
        return await self._backstage().proxy.handle(request)


def _file(content: bytes, content_type: str) -> web.Response:
    headers = {"Content-Type": content_type, "Cache-Control": _FOR_EVER}
    if content_type not in _SHOWN:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=content, headers=headers)


def _svg(text: str) -> web.Response:
    headers = {"Content-Type": "image/svg+xml; charset=utf-8", "Cache-Control": "private, max-age=300"}
    return web.Response(body=text.encode(), headers=headers)
