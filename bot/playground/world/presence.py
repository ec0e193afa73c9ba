"""Who is in play when: the spans of a match in which nobody comes, goes or changes sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.playground.world.plan import Plan

__all__ = ["Phase", "find_phases"]


@dataclass(frozen=True, slots=True)
class Phase:
    """A span of play from ``start_ms`` until just before ``end_ms``; seats are numbers in the plan's order.

    ``team_of`` has the team of every seat, None for the absent.
    """

    start_ms: int
    end_ms: int
    team_of: tuple[int | None, ...]
    present: tuple[int, ...]

    def friends(self, team: int) -> tuple[int, ...]:
        """The seats of a team."""
        return tuple(at for at in self.present if self.team_of[at] == team)

    def foes(self, team: int) -> tuple[int, ...]:
        """The seats of all other teams."""
        return tuple(at for at in self.present if self.team_of[at] != team)


def find_phases(plan: Plan) -> tuple[Phase, ...]:
    """The phases of a match in order, from its first to its last millisecond of play."""
    length_ms = round(plan.playable.total_seconds() * 1000)
    changes = {0, length_ms + 1}
    for seat in plan.seats:
        changes.add(round(seat.joined * length_ms))
        changes.add(round(seat.switched * length_ms))
        if seat.left < 1:
            changes.add(round(seat.left * length_ms) + 1)
    starts = sorted(changes)
    phases: list[Phase] = []
    for start_ms, end_ms in pairwise(starts):
        share = start_ms / length_ms
        team_of = tuple(seat.team_at(share) for seat in plan.seats)
        present = tuple(at for at, team in enumerate(team_of) if team is not None)
        phases.append(Phase(start_ms, end_ms, team_of, present))
    return tuple(phases)
