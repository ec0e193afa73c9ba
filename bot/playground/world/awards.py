"""Medals and personal scores that follow from what happened in a match."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from bot.playground.world.feed import Kill, Method
from bot.playground.world.modes import Sides
from bot.playground.world.objectives import Objective
from bot.playground.world.plan import Outcome, Plan
from bot.playground.world.tally import Tally

__all__ = ["UNHEARD_OF_MEDAL", "award_medals", "award_personal_scores"]

UNHEARD_OF_MEDAL = 4_000_000_077
"""A medal of an update to come: in no list."""
_MULTIKILL_MS = 4_500
_MULTIKILLS = (
    622331684,
    2063152177,
    835814121,
    2137071619,
    1430343434,
    3835606176,
    2242633421,
    3352648716,
    3233051772,
)
_SPREES = {5: 2780740615, 10: 4261842076, 15: 418532952, 20: 1486797009, 25: 710323196, 30: 1720896992}
_KILLJOY, _PERFECTION, _STEAKTACULAR = 3233952928, 865763896, 1169390319
# For one kill of a method: medals with their odds; at most one of them is given.
_OF_METHOD: dict[Method, tuple[tuple[int, float], ...]] = {
    Method.HEADSHOT: ((1512363953, 0.22), (265478668, 0.02), (2861418269, 0.02), (3091261182, 0.02)),
    Method.MELEE: ((548533137, 0.35), (3085856613, 0.03), (3114137341, 0.03)),
    Method.GRENADE: ((3655682764, 0.3), (3905838030, 0.06), (3934547153, 0.04)),
    Method.POWER: ((4229934157, 0.3), (2602963073, 0.1), (988255960, 0.03), (1427176344, 0.015)),
    Method.SHOT: ((2123530881, 0.05), (3334154676, 0.05), (2625820422, 0.015)),
}
# For a whole match: at least this many kills of a method, once.
_PROFICIENCY = {
    Method.SHOT: (2852571933, 5),
    Method.MELEE: (269174970, 5),
    Method.GRENADE: (2648272972, 4),
    Method.POWER: (4277328263, 6),
}
# In modes by category: a medal, what counter it hangs on, and the odds for each count.
_OF_MODE: dict[int, tuple[tuple[int, str, float], ...]] = {
    8: ((521420212, "KillsAsLastPlayerStanding", 0.1), (2623698509, "LastPlayersStandingKilled", 0.2)),
    12: ((580478179, "StrongholdDefensiveKills", 0.15), (1053114074, "StrongholdCaptures", 0.06)),
    11: ((1472686630, "StrongholdCaptures", 0.08), (420808268, "StrongholdDefensiveKills", 0.1)),
    15: (
        (976049027, "KillsAsFlagCarrier", 0.7),
        (3488248720, "FlagCarriersKilled", 0.2),
        (3227840152, "FlagReturns", 0.1),
    ),
    17: ((394349536, "SuccessfulExtractions", 0.4), (2964157454, "ExtractionConversionsDenied", 0.5)),
    18: ((781229683, "SkullScoringTicks", 0.004), (3732790338, "SkullCarriersKilled", 0.2)),
    19: ((3528500956, "PowerSeedsDeposited", 0.1), (629165579, "PowerSeedsStolen", 0.3)),
    22: (
        (557309779, "InfectedKilled", 0.25),
        (2717755703, "RoundsSurvivedAsLastSpartanStanding", 0.8),
        (88914608, "SpartansInfected", 0.3),
    ),
    23: ((2125906504, "VipKills", 0.5), (1210968206, "VipAssists", 0.3)),
}
_KILLED, _ELIMINATED, _ASSISTED, _MARKED, _SELF_DESTRUCTION = (
    1024030246,
    2408971842,
    638246808,
    152718958,
    249491819,
)
# Objective counters that score: the personal score's id and its points.
_SCORED: dict[str, tuple[int, int]] = {
    "FlagCaptures": (601966503, 300), "FlagReturns": (22113181, 25), "FlagSteals": (3002710045, 25),
    "FlagGrabs": (2387185397, 10), "FlagCaptureAssists": (555570945, 100), "FlagCarriersKilled": (746397417, 10),
    "StrongholdCaptures": (3507884073, 50), "StrongholdSecures": (709346128, 25), "SkullScoringTicks": (454168309, 10),
    "SkullGrabs": (204144695, 10), "PowerSeedsDeposited": (2188620691, 100), "PowerSeedsStolen": (3996338664, 50),
    "SuccessfulExtractions": (4130011565, 200), "ExtractionConversionsCompleted": (1117301492, 100),
    "ExtractionInitiationsCompleted": (1825517751, 50), "AlliesRevived": (3428202435, 100),
    "EnemyRevivesDenied": (2130209372, 25),
}  # fmt: skip


def award_medals(
    rng: random.Random, plan: Plan, feed: Sequence[Kill], at: int, objective: Objective
) -> Counter[int]:
    """How often the participant in seat ``at`` earned which medal over the whole match."""
    medals: Counter[int] = Counter()
    own = [kill for kill in feed if kill.killer == at]
    _award_chains(medals, feed, at)
    for kill in own:
        draw = rng.random()
        for medal, odds in _OF_METHOD[kill.method]:
            draw -= odds
            if draw < 0:
                medals[medal] += 1
                break
    for method, (medal, least) in _PROFICIENCY.items():
        medals[medal] += sum(kill.method is method for kill in own) >= least
    for medal, counter, odds in _OF_MODE.get(plan.mode.category, ()):
        value = objective.get(counter)
        medals[medal] += sum(rng.random() < odds for _ in range(value)) if isinstance(value, int) else 0
    _award_for_result(medals, plan, at, own, sum(kill.victim == at for kill in feed))
    return +medals


def _award_chains(medals: Counter[int], feed: Sequence[Kill], at: int) -> None:
    """Kills in quick succession, kills without dying, and the end of somebody else's spree."""
    streaks: Counter[int] = Counter()
    chain, before = 0, -_MULTIKILL_MS
    for kill in feed:
        if kill.killer is not None:
            streaks[kill.killer] += 1
        if kill.killer == at:
            chain = min(chain + 1, len(_MULTIKILLS)) if kill.time_ms - before <= _MULTIKILL_MS else 0
            before = kill.time_ms
            medals[_MULTIKILLS[chain - 1]] += chain > 0
            medals[_SPREES.get(streaks[at], 0)] += streaks[at] in _SPREES
            medals[_KILLJOY] += kill.victim is not None and streaks[kill.victim] >= min(_SPREES)
        if kill.victim is not None:
            streaks[kill.victim] = 0
        if kill.victim == at:
            chain, before = 0, -_MULTIKILL_MS


