"""Words for competitive skill ranks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.halo.models.refdata import Tier
from bot.stats.match_report import CsrStanding
from bot.words.phrase import Phrase, phrase, term

__all__ = ["TIERS", "standing_name"]

TIERS: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        Tier.BRONZE: term("tier", "Bronze"),
        Tier.SILVER: term("tier", "Silver"),
        Tier.GOLD: term("tier", "Gold"),
        Tier.PLATINUM: term("tier", "Platinum"),
        Tier.DIAMOND: term("tier", "Diamond"),
        Tier.ONYX: term("tier", "Onyx"),
    }
)


def standing_name(standing: CsrStanding) -> Phrase | str:
    """Name a standing: "Diamond 4", "Onyx", "Unranked"; a tier that nobody knows yet by the service's name."""
    if standing.value is None:
        return phrase("Unranked")
    tier = TIERS.get(standing.tier, str(standing.tier))
    if standing.sub_tier is None:
        return tier
    return term("rank", "{tier} {sub_tier}", tier=tier, sub_tier=standing.sub_tier)
