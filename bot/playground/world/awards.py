"""Medals that follow from what happened in a match, each with the moment at which it was earned."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.playground.world.feed import Kill, Method
from bot.playground.world.mode import Sides
from bot.playground.world.objectives import Objective
from bot.playground.world.plan import Outcome, Plan

__all__ = ["UNHEARD_OF_MEDAL", "Award", "award_medals"]

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
_KILLJOY, _WINGMAN = 3233952928, 1284032216
_PERFECTION, _STEAKTACULAR, _FLAWLESS_VICTORY = 865763896, 1169390319, 1680000231
_WINGMAN_ASSISTS, _PERFECTION_KILLS, _STEAKTACULAR_LEAD = 9, 15, 20
# For one kill of a method: medals with their odds; at most one of them is given.
_OF_METHOD: dict[Method, tuple[tuple[int, float], ...]] = {
    Method.HEADSHOT: (
        (1512363953, 0.1),  # Perfect
        (3091261182, 0.024),  # Last Shot
        (2861418269, 0.016),  # Quick Draw
        (3334154676, 0.012),  # Guardian Angel
        (265478668, 0.002),  # Nade Shot
        (555849395, 0.002),  # Bodyguard
        (1969067783, 0.001),  # Chain Reaction
    ),
    Method.MELEE: (
        (548533137, 0.21),  # Back Smack
        (1734214473, 0.036),  # Whiplash
        (3546244406, 0.02),  # Kong
        (3085856613, 0.009),  # Ninja
        (3114137341, 0.009),  # Bulltrue
        (670606868, 0.003),  # Sneak King
        (690125105, 0.003),  # Grapple-jack
    ),
    Method.GRENADE: (
        (3655682764, 0.06),  # Stick
        (3905838030, 0.024),  # Cluster Luck
        (3934547153, 0.02),  # Hail Mary
        (524758914, 0.015),  # Boom Block
        (3059799290, 0.003),  # Return to Sender
        (3160646854, 0.003),  # Remote Detonation
    ),
    Method.POWER: (
        (4229934157, 0.19),  # Snipe
        (2602963073, 0.11),  # No Scope
        (1477806194, 0.06),  # Counter-snipe
        (1283796619, 0.03),  # Off the Rack
        (2418616582, 0.012),  # Harpoon
        (1880789493, 0.008),  # Mind the Gap
        (4215552487, 0.006),  # Ballista
        (1646928910, 0.004),  # Grand Slam
        (1427176344, 0.003),  # 360
        (988255960, 0.001),  # Fire & Forget
        (3217141618, 0.001),  # Achilles Spine
        (1312042926, 0.0005),  # Quigley
    ),
    Method.SHOT: (
        (2123530881, 0.08),  # Reversal
        (2625820422, 0.02),  # From the Grave
        (1176569867, 0.015),  # Yard Sale
        (1169571763, 0.01),  # Shot Caller
        (2414983178, 0.004),  # Bank Shot
        (87172902, 0.006),  # Odin's Raven
        (4132863117, 0.002),  # Pull
        (4007438389, 0.001),  # Blind Fire
        (651256911, 0.001),  # Interlinked
        (3588869844, 0.0005),  # From the Void
    ),
}
_LIMITS = [tuple(accumulate(odds for _, odds in _OF_METHOD[method])) for method in Method]
_MEDALS = [tuple(medal for medal, _ in _OF_METHOD[method]) for method in Method]
# For a whole match: with so many kills of a method, once.
_PROFICIENCY: dict[Method, dict[int, int]] = {
    Method.HEADSHOT: {12: 2758320809},  # Marksman
    Method.SHOT: {7: 2852571933, 10: 1172766553},  # Rifleman, Gunslinger
    Method.MELEE: {5: 269174970},  # Boxer
    Method.GRENADE: {4: 2648272972},  # Grenadier
    Method.POWER: {6: 4277328263, 9: 3347922939},  # Sharpshooter, Scattergunner
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
_UNHEARD_OF_CATEGORY, _UNHEARD_OF_KILLS = 77, 3


class Award(NamedTuple):
    """One medal for the participant in a seat, ``time_ms`` into the playable time."""

    time_ms: int
    seat: int
    medal: int


def award_medals(
    rng: random.Random, plan: Plan, feed: Sequence[Kill], objectives: Sequence[Objective | None]
) -> tuple[Award, ...]:
    """Every medal of a match in order of time; ``objectives`` are those of the seats' last teams."""
    awards = [
        *_award_chains(plan, feed),
        *_award_methods(rng, feed),
        *_award_objectives(rng, plan, objectives),
        *_award_results(plan, feed),
    ]
    return tuple(sorted(awards))


