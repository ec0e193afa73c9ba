"""Five commands in ten seconds, and no server crowds out another."""

from __future__ import annotations

import asyncio

import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.allowance import Allowance, FairGate

ADA, BO = 1, 2


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_sixth_command_in_ten_seconds_has_to_wait() -> None:
    clock = Clock()
    allowance = Allowance(clock)
    for _ in range(5):
        allowance.spend(ADA)
        clock.now += 1

    with pytest.raises(app_commands.CommandOnCooldown) as caught:
        allowance.spend(ADA)
    assert caught.value.retry_after == pytest.approx(5)

    allowance.spend(BO)
    clock.now += 5.01
    allowance.spend(ADA)


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 4)), max_size=80))
def test_nobody_gets_more_than_the_allowance_in_a_window(asked: list[tuple[int, float]]) -> None:
    clock = Clock()
    allowance = Allowance(clock)
    granted: dict[int, list[float]] = {}
    for user, pause in asked:
        clock.now += pause
        try:
            allowance.spend(user)
        except app_commands.CommandOnCooldown:
            continue
        granted.setdefault(user, []).append(clock.now)

    for moments in granted.values():
        windows: dict[float, int] = {}
        start = moments[0]
        for moment in moments:
            start = moment if moment > start + 10 else start
            windows[start] = windows.get(start, 0) + 1
        assert max(windows.values()) <= 5


async def enter(gate: FairGate, place: int, inside: list[int], leave: asyncio.Event) -> None:
    async with gate.enter(place):
        inside.append(place)
        await leave.wait()


async def test_a_busy_server_does_not_delay_another() -> None:
    gate, inside, leave = FairGate(2), list[int](), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for place in (1, 1, 1, 1, 2, 2):
            group.create_task(enter(gate, place, inside, leave))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert sorted(inside) == [1, 1, 2, 2]
        leave.set()

    assert sorted(inside) == [1, 1, 1, 1, 2, 2]


async def test_whoever_gives_up_waiting_takes_no_place() -> None:
    gate, inside, leave = FairGate(1), list[int](), asyncio.Event()
    first = asyncio.create_task(enter(gate, 1, inside, leave))
    await asyncio.sleep(0)
    second = asyncio.create_task(enter(gate, 1, inside, leave))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)

    leave.set()
    await first
    await asyncio.wait_for(enter(gate, 1, inside, leave), 1)

    assert inside == [1, 1]


async def test_a_failure_inside_frees_the_place() -> None:
    gate = FairGate(1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            async with gate.enter(1):
                raise RuntimeError

    async with asyncio.timeout(1), gate.enter(1):
        pass


@given(st.lists(st.integers(1, 3), max_size=30), st.integers(1, 4))
def test_never_more_than_allowed_are_inside(places: list[int], at_once: int) -> None:
    async def crowd() -> None:
        gate = FairGate(at_once)
        now: dict[int, int] = {}

        async def visit(place: int) -> None:
            async with gate.enter(place):
                now[place] = now.get(place, 0) + 1
                assert now[place] <= at_once
                await asyncio.sleep(0)
                now[place] -= 1

        await asyncio.gather(*map(visit, places))
        assert not any(now.values())

    asyncio.run(crowd())
