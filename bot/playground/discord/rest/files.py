"""Serves attachments and emojis as Discord's content network does: without authorization."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.playground.discord.state import DiscordState

__all__ = ["FileRoutes"]


class FileRoutes:
    """`/attachments/…` and `/emojis/…`."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        return (
            web.get("/attachments/{channel_id}/{attachment_id}/{filename}", self.attachment),
            web.get("/emojis/{emoji_id}.{suffix}", self.emoji),
        )

    async def attachment(self, request: web.Request) -> web.Response:
        """Return a file of a message that still exists."""
        wanted = request.match_info["attachment_id"]
        for message in self._state.messages.values():
            for attachment in message.attachments:
                if str(attachment.id) == wanted:
                    return _file(attachment.content, attachment.content_type)
        raise web.HTTPNotFound

    async def emoji(self, request: web.Request) -> web.Response:
        """Return an emoji's picture."""
        emoji_id = request.match_info["emoji_id"]
        emoji = self._state.emojis.get(int(emoji_id)) if emoji_id.isdigit() else None
        if emoji is None:
            raise web.HTTPNotFound
        return _file(emoji.content, emoji.content_type)


def _file(content: bytes, content_type: str) -> web.Response:
    headers = {
        "Content-Type": content_type,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000",
    }
    return web.Response(body=content, headers=headers)
