"""What the bot would know of the regulars, had it been in their server for a week: links, ranks and matches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from bot.halo.models.skill import PlaylistCsr
from bot.halo.models.stats import MatchStats
from bot.halo.xuid import xuid_of_player_id
from bot.ingest import Ingest
from bot.ingest.lines import match_of
from bot.ingest.ranks import LADDER_EVERY
from bot.ingest.recaps import rank_now
from bot.playground.discord.model import Json
from bot.playground.halo import HaloService
from bot.playground.halo.wire.match_json import write_match
from bot.playground.halo.wire.skill_json import write_csr, write_entry
from bot.playground.regulars.cast import Regular
from bot.playground.world.calendar import Season
from bot.playground.world.plan import Plan
from bot.playground.world.playlists import PLAYLISTS, Playlist
from bot.store import Match, Rank, Store, StoreError

__all__ = ["Regulars"]

log = structlog.stdlib.get_logger("adjutant.playground")

_LINKED_FOR: Final = timedelta(days=8)
_TOGETHER: Final = 20


class Regulars:
    """Puts the regulars' past into the bot's store, by the store's own calls and the ingest's own reading.

    It is read from the world's answers without asking over HTTP, which at the rate of Halo's services would
    take minutes. From there on the bot's ingest looks after them like after everybody.

    Args:
        members: Who they are.
        halo: Whose answers are read.
        store: Where it goes.
        ingest: Takes over when all is there.
        server_id: Whose board they are on.
        linked: Is called when all links are made.
        reach: How far back their matches go; None: to the first one.
        pause_s: How long others have the event loop to themselves after each match.

    Attributes:
        members: Who they are.
    """

    def __init__(
        self,
        members: Sequence[Regular],
        *,
        halo: HaloService,
        store: Store,
        ingest: Ingest,
        server_id: int,
        linked: Callable[[], None],
        reach: timedelta | None = None,
        pause_s: float = 0.0,
    ) -> None:
        self.members = tuple(members)
        self._xuids = [member.xuid for member in self.members]
        self._halo = halo
        self._store = store
        self._ingest = ingest
        self._server_id = server_id
        self._linked = linked
        self._reach = reach
        self._pause_s = pause_s
        self._are_ranked = asyncio.Event()
        self._began_at = halo.stage.pass_time()
        self._bringing: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin with the links; ranks follow within a moment, and matches behind them. Returns at once."""
        self._bringing = asyncio.create_task(self._bring_all(), name="regulars")

    async def settled(self) -> None:
        """Return when their matches are there, or cannot be; somebody waits, so there are no pauses any more."""
        self._pause_s = 0.0
        if self._bringing is not None:
            await asyncio.wait((self._bringing,))

    async def ranked(self) -> None:
        """Return when their ranks are there, or cannot be: long before their matches are."""
        if self._bringing is not None:
            there = asyncio.create_task(self._are_ranked.wait())
            await asyncio.wait((there, self._bringing), return_when=asyncio.FIRST_COMPLETED)
            there.cancel()

    async def end(self) -> None:
        """Stop, wherever it is."""
        if self._bringing is not None:
            self._bringing.cancel()
            with suppress(asyncio.CancelledError):
                await self._bringing

    async def _link(self, member: Regular) -> None:
        """Link a member, a renamed one by the name of that time, and let a verified one prove it."""
        world, linked_at = self._halo.world, self._began_at - _LINKED_FOR
        player = world.player_by_xuid(member.xuid)
        if player is None:
            return
        user_id, xuid = member.user.id, player.xuid
        name = player.former_gamertag or player.gamertag
        await self._store.links.claim(user_id, xuid, name, server_id=self._server_id, at=linked_at)
        if name != player.gamertag:
            await self._store.players.saw(xuid, player.gamertag, linked_at + _LINKED_FOR / 2)
        if not member.is_verified:
            return
        proofs = self._store.verifications
        # That is today: the bot may put away a code of last week at any moment.
        today = self._began_at
        code = await proofs.open(user_id, xuid, current_tag=player.service_tag, at=today)
        shown = world.set_service_tag(xuid, code.text).service_tag
        await proofs.check(user_id, xuid, tag=shown, server_id=self._server_id, at=today)

    async def _bring_ranks(self) -> None:
        """Store what the skill service said every few hours, oldest first, and says now; ladder by ladder."""
        for playlist in PLAYLISTS.values():
            moment = self._began_at - _LINKED_FOR if playlist.ranked else self._began_at
            while moment < self._began_at:
                moment = min(moment + LADDER_EVERY, self._began_at)
                season = self._halo.world.season_at(moment)
                if ranks := await self._ranks(playlist, season, moment):
                    await self._store.snapshots.add(playlist.asset_id, season.path, ranks, moment)

    async def _ranks(self, playlist: Playlist, season: Season, moment: datetime) -> dict[int, Rank]:
        ladder, until = self._halo.world.ladder, moment - self._halo.stage.skill_delay
        entries: list[Json] = []
        for xuid in self._xuids:
            standings = ladder.standing(playlist.key, season.season_id, xuid, until)
            entries.append(write_entry(xuid, write_csr(standings)))
            await asyncio.sleep(0)
        answer = PlaylistCsr.model_validate_json(_body({"Value": entries}))
        return {
            xuid: rank
            for value in answer.value
            if (xuid := xuid_of_player_id(value.id)) is not None
            and value.result is not None
            and (rank := rank_now(value.result)) is not None
        }

    async def _bring_all(self) -> None:
        """Link everybody, bring ranks, then all matches, the newest first; then the ingest takes over."""
        until = self._began_at - self._halo.stage.stats_delay
        try:
            for member in self.members:
                await self._link(member)
            self._linked()
            plans = await self._plans(until)
            await self._bring_ranks()
            self._are_ranked.set()
            for start in range(0, len(plans), _TOGETHER):
                matches = [await self._read(plan) for plan in reversed(plans[start : start + _TOGETHER])]
                await self._store.matches.add(*filter(None, matches))
            await self._store.players.refreshed(self._xuids, until)
            await self._ingest.tidy()
        except StoreError as error:
            # The ingest finds them without their matches, and brings these in its own time.
            log.warning("the regulars' matches are not all there", reason=str(error))

    async def _plans(self, until: datetime) -> Sequence[Plan]:
        """Return all that any of them played, the latest first; what two of them played counts once."""
        found: dict[UUID, Plan] = {}
        for xuid in self._xuids:
            for plan in self._halo.world.matches_of(xuid, until=until):
                if self._reach is not None and self._began_at - plan.ends_at > self._reach:
                    continue
                found[plan.match_id] = plan
                await asyncio.sleep(0)
        return sorted(found.values(), key=lambda plan: (plan.ends_at, plan.match_id), reverse=True)

    async def _read(self, plan: Plan) -> Match | None:
        """Read what the stats service says of a match, in small steps."""
        match = self._halo.world.match(plan.match_id)
        await asyncio.sleep(0)
        if match is None:
            return None
        body = _body(write_match(self._halo.world.catalogue, match))
        await asyncio.sleep(0)
        stats = MatchStats.model_validate_json(body)
        await asyncio.sleep(self._pause_s)
        return match_of(stats, ranked=plan.ranked)


def _body(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
