"""Background work: there once, taken by one worker at a time, shared fairly, gone with whom it is for."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store import Backlog, Job, NewJob, Store
from tests.store.scenes import ADA, ARENA, BEN, NOW, OLIVE, PAT, TAVERN, join

LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


async def take(store: Store, *, limit: int = 1, after: timedelta = timedelta()) -> list[Job]:
    return list(await store.jobs.take(NOW + after, lease=LEASE, kinds=["refresh"], limit=limit))


def refresh(key: str, **changes: object) -> NewJob:
    return NewJob(kind="refresh", key=key, **({"due_at": NOW} | changes))  # pyright: ignore[reportArgumentType]


async def test_work_comes_back_as_it_was_given(store: Store) -> None:
    await join(store, ADA, OLIVE)
    given = refresh(
        "1", priority=3, server_id=ARENA, user_id=ADA, xuid=OLIVE, payload={"page": [1, None, "é"]}
    )
    await store.jobs.add(given)

    (job,) = await take(store)

    assert {name: getattr(job, name) for name in given.__dataclass_fields__} == {
        name: getattr(given, name) for name in given.__dataclass_fields__
    }
    assert job.attempts == 1


async def test_the_same_work_is_there_once_and_becomes_sooner_and_more_urgent(store: Store) -> None:
    assert await store.jobs.add(refresh("1", priority=5, due_at=NOW + 60 * SECOND), refresh("2")) == 2
    assert await store.jobs.add(refresh("1", priority=9, due_at=NOW)) == 0
    assert await store.jobs.add(refresh("1", priority=2, due_at=NOW + 90 * SECOND)) == 0

    jobs = {job.key: job for job in await take(store, limit=5)}

    assert (jobs["1"].priority, jobs["1"].due_at) == (2, NOW)
    assert set(jobs) == {"1", "2"}


async def test_many_workers_never_get_the_same(store: Store) -> None:
    await store.jobs.add(*(refresh(str(n)) for n in range(20)))

    taken = await asyncio.gather(*(take(store, limit=3) for _ in range(10)))

    keys = [job.key for jobs in taken for job in jobs]
    assert sorted(keys, key=int) == [str(n) for n in range(20)]


async def test_who_dies_with_work_leaves_it_to_the_next_one_with_what_was_done(store: Store) -> None:
    await store.jobs.add(refresh("1", payload={"page": 0}))
    (dead,) = await take(store)
    assert await store.jobs.keep(dead, NOW + 2 * LEASE, {"page": 4})
    assert await take(store, after=2 * LEASE - SECOND) == []

    (heir,) = await take(store, after=2 * LEASE)

    assert (heir.payload, heir.attempts) == ({"page": 4}, 2)
    # The one who was thought dead can change nothing any more.
    assert not await store.jobs.keep(dead, NOW + 9 * LEASE, {"page": 1})
    assert not await store.jobs.put_back(dead, NOW)
    assert not await store.jobs.finish(dead)
    assert await store.jobs.finish(heir)
    assert await take(store, after=9 * LEASE) == []


async def test_work_that_went_well_comes_again_with_new_attempts(store: Store) -> None:
    await store.jobs.add(refresh("1"))
    (job,) = await take(store)
    assert await store.jobs.put_back(job, NOW + SECOND)
    (again,) = await take(store, after=SECOND)
    assert again.attempts == 2

    assert await store.jobs.put_back(again, NOW + 2 * SECOND, done=True)

    assert await take(store, after=SECOND) == []
    (later,) = await take(store, after=2 * SECOND)
    assert later.attempts == 1


async def test_only_what_is_due_and_of_the_kind_is_taken(store: Store) -> None:
    await store.jobs.add(
        refresh("due"), refresh("later", due_at=NOW + SECOND), NewJob(kind="recap", key="due", due_at=NOW)
    )

    assert [job.key for job in await take(store, limit=9)] == ["due"]


async def test_servers_take_turns_however_much_one_wants(store: Store) -> None:
    for server in (ARENA, TAVERN):
        await store.servers.add(server, NOW)
    await store.jobs.add(*(refresh(f"arena {n}", server_id=ARENA) for n in range(6)))
    await store.jobs.add(*(refresh(f"tavern {n}", server_id=TAVERN) for n in range(2)), refresh("nobody's"))

    one_by_one = [(await take(store))[0] for _ in range(6)]

    assert [job.server_id for job in one_by_one[:3]] != [ARENA] * 3
    assert {job.server_id for job in one_by_one[:3]} == {ARENA, TAVERN, None}
    assert sum(job.server_id == TAVERN for job in one_by_one) == 2


async def test_a_batch_is_shared_too(store: Store) -> None:
    for server in (ARENA, TAVERN):
        await store.servers.add(server, NOW)
    await store.jobs.add(*(refresh(f"arena {n}", server_id=ARENA) for n in range(6)))
    await store.jobs.add(*(refresh(f"tavern {n}", server_id=TAVERN) for n in range(6)))

    jobs = await take(store, limit=4)

    assert sorted(job.server_id or 0 for job in jobs) == [ARENA, ARENA, TAVERN, TAVERN]


def of(colour: object, key: str, **changes: object) -> NewJob:
    return refresh(key, payload={"colour": colour}, **changes)


async def take_alike(store: Store, limit: int) -> list[str]:
    jobs = await store.jobs.take(NOW, lease=LEASE, kinds=["refresh"], limit=limit, alike="colour")
    return [job.key for job in jobs]


async def test_what_is_alike_is_taken_together(store: Store) -> None:
    colours = ["red", "blue", "green"]
    await store.jobs.add(*(of(colours[n % 3], f"{colours[n % 3]} {n // 3}") for n in range(15)))

    batches = [await take_alike(store, 4) for _ in range(7)]

    assert [len(batch) for batch in batches] == [4, 4, 4, 1, 1, 1, 0]
    assert [{key.split()[0] for key in batch} for batch in batches[:3]] == [{it} for it in colours]
    assert batches[0] == [f"red {n}" for n in range(4)]


async def test_what_is_like_nothing_else_is_taken_too(store: Store) -> None:
    await store.jobs.add(refresh("bare"), of(None, "none"), of(7, "number"), of("red", "red"))

    batches = [await take_alike(store, 9) for _ in range(5)]

    assert sorted(key for batch in batches for key in batch) == ["bare", "none", "number", "red"]
    assert batches[0] == ["bare"]
    assert batches[-1] == []


async def test_turns_decide_what_is_taken_together_and_who_is_in_it(store: Store) -> None:
    for server in (ARENA, TAVERN):
        await store.servers.add(server, NOW)
    await store.jobs.add(*(of("red", f"red arena {n}", server_id=ARENA) for n in range(6)))
    await store.jobs.add(*(of("red", f"red tavern {n}", server_id=TAVERN) for n in range(2)))
    await store.jobs.add(of("blue", "blue tavern", server_id=TAVERN))

    first = await take_alike(store, 4)
    await store.jobs.add(of("green", "urgent", server_id=ARENA, priority=-1))

    assert sorted(first) == ["red arena 0", "red arena 1", "red tavern 0", "red tavern 1"]
    assert [await take_alike(store, 4) for _ in range(3)] == [
        ["urgent"],
        ["blue tavern"],
        [f"red arena {n}" for n in range(2, 6)],
    ]


async def test_what_is_urgent_comes_before_fairness(store: Store) -> None:
    await store.servers.add(ARENA, NOW)
    await store.servers.add(TAVERN, NOW)
    await store.jobs.add(*(refresh(f"now {n}", server_id=ARENA, priority=0) for n in range(3)))
    await store.jobs.add(refresh("later", server_id=TAVERN, priority=1))

    assert [job.key for job in await take(store, limit=4)] == ["now 0", "now 1", "now 2", "later"]


async def test_the_backlog_counts_what_waits_and_what_is_in_hand(store: Store) -> None:
    await store.jobs.add(refresh("1"), refresh("2", due_at=NOW - SECOND), refresh("3", due_at=NOW + SECOND))
    await store.jobs.add(NewJob(kind="backfill", key="1", due_at=NOW + SECOND))
    await store.jobs.add(NewJob(kind="older", key="1", due_at=NOW))
    await take(store)
    await store.jobs.take(NOW, lease=LEASE, kinds=["older"])

    assert await store.jobs.backlog(NOW) == (
        Backlog("backfill", 0, 1, NOW + SECOND),
        Backlog("older", 0, 0, None, in_hand=1),
        Backlog("refresh", 1, 1, NOW, in_hand=1),
    )
    # Whoever had it has died: it waits again.
    assert await store.jobs.backlog(NOW + LEASE) == (
        Backlog("backfill", 1, 0, NOW + SECOND),
        Backlog("older", 1, 0, NOW),
        Backlog("refresh", 3, 0, NOW - SECOND),
    )


@pytest.mark.parametrize("whom", [{"user_id": ADA}, {"xuid": OLIVE}, {"server_id": ARENA}])
async def test_no_work_is_added_for_whom_was_erased(store: Store, whom: dict[str, int]) -> None:
    """A worker that finishes a job after the erasure and goes on to the next."""
    await join(store, ADA, OLIVE)
    await store.jobs.add(refresh("1", **whom))
    (job,) = await take(store)
    await store.erasure.forget_server(ARENA)

    assert await store.jobs.add(refresh("2", **whom)) == 0

    assert not await store.jobs.finish(job)
    assert await store.jobs.backlog(NOW) == ()
    assert await store.accounts.of_user(ADA) is None


async def test_work_for_a_player_goes_when_the_last_link_does(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)
    await join(store, BEN, OLIVE, server_id=TAVERN)
    await store.jobs.add(refresh("1", xuid=OLIVE), refresh("2", user_id=ADA, xuid=OLIVE))

    await store.erasure.forget_user(ADA)
    assert [job.key for job in await take(store, limit=9)] == ["1"]

    await store.links.claim(BEN, PAT, "Pat", server_id=TAVERN, at=NOW)
    assert await take(store, limit=9, after=2 * LEASE) == []
