"""Circles of friends, and the parties that they play in."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.world.people import Player

__all__ = ["Circle", "find_circles"]

_PARTY_ODDS = (1, 1, 2, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Circle:
    """Friends who play together; a loner is a circle of one. Nobody in it is a stranger to the game."""

    players: tuple[Player, ...]

    def draw_party(self, rng: random.Random) -> list[Player]:
        """Who of the circle is there tonight; the first of them leads."""
        size = min(len(self.players), rng.choice(_PARTY_ODDS))
        return rng.sample(self.players, size)


def find_circles(people: Sequence[Player]) -> tuple[Circle, ...]:
    """Every circle with somebody who plays, in the order of their first members."""
    groups: defaultdict[object, list[Player]] = defaultdict(list)
    for player in people:
        if player.plays:
            groups[("loner", player.xuid) if player.group is None else player.group].append(player)
    return tuple(Circle(tuple(players)) for players in groups.values())
