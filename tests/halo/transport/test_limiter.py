from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.transport.limiter import RateLimiter, Slot, Ticket
from bot.halo.transport.options import Priority
from tests.halo.transport.stand_in import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def start(
    limiter: RateLimiter, clock: FakeClock, log: list[tuple[str, float]], name: str, ticket: Ticket
) -> Slot:
    slot = await limiter.acquire(ticket)
    log.append((name, clock.now))
    slot.settle()
    return slot


async def test_a_burst_of_the_whole_rate_goes_out_at_once_and_the_next_waits(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    log: list[tuple[str, float]] = []
    tasks = [
        asyncio.create_task(start(limiter, clock, log, str(n), Ticket(Priority.INTERACTIVE)))
        for n in range(7)
    ]

    await clock.advance(1.04)
    assert [when for _, when in log] == [1000.0] * 5
    await clock.advance(0.02)
    assert [when for _, when in log[5:]] == [pytest.approx(1001.05)] * 2
    await asyncio.gather(*tasks)


async def test_interactive_goes_before_background_and_first_come_first_served(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    log: list[tuple[str, float]] = []
    wanted = [("b1", 1), ("b2", 1), ("b3", 1), ("i1", 0), ("i2", 0)]
    tasks = [
        asyncio.create_task(start(limiter, clock, log, name, Ticket(Priority(priority))))
        for name, priority in wanted
    ]
    await clock.advance(10)
    await asyncio.gather(*tasks)

    assert [name for name, _ in log] == ["i1", "i2", "b1", "b2", "b3"] or [name for name, _ in log] == [
        "b1", "i1", "i2", "b2", "b3",
    ]  # fmt: skip


async def test_a_ticket_that_is_raised_overtakes_the_background(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    log: list[tuple[str, float]] = []
    tickets = [Ticket(Priority.BACKGROUND) for _ in range(4)]
    tasks = [
        asyncio.create_task(start(limiter, clock, log, str(n), ticket)) for n, ticket in enumerate(tickets)
    ]
    await clock.advance(0.5)
    tickets[3].raise_to(Priority.INTERACTIVE)
    await clock.advance(10)
    await asyncio.gather(*tasks)

    assert [name for name, _ in log] == ["0", "3", "1", "2"]


async def test_whoever_comes_back_stands_where_it_stood(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    log: list[tuple[str, float]] = []
    tickets = [Ticket(Priority.INTERACTIVE) for _ in range(4)]
    tasks = [
        asyncio.create_task(start(limiter, clock, log, str(n), ticket)) for n, ticket in enumerate(tickets)
    ]
    await clock.advance(1.1)
    tasks.append(asyncio.create_task(start(limiter, clock, log, "0 again", tickets[0])))
    await clock.advance(10)
    await asyncio.gather(*tasks)

    assert [name for name, _ in log] == ["0", "1", "0 again", "2", "3"]


async def test_a_cancelled_waiter_loses_no_slot_and_blocks_nobody(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    log: list[tuple[str, float]] = []
    tasks = [
        asyncio.create_task(start(limiter, clock, log, str(n), Ticket(Priority.INTERACTIVE)))
        for n in range(4)
    ]
    await clock.advance(0.5)
    tasks[1].cancel()
    await clock.advance(1.7)
    await asyncio.gather(*tasks, return_exceptions=True)

    assert log == [("0", 1000.0), ("2", pytest.approx(1001.05)), ("3", pytest.approx(1002.1))]


async def test_a_wait_that_cannot_end_in_time_fails_at_once(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    (await limiter.acquire(Ticket(Priority.INTERACTIVE))).settle()

    with pytest.raises(TimeoutError):
        await limiter.acquire(Ticket(Priority.INTERACTIVE), latest_start=lambda: clock.now + 1.0)
    assert clock.now == 1000.0


async def test_whoever_waits_is_told_how_long(clock: FakeClock) -> None:
    limiter = RateLimiter(2, clock)
    waits: list[float] = []

    async def one() -> None:
        (await limiter.acquire(Ticket(Priority.INTERACTIVE), on_wait=waits.append)).settle()

    tasks = [asyncio.create_task(one()) for _ in range(6)]
    await clock.advance(5)
    await asyncio.gather(*tasks)

    # Estimated while the first two are under way, so their travel time counts.
    assert waits == pytest.approx([1.05, 1.05, 2.1, 2.1]) or waits == pytest.approx([1.3, 1.3, 2.35, 2.35])


async def test_a_request_that_arrives_late_keeps_its_second(clock: FakeClock) -> None:
    limiter = RateLimiter(1, clock)
    slow = await limiter.acquire(Ticket(Priority.INTERACTIVE))
    await clock.advance(0.2)
    slow.settle()
    log: list[tuple[str, float]] = []
    task = asyncio.create_task(start(limiter, clock, log, "next", Ticket(Priority.INTERACTIVE)))
    await clock.advance(2)
    await task

    assert log == [("next", pytest.approx(1001.25))]


plan = st.lists(
    st.tuples(
        st.floats(0, 0.6),  # pause before it comes
        st.sampled_from(Priority),
        st.floats(0, 0.25),  # how long it is on its way
        st.booleans(),  # given up shortly after it came
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(plan=plan, rate=st.integers(1, 6))
def test_no_more_than_the_rate_arrives_in_any_second(plan: list[Any], rate: int) -> None:
    arrivals: list[float] = []
    served: list[int] = []

    async def one(
        number: int, clock: FakeClock, limiter: RateLimiter, priority: Priority, travel_s: float
    ) -> None:
        slot = await limiter.acquire(Ticket(priority))
        served.append(number)
        try:
            await clock.sleep(travel_s)
            arrivals.append(clock.now)
        finally:
            slot.settle()

    async def play() -> None:
        clock = FakeClock()
        limiter = RateLimiter(rate, clock)
        tasks: list[asyncio.Task[None]] = []
        given_up: set[int] = set()
        for number, (pause_s, priority, travel_s, gives_up) in enumerate(plan):
            await clock.advance(pause_s)
            tasks.append(asyncio.create_task(one(number, clock, limiter, priority, travel_s)))
            if gives_up:
                await clock.advance(0.01)
                tasks[-1].cancel()
                given_up.add(number)
        await clock.advance(60)
        await asyncio.gather(*tasks, return_exceptions=True)
        assert set(served) | given_up == set(range(len(plan)))

    asyncio.run(play())

    arrivals.sort()
    for first, last in zip(arrivals, arrivals[rate:], strict=False):
        assert last - first > 1.0
