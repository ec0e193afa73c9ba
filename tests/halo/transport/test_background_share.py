"""What the background may take of the rate, at most, and that people find the rest of it free."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.call import Ask, Call
from bot.halo.transport.limiter import RateLimiter, Ticket
from bot.halo.transport.options import Priority, RequestOptions
from bot.playground.halo import HaloService
from tests.halo.transport.asking import USER
from tests.halo.transport.stand_in import FakeClock

BACKGROUND = RequestOptions(priority=Priority.BACKGROUND, background_share=2, deadline_s=60)
PERSON = RequestOptions()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def background(share: int | None = 2) -> Ticket:
    return Ticket(Priority.BACKGROUND, share)


async def start(limiter: RateLimiter, clock: FakeClock, log: list[float], ticket: Ticket) -> None:
    slot = await limiter.acquire(ticket)
    log.append(clock.now - 1000)
    slot.settle()


async def test_the_background_stops_at_its_share_and_people_have_the_rest(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    quiet, people = list[float](), list[float]()
    tasks = [asyncio.create_task(start(limiter, clock, quiet, background())) for _ in range(5)]
    await clock.advance(0.3)
    tasks += [
        asyncio.create_task(start(limiter, clock, people, Ticket(Priority.INTERACTIVE))) for _ in range(3)
    ]
    await clock.advance(4)
    await asyncio.gather(*tasks)

    assert quiet == pytest.approx([0, 0, 1.05, 1.05, 2.1])
    assert people == pytest.approx([0.3] * 3)


async def test_starts_of_people_take_nothing_of_the_share(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    log: list[float] = []
    tasks = [asyncio.create_task(start(limiter, clock, [], Ticket(Priority.INTERACTIVE))) for _ in range(3)]
    await clock.advance(0.1)
    tasks += [asyncio.create_task(start(limiter, clock, log, background())) for _ in range(2)]
    await clock.advance(0.1)
    await asyncio.gather(*tasks)

    assert log == pytest.approx([0.1, 0.1])


async def test_without_a_share_the_background_has_the_whole_rate(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    log: list[float] = []
    tasks = [asyncio.create_task(start(limiter, clock, log, background(None))) for _ in range(5)]
    await clock.advance(0.1)
    await asyncio.gather(*tasks)

    assert log == [0.0] * 5


async def test_all_of_the_background_counts_whoever_began_it(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    log: list[float] = []
    tasks = [asyncio.create_task(start(limiter, clock, [], background(None))) for _ in range(4)]
    await clock.advance(0.1)
    tasks.append(asyncio.create_task(start(limiter, clock, log, background())))
    await clock.advance(2)
    await asyncio.gather(*tasks)

    assert log == pytest.approx([1.05])


async def test_who_waits_for_the_share_is_told_how_long(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    waits: list[float] = []

    async def one() -> None:
        (await limiter.acquire(background(), on_wait=waits.append)).settle()

    tasks = [asyncio.create_task(one()) for _ in range(2)]
    await clock.advance(0.05)
    tasks += [asyncio.create_task(one()) for _ in range(4)]
    await clock.advance(5)
    await asyncio.gather(*tasks)

    assert waits == pytest.approx([1.0, 1.0, 2.05, 2.05])


async def test_a_share_that_comes_too_late_fails_at_once(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    for _ in range(2):
        (await limiter.acquire(background())).settle()

    with pytest.raises(TimeoutError):
        await limiter.acquire(background(), latest_start=lambda: clock.now + 1)
    assert clock.now == 1000.0


async def test_whom_a_person_waits_for_need_not_wait_for_the_share(clock: FakeClock) -> None:
    limiter = RateLimiter(5, clock)
    log: list[float] = []
    tickets = [background() for _ in range(5)]
    tasks = [asyncio.create_task(start(limiter, clock, log, ticket)) for ticket in tickets]
    await clock.advance(0.2)
    tickets[4].raise_to(Priority.INTERACTIVE)
    await clock.advance(3)
    await asyncio.gather(*tasks)

    assert log == pytest.approx([0, 0, 0.2, 1.05, 1.05])


async def test_whom_nobody_waits_for_any_more_goes_back_into_the_background(clock: FakeClock) -> None:
    limiter = RateLimiter(2, clock)
    log: list[float] = []
    for _ in range(2):
        (await limiter.acquire(Ticket(Priority.INTERACTIVE))).settle()
    ticket = Ticket(Priority.INTERACTIVE)
    waiting = asyncio.create_task(start(limiter, clock, log, ticket))
    person = asyncio.create_task(start(limiter, clock, [], Ticket(Priority.INTERACTIVE)))
    await clock.advance(0.5)
    ticket.stand(Priority.BACKGROUND, 1)
    last = asyncio.create_task(start(limiter, clock, log, background(1)))
    await clock.advance(5)
    await asyncio.gather(waiting, person, last)

    assert log == pytest.approx([1.05, 2.1])


@pytest.mark.parametrize(
    ("waiters", "standing"),
    [
        ([BACKGROUND], (Priority.BACKGROUND, 2)),
        ([BACKGROUND, PERSON], (Priority.INTERACTIVE, None)),
        ([PERSON, BACKGROUND], (Priority.INTERACTIVE, None)),
        ([BACKGROUND, RequestOptions(priority=Priority.BACKGROUND, background_share=3)], (1, 3)),
        ([RequestOptions(priority=Priority.BACKGROUND), BACKGROUND], (1, None)),
    ],
)
def test_an_exchange_stands_where_its_most_urgent_waiter_does(
    clock: FakeClock, waiters: list[RequestOptions], standing: tuple[int, int | None]
) -> None:
    ask = Ask(URL(USER), (), "json", body_of_404=False, settle_s=0.0, revalidate=False)
    call = Call.begin(ask, waiters[0], clock)
    for options in waiters:
        call.join(options, clock)

    assert (call.ticket.priority, call.ticket.background_share) == standing


def test_when_a_person_has_gone_the_share_counts_again(clock: FakeClock) -> None:
    ask = Ask(URL(USER), (), "json", body_of_404=False, settle_s=0.0, revalidate=False)
    call = Call.begin(ask, PERSON, clock)
    for options in (PERSON, BACKGROUND):
        call.join(options, clock)

    assert not call.leave(PERSON)
    assert (call.ticket.priority, call.ticket.background_share) == (Priority.BACKGROUND, 2)
    assert call.leave(BACKGROUND)


async def test_a_view_of_the_client_has_a_share(service: HaloService, session: Any) -> None:
    client = HaloInfiniteClient(session, "spartan", "clearance", origin=service.origin)

    with pytest.raises(ValueError, match="background_share"):
        client.with_options(background_share=0)
    assert "background_share=2" in repr(client.with_options(background_share=2))


plan = st.lists(
    st.tuples(
        st.floats(0, 0.6),  # pause before it comes
        st.sampled_from(Priority),
        st.floats(0, 0.25),  # how long it is on its way
        st.integers(1, 4),  # how often it starts, as one that is repeated
        st.sampled_from([None, *Priority]),  # where it stands later
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(plan=plan, rate=st.integers(2, 6), share=st.integers(1, 3))
def test_no_more_than_the_share_arrives_in_any_second(plan: list[Any], rate: int, share: int) -> None:
    arrivals: list[tuple[float, Priority]] = []

    async def one(
        clock: FakeClock, limiter: RateLimiter, ticket: Ticket, travel_s: float, times: int
    ) -> None:
        for _ in range(times):
            slot = await limiter.acquire(ticket)
            await clock.sleep(travel_s)
            arrivals.append((clock.now, slot.priority))
            slot.settle()

    async def play() -> None:
        clock = FakeClock()
        limiter = RateLimiter(rate, clock)
        tasks: list[asyncio.Task[None]] = []
        for pause_s, priority, travel_s, times, later in plan:
            await clock.advance(pause_s)
            ticket = Ticket(priority, share)
            tasks.append(asyncio.create_task(one(clock, limiter, ticket, travel_s, times)))
            if later is not None:
                await clock.advance(0.1)
                ticket.stand(later, share)
        await clock.advance(150)
        assert all(task.done() for task in tasks)
        await asyncio.gather(*tasks)

    asyncio.run(play())

    arrivals.sort()
    for most, times in (
        (rate, [at for at, _ in arrivals]),
        (share, [at for at, priority in arrivals if priority is Priority.BACKGROUND]),
    ):
        for first, last in zip(times, times[most:], strict=False):
            assert last - first > 1.0
