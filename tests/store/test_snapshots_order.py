"""Ranks that come in any order: from matches that are brought late, and from answers in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Rank, Snapshot, Store
from bot.store.rank_history import RankRow, placed
from tests.store.scenes import ADA, NOW, OLIVE, SLAYER, join

HOUR = timedelta(hours=1)
SEASON = "10"


def told(current: int, peak: int | None = None) -> Rank:
    """What the service says of a rank; without a peak, what a match says of it."""
    return Rank(current=current, season_max=peak, all_time_max=peak)


@dataclass(frozen=True)
class Look:
    """Something seen of a rank; a match tells no peaks."""

    hour: int
    rank: Rank

    @property
    def at(self) -> datetime:
        return NOW + self.hour * HOUR

    @property
    def has_peaks(self) -> bool:
        return self.rank.season_max is not None


async def see(store: Store, *looks: tuple[int, Rank]) -> list[tuple[int, int, Rank]]:
    """Store looks in the order given, and return the history in hours."""
    for hour, rank in looks:
        look = Look(hour, rank)
        await store.snapshots.add(SLAYER, SEASON, {OLIVE: rank}, look.at, has_peaks=look.has_peaks)
    return [_hours(it) for it in await store.snapshots.history(OLIVE, SLAYER, SEASON)]


def _hours(it: Snapshot) -> tuple[int, int, Rank]:
    return (it.taken_at - NOW) // HOUR, (it.checked_at - NOW) // HOUR, it.rank


async def test_the_days_before_the_first_look_come_in_behind_it(store: Store) -> None:
    await join(store, ADA, OLIVE)

    history = await see(
        store, (9, told(1240, 1300)), (1, told(1200)), (4, told(1200)), (5, told(1240)), (1, told(1200))
    )

    assert history == [(1, 4, told(1200)), (5, 9, told(1240, 1300))]


async def test_what_is_seen_late_gets_a_place_between_others(store: Store) -> None:
    await join(store, ADA, OLIVE)

    history = await see(store, (1, told(1200, 1300)), (9, told(1250, 1300)), (5, told(1220)))

    assert history == [
        (1, 1, told(1200, 1300)),
        (5, 5, told(1220, 1300)),
        (9, 9, told(1250, 1300)),
    ]


async def test_a_rank_in_between_that_was_left_and_returned_to_splits_what_is_there(store: Store) -> None:
    await join(store, ADA, OLIVE)

    history = await see(store, (1, told(1200, 1300)), (9, told(1200, 1300)), (5, told(1210)), (6, told(1200)))

    assert history == [(1, 1, told(1200, 1300)), (5, 5, told(1210, 1300)), (6, 9, told(1200, 1300))]


async def test_what_contradicts_a_look_of_the_same_moment_is_not_believed(store: Store) -> None:
    await join(store, ADA, OLIVE)

    history = await see(store, (1, told(1200, 1300)), (9, told(1200, 1300)), (1, told(5)), (9, told(7)))

    assert history == [(1, 9, told(1200, 1300))]


async def test_a_peak_that_was_reached_before_is_carried_to_what_came_after(store: Store) -> None:
    await join(store, ADA, OLIVE)

    history = await see(
        store, (1, told(1200, 1250)), (5, told(1220)), (7, told(1215)), (3, told(1260)), (9, told(1215, 1265))
    )

    assert history == [
        (1, 1, told(1200, 1250)),
        (3, 3, told(1260, 1260)),
        (5, 5, told(1220, 1260)),
        (7, 7, told(1215, 1260)),
        (9, 9, told(1215, 1265)),
    ]


async def test_a_late_look_moves_no_other_player_and_no_other_season(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.snapshots.add(SLAYER, "9", {OLIVE: told(900, 950)}, NOW)
    await see(store, (9, told(1240, 1300)), (1, told(1200)))

    (before,) = await store.snapshots.history(OLIVE, SLAYER, "9")
    assert (before.rank, before.taken_at) == (told(900, 950), NOW)


async def test_where_somebody_has_a_rank_is_known(store: Store) -> None:
    await join(store, ADA, OLIVE)
    assert await store.snapshots.playlists() == ()

    await see(store, (1, told(1200)), (9, told(1240)))

    assert await store.snapshots.playlists() == (SLAYER,)


# A player's CSR from match to match, and when somebody looked.

moves = st.lists(st.integers(-30, 30).filter(bool), min_size=1, max_size=8)


@st.composite
def looks(draw: st.DrawFn, *, returns: bool) -> list[Look]:
    """What was seen of a player at different moments, in order; one match every ten hours."""
    csrs = [1200]
    for move in draw(moves):
        csrs.append(csrs[-1] + move)
    if not returns:
        csrs = list(dict.fromkeys(csrs))
    seen: list[Look] = []
    for hour in sorted(draw(st.sets(st.integers(0, 10 * len(csrs) - 1), min_size=1, max_size=14))):
        number = hour // 10
        peak = max(csrs[: number + 1]) if draw(st.booleans()) else None
        seen.append(Look(hour, told(csrs[number], peak)))
    return seen


def put(seen: Sequence[Look], rows: Sequence[RankRow] = ()) -> list[RankRow]:
    """Place looks in the order given."""
    placing = list(rows)
    for look in seen:
        placing = placed(placing, look.rank, look.at, has_peaks=look.has_peaks)
    return placing


def standings(rows: Sequence[RankRow]) -> list[tuple[datetime, datetime, int | None]]:
    """The history without peaks."""
    found: list[tuple[datetime, datetime, int | None]] = []
    for current, group in groupby(rows, key=lambda row: row.rank.current):
        together = list(group)
        found.append((together[0].taken_at, together[-1].checked_at, current))
    return found


def assert_sound(rows: Sequence[RankRow]) -> None:
    """Rows neither overlap nor repeat each other, and a peak that was reached stays."""
    for row in rows:
        assert row.taken_at <= row.checked_at
    for before, after in pairwise(rows):
        assert before.checked_at < after.taken_at
        assert before.rank != after.rank
    for name in ("season_max", "all_time_max"):
        peaks = [peak for row in rows if (peak := getattr(row.rank, name)) is not None]
        assert peaks == sorted(peaks)


@given(data=st.data(), seen=looks(returns=False))
def test_any_order_tells_what_the_order_of_time_tells(data: st.DataObject, seen: list[Look]) -> None:
    in_order, shuffled = put(seen), put(data.draw(st.permutations(seen)))

    assert standings(shuffled) == standings(in_order)
    assert_sound(in_order)
    assert_sound(shuffled)
    last = max((look for look in seen if look.has_peaks), key=lambda look: look.hour, default=None)
    if last is not None and last is seen[-1]:
        assert shuffled[-1].rank == in_order[-1].rank == last.rank


@given(data=st.data(), seen=looks(returns=True))
def test_no_row_says_what_was_seen_otherwise(data: st.DataObject, seen: list[Look]) -> None:
    rows = put(data.draw(st.permutations(seen)))

    assert_sound(rows)
    for look in seen:
        for row in rows:
            if row.taken_at <= look.at <= row.checked_at:
                assert row.rank.current == look.rank.current
    assert (rows[0].taken_at, rows[-1].checked_at) == (seen[0].at, seen[-1].at)
    assert rows[-1].rank.current == seen[-1].rank.current


@given(data=st.data(), seen=looks(returns=False))
def test_seen_twice_is_seen_once(data: st.DataObject, seen: list[Look]) -> None:
    rows = put(data.draw(st.permutations(seen)))

    assert put(data.draw(st.permutations(seen)), rows) == rows


@given(seen=looks(returns=True))
def test_in_the_order_of_time_the_last_row_is_enough(seen: list[Look]) -> None:
    rows: list[RankRow] = []
    for look in seen:
        rows = [*rows[:-1], *placed(rows[-1:], look.rank, look.at, has_peaks=look.has_peaks)]

    assert rows == put(seen)


@pytest.mark.parametrize("hostile", [told(0, 0), told(2**31 - 1, 2**31 - 1), told(1500, 3)])
def test_numbers_that_make_no_sense_keep_the_rows_sound(hostile: Rank) -> None:
    rows = put([Look(1, told(1200, 1300)), Look(9, told(1250, 1300)), Look(5, hostile), Look(6, hostile)])

    assert [(row.taken_at, row.checked_at) for row in rows] == [
        (NOW + start * HOUR, NOW + end * HOUR) for start, end in ((1, 1), (5, 6), (9, 9))
    ]
