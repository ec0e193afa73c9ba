from __future__ import annotations

import pytest

from bot.halo.extras import BOT_NAMES, TEAM_NAMES, CompetitiveSkillRank
from bot.halo.models.refdata import SubTier, Tier


@pytest.mark.parametrize(
    ("csr", "tier", "sub_tier", "text"),
    [
        (0, Tier.BRONZE, SubTier.I, "Bronze I"),
        (25, Tier.BRONZE, SubTier.I, "Bronze I"),
        (299.9, Tier.BRONZE, SubTier.VI, "Bronze VI"),
        (300, Tier.SILVER, SubTier.I, "Silver I"),
        (649, Tier.GOLD, SubTier.I, "Gold I"),
        (1065, Tier.PLATINUM, SubTier.IV, "Platinum IV"),
        (1319, Tier.DIAMOND, SubTier.III, "Diamond III"),
        (1499, Tier.DIAMOND, SubTier.VI, "Diamond VI"),
        (1500, Tier.ONYX, SubTier.I, "Onyx"),
        (2311, Tier.ONYX, SubTier.I, "Onyx"),
        (-1, Tier.UNRANKED, SubTier.I, "Unranked"),
    ],
)
def test_a_csr_has_a_tier_and_a_sub_tier(csr: float, tier: Tier, sub_tier: SubTier, text: str) -> None:
    rank = CompetitiveSkillRank(csr)

    assert (rank.tier, rank.sub_tier, str(rank)) == (tier, sub_tier, text)


def test_equal_csr_are_equal_ranks() -> None:
    assert len({CompetitiveSkillRank(1065), CompetitiveSkillRank(1065)}) == 1


def test_bots_and_teams_have_names() -> None:
    assert BOT_NAMES["bid(1.0)"] == "343 Meowlnir"
    assert TEAM_NAMES[0] == "Eagle"
    assert (len(BOT_NAMES), len(TEAM_NAMES)) == (60, 9)
