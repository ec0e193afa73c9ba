"""Histories come whole, whoever else brought a part of them, and whatever a service says of their end."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from bot.playground.halo import Fault, FaultKind
from bot.playground.world import World
from bot.playground.world.booking import Twist
from tests.ingest.conftest import ARENA, NOW, TAVERN, House

PLAYER, MATE = "Tin Marshal", "Harbor Wolf"
HISTORY = "/hi/players/*/matches"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Evenings:
    """Two players in a world that the test lets go on."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.service.stage.stats_delay = house.service.stage.skill_delay = timedelta(0)
        self.xuid, self.mate = house.xuid(PLAYER), house.xuid(MATE)

    def play(self, wanted: int, *, together: bool) -> list[UUID]:
        """So many matches of the player end, with the mate or without."""
        lead, world, found = self.house.world.player(PLAYER), self.house.world, list[UUID]()
        while len(found) < wanted:
            self.house.pass_time(13 * MINUTE)
            plan = world.end_match(
                self.house.now(), lead=lead, mode="slayer", playlist=None, twist=Twist.BOTS
            )
            mates = {seat.player.xuid for seat in plan.seats if seat.player}
            if (self.mate in mates) is together:
                found.append(plan.match_id)
        return found

    async def missing(self) -> set[UUID]:
        return await self.house.missing(self.xuid) | await self.house.missing(self.mate)

    async def work_for(self, span: timedelta, *, every: timedelta = DAY) -> None:
        for _ in range(span // every):
            self.house.pass_time(every)
            await self.house.ingest.tidy()
            await self.house.ingest.work_off()


@pytest.fixture
def world() -> World:
    """A world of its own for each test: matches end in it."""
    return World(7, NOW, matches=200)


@pytest.fixture
def evenings(house: House) -> Evenings:
    return Evenings(house)


async def test_what_another_player_brought_hides_nothing_behind_it(house: House, evenings: Evenings) -> None:
    """The bot was away while a player played alone, and then more than a page with a mate."""
    await house.link(evenings.xuid, evenings.mate)
    await house.ingest.work_off()
    evenings.play(5, together=False)
    together = evenings.play(30, together=True)
    await house.store.jobs.take(house.now(), lease=HOUR, kinds=["refresh"], limit=9)
    # The mate's look is done, and the player's is not.
    house.ingest = house.another()
    await house.begin(evenings.mate, server_id=None)
    await house.ingest.work_off()
    assert set(together) & await house.missing(evenings.xuid) == set()
    assert await house.missing(evenings.xuid)

    await evenings.work_for(2 * DAY)

    assert await evenings.missing() == set()


async def test_a_second_link_after_many_matches_leaves_no_hole(house: House, evenings: Evenings) -> None:
    """Its backfill brings the last hundred, and the look before was longer ago."""
    await house.link(evenings.xuid)
    await house.ingest.work_off()
    evenings.play(130, together=False)
    evenings.play(15, together=True)
    await house.store.jobs.take(house.now(), lease=DAY, kinds=["refresh"], limit=9)

    await house.begin(evenings.xuid, server_id=None)
    await house.ingest.work_off()

    assert await house.missing(evenings.xuid) == set()


async def test_more_than_a_look_reads_is_bridged_down_to_the_last_one(
    house: House, evenings: Evenings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingest.histories.MOST_PAGES", 2)
    await house.link(evenings.xuid)
    await house.ingest.work_off()
    for _ in range(2):
        # While the first gap is being closed, there is another.
        evenings.play(80, together=False)
        await house.ingest.work_off()
    await evenings.work_for(2 * DAY)

    assert await house.missing(evenings.xuid) == set()
    assert not any(it.kind == "older" for it in await house.ingest.backlog())


async def test_a_player_who_unlinks_and_links_again_has_all(house: House, evenings: Evenings) -> None:
    await house.link(evenings.xuid, evenings.mate)
    await house.ingest.work_off()
    evenings.play(5, together=False)
    evenings.play(30, together=True)
    await house.store.erasure.forget_user(evenings.xuid)
    house.ingest.forget([evenings.xuid])
    await evenings.work_for(DAY)

    await house.link(evenings.xuid, server_id=TAVERN)
    await evenings.work_for(2 * DAY)

    assert await evenings.missing() == set()


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("start", [0, 25, 50])
async def test_a_refused_page_is_not_the_end(
    house: House, evenings: Evenings, status: int, start: int
) -> None:
    """Of a history that is read for the first time, from its newest match on or further down."""
    evenings.play(60, together=False)
    number = house.service.faults.add(
        Fault(kind=FaultKind.STATUS, path=HISTORY, query=f"start={start}&*", status=status)
    )
    await house.link(evenings.xuid)
    await house.ingest.work_off()
    house.service.faults.remove(number)
    assert await house.missing(evenings.xuid)

    await evenings.work_for(3 * DAY, every=2 * HOUR)

    assert await house.missing(evenings.xuid) == set()
    assert not any(it.kind == "older" for it in await house.ingest.backlog())


@pytest.mark.parametrize("start", [75, 100, 125])
async def test_an_empty_page_is_not_the_end(house: House, evenings: Evenings, start: int) -> None:
    evenings.play(130, together=False)
    short = {"Start": start, "Count": 25, "ResultCount": 0, "Results": []}
    number = house.service.faults.add(
        Fault(
            kind=FaultKind.STATUS,
            status=200,
            path=HISTORY,
            query=f"start={start}&*",
            body=json.dumps(short),
        )
    )
    await house.link(evenings.xuid)
    await house.ingest.work_off()
    house.service.faults.remove(number)
    assert await house.missing(evenings.xuid)

    await evenings.work_for(4 * DAY, every=2 * HOUR)

    assert await house.missing(evenings.xuid) == set()


async def test_a_history_that_is_hidden_for_days_is_looked_at_rarely_and_comes_whole(
    house: House, evenings: Evenings
) -> None:
    await house.link(evenings.xuid, evenings.mate)
    await house.ingest.work_off()
    (since,) = {it.refreshed_at for it in await house.store.players.tracked() if it.xuid == evenings.xuid}
    house.world.set_privacy(evenings.xuid, hides_matches=True)
    evenings.play(5, together=False)
    evenings.play(30, together=True)
    await evenings.work_for(DAY, every=HOUR)
    looks = house.asked(f"/hi/players/xuid({evenings.xuid})/matches")
    for _ in range(24):
        await evenings.work_for(HOUR, every=20 * MINUTE)
        await house.ingest.refresh_server(ARENA)
        await house.ingest.settled()

    # Nothing was seen, so nothing is known later than it was; and nobody asks every few minutes.
    assert since in {it.refreshed_at for it in await house.store.players.tracked()}
    assert house.asked(f"/hi/players/xuid({evenings.xuid})/matches") - looks <= 4
    house.world.set_privacy(evenings.xuid, hides_matches=False)
    await evenings.work_for(4 * DAY)
    assert await evenings.missing() == set()


async def test_who_hides_everything_at_first_comes_whole_when_it_is_shown(
    house: House, evenings: Evenings
) -> None:
    house.world.set_privacy(evenings.xuid, hides_matches=True)
    evenings.play(40, together=False)
    evenings.play(30, together=True)
    await house.link(evenings.xuid, evenings.mate)
    await evenings.work_for(3 * DAY)
    assert await house.missing(evenings.mate) == set()
    assert await house.missing(evenings.xuid)

    house.world.set_privacy(evenings.xuid, hides_matches=False)
    await evenings.work_for(3 * DAY)

    assert await evenings.missing() == set()


async def test_a_refused_page_amid_many_new_matches_is_not_passed_over(
    house: House, evenings: Evenings
) -> None:
    await house.link(evenings.xuid)
    await house.ingest.work_off()
    (before,) = await house.store.players.tracked()
    evenings.play(60, together=False)
    number = house.service.faults.add(
        Fault(kind=FaultKind.STATUS, path=HISTORY, query="start=25&*", status=404)
    )
    await evenings.work_for(12 * HOUR, every=HOUR)
    (amid,) = await house.store.players.tracked()
    house.service.faults.remove(number)
    assert amid.refreshed_at == before.refreshed_at
    assert len(await house.missing(evenings.xuid)) >= 30

    await evenings.work_for(2 * DAY)

    assert await house.missing(evenings.xuid) == set()
    (after,) = await house.store.players.tracked()
    assert after.refreshed_at is not None
    assert house.now() - after.refreshed_at < 2 * DAY
