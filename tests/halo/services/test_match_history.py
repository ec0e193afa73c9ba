"""A whole match history, page by page, against the simulated Halo."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from aiohttp import ClientSession
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import DeadlineExceededError, InvalidXuidError, NotFoundError, PayloadError, ServiceError
from bot.halo.models.stats import MatchHistory, MatchHistoryResult
from bot.halo.services.history_walk import walk_history
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.playground.world import World
from tests.halo.orders import answer
from tests.halo.transport.stand_in import FakeClock, settle

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


class House:
    """A simulated Halo that changes, and the client that asks it."""

    def __init__(self, service: HaloService, client: HaloInfiniteClient, clock: FakeClock) -> None:
        self.service = service
        self.client = client
        self.clock = clock
        self.hero = service.world.hero

    def ids(self, gamertag: str = "Ember Fox 7", match_type: Any = "all") -> list[UUID]:
        """A player's matches as the world has them now, latest first."""
        player = self.service.world.player(gamertag)
        assert player is not None
        return [plan.match_id for plan in self.service.world.matches_of(player.xuid, match_type)]

    @property
    def pages(self) -> list[int]:
        """Where the pages started that were asked for; every one was of 25."""
        queries = [parse_qs(entry.query) for entry in self.service.log if entry.path.endswith("/matches")]
        assert all(query["count"] == ["25"] for query in queries)
        return [int(query["start"][0]) for query in queries]

    def end_matches(self, count: int, gamertag: str = "Ember Fox 7") -> None:
        """Matches end, one every ten minutes."""
        for _ in range(count):
            self.clock.pass_time(600)
            self.service.end_match(gamertag=gamertag)

    def fails(self, kind: FaultKind, *, times: int | None = None) -> None:
        self.service.faults.add(Fault(kind=kind, path="/hi/players/*/matches", times=times))


@pytest.fixture
def clock() -> FakeClock:
    clock = FakeClock(jump_s=2.5)
    clock.now = 0.0
    return clock


@pytest.fixture
async def house(clock: FakeClock) -> AsyncIterator[House]:
    service = HaloService(
        World(7, NOW, matches=600), clock=lambda: NOW + timedelta(seconds=clock.monotonic())
    )
    async with service.running(), ClientSession() as session:
        tokens = service.credentials
        client = HaloInfiniteClient(
            session, tokens.spartan, tokens.clearance, 1000, origin=service.origin, clock=clock
        )
        yield House(service, client, clock)


