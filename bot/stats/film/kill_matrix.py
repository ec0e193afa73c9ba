"""How often everybody killed everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.stats.film.kill_feed import KillFeedEntry

__all__ = ["KillMatrix", "Rival", "build_kill_matrix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What stands between a player and one opponent: ``kills`` of the opponent, ``deaths`` by them."""

    xuid: int
    kills: int
    deaths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KillMatrix:
    """Kills by killer and victim.

    Attributes:
        xuids: Everybody who killed or died, in the order in which the feed first names them.
        counts: Kills by (killer, victim); pairs without any are absent.
    """

    xuids: tuple[int, ...]
    counts: Mapping[tuple[int, int], int]

    def kills(self, killer_xuid: int, victim_xuid: int) -> int:
        """Return how often one player killed another."""
        return self.counts.get((killer_xuid, victim_xuid), 0)

    def rows(self) -> tuple[tuple[int, ...], ...]:
        """Return the kills as a table: a row for each killer, a column for each victim, as in ``xuids``."""
        return tuple(tuple(self.kills(killer, victim) for victim in self.xuids) for killer in self.xuids)

    def rivals(self, xuid: int) -> tuple[Rival, ...]:
        """Return everybody who killed a player or was killed by them, as in ``xuids``."""
        rivals = (
            Rival(xuid=other, kills=self.kills(xuid, other), deaths=self.kills(other, xuid))
            for other in self.xuids
        )
        return tuple(rival for rival in rivals if rival.kills or rival.deaths)

    def nemesis(self, xuid: int) -> Rival | None:
        """Return who killed a player most; None if nobody did.

        Of several it is the one who was killed in return least often, then the one the feed names first.
        """
        killers = [rival for rival in self.rivals(xuid) if rival.deaths]
        return max(killers, key=lambda rival: (rival.deaths, -rival.kills), default=None)

    def favourite_victim(self, xuid: int) -> Rival | None:
        """Return whom a player killed most; None if nobody.

        Of several it is the one who killed in return least often, then the one the feed names first.
        """
        victims = [rival for rival in self.rivals(xuid) if rival.kills]
        return max(victims, key=lambda rival: (rival.kills, -rival.deaths), default=None)


def build_kill_matrix(feed: Iterable[KillFeedEntry]) -> KillMatrix:
    """Count the kills whose killer and victim are both known; the others only add their player."""
    xuids: dict[int, None] = {}
    counts: Counter[tuple[int, int]] = Counter()
    for entry in feed:
        killer, victim = entry.killer_xuid, entry.victim_xuid
        xuids.update((xuid, None) for xuid in (killer, victim) if xuid is not None)
        if killer is not None and victim is not None:
            counts[killer, victim] += 1
    return KillMatrix(xuids=tuple(xuids), counts=MappingProxyType(dict(counts)))
