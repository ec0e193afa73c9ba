"""The public picture hosts: gamerpics and CSR icons, which need no token and must not get one."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_png
from bot.playground.halo.stage import Stage
from bot.playground.halo.wire.profile_json import GAMERPIC_HOST

__all__ = ["PictureHosts"]

_GAMERPIC = re.compile(r"playground\.(\d{16})")
_FULL_SIZE = 424
_MOST = 1080


class PictureHosts:
    """Answers for pictures that a Discord embed may show directly."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.get(f"/{GAMERPIC_HOST}/image", self._gamerpic),
            web.get("/www.halowaypoint.com/images/halo-infinite/csr/{name}.png", self._csr_icon),
        ]

    async def _gamerpic(self, request: web.Request) -> web.Response:
        found = _GAMERPIC.fullmatch(request.query.get("url", ""))
        player = self._stage.world.player_by_xuid(int(found[1])) if found else None
        if player is None:
            raise Refusal(404, "ImageNotFound")
        wanted = request.query.get("w", str(_FULL_SIZE))
        size = min(_MOST, max(16, int(wanted))) if re.fullmatch(r"\d{1,4}", wanted) else _FULL_SIZE
        return answer_png(
            await asyncio.to_thread(self._stage.gallery.gamerpic, player.xuid, player.hue, size)
        )

    async def _csr_icon(self, request: web.Request) -> web.Response:
        picture = await asyncio.to_thread(self._stage.gallery.csr_icon, request.match_info["name"])
        if picture is None:
            raise Refusal(404, "ImageNotFound")
        return answer_png(picture)
