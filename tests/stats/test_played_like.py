from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models.refdata import Tier
from bot.halo.models.skill import Counterfactual
from bot.stats.played_like import played_like
from bot.words.rank_words import standing_name
from tests.english import say

TIERS = (Tier.BRONZE, Tier.SILVER, Tier.GOLD, Tier.PLATINUM, Tier.DIAMOND, Tier.ONYX)
KILLS = (4.0, 8.0, 12.0, 16.0, 20.0, 24.0)
DEATHS = (22.0, 20.0, 18.0, 16.0, 14.0, 12.0)


def scales(
    kills: Sequence[float | None] = KILLS, deaths: Sequence[float | None] = DEATHS
) -> dict[Tier, Counterfactual]:
    return {t: Counterfactual(kills=k, deaths=d) for t, k, d in zip(TIERS, kills, deaths, strict=True)}


@pytest.mark.parametrize(
    ("kills", "deaths", "value", "label"),
    [
        (20, 14, 1200, "Diamond 1"),  # both exactly what Diamond was expected to do
        (18, 15, 1050, "Platinum 4"),  # halfway between Platinum and Diamond in both
        (22, 17, 1050, "Platinum 4"),  # 1350 by kills and 750 by deaths
        (0, 99, 0, "Bronze 1"),
        (99, 0, 1500, "Onyx"),
        (99, 99, 750, "Gold 4"),
    ],
)
def test_kills_and_deaths_are_placed_apart_and_averaged(
    kills: int, deaths: int, value: int, label: str
) -> None:
    standing = played_like(kills, deaths, scales())

    assert standing is not None
    assert standing.value == value
    assert say(standing_name(standing)) == label


@pytest.mark.parametrize("bad", [None, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("position", range(6))
def test_nothing_is_said_when_a_tier_has_no_finite_number(bad: float | None, position: int) -> None:
    broken = [bad if index == position else value for index, value in enumerate(KILLS)]
    broken_deaths = [bad if index == position else value for index, value in enumerate(DEATHS)]

    assert played_like(10, 10, scales(kills=broken)) is None
    assert played_like(10, 10, scales(deaths=broken_deaths)) is None


def test_nothing_is_said_when_a_tier_is_missing() -> None:
    without_gold = {tier: value for tier, value in scales().items() if tier != Tier.GOLD}

    assert played_like(10, 10, without_gold) is None
    assert played_like(10, 10, {}) is None


@pytest.mark.parametrize(
    ("kills", "deaths"),
    [
        ((4.0, 8.0, 7.0, 16.0, 20.0, 24.0), DEATHS),
        (KILLS, (22.0, 20.0, 21.0, 16.0, 14.0, 12.0)),
        (KILLS[::-1], DEATHS),
        (KILLS, DEATHS[::-1]),
        ((0.0,) * 6, DEATHS),
        (KILLS, (4.0, 4.0, 3.0, 2.0, 1.0, 0.0)),
    ],
)
def test_nothing_is_said_when_a_scale_does_not_run_one_way(
    kills: tuple[float, ...], deaths: tuple[float, ...]
) -> None:
    assert played_like(10, 10, scales(kills, deaths)) is None


def test_a_tier_that_an_update_adds_does_not_disturb() -> None:
    more = {**scales(), Tier("Champion"): Counterfactual(kills=1.0, deaths=99.0)}

    assert played_like(20, 14, more) == played_like(20, 14, scales())


GAPS = st.lists(st.floats(min_value=0.01, max_value=10), min_size=5, max_size=5)


@given(GAPS, GAPS, st.integers(0, 60), st.integers(0, 60))
def test_more_kills_never_place_lower_and_more_deaths_never_higher(
    kill_gaps: list[float], death_gaps: list[float], kills: int, deaths: int
) -> None:
    scale = scales([1 + sum(kill_gaps[:i]) for i in range(6)], [60 - sum(death_gaps[:i]) for i in range(6)])

    values = [
        standing.value
        for standing in (
            played_like(kills, deaths + 1, scale),
            played_like(kills, deaths, scale),
            played_like(kills + 1, deaths, scale),
        )
        if standing is not None and standing.value is not None
    ]

    assert len(values) == 3
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1500
