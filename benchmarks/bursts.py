"""What leaves in the first second of a burst, at five requests a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import ClientSession, web

from benchmarks.loopback import serve
from benchmarks.reference import client_of_reference
from benchmarks.table import Part, Row, format_seconds
from bot.halo.client import HaloInfiniteClient

__all__ = ["measure"]

_REQUESTS: Final = 20
_RATE: Final = 5
_LATENCY_S: Final = 0.1
_COUNTS: Final = {
    "CustomMatchesPlayedCount": 0,
    "MatchesPlayedCount": 0,
    "MatchmadeMatchesPlayedCount": 0,
    "LocalMatchesPlayedCount": 0,
}


async def measure() -> list[Part]:
    arrivals: list[float] = []

    async def handle(_: web.Request) -> web.StreamResponse:
        arrivals.append(time.perf_counter())
        await asyncio.sleep(_LATENCY_S)
        return web.json_response(_COUNTS)

    async with serve(handle) as origin, ClientSession() as session, ClientSession() as their_session:
        client = HaloInfiniteClient(session, "spartan", "clearance", _RATE, origin=origin)
        their_client = client_of_reference(their_session, origin, _RATE)
        ours, took = await _burst(arrivals, client.stats.get_match_count)
        theirs, theirs_took = await _burst(arrivals, their_client.stats.get_match_count)
    rows = [
        Row("arrived in the first second", str(ours), str(theirs), is_missed=ours > _RATE),
        Row("until all are answered", format_seconds(took), format_seconds(theirs_took)),
    ]
    return [Part(f"{_REQUESTS} requests at once, {_RATE} a second allowed", ("ours", "spnkr", ""), rows)]


async def _burst(arrivals: list[float], ask: Callable[[int], Awaitable[Any]]) -> tuple[int, float]:
    """How many of the requests reached the server within a second of the first, and how long all took."""
    arrivals.clear()
    start = time.perf_counter()
    await asyncio.gather(*(ask(2533274800000001 + number) for number in range(_REQUESTS)))
    took = time.perf_counter() - start
    return sum(arrival < arrivals[0] + 1 for arrival in arrivals), took
