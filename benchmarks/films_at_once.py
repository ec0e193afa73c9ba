"""How long the event loop is kept from its work while several films are read over the wire at once."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientSession, web

from benchmarks.films import Film, films
from benchmarks.loopback import serve
from benchmarks.reference import client_of_reference, read_match_film_by_reference
from benchmarks.table import AGAINST_BOUND, AGAINST_SPNKR, Part, Row, format_seconds
from bot.halo.client import HaloInfiniteClient
from bot.halo.film.api import read_highlight_events

__all__ = ["measure"]

_AT_ONCE: Final = 8
_RUNS: Final = 9
_BOUND_S: Final = 0.010
_STEP_S: Final = 0.001
_BLOBS: Final = "https://blobs-infiniteugc.svc.halowaypoint.com/film/"


async def measure() -> list[Part]:
    film = max(films(), key=lambda film: len(film.data))

    async def handle(request: web.Request) -> web.StreamResponse:
        is_manifest = request.path.endswith("/spectate")
        return web.json_response(_manifest(film)) if is_manifest else web.Response(body=film.data)

    async with serve(handle) as origin, ClientSession() as session, ClientSession() as their_session:
        client = HaloInfiniteClient(session, "spartan", "clearance", 1000, origin=origin)
        their_client = client_of_reference(their_session, origin, 1000)
        ours = [
            await _longest_pause(lambda match: read_highlight_events(client, match)) for _ in range(_RUNS)
        ]
        theirs = await _longest_pause(lambda match: read_match_film_by_reference(their_client, match))
    longest = statistics.median(ours)
    what = f"longest pause of the loop, {_AT_ONCE} films at once"
    beside = Row(what, format_seconds(longest), format_seconds(theirs), f"{theirs / longest:.0f} ×")
    return [
        Part(f"{_AT_ONCE} films over the wire", AGAINST_SPNKR, [beside]),
        Part(f"{_AT_ONCE} films over the wire", AGAINST_BOUND, [Row.of_bound(what, longest, _BOUND_S)]),
    ]


async def _longest_pause(read_film: Callable[[str], Awaitable[Any]]) -> float:
    """The longest time that the loop did not come round while films were read."""
    pauses: list[float] = []
    watch = asyncio.create_task(_watch(pauses))
    await asyncio.sleep(20 * _STEP_S)
    pauses.clear()
    await asyncio.gather(*(read_film(_match_id(number)) for number in range(_AT_ONCE)))
    await asyncio.sleep(2 * _STEP_S)
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch
    return max(pauses)


async def _watch(pauses: list[float]) -> None:
    while True:
        start = time.perf_counter()
        await asyncio.sleep(_STEP_S)
        pauses.append(time.perf_counter() - start - _STEP_S)


def _match_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def _manifest(film: Film) -> dict[str, Any]:
    chunk = {
        "Index": 0,
        "ChunkStartTimeOffsetMilliseconds": 0,
        "DurationMilliseconds": 0,
        "ChunkSize": len(film.data),
        "FileRelativePath": "/filmChunk0",
        "ChunkType": 3,
    }
    return {
        "FilmStatusBond": 1,
        "CustomData": {
            "FilmLength": 0,
            "Chunks": [chunk],
            "HasGameEnded": True,
            "ManifestRefreshSeconds": 0,
            "MatchId": _match_id(0),
            "FilmMajorVersion": film.version,
        },
        "BlobStoragePathPrefix": _BLOBS,
        "AssetId": _match_id(0),
    }
