"""What the skill authority answers: CSR, MMR and expected performance."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.refdata import SkillResultCode, SubTier, Tier
from bot.halo.models.values import ReadOnlyDict, empty_mapping

__all__ = [
    "Counterfactual",
    "Counterfactuals",
    "CsrContainer",
    "MatchSkill",
    "MatchSkillResult",
    "MatchSkillValue",
    "PlaylistCsr",
    "PlaylistCsrResult",
    "PlaylistCsrValue",
    "RankRecap",
    "RankedRewards",
    "StatPerformance",
    "StatPerformances",
]


class CsrContainer(PascalCaseModel):
    """A CSR at one moment.

    ``value`` is −1 while unranked or in placement; `measurement_matches_remaining` of
    `initial_measurement_matches` are then left. ``tier_start`` and ``next_tier_start`` bound the sub-tier, not
    the tier; in Onyx both are 1500.
    """

    value: int = 0
    measurement_matches_remaining: int = 0
    tier: Tier = Tier.UNRANKED
    tier_start: int = 0
    sub_tier: SubTier = SubTier.I
    next_tier: Tier = Tier.UNRANKED
    next_tier_start: int = 0
    next_sub_tier: SubTier = SubTier.I
    initial_measurement_matches: int = 0


class RankRecap(PascalCaseModel):
    """CSR before and after a match."""

    pre_match_csr: CsrContainer = Field(default_factory=CsrContainer)
    post_match_csr: CsrContainer = Field(default_factory=CsrContainer)


class StatPerformance(PascalCaseModel):
    """What a player did beside what was expected; None where the service does not say."""

    count: int = 0
    expected: float | None = None
    std_dev: float | None = None


class StatPerformances(PascalCaseModel):
    """Kills and deaths beside what was expected."""

    kills: StatPerformance = Field(default_factory=StatPerformance)
    deaths: StatPerformance = Field(default_factory=StatPerformance)


class Counterfactual(PascalCaseModel):
    """The kills and deaths expected of somebody; None where the service does not say, NaN where it says so."""

    kills: float | None = None
    deaths: float | None = None


class Counterfactuals(PascalCaseModel):
    """What was expected of the player, and of a player of each tier in their place."""

    self_counterfactuals: Counterfactual = Field(default_factory=Counterfactual)
    tier_counterfactuals: ReadOnlyDict[Tier, Counterfactual] = Field(default_factory=empty_mapping)


class RankedRewards(PascalCaseModel):
    """What a player was given for a rank."""

    reward_id: UUID | None = None


def _none_if_empty(performances: StatPerformances | None) -> StatPerformances | None:
    """The service says "none" as ``{}``."""
    return performances if performances and performances.model_fields_set else None


class MatchSkillResult(PascalCaseModel):
    """A player's CSR change and the MMR of the teams, which may be infinite.

    Stat performances and counterfactuals are None where the match was not rated.
    """

    team_mmr: float | None = None
    rank_recap: RankRecap = Field(default_factory=RankRecap)
    stat_performances: Annotated[StatPerformances | None, AfterValidator(_none_if_empty)] = None
    team_id: int | None = None
    team_mmrs: ReadOnlyDict[int, float] = Field(default_factory=empty_mapping)
    ranked_rewards: RankedRewards | None = None
    counterfactuals: Counterfactuals | None = None


class MatchSkillValue(PascalCaseModel):
    """The result for one player, if there is one; ``id`` is ``xuid(…)``."""

    id: str
    result_code: SkillResultCode | None = None
    result: MatchSkillResult | None = None


class MatchSkill(PascalCaseModel):
    """The skill of the players that were asked for."""

    value: tuple[MatchSkillValue, ...] = ()


class PlaylistCsrResult(PascalCaseModel):
    """A CSR now, its peak of the season and of all time; each may be filled without the others."""

    current: CsrContainer = Field(default_factory=CsrContainer)
    season_max: CsrContainer = Field(default_factory=CsrContainer)
    all_time_max: CsrContainer = Field(default_factory=CsrContainer)


class PlaylistCsrValue(PascalCaseModel):
    """The result for one player, if there is one; ``id`` is ``xuid(…)``."""

    id: str
    result_code: SkillResultCode | None = None
    result: PlaylistCsrResult | None = None


class PlaylistCsr(PascalCaseModel):
    """The CSR of the players that were asked for."""

    value: tuple[PlaylistCsrValue, ...] = ()
