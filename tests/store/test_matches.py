"""Taking matches in: once each, whoever brings them and in whatever order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.store import Address, BoardLine, Counter, Line, Match, Store, Window, open_store
from tests.store.scenes import ADA, ARENA, BEN, DAY, NOW, OLIVE, PAT, join, make_line, make_match

STRANGER = 2_533_274_899_999_999


async def kills_of(store: Store, *, window: Window | None = None) -> dict[int, tuple[int, int]]:
    board = await store.boards.totals(ARENA, [Counter.KILLS], window or Window())
    return {line.xuid: (line.matches, line.values[0]) for line in board}


async def test_the_same_match_twice_counts_once(store: Store) -> None:
    await join(store, ADA, OLIVE)
    match = make_match(make_line(kills=5), make_line(STRANGER))

    assert await store.matches.add(match) == {match.match_id}
    assert await store.matches.add(match) == frozenset()
    assert await store.matches.add(match, match) == frozenset()

    assert await kills_of(store) == {OLIVE: (1, 5)}
    assert len(await store.matches.lines(match.match_id)) == 2


async def test_many_who_bring_the_same_at_the_same_time_count_it_once(store: Store, address: Address) -> None:
    """Two processes with a store of their own each, and several tasks in each."""
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    matches = [
        make_match(make_line(OLIVE, kills=1), make_line(PAT, kills=2), ended_at=NOW - n * DAY)
        for n in range(10)
    ]

    async with open_store(address) as other:
        bringers = [(store, matches[n:]) for n in range(5)] + [(other, matches[: n + 6]) for n in range(5)]
        added = await asyncio.gather(*(one.matches.add(*some) for one, some in bringers))

    assert sorted(found for some in added for found in some) == sorted(match.match_id for match in matches)
    assert await kills_of(store) == {OLIVE: (10, 10), PAT: (10, 20)}


async def test_a_match_of_several_linked_players_is_stored_once_and_counts_for_all(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    match = make_match(make_line(OLIVE, kills=1), make_line(PAT, kills=2))

    await store.matches.add(match)

    assert await store.matches.unknown([match.match_id], xuid=PAT) == frozenset()
    assert await kills_of(store) == {OLIVE: (1, 1), PAT: (1, 2)}


async def test_what_is_still_to_fetch_is_what_is_not_there(store: Store) -> None:
    await join(store, ADA, OLIVE)
    match, other = make_match(make_line()), uuid4()
    await store.matches.add(match)

    assert await store.matches.unknown([match.match_id, other]) == {other}
    assert await store.matches.unknown([match.match_id, other], xuid=OLIVE) == {other}
    assert await store.matches.unknown([]) == frozenset()


async def test_lines_come_back_as_they_were(store: Store) -> None:
    await join(store, ADA, OLIVE)
    line = Line(
        xuid=OLIVE, outcome=4, kills=1, deaths=2, assists=3, headshots=4, perfects=5, shots=6, hits=7,
        damage=2**31 - 1, played_ms=9, objective_ms=10, longest_spree=11, medals={0: 1, 2**32 - 1: 65_535},
    )  # fmt: skip
    match = make_match(line, make_line(STRANGER))

    await store.matches.add(match)

    assert set(map(repr, await store.matches.lines(match.match_id))) == {
        repr(line),
        repr(make_line(None)),
    }
    assert await store.matches.lines(uuid4()) == ()


async def test_a_match_that_no_linked_player_was_in_is_not_kept(store: Store) -> None:
    """What a worker still had in its hands when its player was erased."""
    await join(store, ADA, OLIVE)
    await store.erasure.forget_user(ADA)
    match = make_match(make_line(OLIVE), make_line(STRANGER))

    assert await store.matches.add(match) == frozenset()

    assert await store.matches.unknown([match.match_id]) == {match.match_id}
    assert await store.players.history(OLIVE) == ()


async def test_older_matches_that_come_later_keep_every_total_exact(store: Store) -> None:
    """A backfill from the newest to the oldest, in uneven pieces, amid new matches."""
    await join(store, ADA, OLIVE)
    history = [
        make_match(make_line(kills=2**n, longest_spree=n % 4), ended_at=NOW - timedelta(hours=n))
        for n in range(1, 25)
    ]
    for start, end in ((10, 12), (0, 3), (12, 24), (3, 10)):
        await store.matches.add(*history[start:end])

    for hours in range(30):
        window = Window(NOW - timedelta(hours=hours), NOW)
        inside = [2**n for n in range(1, 25) if n <= hours]
        assert await kills_of(store, window=window) == {OLIVE: (len(inside), sum(inside))}


async def test_a_stranger_s_old_lines_count_as_soon_as_the_stranger_is_linked(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(make_match(make_line(OLIVE, kills=1), make_line(PAT, kills=7)))

    await join(store, BEN, PAT, "Pat")

    assert await kills_of(store) == {OLIVE: (1, 1), PAT: (1, 7)}


async def test_whoever_returns_gets_lost_lines_back_when_their_matches_come_again(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    matches = [
        make_match(
            make_line(OLIVE, kills=n, medals={5: n}), make_line(PAT, kills=1), make_line(STRANGER, kills=n)
        )
        for n in range(1, 4)
    ]
    ids = [match.match_id for match in matches]
    await store.matches.add(*matches)
    await store.erasure.forget_user(ADA)

    await join(store, ADA, OLIVE)

    assert await store.matches.unknown(ids) == frozenset()
    assert await store.matches.unknown(ids, xuid=PAT) == frozenset()
    assert await store.matches.unknown(ids, xuid=OLIVE) == set(ids)
    assert await kills_of(store) == {OLIVE: (0, 0), PAT: (3, 3)}
    assert await store.matches.add(*matches) == set(ids)
    assert await store.matches.add(*matches) == frozenset()
    assert await store.matches.unknown(ids, xuid=OLIVE) == frozenset()
    assert await kills_of(store) == {OLIVE: (3, 6), PAT: (3, 3)}
    for match in matches:
        xuids = sorted(line.xuid or 0 for line in await store.matches.lines(match.match_id))
        assert xuids == [0, OLIVE, PAT]


async def test_a_line_that_was_counted_otherwise_is_given_back_all_the_same(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    match_id = uuid4()
    await store.matches.add(make_match(make_line(OLIVE, objective_ms=5), make_line(PAT), match_id=match_id))
    await store.erasure.forget_user(ADA)
    await join(store, ADA, OLIVE)

    await store.matches.add(
        make_match(make_line(OLIVE, objective_ms=6, kills=2), make_line(PAT), match_id=match_id)
    )

    assert await kills_of(store) == {OLIVE: (1, 2), PAT: (1, 0)}
    assert await store.matches.unknown([match_id], xuid=OLIVE) == frozenset()


async def test_who_is_to_be_kept_fresh_and_how_active_they_are(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    await store.players.refreshed([OLIVE], NOW)
    custom = {"matchmade": False, "playlist_id": None}
    await store.matches.add(make_match(make_line(), ended_at=NOW - DAY, **custom))
    await store.matches.add(make_match(make_line(), ended_at=NOW - 2 * DAY))

    pat, olive = await store.players.tracked()

    assert (pat.xuid, pat.gamertag, pat.refreshed_at, pat.last_match_at) == (PAT, "Pat", None, None)
    assert (olive.xuid, olive.refreshed_at, olive.last_match_at) == (OLIVE, NOW, NOW - DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"xuid": 0},
        {"xuid": 2**63},
        {"kills": -1},
        {"damage": 2**31},
        {"outcome": 2**15},
        {"medals": {1: 0}},
        {"medals": {2**32: 1}},
    ],
)
def test_a_line_that_no_match_has_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        make_line(**wrong)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ended_at": datetime(1969, 12, 31, tzinfo=UTC)},
        {"ended_at": datetime(9999, 12, 31, tzinfo=UTC)},
        {"ended_at": datetime(2026, 1, 1)},  # noqa: DTZ001 - the mistake that is meant
        {"mode_category": 2**15},
        {"season_id": "x" * 129},
        {"season_id": "nul\0"},
    ],
)
def test_a_match_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"out of range|time zone|path"):
        make_match(make_line(), **wrong)  # pyright: ignore[reportArgumentType]


def test_a_player_with_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="two lines"):
        make_match(make_line(), make_line(kills=1))


async def test_one_nameless_line_keeps_the_whole_batch_out(store: Store) -> None:
    await join(store, ADA, OLIVE)
    good, bad = make_match(make_line()), make_match(make_line(), make_line(None))

    with pytest.raises(ValueError, match="XUID"):
        await store.matches.add(good, bad)

    assert await store.matches.unknown([good.match_id]) == {good.match_id}


async def test_who_reads_amid_writing_sees_each_match_whole(store: Store) -> None:
    """Both lines of a match, and both edges of a window, are of one moment."""
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    seen: list[Sequence[BoardLine]] = []

    async def watch(writing: asyncio.Task[None]) -> None:
        while not writing.done():
            seen.append(await store.boards.totals(ARENA, [Counter.KILLS], Window(NOW - 40 * DAY, NOW)))

    async def write() -> None:
        for n in range(15):
            ends = NOW - (15 - n) * DAY if n % 2 else NOW - (60 + n) * DAY
            await store.matches.add(make_match(make_line(OLIVE, kills=3), make_line(PAT), ended_at=ends))

    writing = asyncio.create_task(write())
    await asyncio.gather(*(watch(writing) for _ in range(3)), writing)

    for board in seen:
        by_xuid = {line.xuid: line for line in board}
        assert by_xuid[OLIVE].matches == by_xuid[PAT].matches
        assert by_xuid[OLIVE].values == (3 * by_xuid[OLIVE].matches,)
    assert await kills_of(store, window=Window(NOW - 40 * DAY, NOW)) == {OLIVE: (7, 21), PAT: (7, 0)}


def test_a_match_is_a_plain_value() -> None:
    one = make_match(make_line(), match_id=UUID(int=1))
    assert one == make_match(make_line(), match_id=UUID(int=1))
    assert isinstance(one, Match)
