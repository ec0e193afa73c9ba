"""Tier icons as application emojis: usable in every server, and text where they cannot be had."""

from __future__ import annotations

from collections.abc import Mapping

from bot.halo.models.refdata import Tier
from bot.stats.match_report import CsrStanding

__all__ = ["TierEmoji", "tier_key"]


def tier_key(standing: CsrStanding) -> str:
    """The name of a standing's emoji: ``csr_diamond_4``, ``csr_onyx``, ``csr_unranked``."""
    known = standing.value is not None and standing.tier in tuple(Tier) and standing.tier
    if not known:
        return "csr_unranked"
    tier = str(standing.tier).lower()
    return f"csr_{tier}_{standing.sub_tier}" if standing.sub_tier else f"csr_{tier}"


class TierEmoji:
    """Writes the icon of a standing; until the emojis are known, nothing."""

    def __init__(self) -> None:
        self._mentions: Mapping[str, str] = {}

    def learn(self, mentions: Mapping[str, str]) -> None:
        """Take the application's emojis: from name to mention (``<:csr_onyx:123>``)."""
        self._mentions = dict(mentions)

    def write(self, standing: CsrStanding) -> str:
        """The icon with a space behind it, or an empty text."""
        mention = self._mentions.get(tier_key(standing))
        return f"{mention} " if mention else ""
