"""The numbers that every mode has: fights, shots, damage, medals, personal score."""

from __future__ import annotations

import datetime as dt

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.refdata import MedalNameId, PersonalScoreNameId

__all__ = [
    "CoreStats",
    "MatchResultMedalStats",
    "MatchResultPersonalScoreStats",
    "ServiceRecordCoreStats",
]


class MatchResultMedalStats(PascalCaseModel):
    """How often one medal was earned; the score awarded is 0 in a match."""

    name_id: MedalNameId
    count: int = 0
    total_personal_score_awarded: int = 0


class MatchResultPersonalScoreStats(PascalCaseModel):
    """How often personal score was given for one reason, and how much in all."""

    name_id: PersonalScoreNameId
    count: int = 0
    total_personal_score_awarded: int = 0


class _SharedCoreStats(PascalCaseModel):
    """What matches and service records count alike; ``accuracy`` is in percent."""

    score: int = 0
    personal_score: int = 0
    rounds_won: int = 0
    rounds_lost: int = 0
    rounds_tied: int = 0
    kills: int = 0
    deaths: int = 0
    assists: int = 0
    suicides: int = 0
    betrayals: int = 0
    grenade_kills: int = 0
    headshot_kills: int = 0
    melee_kills: int = 0
    power_weapon_kills: int = 0
    shots_fired: int = 0
    shots_hit: int = 0
    accuracy: float = 0.0
    damage_dealt: int = 0
    damage_taken: int = 0
    callout_assists: int = 0
    vehicle_destroys: int = 0
    driver_assists: int = 0
    hijacks: int = 0
    emp_assists: int = 0
    max_killing_spree: int = 0
    medals: tuple[MatchResultMedalStats, ...] = ()
    personal_scores: tuple[MatchResultPersonalScoreStats, ...] = ()
    spawns: int = 0
    objectives_completed: int = 0


class CoreStats(_SharedCoreStats):
    """The numbers that every mode has, in one match.

    ``kda`` is kills + assists / 3 − deaths and ``accuracy`` 100 × hits / shots, both truncated toward zero to
    2 decimals by the service. Team totals are better summed from the players' counters than averaged.
    """

    kda: float = 0.0
    average_life_duration: dt.timedelta = dt.timedelta()


class ServiceRecordCoreStats(_SharedCoreStats):
    """The numbers that every mode has, over many matches.

    ``average_kda`` is the mean of the matches' KDA and ``accuracy`` is not truncated.
    """

    average_kda: float = 0.0
