"""The CSR of a hundred players in one call."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from aiohttp import ClientSession

from benchmarks.reference import client_of_reference
from benchmarks.table import Part, Row, format_seconds
from bot.halo.client import HaloInfiniteClient
from bot.playground.halo import Fault, FaultKind, HaloService, run_halo_service
from bot.playground.world import World
from bot.playground.world.playlists import PLAYLISTS

__all__ = ["measure"]

_PLAYERS: Final = 100
_SERVICE_TAKES: Final = 32
_RUNS: Final = 5
_LATENCY_S: Final = 0.1
_PLAYLIST: Final = str(PLAYLISTS["ranked_arena"].asset_id)


async def measure() -> list[Part]:
    world = World("bench", datetime.now(UTC), matches=400)
    async with run_halo_service(world) as halo, ClientSession() as session, ClientSession() as their_session:
        people = _people(world)
        tokens = halo.credentials

        async def ours() -> int:
            client = HaloInfiniteClient(session, tokens.spartan, tokens.clearance, origin=halo.origin)
            return _answered(await (await client.skill.get_playlist_csr(_PLAYLIST, people)).parse())

        async def theirs(most: int = _PLAYERS) -> int:
            client = client_of_reference(
                their_session, halo.origin, tokens=(tokens.spartan, tokens.clearance)
            )
            parts = [people[start : start + most] for start in range(0, _PLAYERS, most)]
            responses = await asyncio.gather(
                *(client.skill.get_playlist_csr(_PLAYLIST, part) for part in parts)
            )
            return sum([_answered(await response.parse()) for response in responses])

        rows: list[Row] = []
        for latency in ("", ", 100 ms latency"):
            if latency:
                halo.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=_LATENCY_S))
            ask, ask_in_parts = (
                await _asked(halo, theirs),
                await _asked(halo, partial(theirs, _SERVICE_TAKES)),
            )
            rows.append(Row(f"in one call{latency}", await _asked(halo, ours), ask))
            rows.append(Row(f"spnkr called with {_SERVICE_TAKES} at a time{latency}", "", ask_in_parts))
    return [Part(f"CSR of {_PLAYERS} players: answered, requests, time", ("ours", "spnkr", ""), rows)]


def _people(world: World) -> Sequence[int]:
    """As many players as are looked up, all of whom the service knows."""
    known = dict.fromkeys(
        seat.player.xuid for plan in world.all_plans() for seat in plan.seats if seat.player is not None
    )
    return list(known)[:_PLAYERS]


def _answered(model: Any) -> int:
    return sum(entry.result is not None for entry in model.value)


async def _asked(halo: HaloService, ask: Callable[[], Awaitable[int]]) -> str:
    """How many were answered, in how many requests, in what time; each asks anew, and its client is a new one."""
    times: list[float] = []
    answered = requests = 0
    for _ in range(_RUNS):
        before = sum(1 for _ in halo.log)
        start = time.perf_counter()
        answered = await ask()
        times.append(time.perf_counter() - start)
        requests = sum(1 for _ in halo.log) - before
    return f"{answered} in {requests}, {format_seconds(statistics.median(times))}"
