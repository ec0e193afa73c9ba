"""What people say about a CSR: its tier and sub-tier."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.halo.models.refdata import BOT_NAMES, TEAM_NAMES, SubTier, Tier

__all__ = ["BOT_NAMES", "TEAM_NAMES", "CompetitiveSkillRank"]

_TIERS = (Tier.BRONZE, Tier.SILVER, Tier.GOLD, Tier.PLATINUM, Tier.DIAMOND, Tier.ONYX)
_TIER_WIDTH = 300
_SUB_TIER_WIDTH = 50


@dataclass(frozen=True)
class CompetitiveSkillRank:
    """A CSR with its tier: 300 points each from Bronze at 0, in six sub-tiers of 50; Onyx from 1500 has none.

    ``str()`` gives ``Diamond III``. A negative value is unranked or in placement.
    """

    csr: int | float

    @property
    def tier(self) -> Tier:
        """The tier, `Tier.UNRANKED` below 0."""
        if self.csr < 0:
            return Tier.UNRANKED
        return _TIERS[min(math.floor(self.csr) // _TIER_WIDTH, len(_TIERS) - 1)]

    @property
    def sub_tier(self) -> SubTier:
        """The sub-tier; `SubTier.I` where there are none, as the service says it."""
        if self.tier in {Tier.UNRANKED, Tier.ONYX}:
            return SubTier.I
        return SubTier(math.floor(self.csr) % _TIER_WIDTH // _SUB_TIER_WIDTH)

    def __str__(self) -> str:
        if self.tier is Tier.UNRANKED:
            return "Unranked"
        return self.tier.value if self.tier is Tier.ONYX else f"{self.tier.value} {self.sub_tier.name}"
