"""``/csr``: a player's ranks in every ranked playlist of a season.

Each playlist is one request, those in which the player is known to have a rank first. What is in when the rate
holds the others up is shown at once, with what is known from before in the place of what is to come; the rest
follows. What is not live always says of when it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import structlog

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.reports.csr_past import PastRanks, SeenRank, read_past, stored_rank
from bot.reports.csr_questions import Questions, RankMemory
from bot.reports.players import Player, Players, read_player
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.references import ENGLISH
from bot.reports.seasons import Seasons
from bot.stats.csr_seasons import CsrSeason
from bot.stats.csr_sheet import CsrChanges, CsrRow, CsrSheet, order_rows
from bot.store import Store, StoreError

__all__ = ["CsrReport", "Patience"]

log = structlog.stdlib.get_logger("adjutant.csr")


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds the first sheet waits for a slow service, and how many more the next one."""

    first_s: float = 1.5
    rest_s: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at a player: whom, when, and what is known from before."""

    player: asyncio.Task[Player]
    xuid: int
    season: CsrSeason | None
    is_current: bool
    past: PastRanks
    questions: Questions
    locale: str
    asked_at: datetime
    names: dict[UUID, str] = field(default_factory=dict[UUID, str])

    @property
    def season_id(self) -> str | None:
        return None if self.season is None else self.season.season_id

    @property
    def season_path(self) -> str | None:
        return None if self.season is None else self.season.path


class CsrReport:
    """Answers what a player's ranks are, and stores what it learns of linked players."""

    def __init__(
        self,
        halo: HaloInfiniteClient,
        players: Players,
        store: Store,
        seasons: Seasons,
        playlists: RankedPlaylists,
        *,
        now: Callable[[], datetime],
        patience: Patience = Patience(),
    ) -> None:
        self._halo = halo
        self._players = players
        self._store = store
        self._seasons = seasons
        self._playlists = playlists
        self._memory = RankMemory(now=now)
        self._now = now
        self._patience = patience

    async def sheets(
        self, who: str | int, season: str | None = None, locale: str = ENGLISH
    ) -> AsyncGenerator[CsrSheet]:
        """Give the sheet as soon as there is something on it, and again when more is in; the last one is complete.

        Args:
            who: A gamertag or an XUID.
            season: Which season, as a person names it; the current one by default.
            locale: Halo's code of the language that playlists are named in.

        Raises:
            PlayerUnknown: There is no such account.
            SeasonUnknown: There is no such season.
            HaloError: The service failed, and nothing is known from before.
        """
        look = await self._begin(read_player(who), season, locale)
        try:
            async for sheet in self._unfold(look):
                yield sheet
            await self._store_answers(look)
        finally:
            look.player.cancel()
            await asyncio.gather(look.player, return_exceptions=True)
            await look.questions.close()

    def forget(self, xuids: Collection[int]) -> None:
        """Forget players wholly."""
        self._memory.forget(xuids)

    async def _begin(self, named: str | int, asked: str | None, locale: str) -> _Look:
        """Find out who and when, and send the questions off; an XUID need not be looked up first."""
        player = asyncio.create_task(self._find(named), name="csr-player")
        try:
            current = await self._seasons.current()
            season = current if asked is None else await self._seasons.find(asked)
            xuid = named if isinstance(named, int) else (await player).xuid
            now = self._now()
            past = await read_past(self._store, xuid, now)
        except BaseException:
            player.cancel()
            await asyncio.gather(player, return_exceptions=True)
            raise
        self._playlists.add(past.playlists())
        season_id = None if season is None else season.season_id
        playlists = self._in_order(xuid, season_id, None if season is None else season.path, past)
        return _Look(
            player=player,
            xuid=xuid,
            season=season,
            is_current=season == current,
            past=past,
            questions=Questions(
                self._halo, self._memory, xuid=xuid, season_id=season_id, playlists=playlists
            ),
            locale=locale,
            asked_at=now,
        )

    def _in_order(
        self, xuid: int, season_id: str | None, season_path: str | None, past: PastRanks
    ) -> list[UUID]:
        """Every ranked playlist, those with a known rank first, then those that were ever played."""

        def urgency(playlist_id: UUID) -> int:
            seen = self._memory.get((xuid, playlist_id, season_id)) or past.seen(playlist_id, season_path)
            if seen is None:
                return 2 if past.seen(playlist_id, None) is None else 1
            return 0 if seen.rank.is_ranked else 1 if seen.rank.is_ever_played else 2

        return sorted(self._playlists.known(), key=urgency)

    async def _find(self, named: str | int) -> Player:
        """Look the account up; while the service is in trouble, by what the store knows of linked players."""
        asking = asyncio.create_task(self._players.find(named), name="csr-profile")
        try:
            done, _ = await asyncio.wait([asking], timeout=self._patience.first_s)
            if not done and (known := await self._stored_player(named)) is not None:
                return known
            return (await asking).value
        except HaloError as error:
            known = await self._stored_player(named) if error.retryable else None
            if known is None:
                raise
            return known
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _stored_player(self, named: str | int) -> Player | None:
        players = self._store.players
        with suppress(StoreError):
            xuid = named if isinstance(named, int) else await players.find(named)
            gamertags = () if xuid is None else await players.history(xuid)
            if xuid is not None and gamertags:
                last = max(gamertags, key=lambda known: known.last_seen_at)
                return Player(xuid=xuid, gamertag=last.gamertag, gamerpic_url=None)
        return None

    async def _unfold(self, look: _Look) -> AsyncGenerator[CsrSheet]:
        questions, patience = look.questions, self._patience
        player = await look.player
        await questions.until_held_up(patience.first_s)
        while questions.waiting and not self._rows(look) and questions.operators_failure() is None:
            await questions.until_one_more()
        self._raise_failure(look)
        shown = await self._sheet(look, player)
        yield shown
        for rest_s in (patience.rest_s, None):
            await questions.until_over(rest_s)
            sheet = await self._sheet(look, player)
            if sheet != shown:
                shown = sheet
                yield shown

    def _raise_failure(self, look: _Look) -> None:
        """Raise why there is nothing to show, if that is so."""
        if error := look.questions.operators_failure():
            raise error
        failures = [question.failure for question in look.questions.all]
        if all(failures) and not self._rows(look):
            raise next(error for error in failures if error)

    async def _sheet(self, look: _Look, player: Player) -> CsrSheet:
        rows = self._rows(look)
        # What is shown once keeps its name: a sheet is not shown again only because it came too late.
        new = [row.playlist_id for row in rows if row.playlist_id not in look.names]
        named = await self._playlists.names(new, look.locale)
        look.names.update((playlist, named.get(playlist, "")) for playlist in new)
        rows = [replace(row, name=look.names[row.playlist_id]) for row in rows]
        shown = {row.playlist_id for row in rows}
        failed = [question for question in look.questions.all if question.failure is not None]
        return CsrSheet(
            xuid=look.xuid,
            gamertag=player.gamertag,
            gamerpic_url=player.gamerpic_url,
            season=look.season,
            is_current_season=look.is_current,
            rows=order_rows(rows),
            waiting=look.questions.waiting,
            unanswered=sum(question.playlist_id not in shown for question in failed),
            asked_at=look.asked_at,
        )

    def _rows(self, look: _Look) -> list[CsrRow]:
        rows: list[CsrRow] = []
        for question in sorted(look.questions.all, key=lambda it: self._place(it.playlist_id)):
            live = question.answer
            seen = live or self._from_before(look, question.playlist_id)
            if seen is not None and _belongs(seen, look):
                rows.append(self._row(look, question.playlist_id, seen, is_live=live is not None))
        return rows

    def _place(self, playlist_id: UUID) -> int:
        return self._playlists.known().index(playlist_id)

    def _from_before(self, look: _Look, playlist_id: UUID) -> SeenRank | None:
        """The last known rank: what was answered before, or what was stored since."""
        remembered = self._memory.get((look.xuid, playlist_id, look.season_id))
        stored = look.past.seen(playlist_id, look.season_path)
        known = [seen for seen in (remembered, stored) if seen is not None]
        return max(known, key=lambda seen: seen.at, default=None)

    def _row(self, look: _Look, playlist_id: UUID, seen: SeenRank, *, is_live: bool) -> CsrRow:
        changes = CsrChanges()
        if is_live and look.is_current and look.season_path is not None:
            changes = look.past.changes(playlist_id, look.season_path, seen.rank)
        return CsrRow(
            playlist_id=playlist_id,
            name="",
            rank=seen.rank if look.is_current else replace(seen.rank, progress=None),
            changes=changes,
            known_at=None if is_live else seen.at,
        )

    async def _store_answers(self, look: _Look) -> None:
        """Store the live answers, if anybody links the player. A store in trouble only costs the changes of later."""
        if look.season_path is None:
            return
        try:
            if not await self._store.links.of_player(look.xuid):
                return
            for question in look.questions.all:
                seen = question.answer
                if seen is not None and seen.rank.is_ever_played:
                    ranks = {look.xuid: stored_rank(seen.rank)}
                    await self._store.snapshots.add(question.playlist_id, look.season_path, ranks, seen.at)
        except StoreError as error:
            log.warning("ranks not stored", reason=str(error))


def _belongs(seen: SeenRank, look: _Look) -> bool:
    """Whether a rank is shown: those of today in all that was ever played, those of the past where they were."""
    return seen.rank.is_ever_played if look.is_current else seen.rank.is_played_this_season
