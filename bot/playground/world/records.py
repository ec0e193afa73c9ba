"""Service records: exact sums of a player's matches, with the filters that the service takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from bot.playground.world.match import Line, Match, Showing
from bot.playground.world.modes import Sides
from bot.playground.world.objectives import Block, Objective, sum_objectives
from bot.playground.world.plan import Outcome, Plan
from bot.playground.world.tally import Tally, sum_tallies

__all__ = ["RecordFilter", "ServiceRecord", "sum_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What matches count; None counts all. ``season`` is a bare id, ``interaction`` 1 PvP, 2 PvE."""

    season: str | None = None
    category: int | None = None
    ranked: bool | None = None
    playlist: UUID | None = None
    interaction: int | None = None

    def takes(self, plan: Plan) -> bool:
        """Whether a match counts."""
        interaction = 2 if plan.mode.sides is Sides.TOGETHER else 1
        playlist = plan.playlist.asset_id if plan.playlist else None
        wanted = (
            (self.season, plan.season),
            (self.category, plan.mode.category),
            (self.ranked, plan.ranked),
            (self.playlist, playlist),
            (self.interaction, interaction),
        )
        return all(want is None or want == got for want, got in wanted)


@dataclass(slots=True, kw_only=True)
class ServiceRecord:
    """The sums. ``kda_sum`` over ``matches`` is the mean KDA; ``blocks`` holds each mode's own sums."""

    matches: int = 0
    played: timedelta = timedelta()
    outcomes: Counter[Outcome] = field(default_factory=Counter[Outcome])
    score: int = 0
    rounds_won: int = 0
    rounds_lost: int = 0
    rounds_tied: int = 0
    kda_sum: Fraction = Fraction(0)
    tally: Tally = field(default_factory=Tally)
    against_the_game: Tally = field(default_factory=Tally)
    medals: Counter[int] = field(default_factory=Counter[int])
    personal_scores: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    blocks: dict[str, tuple[Block, Objective]] = field(default_factory=dict[str, tuple[Block, Objective]])
    plans: list[Plan] = field(default_factory=list[Plan])


def sum_record(matches: Iterable[tuple[Match, Showing]]) -> ServiceRecord:
    """The record over these matches of one player."""
    record = ServiceRecord()
    for match, showing in matches:
        record.matches += 1
        record.plans.append(match.plan)
        record.played += match.plan.playable * (showing.seat.left - showing.seat.joined)
        record.outcomes[showing.seat.outcome] += 1
        tally = sum_tallies([line.tally for line in showing.lines])
        record.tally = sum_tallies([record.tally, tally])
        if match.plan.mode.sides is Sides.TOGETHER:
            record.against_the_game = sum_tallies([record.against_the_game, tally])
        record.kda_sum += tally.kills - tally.deaths + Fraction(tally.assists, 3)
        _add_lines(record, match.block, showing.lines)
    return record


def _add_lines(record: ServiceRecord, block: Block | None, lines: Sequence[Line]) -> None:
    last = lines[-1]
    record.rounds_won += last.rounds_won
    record.rounds_lost += last.rounds_lost
    record.rounds_tied += last.rounds_tied
    for line in lines:
        record.score += line.score
        record.medals += line.medals
        for name_id, (count, points) in line.personal_scores.items():
            before = record.personal_scores.get(name_id, (0, 0))
            record.personal_scores[name_id] = (before[0] + count, before[1] + points)
        if block and line.objective:
            earlier = record.blocks.get(block.key)
            parts = [earlier[1], line.objective] if earlier else [line.objective]
            record.blocks[block.key] = (block, sum_objectives(block, parts))