def _award_chains(plan: Plan, feed: Sequence[Kill]) -> Iterator[Award]:
    """Kills in quick succession, kills without dying, and the end of somebody else's spree."""
    count = len(plan.seats)
    streaks, chains, before = [0] * count, [0] * count, [-_MULTIKILL_MS - 1] * count
    for time_ms, killer, victim, _, _ in feed:
        if killer is not None:
            streaks[killer] += 1
            in_time = time_ms - before[killer] <= _MULTIKILL_MS
            chains[killer] = min(chains[killer] + 1, len(_MULTIKILLS)) if in_time else 0
            before[killer] = time_ms
            if chains[killer]:
                yield Award(time_ms, killer, _MULTIKILLS[chains[killer] - 1])
            if streaks[killer] in _SPREES:
                yield Award(time_ms, killer, _SPREES[streaks[killer]])
        if victim is not None:
            if killer is not None and streaks[victim] >= min(_SPREES):
                yield Award(time_ms, killer, _KILLJOY)
            streaks[victim], chains[victim], before[victim] = 0, 0, -_MULTIKILL_MS - 1


def _award_methods(rng: random.Random, feed: Sequence[Kill]) -> Iterator[Award]:
    """For the way somebody fell, for mastering a way, and for helping often."""
    draw = rng.random
    counts: dict[tuple[int, int], int] = {}
    assists: dict[int, int] = {}
    for time_ms, killer, _, assistant, method in feed:
        if killer is None:
            continue
        if assistant is not None:
            assists[assistant] = assists.get(assistant, 0) + 1
            if assists[assistant] == _WINGMAN_ASSISTS:
                yield Award(time_ms, assistant, _WINGMAN)
        chance, limits = draw(), _LIMITS[method]
        if chance < limits[-1]:
            yield Award(time_ms, killer, _MEDALS[method][bisect_right(limits, chance)])
        key = (killer, method)
        count = counts[key] = counts.get(key, 0) + 1
        if count in _PROFICIENCY[method]:
            yield Award(time_ms, killer, _PROFICIENCY[method][count])


def _award_objectives(
    rng: random.Random, plan: Plan, objectives: Sequence[Objective | None]
) -> Iterator[Award]:
    """For what a mode is about; at some moment at which the participant was there."""
    medals = _OF_MODE.get(plan.mode.category)
    if not medals:
        return
    length_ms = round(plan.playable.total_seconds() * 1000)
    for at, (seat, objective) in enumerate(zip(plan.seats, objectives, strict=True)):
        start_ms = max(seat.joined, seat.switched) * length_ms
        span_ms = seat.left * length_ms - start_ms
        for medal, counter, odds in medals:
            value = (objective or {}).get(counter)
            for _ in range(value if isinstance(value, int) else 0):
                if rng.random() < odds:
                    yield Award(int(start_ms + rng.random() * span_ms), at, medal)


def _award_results(plan: Plan, feed: Sequence[Kill]) -> Iterator[Award]:
    """What a whole match is worth: given when it ends."""
    kills, deaths = [0] * len(plan.seats), [0] * len(plan.seats)
    for kill in feed:
        if kill.killer is not None:
            kills[kill.killer] += 1
        if kill.victim is not None:
            deaths[kill.victim] += 1
    end_ms = round(plan.playable.total_seconds() * 1000)
    scores = [result.score for result in plan.results]
    steak = plan.mode.player_score_is_kills and max(scores, default=0) - min(scores, default=0)
    for at, seat in enumerate(plan.seats):
        flawless = kills[at] >= _PERFECTION_KILLS and not deaths[at]
        if flawless and plan.mode.sides is not Sides.TOGETHER:
            yield Award(round(seat.left * end_ms), at, _PERFECTION)
        if steak >= _STEAKTACULAR_LEAD and seat.outcome is Outcome.WIN:
            yield Award(end_ms, at, _STEAKTACULAR)
        if not plan.mode.respawns and seat.outcome is Outcome.WIN and not plan.results[seat.team].rounds_lost:
            yield Award(end_ms, at, _FLAWLESS_VICTORY)
        if plan.mode.category == _UNHEARD_OF_CATEGORY and kills[at] >= _UNHEARD_OF_KILLS:
            yield Award(round(seat.left * end_ms), at, UNHEARD_OF_MEDAL)
