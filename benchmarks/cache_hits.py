"""What an answer costs that is in the cache already."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp_client_cache.backends.sqlite import SQLiteBackend
from aiohttp_client_cache.session import CachedSession

from benchmarks.bodies import recorded_body, simulated_bodies
from benchmarks.kinds import KINDS
from benchmarks.loopback import serve
from benchmarks.race import race_async
from benchmarks.reference import client_of_reference
from benchmarks.table import AGAINST_SPNKR, Part, Row
from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session

__all__ = ["measure"]

_CALLS: Final = 20
_RATE: Final = 10_000
_MANY: Final = 300
"""More matches than our client remembers parsed."""
_ASKED: Final = (("the same again", 1, 1.0), (f"{_MANY} in turn, from the file", _MANY, 0.0))
"""How often which matches are asked for, and how many times as fast that has to be."""
_HEADERS: Final = {"Cache-Control": "public, max-age=3600"}


async def measure() -> list[Part]:
    kind = KINDS[0]
    body = recorded_body(kind) or (await simulated_bodies([kind]))[kind.name]
    asked: list[str] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(body=body, content_type="application/json", headers=_HEADERS)

    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        backend = SQLiteBackend(
            str(Path(folder, "theirs")), cache_control=True, expire_after=timedelta(days=1)
        )
        async with (
            serve(handle) as origin,
            open_session(Path(folder, "ours")) as session,
            CachedSession(cache=backend) as their_session,
        ):
            tokens = ("spartan", "clearance")
            client = HaloInfiniteClient(session, *tokens, requests_per_second=_RATE, origin=origin)
            their_client = client_of_reference(their_session, origin, _RATE)
            rows: list[Row] = []
            for what, matches, at_least in _ASKED:
                ours, theirs = _asker(client, matches), _asker(their_client, matches)
                for _ in range(matches):
                    assert (await ours()).match_id == (await theirs()).match_id
                before = len(asked)
                rows.append(
                    Row.of_race(what, await race_async(ours, theirs, calls=_CALLS), at_least=at_least)
                )
                assert len(asked) == before, "something was not in the cache"
    return [Part("a cached match, parsed", AGAINST_SPNKR, rows)]


def _asker(client: Any, matches: int) -> Callable[[], Awaitable[Any]]:
    """What asks a client for one match after the other, and begins again after the last."""
    numbers = itertools.cycle(range(matches))

    async def ask() -> Any:
        response = await client.stats.get_match_stats(f"00000000-0000-4000-8000-{next(numbers):012}")
        return await response.parse()

    return ask
