from __future__ import annotations

import asyncio

import pytest

from bot.halo.errors import DeadlineExceededError, ServiceError
from bot.halo.transport.options import Priority
from bot.playground.halo import HaloService
from tests.halo.orders import fail, hold
from tests.halo.transport.asking import USER, Asker
from tests.halo.transport.stand_in import FakeClock, settle


async def test_equal_requests_at_the_same_time_are_sent_once(asker: Asker, service: HaloService) -> None:
    let_go = hold(service)
    calls = [asyncio.create_task(asker.get(USER)) for _ in range(20)]
    await service.log.arrived()
    let_go()
    answers = await asyncio.gather(*calls)

    assert len(service.log) == 1
    assert len({id(answer) for answer in answers}) == 1


async def test_one_after_the_other_they_are_sent_again(asker: Asker, service: HaloService) -> None:
    await asker.get(USER)
    await asker.get(USER)

    assert len(service.log) == 2


async def test_other_languages_and_addresses_are_other_requests(asker: Asker, service: HaloService) -> None:
    await asyncio.gather(
        asker.get(USER),
        asker.get(USER, headers={"Accept-Language": "de-DE"}),
        asker.get(f"{USER}?1"),
    )

    assert len(service.log) == 3


async def test_everyone_gets_the_error(asker: Asker, service: HaloService) -> None:
    fail(service, 500)
    results = await asyncio.gather(*(asker.get(USER) for _ in range(3)), return_exceptions=True)

    assert all(isinstance(result, ServiceError) for result in results)
    assert len(service.log) == 4


async def test_the_exchange_outlives_whoever_began_it(asker: Asker, service: HaloService) -> None:
    let_go = hold(service)
    leader, follower = (asyncio.create_task(asker.get(USER)) for _ in range(2))
    await service.log.arrived()
    leader.cancel()
    await settle()
    let_go()

    assert (await follower).response.status == 200
    assert leader.cancelled()
    assert len(service.log) == 1


async def test_it_is_cancelled_when_nobody_waits_any_more(asker: Asker, service: HaloService) -> None:
    let_go = hold(service)
    calls = [asyncio.create_task(asker.get(USER)) for _ in range(2)]
    await service.log.arrived()
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    await settle()
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("halo ")]

    let_go()
    await asker.get(USER)
    assert len(service.log) == 2


async def test_each_waiter_keeps_its_own_deadline(
    asker: Asker, service: HaloService, clock: FakeClock
) -> None:
    let_go = hold(service)
    patient = asyncio.create_task(asker.get(USER, deadline_s=60))
    hasty = asyncio.create_task(asker.get(USER, deadline_s=20))
    await service.log.arrived()
    await clock.advance(21)
    with pytest.raises(DeadlineExceededError, match="20 s"):
        await hasty
    let_go()

    assert (await patient).response.status == 200


async def test_a_person_who_joins_a_background_exchange_hurries_it(
    asker: Asker, service: HaloService, clock: FakeClock
) -> None:
    clock.jump_s = 0.0
    background = [
        asyncio.create_task(asker.get(f"{USER}?{n}", priority=Priority.BACKGROUND, deadline_s=90))
        for n in range(20)
    ]
    await asyncio.gather(*background[:5])
    person = asyncio.create_task(asker.get(f"{USER}?19", deadline_s=90))
    await settle()
    await clock.advance(1.4)
    await person

    assert not background[12].done()
    for started in (background[5:9], background[9:14], background[14:]):
        await asyncio.gather(*started)
        await clock.advance(1.4)


async def test_whoever_waits_for_the_rate_is_told(asker: Asker, clock: FakeClock) -> None:
    clock.jump_s = 3.0
    waits: list[float] = []
    await asyncio.gather(
        *(asker.get(f"{USER}?{n}") for n in range(5)), asker.get(f"{USER}?x", on_wait=waits.append)
    )

    assert len(waits) == 1
    assert 1.0 < waits[0] < 1.4


async def test_a_wait_for_the_rate_that_does_not_fit_fails_early(asker: Asker, clock: FakeClock) -> None:
    clock.jump_s = 3.0
    results = await asyncio.gather(
        *(asker.get(f"{USER}?{n}", deadline_s=10) for n in range(100)), return_exceptions=True
    )
    failed = [result for result in results if isinstance(result, BaseException)]

    assert all(isinstance(result, DeadlineExceededError) for result in failed)
    assert 40 <= len(failed) <= 70
