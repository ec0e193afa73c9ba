"""How the kills of teams or players grew over a match."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.halo.film.event import HighlightEvent

__all__ = ["KillRace", "RaceLine", "build_kill_race"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceLine:
    """One contestant's kills: ``times_ms`` has the moment of each, in order.

    ``contestant`` is a team id or an XUID.
    """

    contestant: int
    times_ms: tuple[int, ...]

    def kills_at(self, time_ms: int) -> int:
        """Return how many kills there were up to and including a moment."""
        return bisect_right(self.times_ms, time_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class KillRace:
    """Everybody's kills over time; the line with most kills first, of equal ones that which got there first."""

    lines: tuple[RaceLine, ...]

    def leaders_at(self, time_ms: int) -> tuple[int, ...]:
        """Return who had most kills at a moment: several in a tie, nobody before the first kill."""
        standings = {line.contestant: line.kills_at(time_ms) for line in self.lines}
        most = max(standings.values(), default=0)
        return tuple(contestant for contestant, kills in standings.items() if kills == most > 0)

    def lead_changes(self) -> tuple[tuple[int, int], ...]:
        """Return who took the lead when, as (time in ms, contestant), the first lead included.

        Only a lead over everybody counts; drawing level changes nothing. Kills in the same millisecond count
        together.
        """
        kills: dict[int, int] = dict.fromkeys((line.contestant for line in self.lines), 0)
        moments: dict[int, list[int]] = {}
        for line in self.lines:
            for time_ms in line.times_ms:
                moments.setdefault(time_ms, []).append(line.contestant)
        changes: list[tuple[int, int]] = []
        for time_ms in sorted(moments):
            for contestant in moments[time_ms]:
                kills[contestant] += 1
            most = max(kills.values())
            first, *others = (contestant for contestant, count in kills.items() if count == most)
            if not others and (not changes or changes[-1][1] != first):
                changes.append((time_ms, first))
        return tuple(changes)


def build_kill_race(events: Iterable[HighlightEvent], teams: Mapping[int, int] | None = None) -> KillRace:
    """Return the race of the teams, or of the players when no team is given.

    Every recorded kill counts, whoever died of it. With ``teams``, which are team ids by XUID, the kills of a
    player on no known team count for nobody.
    """
    times: dict[int, list[int]] = {team: [] for team in (teams or {}).values()}
    for event in events:
        contestant = teams.get(event.xuid) if teams else event.xuid
        if event.event_type == "kill" and contestant is not None:
            times.setdefault(contestant, []).append(event.time_ms)
    lines = [RaceLine(contestant=key, times_ms=tuple(sorted(moments))) for key, moments in times.items()]
    lines.sort(key=lambda line: (-len(line.times_ms), line.times_ms[-1:], line.contestant))
    return KillRace(lines=tuple(lines))
