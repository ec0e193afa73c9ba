from __future__ import annotations

import copy
import json
import pickle
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models import refdata
from bot.halo.models.refdata import (
    AssetKind,
    MedalNameId,
    Outcome,
    PersonalScoreNameId,
    SubTier,
    Tier,
)

ENUMS = Path(__file__).parents[3] / "../shared/halo/enums.json"


@pytest.mark.parametrize(
    "unknown", [Outcome(99), AssetKind(-7), SubTier(9), Tier("Champion"), MedalNameId(5)]
)
def test_an_unknown_value_becomes_a_readable_member(unknown: Enum) -> None:
    assert unknown.name == f"UNKNOWN_{unknown.value}"
    assert isinstance(unknown, type(unknown))
    assert unknown not in list(type(unknown))
    assert str(unknown.value) in repr(unknown)


@pytest.mark.parametrize(
    "member", [Outcome(99), Outcome.WIN, SubTier(9), SubTier.II, Tier("X"), MedalNameId(5)]
)
def test_members_known_or_not_are_equal_by_value_and_survive_copying(member: Enum) -> None:
    for twin in (type(member)(member.value), copy.deepcopy(member), pickle.loads(pickle.dumps(member))):  # noqa: S301
        assert twin == member
        assert hash(twin) == hash(member)
    assert len({member, type(member)(member.value)}) == 1


def test_different_sub_tiers_differ_from_each_other_and_from_numbers() -> None:
    assert SubTier(8) != SubTier(9)
    assert SubTier.I != SubTier.II
    assert SubTier.I != 0


def test_a_number_may_arrive_in_another_spelling() -> None:
    assert Outcome(2.0) is Outcome.WIN
    assert Outcome("2") is Outcome.WIN
    assert SubTier(1.0) is SubTier.II


@pytest.mark.parametrize("value", [None, "won", 2.5, float("nan"), 2**64, [], {}])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        Outcome(value)
    with pytest.raises(ValueError, match="is not a valid"):
        SubTier(value)


def test_a_tier_is_a_word() -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        Tier(3)


@given(st.lists(st.integers(10**12, 2**63 - 1), min_size=1, max_size=50))
def test_nothing_remembers_what_was_unknown(values: list[int]) -> None:
    before = len(MedalNameId.__members__), len(MedalNameId._value2member_map_)

    for value in values:
        MedalNameId(value)

    assert (len(MedalNameId.__members__), len(MedalNameId._value2member_map_)) == before


def test_medals_and_scores_have_names_even_when_unknown() -> None:
    assert MedalNameId.THREE_SIXTY.display_name == "360"
    assert MedalNameId(2125906504).display_name == "Big Deal"
    assert MedalNameId(123456).display_name == "Medal 123456"
    assert PersonalScoreNameId.BALL_CONTROL.display_name == "Ball Control"
    assert PersonalScoreNameId(7).display_name == "Personal score 7"
    assert (len(MedalNameId), len(PersonalScoreNameId)) == (166, 61)


def test_people_count_sub_tiers_from_one() -> None:
    assert SubTier.from_int(1) is SubTier.I
    assert SubTier.VI.to_int() == 6
    assert SubTier(9).to_int() == 10


def test_the_tables_agree_with_the_reference() -> None:
    if not ENUMS.exists():
        pytest.skip("the reference material is not beside this project")
    for name, members in json.loads(ENUMS.read_text()).items():
        ours = getattr(refdata, name)
        if name in {"BOT_NAMES", "TEAM_NAMES"}:
            assert {str(key): value for key, value in ours.items()} == members
            continue
        plain = {key: value["value"] if isinstance(value, dict) else value for key, value in members.items()}
        assert {member.name: member.value for member in ours} == plain, name
        for key, value in members.items():
            if isinstance(value, dict):
                assert ours[key].display_name == value["display_name"]
