from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models.refdata import Tier
from bot.halo.models.skill import CsrContainer, RankRecap
from bot.stats.csr import change_of, progress_of, standing_at, standing_of
from bot.words.rank_words import standing_name
from tests.english import say
from tests.stats.bodies import csr

PLACEMENT: dict[str, Any] = {"InitialMeasurementMatches": 10, "MeasurementMatchesRemaining": 4}


def container(body: dict[str, Any]) -> CsrContainer:
    return CsrContainer.model_validate(body)


def recap(before: dict[str, Any], after: dict[str, Any]) -> RankRecap:
    return RankRecap.model_validate({"PreMatchCsr": before, "PostMatchCsr": after})


@pytest.mark.parametrize(
    ("body", "label"),
    [
        (csr(1319, "Diamond", 2), "Diamond 3"),
        (csr(1549, "Onyx", 0), "Onyx"),
        (csr(-1), "Unranked"),
        (csr(0), "Unranked"),
        (csr(10, "Bronze", 0), "Bronze 1"),
        (csr(1710, "Champion", 3), "Champion 4"),
        (csr(1319, ""), "Diamond 3"),
        ({}, "Unranked"),
    ],
)
def test_a_standing_is_named_as_players_name_it(body: dict[str, Any], label: str) -> None:
    assert say(standing_name(standing_of(container(body)))) == label


def test_in_placement_the_matches_done_are_counted() -> None:
    standing = standing_of(container(csr(-1, **PLACEMENT)))

    assert standing.value is None
    assert (standing.placement_done, standing.placement_total) == (6, 10)


@pytest.mark.parametrize(("remaining", "done"), [(-3, 10), (99, 0)])
def test_odd_placement_counts_stay_within_the_placement(remaining: int, done: int) -> None:
    body = csr(-1, InitialMeasurementMatches=10, MeasurementMatchesRemaining=remaining)

    assert standing_of(container(body)).placement_done == done


def test_progress_is_measured_within_the_sub_tier() -> None:
    body = csr(1313, "Diamond", 2, TierStart=1300, NextTier="Diamond", NextTierStart=1350, NextSubTier=3)

    progress = progress_of(container(body))

    assert progress is not None
    assert (progress.fraction, progress.missing) == (0.26, 37)
    assert say(standing_name(progress.next)) == "Diamond 4"


def test_progress_to_onyx_has_no_sub_tier() -> None:
    body = csr(1490, "Diamond", 5, TierStart=1450, NextTier="Onyx", NextTierStart=1500)

    progress = progress_of(container(body))

    assert progress is not None
    assert say(standing_name(progress.next)) == "Onyx"


@pytest.mark.parametrize(
    "body", [csr(1532, "Onyx", TierStart=1500, NextTierStart=1500), csr(-1, TierStart=0, NextTierStart=50)]
)
def test_there_is_no_progress_in_onyx_and_none_without_a_rank(body: dict[str, Any]) -> None:
    assert progress_of(container(body)) is None


@pytest.mark.parametrize(("after", "delta"), [(1372, 12), (1348, -12), (1360, 0)])
def test_a_ranked_match_changes_csr_by_the_difference(after: int, delta: int) -> None:
    change = change_of(recap(csr(1360, "Diamond", 3), csr(after, "Diamond", 3)), is_ranked=True)

    assert change is not None
    assert (change.before.value, change.after.value, change.delta) == (1360, after, delta)


@pytest.mark.parametrize("value", [0, -1])
@pytest.mark.parametrize("is_ranked", [True, False])
def test_an_unranked_match_changes_nothing(value: int, is_ranked: bool) -> None:
    assert change_of(recap(csr(value), csr(value)), is_ranked=is_ranked) is None


def test_a_placement_match_tells_how_many_are_done_and_no_difference() -> None:
    change = change_of(recap(csr(-1), csr(-1, **PLACEMENT)), is_ranked=True)

    assert change is not None
    assert change.delta is None
    assert change.after.placement_done == 6


def test_the_last_placement_match_has_a_rank_but_no_difference() -> None:
    change = change_of(recap(csr(-1, **PLACEMENT), csr(1204, "Diamond")), is_ranked=True)

    assert change is not None
    assert (change.delta, change.after.value) == (None, 1204)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "Bronze 1"),
        (49, "Bronze 1"),
        (50, "Bronze 2"),
        (299, "Bronze 6"),
        (300, "Silver 1"),
        (1499, "Diamond 6"),
    ],
)
def test_a_value_stands_in_the_sub_tier_it_falls_into(value: int, label: str) -> None:
    assert say(standing_name(standing_at(value))) == label


@given(st.integers(min_value=-10_000, max_value=10_000))
def test_every_value_has_a_standing(value: int) -> None:
    standing = standing_at(value)

    assert (standing.sub_tier is None) == (value >= 1500) == (standing.tier == Tier.ONYX)
    assert standing.sub_tier is None or 1 <= standing.sub_tier <= 6
