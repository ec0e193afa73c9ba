from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.halo.errors import DeadlineExceededError, ServiceError
from bot.halo.transport.options import Priority
from tests.halo.transport.stand_in import Asker, FakeClock, StandIn, settle

HISTORY = "https://halostats.svc.halowaypoint.com/hi/players/xuid(1)/matches?start=0"


class Gate:
    """Keeps the stand-in from answering until it is opened."""

    def __init__(self, stand_in: StandIn) -> None:
        self.open = asyncio.Event()
        self.given_up = 0
        stand_in.reply = self._reply

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        await self.open.wait()
        return web.json_response({})


@pytest.fixture
def gate(stand_in: StandIn) -> Gate:
    return Gate(stand_in)


async def test_equal_requests_at_the_same_time_are_sent_once(
    asker: Asker, stand_in: StandIn, gate: Gate
) -> None:
    calls = [asyncio.create_task(asker.get(HISTORY)) for _ in range(20)]
    await stand_in.wait_for(1)
    gate.open.set()
    answers = await asyncio.gather(*calls)

    assert len(stand_in.seen) == 1
    assert len({id(answer) for answer in answers}) == 1


async def test_one_after_the_other_they_are_sent_again(asker: Asker, stand_in: StandIn) -> None:
    await asker.get(HISTORY)
    await asker.get(HISTORY)

    assert len(stand_in.seen) == 2


async def test_other_languages_and_addresses_are_other_requests(asker: Asker, stand_in: StandIn) -> None:
    await asyncio.gather(
        asker.get(HISTORY),
        asker.get(HISTORY, headers={"Accept-Language": "de-DE"}),
        asker.get(HISTORY + "1"),
    )

    assert len(stand_in.seen) == 3


async def test_everyone_gets_the_error(asker: Asker, stand_in: StandIn) -> None:
    stand_in.answers(lambda: web.Response(status=500))
    results = await asyncio.gather(*(asker.get(HISTORY) for _ in range(3)), return_exceptions=True)

    assert all(isinstance(result, ServiceError) for result in results)
    assert len(stand_in.seen) == 4


async def test_the_exchange_outlives_whoever_began_it(asker: Asker, stand_in: StandIn, gate: Gate) -> None:
    leader, follower = (asyncio.create_task(asker.get(HISTORY)) for _ in range(2))
    await stand_in.wait_for(1)
    leader.cancel()
    await settle()
    gate.open.set()

    assert (await follower).body == b"{}"
    assert leader.cancelled()
    assert len(stand_in.seen) == 1


async def test_it_is_cancelled_when_nobody_waits_any_more(
    asker: Asker, stand_in: StandIn, gate: Gate
) -> None:
    calls = [asyncio.create_task(asker.get(HISTORY)) for _ in range(2)]
    await stand_in.wait_for(1)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    await settle()
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("halo ")]

    gate.open.set()
    await asker.get(HISTORY)
    assert len(stand_in.seen) == 2


async def test_each_waiter_keeps_its_own_deadline(
    asker: Asker, stand_in: StandIn, gate: Gate, clock: FakeClock
) -> None:
    patient = asyncio.create_task(asker.get(HISTORY, deadline_s=60))
    hasty = asyncio.create_task(asker.get(HISTORY, deadline_s=20))
    await stand_in.wait_for(1)
    await clock.advance(21)
    with pytest.raises(DeadlineExceededError, match="20 s"):
        await hasty
    gate.open.set()

    assert (await patient).body == b"{}"


async def test_a_person_who_joins_a_background_exchange_hurries_it(
    asker: Asker, stand_in: StandIn, clock: FakeClock
) -> None:
    clock.jump_s = 0.0
    background = [
        asyncio.create_task(asker.get(f"{HISTORY}{n}", priority=Priority.BACKGROUND, deadline_s=90))
        for n in range(20)
    ]
    await stand_in.wait_for(5)
    person = asyncio.create_task(asker.get(f"{HISTORY}19", deadline_s=90))
    await settle()
    await clock.advance(1.4)
    await person

    assert not background[12].done()
    for _ in range(4):
        await clock.advance(1.4)
        await asyncio.sleep(0.01)
    await asyncio.gather(*background)


async def test_whoever_waits_for_the_rate_is_told(asker: Asker, clock: FakeClock) -> None:
    clock.jump_s = 3.0
    waits: list[float] = []
    await asyncio.gather(
        *(asker.get(f"{HISTORY}{n}") for n in range(5)), asker.get(f"{HISTORY}x", on_wait=waits.append)
    )

    assert len(waits) == 1
    assert 1.0 < waits[0] < 1.4


async def test_a_wait_for_the_rate_that_does_not_fit_fails_early(asker: Asker, clock: FakeClock) -> None:
    clock.jump_s = 3.0
    results = await asyncio.gather(
        *(asker.get(f"{HISTORY}{n}", deadline_s=10) for n in range(100)), return_exceptions=True
    )
    failed = [result for result in results if isinstance(result, BaseException)]

    assert all(isinstance(result, DeadlineExceededError) for result in failed)
    assert 40 <= len(failed) <= 70
