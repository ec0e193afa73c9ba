"""A match as it was played: the plan with everything that everybody did in it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.world.awards import award_medals, award_personal_scores
from bot.playground.world.feed import Kill, draw_feed
from bot.playground.world.objectives import (
    BLOCKS,
    Block,
    Objective,
    Situation,
    draw_objective,
    sum_objectives,
)
from bot.playground.world.plan import Outcome, Plan, Seat
from bot.playground.world.tally import Tally, sum_tallies, tally_feed

__all__ = ["Line", "Match", "Showing", "play_match", "played_time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one participant, or a whole team, did on one team. ``objective`` is None in modes without."""

    team: int
    score: int
    rounds_won: int
    rounds_lost: int
    rounds_tied: int
    tally: Tally
    objective: Objective | None
    medals: Counter[int]
    personal_scores: dict[int, tuple[int, int]]

    @property
    def personal_score(self) -> int:
        """The sum of the points."""
        return sum(points for _, points in self.personal_scores.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One participant's match: a line for each team they were on, in order; ``rank`` is the place overall."""

    seat: Seat
    rank: int
    lines: tuple[Line, ...]

    @property
    def kills(self) -> int:
        """Kills on all teams."""
        return sum(line.tally.kills for line in self.lines)

    @property
    def deaths(self) -> int:
        """Deaths on all teams."""
        return sum(line.tally.deaths for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A played match; ``teams`` is empty in a free-for-all, ``block`` None in modes without own statistics."""

    plan: Plan
    feed: tuple[Kill, ...]
    block: Block | None
    showings: tuple[Showing, ...]
    teams: tuple[Line, ...]

    def showing_of(self, xuid: int) -> Showing | None:
        """A player's showing, None if not in the match."""
        return next(
            (it for it in self.showings if it.seat.player is not None and it.seat.player.xuid == xuid), None
        )

    def moment(self, share: float) -> datetime:
        """The time of day at a share of the playable time."""
        return self.plan.ends_at - self.plan.playable * (1 - share)


def play_match(rng: random.Random, plan: Plan) -> Match:
    """Plays a planned match; the same plan and generator state give the same match."""
    feed = draw_feed(rng, plan)
    tallies = tally_feed(rng, plan, feed)
    block = BLOCKS.get(plan.mode.category)
    parts = _split_scores(rng, plan)
    lines = [
        _draw_lines(
            rng, plan, feed, block, at, [(team, tallies[at, team], parts[at, team]) for team in seat.teams]
        )
        for at, seat in enumerate(plan.seats)
    ]
    ranks = _rank(plan, lines)
    showings = tuple(
        Showing(seat=seat, rank=ranks[at], lines=tuple(lines[at])) for at, seat in enumerate(plan.seats)
    )
    return Match(
        plan=plan, feed=feed, block=block, showings=showings, teams=_sum_teams(plan, block, showings)
    )


def _split_scores(rng: random.Random, plan: Plan) -> dict[tuple[int, int], int]:
    """Everybody's part of the team's score; the parts of a team add up to it."""
    parts = {(at, team): 0 for at, seat in enumerate(plan.seats) for team in seat.teams}
    for result in plan.results:
        members = [(at, result.team) for at, seat in enumerate(plan.seats) if result.team in seat.teams]
        weights = [plan.seats[at].share_on(team) * (plan.seats[at].rating + 300) for at, team in members]
        for member in rng.choices(members, weights, k=result.score):
            parts[member] += 1
    return parts


def _draw_lines(
    rng: random.Random,
    plan: Plan,
    feed: Sequence[Kill],
    block: Block | None,
    at: int,
    turns: Sequence[tuple[int, Tally, int]],
) -> list[Line]:
    seat = plan.seats[at]
    lines: list[Line] = []
    for team, tally, part in turns:
        result = plan.results[team] if plan.results else None
        played = plan.playable * seat.share_on(team)
        rounds_won = result.rounds_won if result else int(seat.outcome is Outcome.WIN)
        situation = Situation(tally=tally, played=played, score_part=part, rounds_won=rounds_won)
        objective = draw_objective(rng, block, situation) if block else None
        # A medal is of the match; it stands with the team that the player ended on.
        medals = award_medals(rng, plan, feed, at, objective or {}) if team == seat.team else Counter[int]()
        lines.append(
            Line(
                team=team,
                score=tally.kills if plan.mode.player_score_is_kills else 0 if result else seat.points,
                rounds_won=rounds_won,
                rounds_lost=result.rounds_lost if result else int(seat.outcome is not Outcome.WIN),
                rounds_tied=result.rounds_tied if result else 0,
                tally=tally,
                objective=objective,
                medals=medals,
                personal_scores=award_personal_scores(plan, tally, objective or {}),
            )
        )
    return lines


def _rank(plan: Plan, lines: Sequence[Sequence[Line]]) -> list[int]:
    """Places with ties shared (1, 2, 2, 4): the better team first, then the personal score."""
    order = {Outcome.WIN: 0, Outcome.TIE: 0, Outcome.LOSS: 1, Outcome.DID_NOT_FINISH: 2}

    def strength(at: int) -> tuple[int, int, int]:
        seat = plan.seats[at]
        outcome = plan.results[seat.team].outcome if plan.results else Outcome.LOSS
        score = seat.points if not plan.results else 0
        return order[outcome], -score, -sum(line.personal_score for line in lines[at])

    strengths = [strength(at) for at in range(len(lines))]
    return [1 + sum(other < own for other in strengths) for own in strengths]


def _sum_teams(plan: Plan, block: Block | None, showings: Sequence[Showing]) -> tuple[Line, ...]:
    teams: list[Line] = []
    for result in plan.results:
        lines = [line for showing in showings for line in showing.lines if line.team == result.team]
        scores: dict[int, tuple[int, int]] = {}
        for line in lines:
            for name_id, (count, points) in line.personal_scores.items():
                before = scores.get(name_id, (0, 0))
                scores[name_id] = (before[0] + count, before[1] + points)
        teams.append(
            Line(
                team=result.team,
                score=result.score,
                rounds_won=result.rounds_won,
                rounds_lost=result.rounds_lost,
                rounds_tied=result.rounds_tied,
                tally=sum_tallies([line.tally for line in lines]),
                objective=sum_objectives(block, [line.objective or {} for line in lines]) if block else None,
                medals=sum((line.medals for line in lines), Counter[int]()),
                personal_scores=scores,
            )
        )
    return tuple(teams)


def played_time(match: Match, showing: Showing) -> timedelta:
    """How long a participant was in the match."""
    return match.plan.playable * (showing.seat.left - showing.seat.joined)
