"""Personal scores: which deeds count how many points for whoever did them."""

from __future__ import annotations

from bot.playground.world.objectives import Objective
from bot.playground.world.plan import Plan
from bot.playground.world.tally import Tally

__all__ = ["award_personal_scores"]

_KILLED, _ELIMINATED, _ASSISTED, _MARKED, _SELF_DESTRUCTION = (
    1024030246,
    2408971842,
    638246808,
    152718958,
    249491819,
)
_KILL_POINTS, _ELIMINATION_POINTS, _ASSIST_POINTS, _MARK_POINTS, _SELF_DESTRUCTION_POINTS = (
    100,
    200,
    50,
    10,
    -100,
)
_DESTROYED, _DRIVEN, _HIJACKED = (3107879375, 50), (963594075, 50), (1834653062, 25)
# Objective counters that score: the personal score's id and its points.
_SCORED: dict[str, tuple[int, int]] = {
    "FlagCaptures": (601966503, 300), "FlagReturns": (22113181, 25), "FlagSteals": (3002710045, 25),
    "FlagGrabs": (2387185397, 10), "FlagCaptureAssists": (555570945, 100), "FlagCarriersKilled": (746397417, 25),
    "FlagReturnersKilled": (316828380, 25), "SkullCarriersKilled": (4128329646, 10),
    "StrongholdCaptures": (3507884073, 50), "StrongholdSecures": (709346128, 25), "SkullScoringTicks": (454168309, 10),
    "SkullGrabs": (204144695, 10), "PowerSeedsDeposited": (2188620691, 100), "PowerSeedsStolen": (3996338664, 50),
    "SuccessfulExtractions": (4130011565, 200), "ExtractionConversionsCompleted": (1117301492, 100),
    "ExtractionInitiationsCompleted": (1825517751, 50), "ExtractionConversionsDenied": (4247243561, 25),
    "ExtractionInitiationsDenied": (1552628741, 25), "AlliesRevived": (3428202435, 100),
    "EnemyRevivesDenied": (2130209372, 25),
}  # fmt: skip
# On a hill the same counters have names of their own.
_SCORED_ON_A_HILL = {**_SCORED, "StrongholdCaptures": (1032565232, 100), "StrongholdSecures": (340198991, 25)}
_HILLS = frozenset({12, 13})


def award_personal_scores(plan: Plan, tally: Tally, objective: Objective) -> dict[int, tuple[int, int]]:
    """Count and points by personal score id; the points add up to the personal score."""
    kill_id, kill_points = (
        (_KILLED, _KILL_POINTS) if plan.mode.respawns else (_ELIMINATED, _ELIMINATION_POINTS)
    )
    earned = {
        kill_id: (tally.kills, tally.kills * kill_points),
        _ASSISTED: (tally.assists, tally.assists * _ASSIST_POINTS),
        _MARKED: (tally.callout_assists, tally.callout_assists * _MARK_POINTS),
        _SELF_DESTRUCTION: (tally.suicides, tally.suicides * _SELF_DESTRUCTION_POINTS),
    }
    for (name_id, points), count in (
        (_DESTROYED, tally.vehicle_destroys),
        (_DRIVEN, tally.driver_assists),
        (_HIJACKED, tally.hijacks),
    ):
        earned[name_id] = (count, count * points)
    scored = _SCORED_ON_A_HILL if plan.mode.category in _HILLS else _SCORED
    for counter, value in objective.items():
        if counter in scored and isinstance(value, int):
            name_id, points = scored[counter]
            earned[name_id] = (value, value * points)
    return {name_id: entry for name_id, entry in earned.items() if entry[0]}
