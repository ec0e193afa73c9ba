"""Ranks over time: a row for each change, and what was known when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import Rank, Store
from tests.store.scenes import ADA, ARENA, BEN, DAY, NOW, OLIVE, PAT, SLAYER, join

LOW = Rank(current=1200, season_max=1250, all_time_max=1500)
HIGH = Rank(current=1300, season_max=1300, all_time_max=1500)
HOUR = timedelta(hours=1)


async def test_an_unchanged_rank_only_moves_its_time_on(store: Store) -> None:
    await join(store, ADA, OLIVE)
    for hours, rank in enumerate((LOW, LOW, HIGH, HIGH, LOW)):
        await store.snapshots.add(SLAYER, "10", {OLIVE: rank}, NOW + hours * HOUR)

    history = await store.snapshots.history(OLIVE, SLAYER, "10")

    assert [(s.rank, s.taken_at, s.checked_at) for s in history] == [
        (LOW, NOW, NOW + HOUR),
        (HIGH, NOW + 2 * HOUR, NOW + 3 * HOUR),
        (LOW, NOW + 4 * HOUR, NOW + 4 * HOUR),
    ]
    assert len(await store.snapshots.history(OLIVE, SLAYER, "10", since=NOW + HOUR)) == 2


async def test_what_was_known_at_a_moment(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.snapshots.add(SLAYER, "10", {OLIVE: LOW}, NOW - 7 * DAY)
    await store.snapshots.add(SLAYER, "10", {OLIVE: HIGH}, NOW)

    (now,) = await store.snapshots.of_player(OLIVE)
    (week_ago,) = await store.snapshots.of_player(OLIVE, at=NOW - 7 * DAY)

    assert (now.rank, week_ago.rank) == (HIGH, LOW)
    assert await store.snapshots.of_player(OLIVE, at=NOW - 8 * DAY) == ()


async def test_an_answer_that_comes_late_is_ignored(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.snapshots.add(SLAYER, "10", {OLIVE: HIGH}, NOW)
    await store.snapshots.add(SLAYER, "10", {OLIVE: LOW}, NOW - HOUR)

    (snapshot,) = await store.snapshots.of_player(OLIVE)
    assert (snapshot.rank, snapshot.checked_at) == (HIGH, NOW)


async def test_of_whom_nobody_links_nothing_is_kept(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.snapshots.add(SLAYER, "10", {OLIVE: LOW, PAT: HIGH}, NOW)

    assert await store.snapshots.of_player(PAT) == ()


async def test_placement_matches_are_kept(store: Store) -> None:
    await join(store, ADA, OLIVE)
    placing = Rank(current=None, season_max=None, all_time_max=None, placement_left=3, placement_matches=5)
    await store.snapshots.add(SLAYER, "10", {OLIVE: placing}, NOW)

    (snapshot,) = await store.snapshots.of_player(OLIVE)
    assert snapshot.rank == placing


async def test_the_all_time_peak_outlives_a_season(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    await store.snapshots.add(SLAYER, "9", {OLIVE: LOW, PAT: LOW}, NOW - DAY)
    await store.snapshots.add(SLAYER, "10", {PAT: HIGH}, NOW)

    olive, pat = sorted(await store.boards.ranks(ARENA, SLAYER, "10"))

    assert olive[4:] == (None, None, None, 1500)
    assert pat[4:] == (NOW, 1300, 1300, 1500)


@pytest.mark.parametrize("wrong", [{"current": -1}, {"season_max": 2**31}, {"placement_left": 2**15}])
def test_a_rank_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        Rank(**({"current": 1, "season_max": 1, "all_time_max": 1} | wrong))
