"""The register of matches to be: gives each its number, its id and its season."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from bot.playground.world.booking import Booking, Lifecycle, Twist
from bot.playground.world.calendar import Season, season_at
from bot.playground.world.catalogue import derive_id
from bot.playground.world.games import Game
from bot.playground.world.lobby import Lobby
from bot.playground.world.people import Player

__all__ = ["Origin", "Register", "gather_cast", "seeded"]

_ORIGIN_STEP = 10**18


class Origin(IntEnum):
    """Where a match of the world comes from; makes the numbers of matches unique."""

    DAY = 1
    SHOWCASE = 2
    STREAM = 3
    ORDER = 4


class Register:
    """Books matches. A match's id depends on the seed, its origin and its number only."""

    def __init__(self, seed: str, seasons: tuple[Season, ...]) -> None:
        self._seed = seed
        self._seasons = seasons

    def book(
        self,
        origin: Origin,
        number: int,
        ends_at: datetime,
        game: Game,
        cast: Sequence[Player],
        *,
        spares_lead: bool = False,
    ) -> Booking:
        """One match that ends at ``ends_at``."""
        index = origin * _ORIGIN_STEP + number
        matchmade = game.lifecycle is Lifecycle.MATCHMADE
        return Booking(
            index=index,
            match_id=derive_id(self._seed, "match", index),
            mode=game.mode,
            place=game.place,
            playlist=game.playlist,
            lifecycle=game.lifecycle,
            ends_at=ends_at,
            playable=game.playable,
            season=season_at(self._seasons, ends_at).season_id if matchmade else None,
            cast=tuple(cast),
            twist=game.twist,
            spares_lead=spares_lead,
        )


def gather_cast(
    rng: random.Random, lobby: Lobby, game: Game, party: Sequence[Player], start_s: float
) -> list[Player]:
    """The party and whoever joins it: people near its level, or other residents among friends."""
    wanted = game.cast_size
    own = list(party[:wanted])
    if game.lifecycle is not Lifecycle.MATCHMADE:
        others = 0 if Twist.BOTS in game.twist else wanted - len(own)
        return own + lobby.find_residents(rng, party, others, start_s)
    ranked = game.playlist is not None and game.playlist.ranked
    return own + lobby.find(rng, own, wanted - len(own), start_s, ranked=ranked)


def seeded(*parts: object) -> random.Random:
    """A generator for anything that can be named; equal names give equal generators."""
    return random.Random("/".join(str(part) for part in parts))  # noqa: S311 - a world, not a secret
