"""Service records: exact sums of a player's matches, with the filters that the service takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bot.playground.world.booking import Booking, Lifecycle
from bot.playground.world.match import Line, Match, Showing
from bot.playground.world.mode import Sides
from bot.playground.world.objectives import Block, Objective, sum_objectives
from bot.playground.world.plan import Outcome, Plan
from bot.playground.world.tally import Tally

__all__ = ["RecordFilter", "RecordKind", "ServiceRecord", "add_records", "kind_of"]

_PVP, _PVE = 1, 2


class RecordKind(NamedTuple):
    """Everything about a match that a service record can be asked by."""

    lifecycle: Lifecycle
    season: str | None
    category: int
    ranked: bool
    playlist: UUID | None
    interaction: int


def kind_of(match: Booking | Plan) -> RecordKind:
    """The kind of a match."""
    return RecordKind(
        lifecycle=match.lifecycle,
        season=match.season,
        category=match.mode.category,
        ranked=match.ranked,
        playlist=match.playlist.asset_id if match.playlist else None,
        interaction=_PVE if match.mode.sides is Sides.TOGETHER else _PVP,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What matches count; None counts all. ``season`` is a bare id, ``interaction`` 1 PvP, 2 PvE."""

    season: str | None = None
    category: int | None = None
    ranked: bool | None = None
    playlist: UUID | None = None
    interaction: int | None = None

    def takes(self, match: Booking | Plan) -> bool:
        """Whether a match counts."""
        return self.takes_kind(kind_of(match))

    def takes_kind(self, kind: RecordKind) -> bool:
        """Whether matches of a kind count."""
        wanted = (
            (self.season, kind.season),
            (self.category, kind.category),
            (self.ranked, kind.ranked),
            (self.playlist, kind.playlist),
            (self.interaction, kind.interaction),
        )
        return all(want is None or want == got for want, got in wanted)


@dataclass(slots=True, kw_only=True)
class ServiceRecord:
    """The sums. ``kda_thirds`` are thirds of KDA over all matches; ``blocks`` holds each mode's own sums.

    ``kinds`` tells of what kinds the matches are.
    """

    matches: int = 0
    kinds: set[RecordKind] = field(default_factory=set[RecordKind])
    played: timedelta = timedelta()
    outcomes: Counter[Outcome] = field(default_factory=Counter[Outcome])
    score: int = 0
    rounds_won: int = 0
    rounds_lost: int = 0
    rounds_tied: int = 0
    kda_thirds: int = 0
    tally: Tally = field(default_factory=Tally)
    against_the_game: Tally = field(default_factory=Tally)
    medals: Counter[int] = field(default_factory=Counter[int])
    personal_scores: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    blocks: dict[str, tuple[Block, Objective]] = field(default_factory=dict[str, tuple[Block, Objective]])

    @property
    def kda_sum(self) -> Fraction:
        """The sum of the matches' KDA; over :attr:`matches` it is the mean KDA."""
        return Fraction(self.kda_thirds, 3)

    def add_match(self, match: Match, showing: Showing) -> None:
        """Counts one match of the player."""
        self.matches += 1
        self.kinds.add(kind_of(match.plan))
        self.played += match.plan.playable * (showing.seat.left - showing.seat.joined)
        self.outcomes[showing.seat.outcome] += 1
        last = showing.lines[-1]
        self.rounds_won += last.rounds_won
        self.rounds_lost += last.rounds_lost
        self.rounds_tied += last.rounds_tied
        for line in showing.lines:
            self._add_line(match, line)

    def _add_line(self, match: Match, line: Line) -> None:
        tally = line.tally
        self.score += line.score
        self.tally.add(tally)
        if match.plan.mode.sides is Sides.TOGETHER:
            self.against_the_game.add(tally)
        self.kda_thirds += 3 * (tally.kills - tally.deaths) + tally.assists
        self.medals.update(line.medals)
        self._add_scores(line.personal_scores)
        if match.block and line.objective:
            self._add_block(match.block, line.objective)

    def add(self, other: ServiceRecord) -> None:
        """Takes in the sums of other matches of the same player."""
        self.matches += other.matches
        self.kinds |= other.kinds
        self.played += other.played
        self.outcomes.update(other.outcomes)
        self.score += other.score
        self.rounds_won += other.rounds_won
        self.rounds_lost += other.rounds_lost
        self.rounds_tied += other.rounds_tied
        self.kda_thirds += other.kda_thirds
        self.tally.add(other.tally)
        self.against_the_game.add(other.against_the_game)
        self.medals.update(other.medals)
        self._add_scores(other.personal_scores)
        for block, objective in other.blocks.values():
            self._add_block(block, objective)

    def _add_scores(self, scores: dict[int, tuple[int, int]]) -> None:
        for name_id, (count, points) in scores.items():
            before = self.personal_scores.get(name_id, (0, 0))
            self.personal_scores[name_id] = (before[0] + count, before[1] + points)

    def _add_block(self, block: Block, objective: Objective) -> None:
        earlier = self.blocks.get(block.key)
        parts = [earlier[1], objective] if earlier else [objective]
        self.blocks[block.key] = (block, sum_objectives(block, parts))


def add_records(records: Iterable[ServiceRecord]) -> ServiceRecord:
    """The record over all the matches of these."""
    total = ServiceRecord()
    for record in records:
        total.add(record)
    return total
