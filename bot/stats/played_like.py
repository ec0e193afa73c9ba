"""Which rank a match was played like, by the service's own expectation of each tier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bot.halo.models.refdata import Tier
from bot.halo.models.skill import Counterfactual
from bot.stats.csr import standing_at
from bot.stats.match_report import CsrStanding

__all__ = ["played_like"]

_TIERS: Final = (Tier.BRONZE, Tier.SILVER, Tier.GOLD, Tier.PLATINUM, Tier.DIAMOND, Tier.ONYX)
_TIER_POINTS: Final = 300


def played_like(
    kills: int, deaths: int, tier_counterfactuals: Mapping[Tier, Counterfactual]
) -> CsrStanding | None:
    """Place a match's kills and deaths on the scale of what each tier was expected to do in it.

    Bronze stands at 0 and each tier 300 above the one before. Kills and deaths are placed separately, by
    linear interpolation within 0 to 1500, and averaged; fractions of a point are dropped.

    Args:
        kills: The player's kills; more are better.
        deaths: The player's deaths; fewer are better.
        tier_counterfactuals: The kills and deaths expected of a player of each tier in this match.

    Returns:
        The standing, or None when a tier's expectation is missing or no finite number, or when a scale
        does not rise (kills) or fall (deaths) from each tier to the next.
    """
    expected = [tier_counterfactuals.get(tier) for tier in _TIERS]
    by_kills = _place(kills, [tier.kills if tier else None for tier in expected])
    by_deaths = _place(
        -deaths, [None if tier is None or tier.deaths is None else -tier.deaths for tier in expected]
    )
    if by_kills is None or by_deaths is None:
        return None
    return standing_at(math.floor((by_kills + by_deaths) / 2))


def _place(actual: int, scale: Sequence[float | None]) -> Fraction | None:
    """Return the CSR at which ``actual`` stands on a scale whose steps are 300 points apart.

    Exact, so that a value on a sub-tier's border is not pushed below it by rounding.
    """
    steps = [Fraction(step) for step in scale if step is not None and math.isfinite(step)]
    if len(steps) != len(scale) or any(low >= high for low, high in pairwise(steps)):
        return None
    if actual <= steps[0]:
        return Fraction(0)
    for index, (low, high) in enumerate(pairwise(steps)):
        if actual <= high:
            return _TIER_POINTS * (index + (actual - low) / (high - low))
    return Fraction(_TIER_POINTS * (len(steps) - 1))
