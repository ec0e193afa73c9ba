"""The kinds of work there are: how urgent, how long between tries, and what makes each the same job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.ingest.look import Look
from bot.ingest.place import Place
from bot.ingest.quiet_halo import BATCH, Service
from bot.store import Job, NewJob

__all__ = [
    "LANES",
    "MATCH_TRIES",
    "Again",
    "JobLostError",
    "Kind",
    "Lane",
    "backfill",
    "ladder",
    "match_delay",
    "missing_match",
    "older",
    "rank",
    "refresh",
    "retry_delay",
]


class Kind(StrEnum):
    """What a job does.

    ``BACKFILL`` brings a player's last hundred matches, once; ``OLDER`` those before, a page at a time;
    ``REFRESH`` the new ones, for ever; ``MATCH`` one that could not be had; ``RANK`` a player's CSR in a playlist,
    and ``LADDER`` that of everybody, for ever.
    """

    BACKFILL = "backfill"
    REFRESH = "refresh"
    RANK = "rank"
    LADDER = "ladder"
    MATCH = "match"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Kinds of work with workers of their own: no kind waits for another one's backlog.

    ``at_once`` jobs are taken together, by each of so many ``workers``, and not while ``service`` is in trouble;
    ``alike`` is the entry of the payload that is the same in all of them.
    """

    kinds: tuple[Kind, ...]
    service: Service
    workers: int
    at_once: int = 1
    alike: str | None = None


LANES: Final = (
    Lane(kinds=(Kind.BACKFILL,), service=Service.STATS, workers=2),
    Lane(kinds=(Kind.REFRESH,), service=Service.STATS, workers=2),
    Lane(kinds=(Kind.RANK,), service=Service.SKILL, workers=1, at_once=BATCH, alike="playlist"),
    Lane(kinds=(Kind.LADDER,), service=Service.SKILL, workers=1),
    Lane(kinds=(Kind.OLDER, Kind.MATCH), service=Service.STATS, workers=1),
)

_PRIORITY: Final = {
    Kind.BACKFILL: 0,
    Kind.REFRESH: 10,
    Kind.RANK: 10,
    Kind.LADDER: 20,
    Kind.MATCH: 30,
    Kind.OLDER: 30,
}

_RETRIES: Final = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 3600))
_MATCH_DELAYS: Final = tuple(timedelta(hours=h) for h in (1, 6, 24, 72, 168, 720, 720, 720))
MATCH_TRIES: Final = len(_MATCH_DELAYS)
"""How often a match that cannot be had is tried over three months, beside what refreshes try."""


@dataclass(frozen=True, slots=True)
class Again:
    """A job is to be done again at ``due_at``; ``done``: because it went well, not because it failed."""

    due_at: datetime
    done: bool = True


class JobLostError(Exception):
    """The job is somebody else's by now, or its player was erased: stop."""


def retry_delay(attempts: int) -> timedelta:
    """Return how long a job rests that failed for that many times in a row, from 5 s to an hour."""
    return _RETRIES[min(max(attempts, 1), len(_RETRIES)) - 1]


def match_delay(attempts: int) -> timedelta:
    """Return how long a missing match rests after that many tries, from an hour to a month."""
    return _MATCH_DELAYS[min(max(attempts, 1), len(_MATCH_DELAYS)) - 1]


def backfill(xuid: int, due_at: datetime, *, server_id: int | None = None) -> NewJob:
    """A player's last hundred matches."""
    return _of_player(Kind.BACKFILL, xuid, due_at, server_id)


def refresh(xuid: int, due_at: datetime, *, server_id: int | None = None, look: Look | None = None) -> NewJob:
    """A player's new matches."""
    job = _of_player(Kind.REFRESH, xuid, due_at, server_id)
    return job if look is None else replace(job, payload=look.payload())


def older(
    xuid: int, due_at: datetime, place: Place, *, server_id: int | None = None, below: UUID | None = None
) -> NewJob:
    """A player's matches from that place in the history on.

    ``below``: so many were played since the last look that those before this match are brought like old ones,
    whatever else is being brought of the same player.
    """
    job = _of_player(Kind.OLDER, xuid, due_at, server_id)
    return replace(job, key=job.key if below is None else f"{xuid}/{below}", payload=place.payload())


def missing_match(match_id: UUID, of: Job, due_at: datetime) -> NewJob:
    """A match that could not be had when a player's history was read."""
    return NewJob(
        kind=Kind.MATCH,
        key=f"{of.xuid}/{match_id}",
        due_at=due_at,
        priority=_PRIORITY[Kind.MATCH],
        server_id=of.server_id,
        xuid=of.xuid,
        payload={"match": str(match_id)},
    )


def rank(xuid: int, playlist_id: UUID, due_at: datetime) -> NewJob:
    """A player's CSR in a playlist; those that are due together are asked for together."""
    return NewJob(
        kind=Kind.RANK,
        key=f"{xuid}/{playlist_id}",
        due_at=due_at,
        priority=_PRIORITY[Kind.RANK],
        xuid=xuid,
        payload={"playlist": str(playlist_id)},
    )


def ladder(playlist_id: UUID, due_at: datetime) -> NewJob:
    """The CSR of every linked player in a playlist."""
    return NewJob(kind=Kind.LADDER, key=str(playlist_id), due_at=due_at, priority=_PRIORITY[Kind.LADDER])


def _of_player(kind: Kind, xuid: int, due_at: datetime, server_id: int | None) -> NewJob:
    return NewJob(
        kind=kind, key=str(xuid), due_at=due_at, priority=_PRIORITY[kind], server_id=server_id, xuid=xuid
    )
