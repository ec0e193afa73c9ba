"""Matches on their way from Halo to the store: each is asked for once, however many linked players were in it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

import structlog

from bot.halo.errors import BadRequestError, ForbiddenError, HaloError, NotFoundError, PayloadError
from bot.halo.models.skill import RankRecap
from bot.halo.models.stats import MatchStats
from bot.halo.transport.limiter import Ticket
from bot.ingest import work
from bot.ingest.ladders import Ladders
from bot.ingest.lines import match_of
from bot.ingest.meter import Meter
from bot.ingest.misses import Misses
from bot.ingest.pause import RestingError
from bot.ingest.quiet_halo import QuietHalo, ticket
from bot.ingest.recaps import recaps_of, snapshot_recaps
from bot.store import Job, Match, Store

__all__ = ["CHUNK", "Intake"]

log = structlog.stdlib.get_logger("adjutant.ingest")

CHUNK: Final = 10
"""So many matches are asked for side by side and stored together."""

NOTHING: Final[Mapping[int, RankRecap]] = MappingProxyType({})

_MISSES: Final = (NotFoundError, BadRequestError, ForbiddenError, PayloadError, ValueError)
_LATER: Final = timedelta(hours=1)
_SAID_AT: Final = 5
_SKILL_FOR: Final = timedelta(days=14)
_RANK_MOVES_FOR: Final = timedelta(days=2)
_RECENT: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    match: Match
    started_at: datetime | None
    recaps: Mapping[int, RankRecap]


@dataclass(frozen=True, slots=True)
class _Flight:
    """A match that is being asked for; ``erased`` are players who were since it began."""

    task: asyncio.Task[_Fetched]
    turn: Ticket
    erased: set[int] = field(default_factory=set[int])


class Intake:
    """Fetches matches and stores them with all that follows from them."""

    def __init__(
        self,
        store: Store,
        halo: QuietHalo,
        ladders: Ladders,
        misses: Misses,
        *,
        meter: Meter,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._halo = halo
        self._ladders = ladders
        self._misses = misses
        self._meter = meter
        self._now = now
        self._flights: dict[UUID, _Flight] = {}
        self._recent: OrderedDict[UUID, _Fetched] = OrderedDict()
        self._stored: set[UUID] = set()
        self._bringing = 0

    async def bring(self, match_ids: Sequence[UUID], of: Job, *, urgent: bool = False) -> None:
        """Fetch matches of one player and store them, oldest first, all or all up to some point.

        A match that cannot be had is left to a job of its own and does not hold up the others. Because the
        newest ones are stored last, an end in between leaves no hole that the next look at the history
        would not see. What somebody else has stored since is not asked for again.

        Raises:
            HaloError: A service is in trouble; what is older than the match that met it has been stored.
            RestingError: It has been for a while, and is left alone.
            StoreError: The store is in trouble.
        """
        self._bringing += 1
        try:
            unknown = await self._store.matches.unknown(match_ids, xuid=of.xuid)
            await self._bring([match_id for match_id in match_ids if match_id in unknown], of, urgent=urgent)
        finally:
            self._bringing -= 1
            if not self._bringing:
                self._let_go()

    async def _bring(self, match_ids: Sequence[UUID], of: Job, *, urgent: bool) -> None:
        outcomes = await asyncio.gather(
            *(self._fetch(match_id, urgent=urgent) for match_id in match_ids), return_exceptions=True
        )
        fetched: list[_Fetched] = []
        for match_id, outcome in zip(match_ids, outcomes, strict=True):
            if isinstance(outcome, _Fetched):
                fetched.append(outcome)
            elif isinstance(outcome, _MISSES):
                await self._missed(match_id, outcome, of)
            else:
                await self._take_in(fetched, of)
                raise outcome
        await self._take_in(fetched, of)

    def forget(self, xuids: Collection[int]) -> None:
        """Forget the matches in memory in which these players were, and those on their way as soon as they are here.

        Whoever waits for one of these still gets it: the store takes it in without these players' XUIDs.
        """
        gone = set(xuids)
        for flight in self._flights.values():
            flight.erased.update(gone)
        for match_id, fetched in list(self._recent.items()):
            if gone & _people(fetched.match):
                del self._recent[match_id]

    async def close(self) -> None:
        """End what is under way."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _let_go(self) -> None:
        """Remember no match that is stored, with everybody who was in it.

        Only while nobody brings any: whoever does may have looked at the store before it was there.
        """
        for match_id in self._stored & self._recent.keys():
            del self._recent[match_id]
        self._stored.clear()

    async def _fetch(self, match_id: UUID, *, urgent: bool) -> _Fetched:
        if (recent := self._recent.get(match_id)) is not None:
            return recent
        turn = ticket(urgent=urgent)
        flight = self._flights.get(match_id)
        if flight is None:
            task = asyncio.create_task(self._ask(match_id, turn), name="ingest-match")
            flight = self._flights[match_id] = _Flight(task, turn)
            task.add_done_callback(lambda done: self._landed(match_id, done))
        flight.turn.raise_to(turn.priority)
        return await asyncio.shield(flight.task)

    def _landed(self, match_id: UUID, task: asyncio.Task[_Fetched]) -> None:
        flight = self._flights.pop(match_id)
        if task.cancelled() or task.exception() is not None or flight.erased & _people(task.result().match):
            return
        # Somebody else may ask for it before it is stored.
        self._recent[match_id] = task.result()
        while len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    async def _ask(self, match_id: UUID, turn: Ticket) -> _Fetched:
        stats = await self._halo.stats(match_id, turn)
        playlist = stats.match_info.playlist
        ranked = playlist is not None and await self._ladders.is_ranked(playlist.asset_id)
        match = match_of(stats, ranked=ranked)
        self._misses.forget(match_id)
        is_recent = self._now() - match.ended_at < _SKILL_FOR
        recaps = await self._recaps(stats, turn) if match.ranked and is_recent else NOTHING
        return _Fetched(match=match, started_at=stats.match_info.start_time, recaps=recaps)

    async def _recaps(self, stats: MatchStats, turn: Ticket) -> Mapping[int, RankRecap]:
        """Return what the match did to ranks; a match does without while there is trouble with that."""
        try:
            return recaps_of(await self._halo.skill(stats, turn))
        except (HaloError, RestingError):
            return NOTHING

    async def _take_in(self, fetched: Sequence[_Fetched], of: Job) -> None:
        """Store matches, and first what would be lost if this ended between the two."""
        if not fetched:
            return
        linked = frozenset(await self._store.links.linked_xuids())
        for one in fetched:
            await snapshot_recaps(self._store, one.match, one.started_at, one.recaps, linked)
        now = self._now()
        await self._store.jobs.add(
            *(
                work.rank(xuid, one.match.playlist_id, now)
                for one in fetched
                if one.match.playlist_id is not None
                and one.match.ranked
                and now - one.match.ended_at < _RANK_MOVES_FOR
                for xuid in sorted(_people(one.match) & linked)
            )
        )
        await self._add([one.match for one in fetched if _people(one.match) & linked], of)
        self._stored.update(one.match.match_id for one in fetched)

    async def _add(self, matches: Sequence[Match], of: Job) -> None:
        try:
            new = await self._store.matches.add(*matches)
        except ValueError as error:
            if len(matches) == 1:
                await self._missed(matches[0].match_id, error, of)
                return
            for match in matches:
                await self._add([match], of)
        else:
            self._meter.stored(len(new))

    async def _missed(self, match_id: UUID, error: Exception, of: Job) -> None:
        times = self._misses.note(match_id)
        self._meter.failed("match", type(error).__name__)
        if times == 1:
            await self._store.jobs.add(work.missing_match(match_id, of, self._now() + _LATER))
        if times == _SAID_AT:
            log.warning("match cannot be had", match=str(match_id), reason=type(error).__name__)


def _people(match: Match) -> set[int]:
    return {line.xuid for line in match.lines if line.xuid is not None}
