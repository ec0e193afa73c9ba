"""Who took part in a match, and where their numbers stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.halo.models.stats import CoreStats, MatchStats, PlayerStats, Stats

__all__ = ["SubjectNotInMatchError", "core_parts", "find_subject", "parts_of", "player_xuid"]

_XUID: Final = re.compile(r"xuid\(([0-9]{1,20})\)")


class SubjectNotInMatchError(LookupError):
    """The player whose match is asked for did not take part in it."""

    def __init__(self, xuid: int) -> None:
        super().__init__(f"xuid({xuid}) is not among the players of the match")
        self.xuid = xuid


def player_xuid(player_id: str) -> int | None:
    """Return the XUID in an id like ``xuid(2535445291321133)``; None for bots and anything else."""
    found = _XUID.fullmatch(player_id)
    return int(found[1]) if found else None


def find_subject(stats: MatchStats, xuid: int) -> PlayerStats:
    """Return a player's statistics.

    Raises:
        SubjectNotInMatchError: The match has no such player.
    """
    for player in stats.players:
        if player_xuid(player.player_id) == xuid:
            return player
    raise SubjectNotInMatchError(xuid)


def parts_of(players: Iterable[PlayerStats]) -> list[Stats]:
    """Return players' parts of a match: one for each team that each of them was on."""
    return [part.stats for player in players for part in player.player_team_stats]


def core_parts(player: PlayerStats) -> list[CoreStats]:
    """Return what every mode records, for each team the player was on."""
    return [part.core_stats for part in parts_of([player])]