def _award_for_result(medals: Counter[int], plan: Plan, at: int, own: Sequence[Kill], deaths: int) -> None:
    seat = plan.seats[at]
    medals[_PERFECTION] += len(own) >= 15 and deaths == 0 and plan.mode.sides is not Sides.TOGETHER
    if plan.mode.player_score_is_kills and plan.results and seat.outcome is Outcome.WIN:
        scores = sorted(result.score for result in plan.results)
        medals[_STEAKTACULAR] += scores[-1] - scores[0] >= 20
    medals[UNHEARD_OF_MEDAL] += plan.mode.category == 77 and len(own) >= 3


def award_personal_scores(plan: Plan, tally: Tally, objective: Objective) -> dict[int, tuple[int, int]]:
    """Count and points by personal score id; the points add up to the personal score."""
    kill_id, kill_points = (_ELIMINATED, 200) if not plan.mode.respawns else (_KILLED, 100)
    earned = {
        kill_id: (tally.kills, tally.kills * kill_points),
        _ASSISTED: (tally.assists, tally.assists * 50),
        _MARKED: (tally.callout_assists, tally.callout_assists * 10),
        _SELF_DESTRUCTION: (tally.suicides, tally.suicides * -100),
    }
    for counter, (name_id, points) in _SCORED.items():
        value = objective.get(counter)
        if isinstance(value, int):
            earned[name_id] = (value, value * points)
    return {name_id: entry for name_id, entry in earned.items() if entry[0]}
