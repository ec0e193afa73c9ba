"""The statistics of their own that modes have, as data: which counters, and where their numbers come from."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from bot.playground.world.tally import Tally

__all__ = ["BLOCKS", "Block", "Objective", "Situation", "Source", "draw_objective", "sum_objectives"]

Objective = dict[str, int | timedelta | None]
"""The service's names of a block's counters with their values."""


class Source(Enum):
    """Where a counter's number comes from; the field's ``amount`` is the measure."""

    SCORE = auto()
    """This participant's part of the team's score, times the amount; the parts add up."""
    PER_MINUTE = auto()
    OF_KILLS = auto()
    OF_DEATHS = auto()
    ROUNDS_WON = auto()
    TIME = auto()
    """A share of the time played, somewhere around the amount."""
    WITHIN = auto()
    """At most another field's value, around the amount of it."""
    FIXED = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One counter. ``of`` names the other field that :attr:`Source.WITHIN` stays within.

    ``longest`` marks one where a team's value is its players' largest.
    """

    name: str
    source: Source
    amount: float = 1.0
    of: str = ""
    longest: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A mode's own statistics under their key in match stats."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a participant's objective numbers depend on; ``score_part`` is the own part of the team's score."""

    tally: Tally
    played: timedelta
    score_part: int
    rounds_won: int


_S = Source
_ELIMINATION = Block(
    "EliminationStats",
    (
        Field("AlliesRevived", _S.PER_MINUTE, 0.12),
        Field("EliminationAssists", _S.PER_MINUTE, 0.3),
        Field("Eliminations", _S.OF_KILLS, 1.0),
        Field("EnemyRevivesDenied", _S.PER_MINUTE, 0.03),
        Field("Executions", _S.OF_KILLS, 0.05),
        Field("KillsAsLastPlayerStanding", _S.OF_KILLS, 0.2),
        Field("LastPlayersStandingKilled", _S.OF_KILLS, 0.12),
        Field("RoundsSurvived", _S.ROUNDS_WON, 0.6),
        Field("TimesRevivedByAlly", _S.OF_DEATHS, 0.2),
        Field("LivesRemaining", _S.FIXED, -1),
        Field("EliminationOrder", _S.FIXED, 0),
    ),
)


def _zones(ticks_a_point: float) -> Block:
    return Block(
        "ZonesStats",
        (
            Field("StrongholdCaptures", _S.PER_MINUTE, 0.45),
            Field("StrongholdDefensiveKills", _S.OF_KILLS, 0.18),
            Field("StrongholdOffensiveKills", _S.OF_KILLS, 0.22),
            Field("StrongholdSecures", _S.PER_MINUTE, 0.2),
            Field("StrongholdOccupationTime", _S.TIME, 0.16),
            Field("StrongholdScoringTicks", _S.SCORE, ticks_a_point),
        ),
    )


