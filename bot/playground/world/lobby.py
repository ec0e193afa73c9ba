"""Matchmaking: who is free, and who of them is found for a match. Nobody is in two matches at once."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from bot.playground.world.people import Player

__all__ = ["Lobby"]

_RANKED_REACH, _SOCIAL_REACH = 45, 140
_TRIES = 12


class Lobby:
    """Everybody who plays, and until when each is busy. Times are seconds of a clock that the caller chooses.

    Args:
        residents: Those who may also be asked for on their own; whoever never plays is left out.
        strangers: All others.
    """

    def __init__(self, residents: Iterable[Player], strangers: Iterable[Player]) -> None:
        self._residents = [player for player in residents if player.plays]
        self._by_rating = sorted(
            [*self._residents, *strangers], key=lambda player: (player.rating, player.xuid)
        )
        self._ratings = [player.rating for player in self._by_rating]
        self._busy_until: dict[int, float] = {}
        self._reserved: set[int] = set()

    def empty(self) -> None:
        """Everybody is free again."""
        self._busy_until.clear()
        self._reserved.clear()

    def reserve(self, players: Iterable[Player]) -> None:
        """Keeps players from being found, for a party that goes on playing."""
        self._reserved.update(player.xuid for player in players)

    def release(self, players: Iterable[Player]) -> None:
        """Lets players be found again."""
        self._reserved.difference_update(player.xuid for player in players)

    def free_at(self, players: Iterable[Player]) -> float:
        """From when on all of them are free."""
        return max((self._busy_until.get(player.xuid, 0.0) for player in players), default=0.0)

    def engage(self, players: Iterable[Player], end_s: float) -> None:
        """They play until then."""
        for player in players:
            self._busy_until[player.xuid] = end_s

    def find(
        self, rng: random.Random, party: Sequence[Player], count: int, start_s: float, *, ranked: bool
    ) -> list[Player]:
        """So many others who are free from ``start_s`` on, near the party's level; nearer where it is ranked.

        Fewer are found only when not enough are free.
        """
        level = sum(player.rating for player in party) / max(1, len(party))
        centre = bisect_left(self._ratings, level)
        reach = (_RANKED_REACH if ranked else _SOCIAL_REACH) + count
        taken = {player.xuid for player in party}
        found: list[Player] = []
        draw, last = rng.random, len(self._by_rating) - 1
        for _ in range(count * _TRIES):
            if len(found) == count:
                return found
            at = centre + int((draw() + draw() - 1) * reach)
            # At the ends of the scale it goes back: the very best are not in every match of the best.
            at = abs(at) if at <= last else 2 * last - at
            player = self._by_rating[max(0, at)]
            if self._can_play(player, start_s, taken):
                taken.add(player.xuid)
                found.append(player)
        return found + self._nearest(centre, count - len(found), start_s, taken)

    def find_anybody(self, rng: random.Random, start_s: float) -> list[Player]:
        """Somebody who is free, at any level; nobody when nobody is."""
        for _ in range(_TRIES):
            player = rng.choice(self._by_rating)
            if self._can_play(player, start_s, ()):
                return [player]
        return self._nearest(0, 1, start_s, ())

    def find_residents(
        self, rng: random.Random, party: Sequence[Player], count: int, start_s: float
    ) -> list[Player]:
        """Up to so many residents who are free, at any level."""
        taken = {player.xuid for player in party}
        free = [player for player in self._residents if self._can_play(player, start_s, taken)]
        return rng.sample(free, min(count, len(free)))

    def _nearest(self, centre: int, count: int, start_s: float, taken: Collection[int]) -> list[Player]:
        if count <= 0:
            return []
        free = [
            (abs(at - centre), player)
            for at, player in enumerate(self._by_rating)
            if self._can_play(player, start_s, taken)
        ]
        return [player for _, player in sorted(free, key=lambda entry: entry[0])[:count]]

    def _can_play(self, player: Player, start_s: float, taken: Collection[int]) -> bool:
        xuid = player.xuid
        return xuid not in taken and xuid not in self._reserved and self._busy_until.get(xuid, 0.0) <= start_s
