from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stats.numbers import accuracy, kda

COUNTS = st.integers(min_value=-100_000, max_value=10_000_000)


def truncated(exact: Fraction) -> Decimal:
    """What cutting off after the second decimal gives, by exact arithmetic."""
    return Decimal(int(exact * 100)) / 100


@pytest.mark.parametrize(
    ("kills", "deaths", "assists", "expected"),
    [
        (22, 11, 7, "13.33"),
        (18, 8, 5, "11.66"),
        (0, 14, 0, "-14.00"),
        (0, 2, 1, "-1.66"),
        (0, 1, 2, "-0.33"),
        (5, 5, 0, "0.00"),
    ],
)
def test_kda_is_cut_off_toward_zero_and_always_has_two_decimals(
    kills: int, deaths: int, assists: int, expected: str
) -> None:
    assert str(kda(kills, deaths, assists)) == expected


@pytest.mark.parametrize(
    ("hit", "fired", "expected"), [(23, 125, "18.40"), (135, 221, "61.08"), (2, 3, "66.66"), (5, 4, "125.00")]
)
def test_accuracy_is_exact_where_floats_are_not(hit: int, fired: int, expected: str) -> None:
    assert str(accuracy(hit, fired)) == expected


def test_accuracy_without_a_shot_is_nothing() -> None:
    assert accuracy(0, 0) is None


@given(COUNTS, COUNTS, COUNTS)
def test_kda_agrees_with_exact_arithmetic(kills: int, deaths: int, assists: int) -> None:
    assert kda(kills, deaths, assists) == truncated(kills + Fraction(assists, 3) - deaths)


@given(COUNTS, st.integers(min_value=1, max_value=10_000_000))
def test_accuracy_agrees_with_exact_arithmetic(hit: int, fired: int) -> None:
    assert accuracy(hit, fired) == truncated(100 * Fraction(hit, fired))
