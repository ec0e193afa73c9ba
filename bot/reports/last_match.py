"""``/lastmatch``: which match is meant, and everything that is to be said of it.

The longest chain of dependent requests is history → stats → skill; all else runs beside it.
Finding is split from reporting, so that medals can be drawn while skill is still on its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import AuthenticationError, HaloError, NotFoundError
from bot.halo.models.stats import MatchInfo, MatchStats
from bot.reports.found_match import FoundMatch, Position
from bot.reports.histories import Histories, Kind, Page
from bot.reports.patience import OPTIONAL_S
from bot.reports.players import Player, Players, read_player
from bot.reports.recall import Known
from bot.reports.references import ENGLISH, References
from bot.reports.skills import Skills
from bot.reports.visibility import why_empty
from bot.stats.unanswerable import MatchGone, NoMoreMatches, NoSuchMatches, StatsNotReady

__all__ = ["LastMatch", "Notice", "Tell"]

# The game itself asks 14 times, every 2 s (endpoints.json); a match older than FRESH has its stats or never will.
STATS_WAIT_S = 40.0
FRESH = timedelta(minutes=15)


class Notice(Enum):
    """What the person who waits is told meanwhile."""

    STATS_PENDING = "stats_pending"


Tell = Callable[[Notice], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Which:
    player: Known[Player]
    match_id: UUID
    info: MatchInfo | None
    position: Position
    seen: Known[Page] | None


class LastMatch:
    """Answers which match a person means, and opens it."""

    def __init__(self, halo: HaloInfiniteClient, players: Players, *, now: Callable[[], datetime]) -> None:
        self._halo = halo
        self._players = players
        self._histories = Histories(halo, now=now)
        self._references = References(halo.with_options(deadline_s=OPTIONAL_S))
        self._skills = Skills(halo)
        self._now = now

    def forget(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget what is remembered of players."""
        self._histories.forget(xuids=xuids, gamertags=gamertags)
        self._skills.forget(xuids)

    @asynccontextmanager
    async def latest(
        self, who: str | int | None, kind: Kind, ago: int, tell: Tell, locale: str = ENGLISH
    ) -> AsyncGenerator[FoundMatch]:
        """Open the match ``ago`` back in the player's history of type ``kind``.

        ``locale`` is Halo's code of the language that names are wanted in.

        Raises:
            Unanswerable: One of its reasons.
            HaloError: A service failed and nothing is remembered.
        """
        which = await self._newest(read_player(who), kind, ago)
        async with self._open(which, tell, locale) as found:
            yield found

    @asynccontextmanager
    async def beside(
        self, xuid: int, match_id: UUID, position: Position, *, older: bool, tell: Tell, locale: str = ENGLISH
    ) -> AsyncGenerator[FoundMatch]:
        """Open the neighbour of a shown match, found by the match's id from where it stood last.

        Raises:
            NoMoreMatches: The shown match is the last one on that side.
            MatchGone: The shown match is no longer in the history.
        """
        which = await self._neighbour(xuid, match_id, position, older=older)
        async with self._open(which, tell, locale) as found:
            yield found

    @asynccontextmanager
    async def again(
        self, xuid: int, match_id: UUID, position: Position, tell: Tell, locale: str = ENGLISH
    ) -> AsyncGenerator[FoundMatch]:
        """Open a match that was shown before."""
        player = await self._players.find(xuid)
        async with self._open(_Which(player, match_id, None, position, None), tell, locale) as found:
            yield found

    async def _newest(self, who: str | int, kind: Kind, ago: int) -> _Which:
        page_task = asyncio.create_task(self._histories.page(who, kind, 0))
        try:
            player = await self._players.find(who)
            page = await self._first_page(page_task, who, player.value, kind)
        finally:
            await _settle(page_task)
        results = page.value.results
        if not results:
            raise await why_empty(self._halo, player.value, kind)
        if ago >= len(results):
            raise NoSuchMatches(player.value.gamertag, kind, available=len(results))
        result = results[ago]
        return _Which(player, result.match_id, result.match_info, Position(kind, ago), page)

    async def _first_page(
        self, asked: asyncio.Task[Known[Page]], who: str | int, player: Player, kind: Kind
    ) -> Known[Page]:
        """The page that was asked for; where it fails or is empty, the one by the player's other name.

        The service may take a gamertag where it does not take its XUID, and the other way round.
        """
        other = player.xuid if isinstance(who, str) else player.gamertag
        try:
            page = await asked
        except AuthenticationError:
            raise
        except HaloError:
            with suppress(HaloError):
                return await self._histories.page(other, kind, 0)
            raise
        if not page.value.results:
            with suppress(HaloError):
                page = await self._histories.page(other, kind, 0)
        if page.is_live:
            self._histories.remember(player.xuid, kind, page.value)
        return page

    async def _neighbour(self, xuid: int, match_id: UUID, position: Position, *, older: bool) -> _Which:
        player_task = asyncio.create_task(self._players.find(xuid))
        kind, near = position.kind, position.index
        find = partial(self._histories.neighbour, kind=kind, match_id=match_id, near=near, older=older)
        try:
            try:
                beside = await find(xuid)
            except MatchGone:
                beside = await find((await player_task).value.gamertag)
            player = await player_task
        finally:
            await _settle(player_task)
        if beside is None:
            raise NoMoreMatches(player.value.gamertag, older=older)
        result = beside.result
        return _Which(player, result.match_id, result.match_info, Position(kind, beside.index), beside.page)

    @asynccontextmanager
    async def _open(self, which: _Which, tell: Tell, locale: str) -> AsyncGenerator[FoundMatch]:
        """Fetch the stats, with the names of map, mode and playlist beside them."""
        medals = asyncio.create_task(self._references.medals())
        names = asyncio.create_task(self._references.names(which.info, locale)) if which.info else None
        tasks: list[asyncio.Task[Any]] = [medals] if names is None else [medals, names]
        try:
            stats = await self._stats(which, tell)
            # On the longest chain: nothing may come between the stats and asking for the skill.
            skill = asyncio.create_task(self._skills.of(stats))
            gamertags = asyncio.create_task(self._players.gamertags(stats.xuids))
            names = names or asyncio.create_task(self._references.names(stats.match_info, locale))
            tasks += [skill, gamertags, names]
            # What was opened by its id never changes: only the account can be out of date.
            seen = which.seen or which.player
            found = FoundMatch(
                player=which.player.value,
                stats=stats,
                position=which.position,
                seen_at=seen.at,
                is_live=seen.is_live,
                locale=locale,
                medal_metadata=await medals,
                names=names,
                gamertags=gamertags,
                skill=skill,
                skills=self._skills,
                is_fresh=self._is_fresh(stats.match_info),
            )
            yield found
        finally:
            await _settle(*tasks)

    async def _stats(self, which: _Which, tell: Tell) -> MatchStats:
        try:
            return await (await self._halo.stats.get_match_stats(which.match_id)).parse()
        except NotFoundError:
            if which.info is None or not self._is_fresh(which.info):
                raise MatchGone from None
        await tell(Notice.STATS_PENDING)
        patient = self._halo.with_options(not_found_wait_s=STATS_WAIT_S, deadline_s=STATS_WAIT_S + 10)
        try:
            return await (await patient.stats.get_match_stats(which.match_id)).parse()
        except NotFoundError:
            raise StatsNotReady(which.player.value.gamertag) from None

    def _is_fresh(self, info: MatchInfo) -> bool:
        return info.end_time is not None and self._now() - info.end_time < FRESH


async def _settle(*tasks: asyncio.Task[Any]) -> None:
    """Cancel what still runs and retrieve every outcome."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
