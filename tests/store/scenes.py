"""Players, servers and matches that tests speak of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from bot.store import Line, Match, Store

__all__ = [
    "ADA",
    "ARENA",
    "BEN",
    "DAY",
    "NOW",
    "OLIVE",
    "PAT",
    "SLAYER",
    "TAVERN",
    "WIN",
    "join",
    "make_line",
    "make_match",
]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)

# People on Discord, servers, and players in Halo.
ADA, BEN = 111_111_111_111_111_111, 222_222_222_222_222_222
ARENA, TAVERN = 333_333_333_333_333_333, 444_444_444_444_444_444
OLIVE, PAT = 2_533_274_812_345_678, 2_535_405_987_654_321

SLAYER = UUID("edfef3ac-9cbe-4fa2-b949-8f29deafd483")
WIN, LOSS = 2, 3


def make_line(xuid: int | None = OLIVE, *, medals: Mapping[int, int] | None = None, **counters: int) -> Line:
    """A line in which nothing happened but what is said."""
    nothing: dict[str, Any] = dict.fromkeys(
        (
            "kills", "deaths", "assists", "headshots", "perfects", "shots", "hits", "damage",
            "played_ms", "objective_ms", "longest_spree",
        ),
        0,
    )  # fmt: skip
    return Line(xuid=xuid, medals=medals or {}, **({"outcome": LOSS} | nothing | counters))


def make_match(*lines: Line, ended_at: datetime = NOW - DAY, **changes: Any) -> Match:
    """A ranked Slayer match of yesterday, if nothing else is said."""
    given: dict[str, Any] = {
        "match_id": uuid4(),
        "mode_category": 6,
        "playlist_id": SLAYER,
        "season_id": "CsrSeason10-1",
        "matchmade": True,
        "pvp": True,
        "ranked": True,
    }
    return Match(ended_at=ended_at, lines=lines, **(given | changes))


async def join(
    store: Store, user_id: int, xuid: int, gamertag: str = "Olive", server_id: int = ARENA
) -> None:
    """Link a member in a server."""
    claim = await store.links.claim(user_id, xuid, gamertag, server_id=server_id, at=NOW - 30 * DAY)
    assert claim.held_by is None
