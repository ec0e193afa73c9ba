"""A transport in front of the simulated Halo, and what it leaves in its file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from bot.halo.transport.answer import Answer
from bot.halo.transport.clock import Clock
from bot.halo.transport.core import Transport
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.origin import parse_origin
from bot.halo.transport.tokens import TokenSource

__all__ = ["MEDALS", "STATS", "USER", "Asker", "everything", "rows"]

USER = "https://profile.svc.halowaypoint.com/users/me"
"""What may not be cached."""
MEDALS = "https://gamecms-hacs.svc.halowaypoint.com/hi/Waypoint/file/medals/metadata.json"
"""What may be cached for a day."""
STATS = "https://halostats.svc.halowaypoint.com/hi/matches/1/stats"
"""Of no match."""


class Asker:
    """Asks with short words."""

    def __init__(
        self,
        session: ClientSession,
        origin: str,
        clock: Clock,
        tokens: TokenSource,
        *,
        requests_per_second: int = 5,
    ) -> None:
        self.transport = Transport(
            session,
            tokens,
            requests_per_second=requests_per_second,
            origin=parse_origin(origin),
            clock=clock,
            rng=Random(7),  # noqa: S311  # jitter, no secret
        )

    async def get(self, url: str, *, headers: dict[str, str] | None = None, **how: Any) -> Answer:
        kinds = {name: how.pop(name) for name in ("expect", "body_of_404", "settles") if name in how}
        return await self.transport.get(
            URL(url, encoded=True), options=RequestOptions(**how), headers=headers, **kinds
        )


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def rows(path: Path) -> int:
    with sqlite3.connect(path) as db:
        count: int = db.execute("SELECT count(*) FROM responses").fetchone()[0]
    db.close()
    return count
