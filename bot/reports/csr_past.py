"""What the store knows of a player's ranks: the last ones, and those of a day and of a week ago."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from bot.stats.csr_rank import CsrRank, rank_of_values
from bot.stats.csr_sheet import CsrChanges
from bot.store import Rank, Snapshot, Store, StoreError

__all__ = ["PastRanks", "SeenRank", "read_past", "stored_rank"]

log = structlog.stdlib.get_logger("adjutant.csr")

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
# A rank that was last seen so long before a moment stands for the one at that moment: linked players are looked at
# after each of their matches, and every six hours or so besides.
SLACK: Final = timedelta(hours=8)

_Place = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class SeenRank:
    """A rank, and when it was true."""

    rank: CsrRank
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRanks:
    """Snapshots by playlist and season: the newest, and those that were the newest a day and a week before ``at``."""

    at: datetime
    newest: Mapping[_Place, Snapshot]
    day: Mapping[_Place, Snapshot]
    week: Mapping[_Place, Snapshot]

    def playlists(self) -> tuple[UUID, ...]:
        """Where the player was seen, in any season."""
        return tuple(dict.fromkeys(playlist for playlist, _ in self.newest))

    def seen(self, playlist_id: UUID, season: str | None) -> SeenRank | None:
        """The last known rank in a season, by its path; without one, in the season seen last."""
        snapshots = [
            snapshot
            for (playlist, path), snapshot in self.newest.items()
            if playlist == playlist_id and season in {None, path}
        ]
        if not snapshots:
            return None
        last = max(snapshots, key=lambda snapshot: snapshot.checked_at)
        return SeenRank(read_stored(last.rank), last.checked_at)

    def changes(self, playlist_id: UUID, season: str, rank: CsrRank) -> CsrChanges:
        """How far ``rank``, which is live, is from where it was; None where that is not known well enough."""
        place = (playlist_id, season)
        return CsrChanges(
            day=_change(self.day.get(place), rank, self.at - DAY),
            week=_change(self.week.get(place), rank, self.at - WEEK),
        )


async def read_past(store: Store, xuid: int, now: datetime) -> PastRanks:
    """Read a player's snapshots; nothing is known while the store cannot be read."""
    of_player = store.snapshots.of_player
    try:
        newest, day, week = await asyncio.gather(
            of_player(xuid), of_player(xuid, at=now - DAY), of_player(xuid, at=now - WEEK)
        )
    except StoreError as error:
        log.warning("no past ranks", reason=str(error))
        newest = day = week = ()
    return PastRanks(at=now, newest=_by_place(newest), day=_by_place(day), week=_by_place(week))


def read_stored(rank: Rank) -> CsrRank:
    """Read a stored rank; its tiers follow from its numbers."""
    return rank_of_values(
        current=rank.current,
        season_max=rank.season_max,
        all_time_max=rank.all_time_max,
        placement_left=rank.placement_left,
        placement_matches=rank.placement_matches,
    )


def stored_rank(rank: CsrRank) -> Rank:
    """Return a rank as it is stored."""
    current = rank.current
    return Rank(
        current=current.value,
        season_max=None if rank.season_peak is None else rank.season_peak.value,
        all_time_max=None if rank.all_time_peak is None else rank.all_time_peak.value,
        placement_left=0 if rank.is_ranked else current.placement_total - current.placement_done,
        placement_matches=current.placement_total,
    )


def _by_place(snapshots: Sequence[Snapshot]) -> dict[_Place, Snapshot]:
    return {(snapshot.playlist_id, snapshot.season_id): snapshot for snapshot in snapshots}


def _change(before: Snapshot | None, now: CsrRank, since: datetime) -> int | None:
    """Return the change since a moment, if ``before`` was the rank at that moment or shortly before it.

    A rank that is what it was in every number has not moved in between, however long nobody looked.
    """
    if before is None or before.rank.current is None or now.current.value is None:
        return None
    is_same = read_stored(before.rank) == now
    if before.checked_at < since - SLACK and not is_same:
        return None
    return now.current.value - before.rank.current
