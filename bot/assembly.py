"""What commands work with, built on an open store and a Halo client, and closed in the reverse order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from bot.config import Settings
from bot.draw.studio import Studio
from bot.halo.client import HaloInfiniteClient
from bot.health import Metrics
from bot.ingest import Ingest
from bot.reports.accounts import Accounts
from bot.reports.csr import CsrReport
from bot.reports.forgetting import Forgetting, People
from bot.reports.identities import Identities
from bot.reports.last_match import LastMatch
from bot.reports.leaderboard import LeaderboardReport
from bot.reports.leaderboard_gamerpics import Gamerpics
from bot.reports.leaderboard_names import BoardNameBook
from bot.reports.lookups import Lookups
from bot.reports.medal_art import MedalArt
from bot.reports.players import Players
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.releasing import Releasing
from bot.reports.seasons import Seasons
from bot.reports.service_watch import ServiceWatch
from bot.reports.status import StatusReport
from bot.resources import Resources
from bot.store import Store
from bot.ui.emoji import TierEmoji

__all__ = ["open_resources"]


@asynccontextmanager
async def open_resources(
    settings: Settings,
    store: Store,
    halo: HaloInfiniteClient,
    studio: Studio,
    *,
    now: Callable[[], datetime],
) -> AsyncGenerator[Resources]:
    """Build everything that asks, remembers or works in the background; the ingest runs from here on."""
    watch = ServiceWatch(now)
    halo = halo.with_options(on_outcome=watch.note)
    async with AsyncExitStack() as stack:
        players, lookups = Players(halo, now=now), Lookups()
        identities = Identities(store, lookups, now=now)
        stack.push_async_callback(identities.close)
        seasons, ranked = Seasons(halo, now=now), RankedPlaylists(halo, now=now)
        stack.push_async_callback(seasons.close)
        stack.push_async_callback(ranked.close)
        leaderboard = LeaderboardReport(store, seasons.remembered, now=now)
        board_names, gamerpics = BoardNameBook(halo, ranked, now=now), Gamerpics(halo, now=now)
        stack.push_async_callback(board_names.close)
        stack.push_async_callback(gamerpics.close)
        last_match = LastMatch(halo, players, now=now)
        csr = CsrReport(halo, players, store, seasons, ranked, now=now)

        metrics = Metrics()
        ingest = Ingest(
            store, halo, now=now, meter=metrics.ingest, learned=lambda playlist: ranked.add([playlist])
        )
        stack.push_async_callback(_end, asyncio.create_task(ingest.run(), name="ingest"))

        async def forget(people: People) -> None:
            """Forget people in every memory of this process."""
            xuids, gamertags = people.xuids, people.gamertags
            identities.forget(user_ids=people.user_ids, xuids=xuids, gamertags=gamertags)
            accounts.forget_visits(user_ids=people.user_ids)
            players.forget(xuids=xuids, gamertags=gamertags)
            last_match.forget(xuids=xuids, gamertags=gamertags)
            csr.forget(xuids)
            ingest.forget(xuids)
            await gamerpics.forget(xuids)
            if xuids:
                await asyncio.to_thread(studio.forget)

        forgetting = Forgetting(
            store,
            drop_cached=halo.forget,
            drop_all_cached=halo.forget_everything,
            memories=[forget],
            now=now,
        )
        releasing = Releasing(forgetting, sleep=asyncio.sleep)
        stack.push_async_callback(releasing.close)
        accounts = Accounts(
            store,
            halo,
            players=players,
            identities=identities,
            lookups=lookups,
            forgetting=forgetting,
            releasing=releasing,
            ingest=ingest,
            now=now,
        )
        yield Resources(
            settings=settings,
            metrics=metrics,
            store=store,
            halo=halo,
            studio=studio,
            last_match=last_match,
            csr=csr,
            leaderboard=leaderboard,
            board_names=board_names,
            gamerpics=gamerpics,
            seasons=seasons,
            ranked_playlists=ranked,
            lookups=lookups,
            identities=identities,
            forgetting=forgetting,
            accounts=accounts,
            ingest=ingest,
            status=StatusReport(store, watch, ingest.backlog, now=now),
            medal_art=MedalArt(halo),
            tier_emoji=TierEmoji(),
        )


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