def starts_of(matches: int, first: int = 0) -> list[int]:
    """Where the pages start that so many matches take."""
    return [first + 25 * page for page in range(matches // 25 + 1)]


async def ids_of(results: AsyncIterator[MatchHistoryResult]) -> list[UUID]:
    return [result.match_id async for result in results]


async def take(results: AsyncIterator[MatchHistoryResult], count: int) -> list[UUID]:
    return [(await anext(results)).match_id for _ in range(count)]


async def test_a_whole_history_comes_newest_first_and_ends_with_its_short_page(house: House) -> None:
    ids = house.ids()

    assert await ids_of(house.client.stats.iterate_match_history(house.hero.xuid)) == ids
    assert house.pages == starts_of(len(ids))
    assert len(house.pages) > 2


async def test_who_stops_after_25_matches_has_asked_once_and_after_26_twice(house: House) -> None:
    results = house.client.stats.iterate_match_history("Ember Fox 7")

    assert house.pages == []
    assert await take(results, 25) == house.ids()[:25]
    assert house.pages == [0]
    await take(results, 1)
    assert house.pages == [0, 25]


async def test_a_loop_that_breaks_asks_for_nothing_more(house: House) -> None:
    count = 0
    async with aclosing(house.client.stats.iterate_match_history(house.hero.xuid)) as results:
        async for _ in results:
            count += 1
            if count == 25:
                break

    assert house.pages == [0]
    assert await ids_of(results) == []
    assert house.pages == [0]


async def test_a_history_of_exactly_25_matches_takes_a_second_page_to_know_it(house: House) -> None:
    house.end_matches(25, gamertag="Fresh Boots")
    ids = house.ids("Fresh Boots")
    assert len(ids) == 25

    assert await ids_of(house.client.stats.iterate_match_history("fresh boots")) == ids
    assert house.pages == [0, 25]


async def test_start_and_type_are_kept_from_page_to_page(house: House) -> None:
    matchmade = house.ids(match_type="matchmaking")
    assert len(matchmade) > 30

    results = house.client.stats.iterate_match_history(house.hero.xuid, start=3, match_type="matchmaking")

    assert await ids_of(results) == matchmade[3:]
    assert house.pages == starts_of(len(matchmade) - 3, first=3)


@pytest.mark.parametrize("ended", [1, 24, 25, 26, 49, 50, 51, 80])
async def test_matches_that_end_meanwhile_neither_hide_nor_repeat_nor_join_the_others(
    house: House, ended: int
) -> None:
    ids = house.ids()
    results = house.client.stats.iterate_match_history(house.hero.xuid)

    first = await take(results, 25)
    house.end_matches(ended)

    assert first + await ids_of(results) == ids


async def test_matches_newer_than_the_first_asked_for_stay_left_out_when_pages_shift(house: House) -> None:
    ids = house.ids()
    results = house.client.stats.iterate_match_history(house.hero.xuid, start=10)

    first = await take(results, 25)
    house.end_matches(40)

    assert first + await ids_of(results) == ids[10:]


@pytest.mark.parametrize("gamertag", ["Veiled Heron", "Fresh Boots"])
async def test_a_hidden_history_is_empty_like_that_of_who_never_played(house: House, gamertag: str) -> None:
    assert await ids_of(house.client.stats.iterate_match_history(gamertag)) == []
    assert house.pages == [0]


async def test_a_start_behind_the_end_is_empty(house: House) -> None:
    assert await ids_of(house.client.stats.iterate_match_history(house.hero.xuid, start=5000)) == []


async def test_a_middle_page_that_fails_raises_once_and_the_rest_can_be_had_by_start(house: House) -> None:
    ids = house.ids()
    results = house.client.stats.iterate_match_history(house.hero.xuid)
    first = await take(results, 25)
    house.fails(FaultKind.STATUS)

    with pytest.raises(ServiceError, match="/matches answered 503"):
        await anext(results)
    with pytest.raises(StopAsyncIteration):
        await anext(results)

    house.service.faults.clear()
    rest = house.client.stats.iterate_match_history(house.hero.xuid, start=len(first))
    assert first + await ids_of(rest) == ids


async def test_trouble_that_passes_is_not_noticed(house: House) -> None:
    ids = house.ids()
    results = house.client.stats.iterate_match_history(house.hero.xuid)
    first = await take(results, 25)
    house.fails(FaultKind.INVALID_JSON, times=1)

    assert first + await ids_of(results) == ids


async def test_a_cancelled_wait_for_a_page_ends_the_iteration_and_leaves_nothing_behind(house: House) -> None:
    results = house.client.stats.iterate_match_history(house.hero.xuid)
    await take(results, 25)
    house.fails(FaultKind.HANG)

    waiting = asyncio.create_task(take(results, 1))
    await settle()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await ids_of(results) == []
    await settle()
    assert [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("halo ")] == []


async def test_the_deadline_is_each_page_s_own(house: House) -> None:
    results = house.client.with_options(deadline_s=20).stats.iterate_match_history(house.hero.xuid)
    await take(results, 25)
    await house.clock.advance(100)
    await take(results, 25)
    house.fails(FaultKind.HANG)

    waiting = asyncio.create_task(take(results, 1))
    await settle()
    await house.clock.advance(21)

    with pytest.raises(DeadlineExceededError, match="within 20 s"):
        await waiting


async def test_pages_wait_for_the_rate_like_any_call(house: House) -> None:
    waits: list[float] = []
    async with ClientSession() as session:
        tokens = house.service.credentials
        slow = HaloInfiniteClient(
            session, tokens.spartan, tokens.clearance, 1, origin=house.service.origin, clock=house.clock
        ).with_options(on_wait=waits.append)
        await ids_of(slow.stats.iterate_match_history(house.hero.xuid))

    assert len(waits) == len(house.pages) - 1 > 1


async def test_an_unknown_player_is_an_error_of_the_first_page(house: House) -> None:
    results = house.client.stats.iterate_match_history("Nobody Of That Name")

    with pytest.raises(NotFoundError):
        await anext(results)


async def test_mistakes_are_told_at_once(house: House) -> None:
    with pytest.raises(ValueError, match="negative"):
        house.client.stats.iterate_match_history(house.hero.xuid, start=-1)
    with pytest.raises(InvalidXuidError):
        house.client.stats.iterate_match_history(123)
    assert house.pages == []


def entry(number: int, *, minutes: int = 10) -> dict[str, Any]:
    """A match that began ``number`` hours ago."""
    start = NOW - timedelta(hours=number)
    times = {"StartTime": start.isoformat(), "EndTime": (start + timedelta(minutes=minutes)).isoformat()}
    return {"MatchId": str(UUID(int=number)), "MatchInfo": times}


def has_history(service: HaloService, entries: list[dict[str, Any]]) -> None:
    """Answer for everybody with the pages of that history."""
    for start in range(0, len(entries) + 25, 25):
        answer(service, {"Results": entries[start : start + 25]}, query=f"start={start}&count=25&*")


async def test_a_game_left_early_that_ended_after_all_others_is_not_lost(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    has_history(service, [entry(n, minutes=6000 if n == 40 else 10) for n in range(45)])

    ids = await ids_of(client.stats.iterate_match_history("Gamertag"))

    assert ids == [UUID(int=n) for n in range(45)]


async def test_matches_without_a_time_are_matches_too(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    has_history(service, [{"MatchId": str(UUID(int=n))} for n in range(30)])

    assert len(await ids_of(client.stats.iterate_match_history("Gamertag"))) == 30


async def test_a_service_that_always_answers_the_same_page_is_not_asked_for_ever(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    page = [entry(n) for n in range(25)]
    answer(service, {"Results": page})
    results = client.stats.iterate_match_history("My Gamertag")

    assert len(await take(results, 25)) == 25
    with pytest.raises(PayloadError, match="repeat the matches") as refused:
        await anext(results)

    assert "Gamertag" not in str(refused.value)
    assert len(service.log) < 12


async def test_a_page_of_another_shape_is_named(client: HaloInfiniteClient, service: HaloService) -> None:
    answer(service, {"Results": [{"MatchId": "no uuid"}]})

    with pytest.raises(PayloadError, match="values do not fit MatchHistory"):
        await anext(client.stats.iterate_match_history("Gamertag"))


@settings(deadline=None)  # an event loop for each, on a machine that may be busy
@given(
    length=st.integers(0, 120),
    start=st.integers(0, 60),
    ended=st.lists(st.integers(0, 90), min_size=8, max_size=8),
)
def test_whatever_ends_between_pages_the_history_is_the_one_that_was_begun(
    length: int, start: int, ended: list[int]
) -> None:
    entries = [entry(n) for n in range(length)]
    shifts = iter(ended)

    async def ask_page(at: int) -> MatchHistory:
        page = MatchHistory.model_validate({"Results": entries[at : at + 25]})
        newest = entries[0]["MatchInfo"]["StartTime"] if entries else NOW.isoformat()
        for number in range(next(shifts, 0)):
            began = datetime.fromisoformat(newest) + timedelta(minutes=number + 1)
            match_id = str(UUID(int=2**100 + len(entries)))
            entries.insert(0, {"MatchId": match_id, "MatchInfo": {"StartTime": began.isoformat()}})
        return page

    ids = asyncio.run(ids_of(walk_history(ask_page, start, "host/matches")))

    assert ids == [UUID(int=n) for n in range(start, length)]
