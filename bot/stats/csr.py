"""Competitive skill rank: standings, progress, and the change a match made.

A tier spans 300 points in six sub-tiers of 50; Onyx begins at 1500 and has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.halo.extras import CompetitiveSkillRank
from bot.halo.models.refdata import Tier
from bot.halo.models.skill import CsrContainer, RankRecap
from bot.stats.match_report import CsrChange, CsrStanding

__all__ = [
    "CsrProgress",
    "change_of",
    "has_csr",
    "progress_of",
    "standing_at",
    "standing_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrProgress:
    """The way through a sub-tier: ``fraction`` of it done (0 to 1), ``missing`` points to ``next``."""

    fraction: float
    missing: int
    next: CsrStanding


def standing_at(value: int) -> CsrStanding:
    """Return the standing that a CSR value means; below 0 counts as 0."""
    csr = max(value, 0)
    rank = CompetitiveSkillRank(csr)
    sub_tier = None if rank.tier == Tier.ONYX else rank.sub_tier.to_int()
    return CsrStanding(value=csr, tier=rank.tier, sub_tier=sub_tier)


def standing_of(container: CsrContainer) -> CsrStanding:
    """Return the standing that the service states.

    A value of −1, or 0 in no tier, is no rank. A tier that this bot does not know is kept as it is.
    """
    total = max(container.initial_measurement_matches, 0)
    done = min(max(total - container.measurement_matches_remaining, 0), total)
    if container.value < 0 or (container.value == 0 and not container.tier):
        return CsrStanding(
            value=None, tier=Tier.UNRANKED, sub_tier=None, placement_done=done, placement_total=total
        )
    if not container.tier:
        return standing_at(container.value)
    return CsrStanding(
        value=container.value,
        tier=container.tier,
        sub_tier=None if container.tier == Tier.ONYX else container.sub_tier.to_int(),
        placement_done=done,
        placement_total=total,
    )


def progress_of(container: CsrContainer) -> CsrProgress | None:
    """Return the progress through the current sub-tier; None in Onyx, unranked, and for odd bounds."""
    span = container.next_tier_start - container.tier_start
    if standing_of(container).value is None or span <= 0:
        return None
    done = min(max(container.value - container.tier_start, 0), span)
    following = CsrStanding(
        value=container.next_tier_start,
        tier=container.next_tier,
        sub_tier=None if container.next_tier == Tier.ONYX else container.next_sub_tier.to_int(),
    )
    return CsrProgress(fraction=done / span, missing=span - done, next=following)


def has_csr(recap: RankRecap) -> bool:
    """Whether a match touched a player's CSR: an unranked one has 0 or −1 on both sides."""
    return recap.pre_match_csr.value > 0 or recap.post_match_csr.value > 0


def change_of(recap: RankRecap, *, is_ranked: bool) -> CsrChange | None:
    """Return what a match did to a player's CSR, or None when there is nothing to tell.

    That is so where neither side is a rank, unless the match is one of the placement matches of a ranked
    playlist: then the change has no delta but says how many are done.
    """
    before, after = standing_of(recap.pre_match_csr), standing_of(recap.post_match_csr)
    if not has_csr(recap) and not (is_ranked and after.placement_total):
        return None
    delta = None if before.value is None or after.value is None else after.value - before.value
    return CsrChange(before=before, after=after, delta=delta)
