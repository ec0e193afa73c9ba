"""Stepping through a history that grows while somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from bot.halo.errors import ServiceError
from bot.playground.world import World
from bot.reports.histories import PAGE, Histories
from bot.stats.unanswerable import MatchGone
from tests.reports.conftest import NOW, House

HERO = "Ember Fox 7"


@pytest.fixture
def world() -> World:
    """A world of each test's own: matches end in it."""
    return World(7, NOW, matches=60)


@pytest.fixture
def histories(house: House) -> Histories:
    return Histories(house.halo, now=house.now)


def ids(house: House, gamertag: str = HERO) -> Sequence[UUID]:
    return [plan.match_id for plan in house.world.matches_of(house.xuid(gamertag))]


async def test_every_step_leads_to_the_neighbour_also_across_pages(
    house: House, histories: Histories
) -> None:
    order = ids(house)
    assert len(order) > PAGE + 3

    for index in (0, 1, 2, PAGE - 3, PAGE - 2, PAGE - 1, PAGE, PAGE + 1, PAGE + 2, len(order) - 2):
        older = await histories.neighbour(house.xuid(HERO), "all", order[index], near=index, older=True)
        assert older is not None
        assert (older.result.match_id, older.index) == (order[index + 1], index + 1)

        newer = await histories.neighbour(
            house.xuid(HERO), "all", order[index + 1], near=index + 1, older=False
        )
        assert newer is not None
        assert (newer.result.match_id, newer.index) == (order[index], index)


async def test_both_ends_are_told(house: House, histories: Histories) -> None:
    order, xuid = ids(house), house.xuid(HERO)
    last = len(order) - 1

    assert await histories.neighbour(xuid, "all", order[0], near=0, older=False) is None
    assert await histories.neighbour(xuid, "all", order[last], near=last, older=True) is None


@pytest.mark.parametrize("length", [24, 25])
async def test_the_end_of_a_history_of_about_one_page(
    house: House, histories: Histories, length: int
) -> None:
    gamertag = "Quiet One"
    while len(ids(house, gamertag)) < length:
        house.service.end_match(gamertag=gamertag)
    order = ids(house, gamertag)
    assert len(order) == length

    found = await histories.neighbour(house.xuid(gamertag), "all", order[-1], near=length - 1, older=True)

    assert found is None


@pytest.mark.parametrize("ended", [1, 2, 3, 30])
@pytest.mark.parametrize("near", [0, 10])
async def test_matches_that_ended_meanwhile_neither_hide_nor_repeat_one(
    house: House, histories: Histories, near: int, ended: int
) -> None:
    before, xuid = ids(house), house.xuid(HERO)
    fresh = [house.service.end_match(gamertag=HERO).match_id for _ in range(ended)]

    older = await histories.neighbour(xuid, "all", before[near], near=near, older=True)
    newer = await histories.neighbour(xuid, "all", before[near], near=near, older=False)

    assert older is not None
    assert newer is not None
    assert (older.result.match_id, older.index) == (before[near + 1], near + 1 + ended)
    assert newer.result.match_id == (before[near - 1] if near else fresh[0])
    assert newer.index == near - 1 + ended


@pytest.mark.parametrize("near", [0, 5, 40, 999_999])
async def test_a_match_is_found_wherever_it_was_thought_to_be(
    house: House, histories: Histories, near: int
) -> None:
    order = ids(house)

    found = await histories.neighbour(house.xuid(HERO), "all", order[7], near=near, older=True)

    assert found is not None
    assert (found.result.match_id, found.index) == (order[8], 8)


@pytest.mark.parametrize("near", [0, 30])
@pytest.mark.parametrize("older", [True, False])
async def test_a_match_that_is_not_in_the_history_is_gone(
    house: House, histories: Histories, near: int, older: bool
) -> None:
    with pytest.raises(MatchGone):
        await histories.neighbour(house.xuid(HERO), "all", uuid4(), near=near, older=older)


async def test_a_kind_of_match_is_a_history_of_its_own(house: House, histories: Histories) -> None:
    xuid = house.xuid(HERO)
    order = [plan.match_id for plan in house.world.matches_of(xuid, "custom")]

    found = await histories.neighbour(xuid, "custom", order[0], near=0, older=True)

    assert found is not None
    assert (found.result.match_id, found.index) == (order[1], 1)


async def test_a_step_costs_one_request_where_the_match_still_stands(
    house: House, histories: Histories
) -> None:
    order = ids(house)

    await histories.neighbour(house.xuid(HERO), "all", order[30], near=30, older=True)

    assert len(house.service.log) == 1


async def test_a_page_is_recalled_while_the_service_is_down(house: House, histories: Histories) -> None:
    live = await histories.page("Ember Fox 7", "all", 0)
    house.clock.pass_time(120)
    house.fail()

    recalled = await histories.page("emberfox7", "all", 0)

    assert recalled.value == live.value
    assert recalled.at == live.at
    assert not recalled.is_live
    with pytest.raises(ServiceError):
        await histories.page("Ember Fox 7", "custom", 0)


@pytest.mark.parametrize("status", [404, 400])
async def test_an_unknown_player_has_an_empty_page(house: House, histories: Histories, status: int) -> None:
    house.service.stage.unknown_gamertag_status = status

    assert (await histories.page("Nobody By That", "all", 0)).value.results == ()
