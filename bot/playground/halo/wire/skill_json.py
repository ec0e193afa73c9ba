"""CSR and match skill as the skill service writes them."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Any

from bot.playground.world.ladder import PLACEMENT_MATCHES, TIERS, Standing, tier_of
from bot.playground.world.skill import Expected, MatchSkill

__all__ = ["write_csr", "write_entry", "write_match_skill"]

_UNRANKED = Standing(value=0, remaining=0)


def write_entry(xuid: int, result: dict[str, Any] | None) -> dict[str, Any]:
    """One player's part of an answer; without a result, the code that says not found."""
    return {"Id": f"xuid({xuid})", "ResultCode": 0 if result else 1, "Result": result}


def write_csr(standings: tuple[Standing, Standing, Standing]) -> dict[str, Any]:
    """Current rank, the season's best and the best of all time."""
    current, season, all_time = standings
    return {
        "Current": write_standing(current),
        "SeasonMax": write_standing(season),
        "AllTimeMax": write_standing(all_time),
    }


def write_standing(standing: Standing, *, measured: int = PLACEMENT_MATCHES) -> dict[str, Any]:
    """One rank; the next sub-tier starts where this one ends."""
    tier, sub_tier, start = tier_of(standing.value)
    unranked, top = not tier, tier == TIERS[-1]
    following = start if unranked or top else start + 50
    next_tier, next_sub_tier, _ = (tier, 0, 0) if unranked or top else tier_of(following)
    return {
        "Value": standing.value,
        "MeasurementMatchesRemaining": standing.remaining,
        "Tier": tier,
        "TierStart": start,
        "SubTier": sub_tier,
        "NextTier": next_tier,
        "NextTierStart": following,
        "NextSubTier": next_sub_tier,
        "InitialMeasurementMatches": measured,
    }


def write_match_skill(skill: MatchSkill) -> dict[str, Any]:
    """A player's skill in one match; without a model of the mode the expectations are null."""
    return {
        "TeamMmr": _write_number(skill.team_ratings[skill.team]),
        "RankRecap": {
            "PreMatchCsr": _write_recap(skill.before),
            "PostMatchCsr": _write_recap(skill.after),
        },
        "StatPerformances": _write_performances(skill),
        "TeamId": skill.team,
        "TeamMmrs": {str(team): _write_number(rating) for team, rating in skill.team_ratings.items()},
        "RankedRewards": None,
        "Counterfactuals": {
            "SelfCounterfactuals": _write_expected(skill.own),
            "TierCounterfactuals": {
                tier: _write_expected(expected) for tier, expected in skill.tiers.items()
            },
        }
        if skill.own
        else None,
    }


def _write_recap(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {
            **write_standing(_UNRANKED, measured=0),
            "Tier": "",
            "NextTier": "",
            "NextTierStart": 0,
            "NextSubTier": 0,
        }
    return write_standing(standing)


def _write_performances(skill: MatchSkill) -> dict[str, Any] | None:
    if skill.own is None or skill.deviation is None:
        return None
    return {
        "Kills": {"Count": skill.kills, "Expected": skill.own.kills, "StdDev": skill.deviation.kills},
        "Deaths": {"Count": skill.deaths, "Expected": skill.own.deaths, "StdDev": skill.deviation.deaths},
    }


def _write_expected(expected: Expected | None) -> dict[str, Any] | None:
    if expected is None:
        return None
    return {"Kills": _write_number(expected.kills), "Deaths": _write_number(expected.deaths)}


def _write_number(number: float) -> float | str:
    """JSON has no word for what is no number or endless; the service writes a string."""
    if isnan(number):
        return "NaN"
    return number if isfinite(number) else "Infinity"
