"""A match that ended seconds ago: first its statistics are missing, then its skill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.world import World
from bot.reports.found_match import Position
from bot.reports.last_match import Notice
from bot.stats.unanswerable import MatchGone, StatsNotReady
from tests.reports.conftest import NOW, House

PLAYER = "Tin Marshal"


@pytest.fixture
def world() -> World:
    return World(7, NOW, matches=60)


async def test_statistics_are_waited_for_and_the_caller_is_told_once(house: House) -> None:
    house.service.stage.stats_delay = timedelta(seconds=7)
    plan = house.service.end_match(gamertag=PLAYER)

    async with house.reports.latest(PLAYER, "all", 0, house.tell) as found:
        assert found.stats.match_id == plan.match_id
        assert found.is_fresh

    assert house.told == [Notice.STATS_PENDING]
    assert house.clock.monotonic() == pytest.approx(8)


async def test_statistics_that_do_not_come_in_time(house: House) -> None:
    house.service.stage.stats_delay = timedelta(minutes=5)
    house.service.end_match(gamertag=PLAYER)

    with pytest.raises(StatsNotReady) as caught:
        async with house.reports.latest(PLAYER, "all", 0, house.tell):
            pass

    assert caught.value.gamertag == PLAYER
    assert 30 < house.clock.monotonic() < 50


async def test_an_old_match_without_statistics_is_not_waited_for(house: House) -> None:
    house.service.stage.stats_delay = timedelta(days=365)

    with pytest.raises(MatchGone):
        async with house.reports.latest(PLAYER, "all", 1, house.tell):
            pass

    assert house.told == []
    assert house.clock.monotonic() == 0


async def test_skill_follows_when_it_is_published(house: House) -> None:
    house.service.stage.stats_delay = timedelta(0)
    house.service.stage.skill_delay = timedelta(seconds=9)
    plan = house.service.end_match(gamertag=PLAYER)

    async with house.reports.latest(PLAYER, "all", 0, house.tell) as found:
        first = await found.report()
        assert first.skill_pending
        assert first.subject.csr is None
        assert house.clock.monotonic() == 0

    position = Position("all", 0)
    async with house.reports.again(house.xuid(PLAYER), plan.match_id, position, house.tell) as found:
        second = await found.report(wait_for_skill=True)

    assert not second.skill_pending
    assert second.subject.csr is not None
    assert second.expectation is not None
    assert house.clock.monotonic() == pytest.approx(10)


async def test_skill_that_never_comes_is_given_up(house: House) -> None:
    house.service.stage.stats_delay = timedelta(0)
    house.service.stage.skill_delay = timedelta(hours=1)
    house.service.end_match(gamertag=PLAYER)

    async with house.reports.latest(PLAYER, "all", 0, house.tell) as found:
        report = await found.report(wait_for_skill=True)

    assert report.skill_pending
    assert house.clock.monotonic() < 60


async def test_an_old_match_without_skill_has_none_pending(house: House) -> None:
    house.service.stage.skill_delay = timedelta(days=365)

    async with house.reports.latest(PLAYER, "matchmaking", 1, house.tell) as found:
        report = await found.report()

    assert not report.skill_pending
    assert report.subject.csr is None
