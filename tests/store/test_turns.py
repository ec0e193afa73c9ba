"""Who writes when, of those who want to at the same time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.store import Address, Store, StoreBusyError, open_store
from bot.store.turns import Turns
from tests.store.scenes import ADA, ARENA, NOW, OLIVE, join, make_line, make_match

NO_PATIENCE_S = 0.05


async def queue_up(turns: Turns, who: str, served: list[str]) -> asyncio.Task[None]:
    """Ask for a turn as a person or as work, by the name; return when it waits."""

    async def wait() -> None:
        async with turns.turn(background=who.startswith("work")):
            served.append(who)
            await asyncio.sleep(0)

    task = asyncio.create_task(wait(), name=who)
    await asyncio.sleep(0)
    return task


async def test_people_and_work_are_served_by_turns_and_each_in_order() -> None:
    turns, served = Turns(), list[str]()
    async with turns.turn(background=True):
        names = [*(f"work {n}" for n in range(4)), *(f"person {n}" for n in range(3))]
        waiting = [await queue_up(turns, name, served) for name in names]
        assert served == []

    await asyncio.gather(*waiting)

    assert served == ["person 0", "work 0", "person 1", "work 1", "person 2", "work 2", "work 3"]


async def test_whoever_gives_up_is_passed_over() -> None:
    turns, served = Turns(), list[str]()
    async with turns.turn(background=True):
        waiting = [await queue_up(turns, f"person {n}", served) for n in range(3)]
        waiting[0].cancel()
        await asyncio.sleep(0)
        waiting[1].cancel()  # and is not told before the turn is handed over

    await asyncio.gather(*waiting, return_exceptions=True)

    assert served == ["person 2"]


async def test_a_turn_that_was_handed_to_whoever_gives_up_goes_to_the_next() -> None:
    turns, served = Turns(), list[str]()
    async with turns.turn(background=True):
        waiting = [await queue_up(turns, f"person {n}", served) for n in range(2)]
    waiting[0].cancel()

    await asyncio.gather(*waiting, return_exceptions=True)

    assert served == ["person 1"]
    async with turns.turn(background=False):
        pass


async def test_who_waits_too_long_for_the_turn_is_told_and_nothing_is_done(address: Address) -> None:
    async with open_store(address, busy_s=NO_PATIENCE_S) as store:
        await join(store, ADA, OLIVE)
        async with store.database.writing():
            with pytest.raises(StoreBusyError, match="try again"):
                await store.links.claim(ADA, OLIVE + 1, "Olive", server_id=ARENA, at=NOW)
            with pytest.raises(StoreBusyError):
                await store.matches.add(make_match(make_line(kills=1)))
        link = await store.links.of_user(ADA)
        assert link is not None
        assert link.xuid == OLIVE
        await store.matches.add(make_match(make_line(kills=1)))


async def test_the_wait_for_the_turn_is_taken_off_the_wait_for_the_lock(store: Store) -> None:
    waits: list[int] = []

    def note(_connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("PRAGMA busy_timeout"):
            waits.append(int(statement.split("=")[1]))
        elif "set_config" in statement:
            waits.extend(int(value) for value in parameters if str(value).isdecimal())

    event.listen(store.database.engine.sync_engine, "before_cursor_execute", note)
    over = asyncio.Event()
    async with store.database.writing():
        adding = asyncio.create_task(store.servers.add(ARENA, NOW))
        await asyncio.sleep(0)
        waits.clear()
        # The time itself is what it is about.
        asyncio.get_running_loop().call_later(2 * NO_PATIENCE_S, over.set)
        await over.wait()
    await adding

    assert 0 < waits[0] < (store.database.busy_s - NO_PATIENCE_S) * 1000
