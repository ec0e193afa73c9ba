"""Films: the manifest at ``discovery-infiniteugc``, the chunks in public storage, which must be shown no token."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.film_archive import FilmArchive
from bot.playground.halo.stage import read_uuid
from bot.playground.halo.wire.asset_json import UGC_HOST
from bot.playground.halo.wire.film_json import write_film

__all__ = ["FilmHosts"]

_SPECTATE: Final = "/discovery-infiniteugc.svc.halowaypoint.com/hi/films/matches/{match}/spectate"
_CHUNK: Final = f"/{UGC_HOST}/ugcstorage/film/{{asset}}/{{session}}/filmChunk{{index:[0-9]{{1,4}}}}"


class FilmHosts:
    """Answers for films."""

    def __init__(self, archive: FilmArchive) -> None:
        self._archive = archive

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [web.get(_SPECTATE, self._manifest), web.get(_CHUNK, self._chunk)]

    async def _manifest(self, request: web.Request) -> web.Response:
        film = self._archive.find(read_uuid(request.match_info["match"]))
        return answer_json(await asyncio.to_thread(write_film, film))

    async def _chunk(self, request: web.Request) -> web.Response:
        where = request.match_info
        read = self._archive.read(read_uuid(where["asset"]), read_uuid(where["session"]), int(where["index"]))
        body = await asyncio.to_thread(read)
        if body is None:
            raise Refusal(404, "BlobNotFound")
        return web.Response(body=body, content_type="application/octet-stream")
