"""Who killed whom, put together from events that each know one player only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.halo.film.event import HighlightEvent
from bot.halo.models.stats import MatchStats
from bot.stats.participants import player_xuid

__all__ = ["KillFeedEntry", "build_kill_feed", "known_teams"]

_REACH_MS: Final = 2
_CROWD: Final = 32
"""More deaths than this within a kill's reach are no fight: the later ones are not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KillFeedEntry:
    """One kill, one death, or both where they belong together.

    Attributes:
        time_ms: When, in milliseconds since the match began; the kill's time where there is one.
        killer_xuid: Who killed; None for a death by a bot, the world or oneself.
        victim_xuid: Who died; None for the death of a bot.
    """

    time_ms: int
    killer_xuid: int | None
    victim_xuid: int | None

    @property
    def is_paired(self) -> bool:
        """Whether both are known."""
        return self.killer_xuid is not None and self.victim_xuid is not None


def build_kill_feed(
    events: Iterable[HighlightEvent], teams: Mapping[int, int] | None = None
) -> tuple[KillFeedEntry, ...]:
    """Return a match's kills and deaths in order of time.

    A kill and a death belong together when they lie within 2 ms of each other: each with one other at most,
    the nearest first, never a player with himself, and never two who are known to be on the same team. Among
    equally near ones the earlier kill chooses first, and takes the death that the film tells closest to it.
    What finds no partner stands alone.

    Args:
        events: The film's events; all but kills and deaths are passed over.
        teams: Teams by XUID; whoever is missing is on an unknown team. See :func:`known_teams`.
    """
    fight = [(at, event) for at, event in enumerate(events) if event.event_type in {"kill", "death"}]
    fight.sort(key=lambda told: told[1].time_ms)
    kills = [told for told in fight if told[1].event_type == "kill"]
    deaths = [told for told in fight if told[1].event_type == "death"]
    death_of = _pair(kills, deaths, teams or {})
    paired = set(death_of.values())
    feed = [
        KillFeedEntry(
            time_ms=kill.time_ms,
            killer_xuid=kill.xuid,
            victim_xuid=deaths[death_of[number]][1].xuid if number in death_of else None,
        )
        for number, (_, kill) in enumerate(kills)
    ]
    feed += [
        KillFeedEntry(time_ms=death.time_ms, killer_xuid=None, victim_xuid=death.xuid)
        for number, (_, death) in enumerate(deaths)
        if number not in paired
    ]
    return tuple(sorted(feed, key=lambda entry: entry.time_ms))


def known_teams(stats: MatchStats) -> dict[int, int]:
    """Return the teams of the people in a match, by XUID.

    There are none in free-for-all and Infection, and whoever changed sides is left out.
    """
    if not stats.teams:
        return {}
    teams: dict[int, int] = {}
    for player in stats.players:
        xuid = player_xuid(player.player_id)
        sides = {part.team_id for part in player.player_team_stats} | {player.last_team_id}
        team = sides.pop()
        if xuid is not None and team is not None and not sides:
            teams[xuid] = team
    return teams


_Told = tuple[int, HighlightEvent]
"""An event with its place in the film."""


def _pair(kills: Sequence[_Told], deaths: Sequence[_Told], teams: Mapping[int, int]) -> dict[int, int]:
    """Return which death belongs to which kill, both by their number."""
    candidates = sorted(
        (
            abs(death.time_ms - kill.time_ms),
            kill.time_ms,
            kill_at,
            abs(death_at - kill_at),
            nth_kill,
            nth_death,
        )
        for nth_kill, (kill_at, kill) in enumerate(kills)
        for nth_death in _within_reach(kill.time_ms, deaths)
        for death_at, death in (deaths[nth_death],)
        if _may_be_enemies(kill.xuid, death.xuid, teams)
    )
    death_of: dict[int, int] = {}
    taken: set[int] = set()
    for *_, nth_kill, nth_death in candidates:
        if nth_kill not in death_of and nth_death not in taken:
            death_of[nth_kill] = nth_death
            taken.add(nth_death)
    return death_of


def _within_reach(time_ms: int, deaths: Sequence[_Told]) -> range:
    first = bisect_left(deaths, time_ms - _REACH_MS, key=lambda told: told[1].time_ms)
    end = bisect_right(deaths, time_ms + _REACH_MS, lo=first, key=lambda told: told[1].time_ms)
    return range(first, min(end, first + _CROWD))


def _may_be_enemies(killer: int, victim: int, teams: Mapping[int, int]) -> bool:
    if killer == victim:
        return False
    return killer not in teams or victim not in teams or teams[killer] != teams[victim]
