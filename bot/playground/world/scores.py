"""Draws how a match between sides ended: who won which round, and with what score."""

from __future__ import annotations

import random

from bot.playground.world.mode import Mode, Scoring
from bot.playground.world.plan import Outcome, TeamResult

__all__ = ["draw_results", "draw_rounds"]

_POINTS_A_ROUND = 100
_CLOSENESS = 2.6


def draw_rounds(rng: random.Random, mode: Mode, winner: int | None) -> tuple[int, ...]:
    """The winner of each round, none in modes without rounds; ``winner`` None is a tie."""
    if mode.scoring not in {Scoring.ROUNDS, Scoring.POINTS_IN_ROUNDS}:
        return ()
    if winner is None:
        return tuple(rng.sample([0, 1] * max(1, mode.target - 1), 2 * max(1, mode.target - 1)))
    earlier = [winner] * (mode.target - 1) + [1 - winner] * rng.randrange(mode.target)
    rng.shuffle(earlier)
    return (*earlier, winner)


def draw_results(
    rng: random.Random, mode: Mode, sides: int, winner: int | None, rounds: tuple[int, ...]
) -> tuple[TeamResult, ...]:
    """The result of each side; ``winner`` None is a tie, −1 the game's own victory."""
    scores = _draw_scores(rng, mode, sides, winner, rounds)
    results: list[TeamResult] = []
    for side in range(sides):
        outcome = Outcome.TIE if winner is None else Outcome.WIN if side == winner else Outcome.LOSS
        won = rounds.count(side) if rounds else int(outcome is Outcome.WIN)
        lost = len(rounds) - won if rounds else int(outcome is Outcome.LOSS)
        tied = int(outcome is Outcome.TIE and not rounds)
        results.append(
            TeamResult(
                team=side,
                score=scores[side],
                rounds_won=won,
                rounds_lost=lost,
                rounds_tied=tied,
                outcome=outcome,
            )
        )
    return tuple(results)


def _draw_scores(
    rng: random.Random, mode: Mode, sides: int, winner: int | None, rounds: tuple[int, ...]
) -> list[int]:
    if mode.scoring is Scoring.ROUNDS:
        return [rounds.count(side) for side in range(sides)]
    if mode.scoring is Scoring.POINTS_IN_ROUNDS:
        return [
            sum(_POINTS_A_ROUND if won == side else rng.randint(12, _POINTS_A_ROUND - 1) for won in rounds)
            for side in range(sides)
        ]
    best = mode.target if rng.random() < 0.8 else max(1, int(mode.target * rng.uniform(0.7, 1)))
    if winner is None:
        return [max(1, best - 1)] * sides
    return [best if side == winner else _draw_behind(rng, best) for side in range(sides)]


def _draw_behind(rng: random.Random, best: int) -> int:
    """A losing score, more often close than not, always below the best."""
    return min(best - 1, int(best * (1 - 0.75 * rng.random() ** _CLOSENESS)))
