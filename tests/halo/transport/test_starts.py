"""A start is taken when a request can really leave, so that those which had to wait never leave together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from aiohttp import ClientSession, TCPConnector

from bot.halo.errors import DeadlineExceededError
from bot.halo.transport.limiter import RateLimiter, Ticket
from bot.halo.transport.options import Priority
from bot.halo.transport.tokens import StaticTokens, Tokens
from bot.playground.halo import HaloService
from tests.halo.orders import fail, hold
from tests.halo.transport.asking import USER, Asker
from tests.halo.transport.stand_in import FakeClock, settle


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def test_whoever_waits_for_a_sign_in_keeps_the_rate_afterwards(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker], clock: FakeClock
) -> None:
    shown = Tokens(service.credentials.spartan, service.credentials.clearance)

    class Slow(StaticTokens):
        signed_in = asyncio.Event()

        async def current(self) -> Tokens:
            await self.signed_in.wait()
            return await super().current()

    asker = make_asker(session, Slow(shown.spartan, shown.clearance))
    calls = [asyncio.create_task(asker.get(f"{USER}?{n}")) for n in range(12)]
    await clock.advance(10)
    Slow.signed_in.set()
    await service.log.arrived(times=5)
    await asyncio.gather(*calls[:5])
    await settle()
    assert len(service.log) == 5

    await clock.advance(1.06)
    await asyncio.gather(*calls[:10])
    await settle()
    assert len(service.log) == 10
    await clock.advance(1.06)
    await asyncio.gather(*calls)


async def test_a_connection_that_is_slow_to_open_keeps_its_start_until_it_is(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    opening = await limiter.acquire(Ticket(Priority.INTERACTIVE))
    following = asyncio.create_task(limiter.acquire(Ticket(Priority.INTERACTIVE)))

    await clock.advance(4)
    opening.depart()
    await clock.advance(1.29)
    assert not following.done()
    await clock.advance(0.02)
    assert following.done()


async def test_those_who_waited_for_a_connection_do_not_leave_together(
    service: HaloService, make_asker: Callable[..., Asker], clock: FakeClock
) -> None:
    let_go = hold(service)
    async with ClientSession(connector=TCPConnector(limit=2)) as session:
        asker = make_asker(session)
        calls = [asyncio.create_task(asker.get(f"{USER}?{n}")) for n in range(12)]
        await service.log.arrived(times=2)
        await clock.advance(9)
        let_go()
        await asyncio.gather(*calls[:7])
        await settle()
        assert len(service.log) == 7

        await clock.advance(1.06)
        await asyncio.gather(*calls)


async def test_a_deadline_that_passes_in_line_is_told_in_full(
    asker: Asker, service: HaloService, clock: FakeClock
) -> None:
    fail(service, 429, times=5)
    calls = [asyncio.create_task(asker.get(f"{USER}?{n}", deadline_s=1.0)) for n in range(5)]
    failures = await asyncio.gather(*calls, return_exceptions=True)

    assert {type(failure) for failure in failures} == {DeadlineExceededError}
    assert {getattr(failure, "seconds", None) for failure in failures} == {1.0}
