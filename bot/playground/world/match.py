"""A match as it was played: the plan with everything that everybody did in it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.playground.world.awards import Award, award_medals
from bot.playground.world.feed import Kill, draw_feed
from bot.playground.world.objectives import (
    BLOCKS,
    Block,
    Objective,
    Situation,
    draw_objective,
    sum_objectives,
)
from bot.playground.world.personal_scores import award_personal_scores
from bot.playground.world.plan import Outcome, Plan, Seat
from bot.playground.world.presence import find_phases
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


@dataclass(frozen=True, kw_only=True)
class Match:
    """A played match; ``block`` is None in modes without own statistics.

    ``feed`` and ``awards`` are in order of time.
    """

    plan: Plan
    feed: tuple[Kill, ...]
    awards: tuple[Award, ...]
    block: Block | None
    showings: tuple[Showing, ...]

    @cached_property
    def teams(self) -> tuple[Line, ...]:
        """What each team did together; empty in a free-for-all."""
        return _sum_teams(self.plan, self.block, self.showings)

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
    phases = find_phases(plan)
    feed = draw_feed(rng, plan, phases)
    block = BLOCKS.get(plan.mode.category)
    turns = _draw_turns(rng, plan, block, tally_feed(rng, plan, phases, feed))
    awards = award_medals(rng, plan, feed, [seat_turns[-1].objective for seat_turns in turns])
    medals = [Counter[int]() for _ in plan.seats]
    for _, at, medal in awards:
        medals[at][medal] += 1
    lines = [
        tuple(_draw_line(plan, seat, turn, medals[at]) for turn in turns[at])
        for at, seat in enumerate(plan.seats)
    ]
    ranks = _rank(plan, lines)
    showings = tuple(
        Showing(seat=seat, rank=ranks[at], lines=lines[at]) for at, seat in enumerate(plan.seats)
    )
    return Match(plan=plan, feed=feed, awards=awards, block=block, showings=showings)


@dataclass(slots=True)
class _Turn:
    """A participant's time on one team."""

    team: int
    tally: Tally
    part: int
    objective: Objective | None


def _draw_turns(
    rng: random.Random, plan: Plan, block: Block | None, tallies: Mapping[tuple[int, int], Tally]
) -> list[list[_Turn]]:
    """Every seat's turns in order."""
    parts = _split_scores(rng, plan)
    turns: list[list[_Turn]] = []
    for at, seat in enumerate(plan.seats):
        own: list[_Turn] = []
        for team in seat.teams:
            tally, part, objective = tallies[at, team], parts[at, team], None
            if block is not None:
                situation = Situation(
                    tally=tally,
                    played=plan.playable * seat.share_on(team),
                    score_part=part,
                    rounds_won=plan.results[team].rounds_won if plan.results else _won(seat),
                )
                objective = draw_objective(rng, block, situation)
            own.append(_Turn(team, tally, part, objective))
        turns.append(own)
    return turns


def _split_scores(rng: random.Random, plan: Plan) -> dict[tuple[int, int], int]:
    """Everybody's part of the team's score; the parts of a team add up to it."""
    parts = {(at, team): 0 for at, seat in enumerate(plan.seats) for team in seat.teams}
    for result in plan.results:
        members = [(at, result.team) for at, seat in enumerate(plan.seats) if result.team in seat.teams]
        weights = [plan.seats[at].share_on(team) * (plan.seats[at].rating + 300) for at, team in members]
        for member in rng.choices(members, weights, k=result.score):
            parts[member] += 1
    return parts


def _won(seat: Seat) -> int:
    return int(seat.outcome is Outcome.WIN)


def _draw_line(plan: Plan, seat: Seat, turn: _Turn, medals: Counter[int]) -> Line:
    result = plan.results[turn.team] if plan.results else None
    score = seat.points if result is None else turn.part if plan.mode.player_score_is_part else 0
    return Line(
        team=turn.team,
        score=turn.tally.kills if plan.mode.player_score_is_kills else score,
        rounds_won=result.rounds_won if result else _won(seat),
        rounds_lost=result.rounds_lost if result else 1 - _won(seat),
        rounds_tied=result.rounds_tied if result else 0,
        tally=turn.tally,
        objective=turn.objective,
        # A medal is of the match; it stands with the team that the player ended on.
        medals=medals if turn.team == seat.team else Counter(),
        personal_scores=award_personal_scores(plan, turn.tally, turn.objective or {}),
    )


def _rank(plan: Plan, lines: Sequence[Sequence[Line]]) -> list[int]:
    """Places with ties shared (1, 2, 2, 4): the better team first, then the own score."""
    order = {Outcome.WIN: 0, Outcome.TIE: 0, Outcome.LOSS: 1, Outcome.DID_NOT_FINISH: 2}
    strengths: list[tuple[int, int]] = []
    for at, seat in enumerate(plan.seats):
        outcome = plan.results[seat.team].outcome if plan.results else Outcome.LOSS
        strengths.append((order[outcome], -sum(line.score for line in lines[at])))
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
