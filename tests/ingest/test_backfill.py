"""After a link: the last hundred matches at once, with progress, and then all the others."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.ingest import Progress
from bot.store import Counter, Window
from tests.halo.transport.stand_in import settle
from tests.ingest.conftest import ARENA, SKILL, STATS, House

# In a world of so many matches, the busiest player has some more than a hundred.
HISTORY = "/hi/players/*/matches"
LONG = pytest.mark.parametrize("matches", [1_600])


def regulars(house: House) -> list[int]:
    """The residents of the world, those who play most first."""
    people = house.world.people
    return sorted((it.xuid for it in people), key=lambda xuid: -len(house.played(xuid)))


@LONG
async def test_the_last_hundred_come_first_and_the_older_ones_after_them(house: House) -> None:
    xuid = regulars(house)[0]
    played = house.played(xuid)
    assert len(played) > 110
    await house.link(xuid)

    await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    stats = [entry.path.split("/")[3] for entry in house.service.log if entry.path.endswith("/stats")]
    assert stats[:100] == [str(match_id) for match_id in reversed(played[:100])]
    assert len(stats) == len(set(stats)) == len(played)


@LONG
async def test_progress_is_told_until_it_is_done(house: House) -> None:
    xuid = regulars(house)[0]
    await house.link(xuid)
    told: list[Progress] = []

    async def listen() -> None:
        told.extend([progress async for progress in house.ingest.progress(xuid)])

    listening = asyncio.create_task(listen())
    await settle()
    await house.ingest.work_off()
    await listening

    assert told[0] == Progress(0, None, finished=False)
    assert told[-1] == Progress(100, 100, finished=True)
    assert len(told) > 5
    assert [it.done for it in told] == sorted(it.done for it in told)


async def test_progress_of_somebody_who_was_here_before_is_over_at_once(house: House) -> None:
    xuid = regulars(house)[0]
    count = len(house.played(xuid))
    await house.link(xuid)
    await house.ingest.work_off()
    house.service.log.clear()

    await house.begin(xuid, server_id=None)
    await house.ingest.work_off()

    assert [it async for it in house.ingest.progress(xuid)] == [Progress(count, count, finished=True)]
    assert house.asked("/hi/matches/*/stats") == 0


async def test_nobody_waits_longer_than_some_minutes_for_progress(house: House) -> None:
    xuid = regulars(house)[0]
    await house.link(xuid)
    told: list[Progress] = []

    async def listen() -> None:
        told.extend([progress async for progress in house.ingest.progress(xuid)])

    listening = asyncio.create_task(listen())
    await settle()
    house.pass_time(timedelta(minutes=11))
    await listening

    assert told == [Progress(0, None, finished=False)]


async def test_of_a_player_whom_nobody_linked_there_is_no_progress(house: House) -> None:
    assert [it async for it in house.ingest.progress(regulars(house)[0])] == []


async def test_the_totals_are_those_of_the_world(house: House) -> None:
    xuid = regulars(house)[0]
    await house.link(xuid)

    await house.ingest.work_off()

    matches = [match for it in house.played(xuid) if (match := house.world.match(it)) is not None]
    counted = [it for it in matches if it.plan.playlist is not None and not it.plan.playlist.against_bots]
    counted = [it for it in counted if it.plan.playlist and it.plan.playlist.key != "firefight"]
    (line,) = await house.store.boards.totals(ARENA, [Counter.WINS], Window())
    won = sum(showing.seat.outcome == 2 for it in counted if (showing := it.showing_of(xuid)))
    assert (line.matches, line.values) == (len(counted), (won,))


async def test_a_short_history_has_no_older_part(house: House) -> None:
    xuid = next(it for it in regulars(house) if len(house.played(it)) < 100)
    assert house.played(xuid)
    await house.link(xuid)

    await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    # That this was its end is asked once more, a day later.
    house.service.log.clear()
    house.pass_time(timedelta(hours=30))
    await house.ingest.work_off()
    assert house.asked(HISTORY, "*start=0*") == house.asked(HISTORY, "*start=50*") == 1
    assert house.asked(HISTORY) == 2
    assert house.asked("/hi/matches/*") == 0
    assert not any(it.kind == "older" for it in await house.ingest.backlog())


async def test_a_hidden_history_is_an_empty_one_and_looked_at_again(house: House) -> None:
    hidden = next(it.xuid for it in house.world.people if it.hides_matches)
    await house.link(hidden)

    await house.ingest.work_off()

    assert [it async for it in house.ingest.progress(hidden)] == [Progress(0, 0, finished=True)]
    (refresh,) = [it for it in await house.ingest.backlog() if it.kind == "refresh"]
    assert (refresh.due, refresh.later) == (0, 1)


async def test_a_backfill_stays_below_its_share_of_the_rate(house: House) -> None:
    await house.link(*regulars(house)[20:22])

    await house.ingest.work_off()

    assert house.service.max_starts_in_any_second(STATS) == 2
    assert house.service.max_starts_in_any_second(SKILL) <= 2