_BOMB = Block(
    "BombStats",
    (
        Field("BombCarriersKilled", _S.OF_KILLS, 0.1),
        Field("BombDefusals", _S.PER_MINUTE, 0.04),
        Field("BombDefusersKilled", _S.OF_KILLS, 0.05),
        Field("BombDetonations", _S.SCORE),
        Field("BombPickUps", _S.PER_MINUTE, 0.3),
        Field("BombPlants", _S.SCORE),
        Field("BombReturns", _S.PER_MINUTE, 0.1),
        Field("KillsAsBombCarrier", _S.OF_KILLS, 0.04),
        Field("TimeAsBombCarrier", _S.TIME, 0.07),
    ),
)
BLOCKS = {
    7: _ELIMINATION,
    8: _ELIMINATION,
    11: _zones(1),
    12: _zones(55),
    13: _zones(1),
    14: _zones(20),
    39: _zones(1),
    15: Block(
        "CaptureTheFlagStats",
        (
            Field("FlagCaptureAssists", _S.PER_MINUTE, 0.05),
            Field("FlagCaptures", _S.SCORE),
            Field("FlagCarriersKilled", _S.OF_KILLS, 0.12),
            Field("FlagGrabs", _S.PER_MINUTE, 0.35),
            Field("FlagReturnersKilled", _S.OF_KILLS, 0.05),
            Field("FlagReturns", _S.PER_MINUTE, 0.15),
            Field("FlagSecures", _S.PER_MINUTE, 0.2),
            Field("FlagSteals", _S.PER_MINUTE, 0.17),
            Field("KillsAsFlagCarrier", _S.OF_KILLS, 0.02),
            Field("KillsAsFlagReturner", _S.OF_KILLS, 0.03),
            Field("TimeAsFlagCarrier", _S.TIME, 0.06),
        ),
    ),
    16: _BOMB,
    25: _BOMB,
    17: Block(
        "ExtractionStats",
        (
            Field("SuccessfulExtractions", _S.SCORE),
            Field("ExtractionConversionsDenied", _S.PER_MINUTE, 0.04),
            Field("ExtractionConversionsCompleted", _S.PER_MINUTE, 0.07),
            Field("ExtractionInitiationsDenied", _S.PER_MINUTE, 0.05),
            Field("ExtractionInitiationsCompleted", _S.PER_MINUTE, 0.14),
        ),
    ),
    18: Block(
        "OddballStats",
        (
            Field("KillsAsSkullCarrier", _S.OF_KILLS, 0.05),
            Field("TimeAsSkullCarrier", _S.TIME, 0.12),
            Field("LongestTimeAsSkullCarrier", _S.WITHIN, 0.45, "TimeAsSkullCarrier", longest=True),
            Field("SkullCarriersKilled", _S.OF_KILLS, 0.2),
            Field("SkullGrabs", _S.PER_MINUTE, 0.45),
            Field("SkullScoringTicks", _S.SCORE, 1.0),
        ),
    ),
    19: Block(
        "StockpileStats",
        (
            Field("KillsAsPowerSeedCarrier", _S.OF_KILLS, 0.03),
            Field("PowerSeedsDeposited", _S.PER_MINUTE, 0.12),
            Field("PowerSeedsStolen", _S.PER_MINUTE, 0.05),
            Field("PowerSeedCarriersKilled", _S.OF_KILLS, 0.1),
            Field("TimeAsPowerSeedCarrier", _S.TIME, 0.06),
            Field("TimeAsPowerSeedDriver", _S.TIME, 0.01),
        ),
    ),
    22: Block(
        "InfectionStats",
        (
            Field("AlphasKilled", _S.OF_KILLS, 0.08),
            Field("SpartansInfected", _S.OF_KILLS, 0.3),
            Field("SpartansInfectedAsAlpha", _S.WITHIN, 0.4, "SpartansInfected"),
            Field("KillsAsLastSpartanStanding", _S.OF_KILLS, 0.1),
            Field("LastSpartansStandingInfected", _S.OF_KILLS, 0.04),
            Field("RoundsAsAlpha", _S.PER_MINUTE, 0.07),
            Field("RoundsAsLastSpartanStanding", _S.PER_MINUTE, 0.05),
            Field("RoundsFinishedAsInfected", _S.PER_MINUTE, 0.2),
            Field("RoundsSurvivedAsSpartan", _S.PER_MINUTE, 0.15),
            Field("RoundsSurvivedAsLastSpartanStanding", _S.WITHIN, 0.5, "RoundsAsLastSpartanStanding"),
            Field("TimeAsLastSpartanStanding", _S.TIME, 0.04),
            Field("InfectedKilled", _S.OF_KILLS, 0.6),
        ),
    ),
    23: Block(
        "VipStats",
        (
            Field("KillsAsVip", _S.OF_KILLS, 0.15),
            Field("TimeAsVip", _S.TIME, 0.2),
            Field("LongestTimeAsVip", _S.WITHIN, 0.6, "TimeAsVip", longest=True),
            Field("MaxKillingSpreeAsVip", _S.WITHIN, 0.7, "KillsAsVip", longest=True),
            Field("TimesSelectedAsVip", _S.PER_MINUTE, 0.25),
            Field("VipAssists", _S.PER_MINUTE, 0.15),
            Field("VipKills", _S.SCORE),
        ),
    ),
}
"""A mode's own statistics by its category; modes without an entry have none."""


def draw_objective(rng: random.Random, block: Block, situation: Situation) -> Objective:
    """One participant's numbers of a block."""
    drawn: Objective = {}
    for field in block.fields:
        drawn[field.name] = _DRAW[field.source](rng, field, situation, drawn)
    return drawn


def _own_part(_rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> int:
    return round(situation.score_part * field.amount)


def _by_time(rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> int:
    return round(2 * rng.random() * field.amount * situation.played.total_seconds() / 60)


def _of_kills(rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> int:
    return _some_of(rng, situation.tally.kills, field.amount)


def _of_deaths(rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> int:
    return _some_of(rng, situation.tally.deaths, field.amount)


def _of_rounds(rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> int:
    return _some_of(rng, situation.rounds_won, field.amount)


def _some_of(rng: random.Random, whole: int, share: float) -> int:
    """Around a share of the whole, never more than it."""
    if share >= 1:
        return whole
    return min(whole, int(whole * share * 2 * rng.random() + rng.random()))


def _some_time(rng: random.Random, field: Field, situation: Situation, _drawn: Objective) -> timedelta:
    tenths = int(situation.played.total_seconds() * 10 * field.amount * 2 * rng.random())
    return timedelta(milliseconds=100 * tenths)


def _within(rng: random.Random, field: Field, _situation: Situation, drawn: Objective) -> int | timedelta:
    whole = drawn[field.of]
    part = min(1.0, max(0.0, rng.gauss(field.amount, 0.15)))
    if isinstance(whole, timedelta):
        return timedelta(milliseconds=100 * int(whole.total_seconds() * 10 * part))
    return round((whole or 0) * part)


def _fixed(_rng: random.Random, field: Field, _situation: Situation, _drawn: Objective) -> int | None:
    return None if field.amount < 0 else int(field.amount)


_DRAW: dict[Source, Callable[[random.Random, Field, Situation, Objective], int | timedelta | None]] = {
    Source.SCORE: _own_part,
    Source.PER_MINUTE: _by_time,
    Source.OF_KILLS: _of_kills,
    Source.OF_DEATHS: _of_deaths,
    Source.ROUNDS_WON: _of_rounds,
    Source.TIME: _some_time,
    Source.WITHIN: _within,
    Source.FIXED: _fixed,
}


def sum_objectives(block: Block, parts: Sequence[Objective]) -> Objective:
    """A team's numbers: sums, or the largest where a field says so; nothing counts as 0."""
    total: Objective = {}
    for field in block.fields:
        values = [part[field.name] for part in parts]
        times = [value for value in values if isinstance(value, timedelta)]
        counts = [value for value in values if isinstance(value, int)]
        if times:
            total[field.name] = max(times) if field.longest else sum(times, timedelta())
        else:
            total[field.name] = max(counts, default=0) if field.longest else sum(counts)
    return total
