"""After an erasure the database's own files are searched, byte by byte."""

from __future__ import annotations

import asyncio
import gc
import subprocess
from pathlib import Path
from types import FrameType, FunctionType, ModuleType

import pytest

from bot.store import Address, Counter, Erased, NewJob, Rank, Store, Window, open_store
from tests.store.scenes import (
    ADA,
    ARENA,
    BEN,
    DAY,
    NOW,
    OLIVE,
    PAT,
    SLAYER,
    TAVERN,
    join,
    make_line,
    make_match,
)

GAMERTAG = "Olive Oyl 1929"
STRANGER = 2_533_274_899_999_999


def traces(file: Path, *needles: str | int) -> list[str | int]:
    """Return what of this is anywhere in the database's files: free pages and the log are looked at too."""
    content = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    folded = content.lower()
    return [
        needle
        for needle in needles
        if str(needle).lower().encode() in folded
        or (isinstance(needle, int) and needle.to_bytes(8, "big") in content)
    ]


async def fill(store: Store) -> None:
    """Ada with a long life in two servers; Ben, who was in some of her matches."""
    await join(store, ADA, OLIVE, GAMERTAG)
    await join(store, BEN, PAT, "Pat")
    await store.links.enter(ADA, TAVERN, NOW)
    await store.players.saw(OLIVE, "Olive The Former", NOW - 20 * DAY)
    await store.players.saw(OLIVE, GAMERTAG, NOW)
    others = [[make_line(PAT, kills=1)] if n % 3 == 0 else [make_line(STRANGER + n)] for n in range(60)]
    matches = [
        make_match(make_line(OLIVE, kills=n, medals={7: 1}), *others[n], ended_at=NOW - n * DAY)
        for n in range(60)
    ]
    for start in range(0, 60, 20):
        await store.matches.add(*matches[start : start + 20])
    for n in range(30):
        rank = Rank(current=1000 + n, season_max=1500, all_time_max=1500)
        await store.snapshots.add(SLAYER, "season", {OLIVE: rank}, NOW + n * DAY)
        job = NewJob(kind="backfill", key=f"{n}", due_at=NOW, xuid=OLIVE, user_id=ADA, server_id=ARENA)
        await store.jobs.add(job)
    await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)


async def test_nothing_of_a_forgotten_member_is_left_in_any_page(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    everything = (OLIVE, GAMERTAG, "oliveoyl1929", "Olive The Former", ADA)
    async with open_store(Address.of_file(file)) as store:
        await fill(store)
        assert traces(file, *everything) == list(everything)
        # Her opponents, whom nobody links, never stood there.
        assert traces(file, *(STRANGER + n for n in range(60))) == []

        erased = await store.erasure.forget_user(ADA)
        await store.erasure.scrub()

        assert erased == Erased(frozenset({ADA}), frozenset({OLIVE}))
        assert traces(file, *everything) == []
        assert traces(file, PAT, "Pat") == [PAT, "Pat"]


async def test_matches_that_come_after_an_erasure_do_not_bring_the_name_back_in_any_page(
    tmp_path: Path,
) -> None:
    """Those that were on their way and those that are played later; then the log and free pages say nothing either."""
    file = tmp_path / "store.sqlite"
    async with open_store(Address.of_file(file)) as store:
        await fill(store)
        await store.erasure.forget_user(ADA)
        await store.erasure.scrub()

        shared = [make_match(make_line(OLIVE, kills=n), make_line(PAT)) for n in range(60)]
        for start in range(0, 60, 10):
            await store.matches.add(*shared[start : start + 10])
        later = [make_match(make_line(OLIVE), make_line(PAT), ended_at=NOW + n * DAY) for n in range(9)]
        await store.matches.add(*later)

        assert traces(file, OLIVE, GAMERTAG, ADA) == []
        (pat,) = await store.boards.totals(ARENA, [Counter.KILLS], Window())
        assert (pat.xuid, pat.matches) == (PAT, 20 + 60 + 9)


async def look_at_everything(store: Store) -> None:
    await store.boards.totals(ARENA, [Counter.KILLS], Window())
    await store.boards.longest_sprees(ARENA, Window())
    await store.boards.ranks(ARENA, SLAYER, "season")
    await store.links.of_player(OLIVE)
    await store.players.find(GAMERTAG)
    await store.accounts.export(ADA)


def held(root: object) -> set[str | int]:
    """Return every text and number that can be reached from an object, but through code."""
    seen: set[int] = set()
    found: set[str | int] = set()
    todo: list[object] = [root]
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, (type, ModuleType, FunctionType, FrameType)):
            continue
        seen.add(id(thing))
        if isinstance(thing, (str, int)):
            found.add(thing)
        todo.extend(gc.get_referents(thing))
    return found


