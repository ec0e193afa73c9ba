"""Pages of leaderboards in a big community: the data and the text of them, without the picture."""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.store_data import LAST, MEDALS, MEMBERS, SERVER, fill
from benchmarks.table import AGAINST_BOUND, Part, Row
from bot.reports.leaderboard import LeaderboardReport
from bot.stats.csr_seasons import CsrSeason
from bot.stats.leaderboard import BoardWindow, Question
from bot.stats.leaderboard_metrics import CSR, METRICS
from bot.store import Address, Rank, Store, open_store
from bot.ui.emoji import TierEmoji
from bot.ui.leaderboard_embed import leaderboard_embed
from bot.words.language import language_for
from bot.words.leaderboard_words import BoardNames

__all__ = ["measure"]

AT_ONCE, ROUNDS = 20, 10
BOUND_S, AGAIN_S = 0.150, 0.050
PLAYLIST = UUID(int=0)
NOW = datetime.fromtimestamp(LAST, UTC) + timedelta(hours=1)
LANGUAGE, EMOJI, NAMES = language_for("de"), TierEmoji(), BoardNames(server="Spartan Company")
SEASON = CsrSeason(
    path="Csr/Seasons/CsrSeason13-2.json", starts_at=NOW - timedelta(days=90), ends_at=NOW + timedelta(days=5)
)


async def measure() -> list[Part]:
    with tempfile.TemporaryDirectory(prefix="adjutant-bench-") as folder:
        file = Path(folder) / "adjutant.sqlite"
        async with open_store(Address.of_file(file)):
            pass
        await asyncio.to_thread(fill, file)
        async with open_store(Address.of_file(file)) as store:
            await _rank_all(store)
        async with open_store(Address.of_file(file)) as store:
            # Time goes on between two questions, as it does for people.
            report = LeaderboardReport(store, lambda: (SEASON,), now=lambda: _shifted(NOW))
            questions = _questions()
            # As in a bot that runs: languages are loaded, and what stands is frozen.
            leaderboard_embed(await report.page(questions[0], server_id=0, user_id=0), NAMES, EMOJI, LANGUAGE)
            gc.freeze()
            first = await _timed(report, questions)
            again = [took for _ in range(ROUNDS) for took in await _timed(report, questions)]
            alone = [(await _timed(report, [question]))[0] for question in questions for _ in range(ROUNDS)]
    crowd = f"{AT_ONCE} different pages at once"
    rows = [
        Row.of_bound(f"{crowd}, never asked before, p95", _p95(first), BOUND_S),
        Row.of_bound(f"{crowd}, again, p95", _p95(again), BOUND_S),
        Row.of_bound("one page again, p95", _p95(alone), AGAIN_S),
    ]
    return [Part(f"/leaderboard with {MEMBERS:,} members and 1,000,000 lines", AGAINST_BOUND, rows)]


async def _rank_all(store: Store) -> None:
    """Two ranks of everybody: eight days ago, and now."""
    members = await store.links.of_server(SERVER)
    for days, more in ((8, 0), (0, 7)):
        ranks = {
            link.xuid: Rank(current=n * 13 % 1700 + more, season_max=1750, all_time_max=1800)
            for n, link in enumerate(members)
        }
        await store.snapshots.add(PLAYLIST, SEASON.path, ranks, NOW - timedelta(days=days))


def _questions() -> list[Question]:
    """Twenty boards: every metric but the peaks, in all windows, in a playlist and in all of them."""
    metrics = [metric for metric in METRICS.values() if metric is CSR or not metric.is_rank]
    windows = list(BoardWindow)
    return [
        Question(
            metric=(metric := metrics[n % len(metrics)]),
            medal_id=MEDALS[n],
            playlist_id=PLAYLIST if n % 2 or metric is CSR else None,
            window=windows[n % len(windows)],
        )
        for n in range(AT_ONCE)
    ]


async def _timed(report: LeaderboardReport, questions: Sequence[Question]) -> list[float]:
    async def one(number: int, question: Question) -> float:
        caller = 10**17 + 1 + number * 37 % MEMBERS
        page = await report.page(question, server_id=SERVER, user_id=caller, number=1 + number)
        embed = leaderboard_embed(page, NAMES, EMOJI, LANGUAGE)
        assert page.members == MEMBERS
        assert page.ranked > MEMBERS / 2
        assert embed.description
        return time.perf_counter() - start

    start = time.perf_counter()
    return await asyncio.gather(*(one(*asked) for asked in enumerate(questions)))


def _shifted(now: datetime) -> datetime:
    return now + timedelta(seconds=time.monotonic() % 1000)


def _p95(took: Sequence[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]
