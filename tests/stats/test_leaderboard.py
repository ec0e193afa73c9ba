"""Places, pages and metrics, beside the plainest way to work them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stats.leaderboard import PAGE, BoardPage, BoardWindow, Freshness, Question, Row, turn_to_page
from bot.stats.leaderboard_metrics import CSR, MEDAL, METRICS, Shape, Source
from bot.stats.leaderboard_standings import Field, Standings, rank_all
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Counter, RankLine

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
KILLS = Question(metric=METRICS["kills"])


@dataclass(frozen=True)
class Somebody:
    """A member with a value; ``matches`` were played."""

    user_id: int
    value: Fraction | int | None
    matches: int = 20
    gamertag: str | None = None
    verified: bool = False

    @property
    def xuid(self) -> int:
        return 10**15 + self.user_id


def field_of(everybody: Sequence[Somebody]) -> Field:
    values = [(0, 0) if it.value is None else Fraction(it.value).as_integer_ratio() for it in everybody]
    numerators, denominators = np.array(values, np.int64).reshape(-1, 2).T
    return Field(
        members=everybody,
        user_ids=[it.user_id for it in everybody],
        matches=np.array([it.matches for it in everybody], np.int64),
        numerators=numerators,
        denominators=denominators,
    )


def standings(everybody: Sequence[Somebody], needed: int = 1) -> Standings:
    return rank_all(field_of(everybody), needed)


def page_of(board: Standings, caller: int = 0, number: int | None = 1) -> BoardPage:
    return turn_to_page(board, KILLS, user_id=caller, number=number, season=None, fresh=Freshness.of(()))


def rows(everybody: Sequence[Somebody], needed: int = 1) -> list[Row]:
    """All rows, from all pages."""
    board = standings(everybody, needed)
    pages = [page_of(board, number=n + 1) for n in range(page_of(board).pages)]
    return [row for page in pages for row in page.rows]


def ranks(*values: Fraction | int | None) -> list[int | None]:
    return [row.rank for row in rows([Somebody(n, value) for n, value in enumerate(values)])]


def test_who_ties_shares_a_place_and_the_next_one_is_left_out():
    assert ranks(7, 9, 7, 1) == [1, 2, 2, 4]
    assert ranks(5, 5, 5) == [1, 1, 1]
    assert ranks(3, 2, 2, 2, 1, 1) == [1, 2, 2, 2, 5, 5]
    assert ranks() == []


def test_a_shared_place_is_marked_as_such():
    found = rows([Somebody(1, 4), Somebody(2, 3), Somebody(3, 3)])

    assert [(row.rank, row.is_tied) for row in found] == [(1, False), (2, True), (2, True)]


def test_a_place_shared_across_two_pages_is_marked_on_both():
    found = rows([Somebody(n, 30 - min(n, 9)) for n in range(11)])

    assert [(row.rank, row.is_tied) for row in found[8:]] == [(9, False), (10, True), (10, True)]


def test_who_ties_stands_in_the_order_of_the_field():
    found = rows([Somebody(5, 3), Somebody(9, 4), Somebody(2, 3), Somebody(7, 3)])

    assert [row.user_id for row in found] == [9, 5, 2, 7]


def test_a_difference_that_no_float_holds_still_decides_a_place():
    great = 10**17
    above, below = Fraction(great, great - 1), Fraction(great + 1, great)
    assert float(above) == float(below)

    found = rows([Somebody(1, below), Somebody(2, above), Somebody(3, above)])

    assert [(row.rank, row.user_id, row.is_tied) for row in found] == [
        (1, 2, True),
        (1, 3, True),
        (3, 1, False),
    ]


def test_who_lacks_matches_or_a_value_follows_and_is_not_dropped():
    everybody = [Somebody(1, 90, 9), Somebody(2, 1, 10), Somebody(3, None, 50), Somebody(4, 5, 0)]

    assert [(row.rank, row.user_id) for row in rows(everybody, 10)] == [
        (1, 2),
        (None, 3),
        (None, 1),
        (None, 4),
    ]


fractions = st.builds(Fraction, st.integers(-40, 40), st.integers(1, 12))
crowds = st.lists(st.tuples(st.none() | fractions, st.integers(0, 15)), max_size=45)


@given(crowds, st.integers(0, 12))
def test_places_are_those_that_counting_the_better_ones_gives(
    crowd: list[tuple[Fraction | None, int]], needed: int
):
    found = rows([Somebody(n, *one) for n, one in enumerate(crowd)], needed)
    able = {n: v for n, (v, matches) in enumerate(crowd) if v is not None and matches >= needed}

    assert sorted(row.user_id for row in found) == list(range(len(crowd)))
    for row in found:
        own = able.get(row.user_id)
        assert row.value == own
        assert row.rank == (None if own is None else 1 + sum(other > own for other in able.values()))
        assert row.is_tied == (own is not None and sum(other == own for other in able.values()) > 1)
    assert [row.rank is None for row in found] == sorted(row.rank is None for row in found)


@given(crowds, st.integers(0, 50), st.none() | st.integers(-3, 9))
def test_every_member_is_on_one_page_and_the_caller_always_in_sight(
    crowd: list[tuple[Fraction | None, int]], caller: int, number: int | None
):
    board = standings([Somebody(n, *one) for n, one in enumerate(crowd)])
    page = page_of(board, caller, number)

    pages = [page_of(board, caller, n + 1) for n in range(page.pages)]
    assert [row.user_id for it in pages for row in it.rows] == list(board.order)
    assert 1 <= page.number <= page.pages
    in_sight = [row.user_id for row in (*page.rows, *((page.pinned,) if page.pinned else ()))]
    assert (caller in in_sight) == (caller < len(crowd))
    assert len(in_sight) == len(set(in_sight))
    assert len(page.rows) <= PAGE
    if number is None and caller < len(crowd):
        assert caller in [row.user_id for row in page.rows]
        assert page.number == page.callers_page


def test_bars_are_parts_of_the_best_and_never_below_nothing():
    def shares(*values: int) -> list[float]:
        return [row.share for row in rows([Somebody(n, value) for n, value in enumerate(values)])]

    assert shares(8, 4, 0, -8) == [1, 0.5, 0, 0]
    assert shares(-1, -8) == [0, 0]
    assert shares(0) == [0]


def test_freshness_tells_the_oldest_the_newest_and_who_is_awaited():
    hour = timedelta(hours=1)

    assert Freshness.of([NOW, None, NOW - hour, NOW - 5 * hour, None]) == Freshness(
        oldest=NOW - 5 * hour, newest=NOW, awaited=2
    )
    assert Freshness.of([]) == Freshness(oldest=None, newest=None, awaited=0)


def value(key: str, matches: int, *numbers: int) -> Fraction | None:
    of_one = np.array([[matches], *([number] for number in numbers)], np.int64)
    numerators, denominators = METRICS[key].quotient(of_one[0], [*of_one[1:]])
    (numerator,), (denominator,) = numerators.tolist(), np.broadcast_to(denominators, 1).tolist()
    return Fraction(numerator, denominator) if denominator else None


def test_rates_are_what_the_game_calls_so():
    assert value("kd", 20, 30, 20) == Fraction(3, 2)
    assert value("kd", 20, 30, 0) == 30
    # Two matches: 10 + 3/3 − 5 and 2 + 4/3 − 9, of which this is the mean.
    assert value("kda", 2, 12, 14, 7) == (Fraction(6) + Fraction(2 * 3 + 4 - 27, 3)) / 2
    assert value("kda", 1, 0, 9, 0) == -9
    assert value("win_rate", 8, 3) == Fraction(75, 2)
    assert value("accuracy", 3, 23, 125) == Fraction(92, 5)
    assert value("accuracy", 3, 0, 0) is None
    assert value("damage", 2, 5_000, 600_000) == 500
    assert value("damage", 2, 0, 0) is None
    assert value("matches", 17) == 17


def test_the_table_has_what_the_command_promises_and_asks_for_what_there_is():
    assert list(METRICS) == [
        *("csr", "csr_season", "csr_ever", "kills", "deaths", "assists", "kd", "kda", "win_rate", "matches"),
        *("accuracy", "damage", "headshots", "perfects", "medal", "objective", "spree"),
    ]
    counters = {counter.value for counter in Counter}
    for metric in METRICS.values():
        fields = set(RankLine._fields) if metric.is_rank else counters
        assert set(metric.numbers) <= fields, metric.key
        assert metric.is_rank == (metric.shape is Shape.CSR)


def test_rates_take_ten_matches_totals_one_and_a_rank_none():
    rates = {"kd", "kda", "win_rate", "accuracy", "damage"}
    for metric in METRICS.values():
        usual = 0 if metric.source is Source.RANK else 10 if metric.key in rates else 1
        assert Question(metric=metric).needed == usual
        assert Question(metric=metric, min_matches=3).needed == 3


def test_a_csr_is_of_ranked_arena_unless_another_playlist_is_named():
    slayer = RANKED_PLAYLISTS[1]

    assert Question(metric=CSR).counted_playlist == RANKED_PLAYLISTS[0]
    assert Question(metric=CSR, playlist_id=slayer).counted_playlist == slayer
    assert KILLS.counted_playlist is None
    assert replace(KILLS, playlist_id=slayer).counted_playlist == slayer
    assert Question(metric=MEDAL, medal_id=5).counted_playlist is None


@pytest.mark.parametrize(("window", "days"), [(BoardWindow.WEEK, 7), (BoardWindow.MONTH, 30)])
def test_rolling_windows_have_a_length(window: BoardWindow, days: int):
    assert window.length == timedelta(days=days)
    assert Question(metric=CSR, window=window).change_window is window
    assert Question(metric=CSR, window=BoardWindow.ALL).change_window is BoardWindow.WEEK
    assert BoardWindow.SEASON.length is None
