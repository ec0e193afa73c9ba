"""The seasons: there before anybody asks, whatever happens to the service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.playground.halo import Fault, FaultKind
from bot.reports.seasons import Seasons
from bot.stats.unanswerable import SeasonUnknown
from tests.reports.conftest import House

CALENDAR = "*CsrSeasonCalendar.json"


@pytest.fixture
async def seasons(house: House) -> AsyncIterator[Seasons]:
    opened = Seasons(house.halo, now=house.now)
    yield opened
    await opened.close()


async def test_the_first_question_begins_to_ask_and_does_not_wait(house: House, seasons: Seasons) -> None:
    house.service.faults.add(Fault(kind=FaultKind.HOLD, path=CALENDAR))

    assert seasons.remembered() == ()
    waiting = asyncio.create_task(seasons.begun())
    await house.service.log.arrived(CALENDAR)
    house.service.faults.clear()

    assert (await waiting)[0].number == "13-2"
    assert seasons.remembered() == await seasons.begun()
    assert house.asked(CALENDAR) == 1


async def test_only_seasons_that_have_begun_are_told(house: House, seasons: Seasons) -> None:
    begun = await seasons.begun()

    assert all(season.starts_at <= house.now() for season in begun)
    assert len(house.world.seasons) == len(begun) + 1


async def test_the_next_season_begins_by_itself(house: House, seasons: Seasons) -> None:
    current = await seasons.current()
    assert current is not None
    assert current.ends_at is not None

    house.clock.pass_time((current.ends_at - house.now()).total_seconds())

    following = await seasons.current()
    assert following is not None
    assert following.number == "13-3"
    assert following.starts_at == current.ends_at


async def test_what_is_known_outlives_the_services_trouble(house: House, seasons: Seasons) -> None:
    before = await seasons.begun()
    house.fail()
    house.clock.pass_time(timedelta(days=1).total_seconds())

    assert await seasons.begun() == before


async def test_after_trouble_at_the_start_the_next_question_asks_again(
    house: House, seasons: Seasons
) -> None:
    house.fail(CALENDAR)
    assert await seasons.begun() == ()
    assert await seasons.current() is None
    with pytest.raises(SeasonUnknown):
        await seasons.find("13-2")

    house.service.faults.clear()

    assert (await seasons.find("13-2")).number == "13-2"


async def test_an_unknown_season_is_told_with_one_that_there_is(seasons: Seasons) -> None:
    with pytest.raises(SeasonUnknown) as refusal:
        await seasons.find("nine")

    assert (refusal.value.asked, refusal.value.latest) == ("nine", "13-2")


async def test_many_who_ask_at_once_read_the_calendar_once(house: House, seasons: Seasons) -> None:
    await asyncio.gather(*(seasons.begun() for _ in range(20)))

    assert house.asked(CALENDAR) == 1