@pytest.mark.parametrize("way", ["user", "server", "another account"])
async def test_nothing_of_a_forgotten_member_is_left_in_the_process(store: Store, way: str) -> None:
    """Neither in boards that were read nor in statements that are kept for the next time."""
    await join(store, ADA, OLIVE, GAMERTAG)
    await join(store, BEN, PAT, "Pat")
    await store.links.enter(ADA, TAVERN, NOW)
    await store.matches.add(make_match(make_line(OLIVE, kills=3), make_line(PAT)))
    await look_at_everything(store)
    assert held(store) >= {OLIVE, GAMERTAG, ADA}

    if way == "user":
        await store.erasure.forget_user(ADA)
    elif way == "server":
        await store.servers.remove_members(TAVERN, [ADA])
        await store.erasure.forget_server(ARENA)
    else:
        claim = await store.links.claim(ADA, OLIVE + 1, "Other", server_id=ARENA, at=NOW)
        assert claim.forgotten == (OLIVE,)

    gone = {OLIVE, GAMERTAG, ADA} if way != "another account" else {OLIVE, GAMERTAG}
    assert held(store) & gone == set()
    # What is played later is stored without the process's remembering who was in it.
    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT)))
    assert held(store) & gone == set()


async def test_nothing_of_a_forgotten_member_is_left_in_postgresql(postgres: str) -> None:
    from tests.store.conftest import make_database
    from tests.store.postgres import find_program

    address = f"{postgres}/{await make_database(postgres)}"
    everything = (str(OLIVE), GAMERTAG, "oliveoyl1929", "Olive The Former", str(ADA))

    def dump() -> str:
        command = [find_program("pg_dump"), "--data-only", "--inserts", address]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own words

    async with open_store(Address.parse(address)) as store:
        await fill(store)
        assert [needle for needle in everything if needle in await asyncio.to_thread(dump)] == list(
            everything
        )

        await store.erasure.forget_user(ADA)
        await store.erasure.scrub()

        await store.matches.add(make_match(make_line(OLIVE), make_line(PAT)))
        assert [needle for needle in everything if needle in await asyncio.to_thread(dump)] == []


async def test_what_another_linked_player_needs_keeps_its_numbers_without_a_name(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    shared = [make_match(make_line(OLIVE, kills=20 + n), make_line(PAT, kills=3)) for n in range(2)]
    alone = make_match(make_line(OLIVE), make_line(STRANGER))
    await store.matches.add(*shared, alone)

    await store.erasure.forget_user(ADA)

    for n, match in enumerate(shared):
        assert sorted((line.xuid or 0, line.kills) for line in await store.matches.lines(match.match_id)) == [
            (0, 20 + n),
            (PAT, 3),
        ]
    assert await store.matches.unknown([match.match_id for match in (*shared, alone)]) == {alone.match_id}
    (pat,) = await store.boards.totals(ARENA, [Counter.KILLS], Window())
    assert (pat.xuid, pat.matches, pat.values) == (PAT, 2, (6,))


async def test_a_player_whom_somebody_else_links_stays(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)
    await join(store, BEN, OLIVE, server_id=TAVERN)
    await store.matches.add(make_match(make_line(kills=4)))

    erased = await store.erasure.forget_user(ADA)

    assert erased == Erased(frozenset({ADA}), frozenset())
    assert await store.links.of_user(ADA) is None
    (line,) = await store.boards.totals(TAVERN, [Counter.KILLS], Window())
    assert line.values == (4,)


async def test_a_server_that_removed_the_bot_takes_those_along_who_are_nowhere_else(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)
    await join(store, BEN, PAT, "Pat", server_id=ARENA)
    await store.links.enter(BEN, TAVERN, NOW)
    await store.jobs.add(NewJob(kind="recap", key="arena", due_at=NOW, server_id=ARENA))

    erased = await store.erasure.forget_server(ARENA)

    assert erased == Erased(frozenset({ADA}), frozenset({OLIVE}))
    assert await store.servers.known() == {TAVERN}
    assert await store.links.of_user(ADA) is None
    assert [link.user_id for link in await store.links.of_server(TAVERN)] == [BEN]
    assert await store.jobs.backlog(NOW) == ()


async def test_to_forget_whom_one_never_knew_is_no_harm(store: Store) -> None:
    assert await store.erasure.forget_user(ADA) == Erased(frozenset({ADA}), frozenset())
    assert await store.erasure.forget_server(ARENA) == Erased()


async def test_whoever_was_forgotten_may_come_back(store: Store) -> None:
    await join(store, ADA, OLIVE)
    match = make_match(make_line(kills=9))
    await store.matches.add(match)
    await store.erasure.forget_user(ADA)

    await join(store, ADA, OLIVE)
    await store.matches.add(match)

    (line,) = await store.boards.totals(ARENA, [Counter.KILLS], Window())
    assert line.values == (9,)
