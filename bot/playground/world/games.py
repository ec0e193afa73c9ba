"""What a party plays next: playlist, mode, map, length, and what goes differently than usual."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from math import inf

from bot.playground.world.booking import WARM_UP, Lifecycle, Twist, seats_needed
from bot.playground.world.mode import Mode, Sides
from bot.playground.world.modes import MODES
from bot.playground.world.places import ARENAS, BATTLEFIELDS, PVE_PLACES, Place
from bot.playground.world.playlists import PLAYLISTS, Playlist

__all__ = ["Game", "Games", "draw_length", "places_for"]

_STAYS_SHARE = 0.72
_CUSTOM_SHARE, _LOCAL_SHARE = 0.05, 0.1
_CUSTOM_MODES = ("slayer", "ctf", "oddball", "fiesta", "assault", "race")
# What happens to a match, by shares of 1; the rest go as planned. The first fitting line decides.
_SOCIAL_TWISTS = (
    (Twist.LEAVER | Twist.LATE_JOINER, 0.09),
    (Twist.LEAVER | Twist.BACKFILL, 0.04),
    (Twist.LEAVER, 0.03),
    (Twist.LATE_JOINER, 0.04),
    (Twist.SIDE_SWITCH, 0.01),
    (Twist.TIE, 0.015),
)
_RANKED_TWISTS = ((Twist.LEAVER, 0.06), (Twist.TIE, 0.01))
_CUSTOM_TWISTS = (
    (Twist.BOTS, 0.5),
    (Twist.LATE_JOINER, 0.1),
    (Twist.LEAVER, 0.1),
    (Twist.SIDE_SWITCH, 0.1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A match that nobody sits in yet."""

    mode: Mode
    playlist: Playlist | None
    place: Place
    playable: timedelta
    lifecycle: Lifecycle = Lifecycle.MATCHMADE
    twist: Twist = Twist.NONE

    @property
    def takes_s(self) -> float:
        """Seconds from when the match is made to its end."""
        return (self.playable + WARM_UP).total_seconds()

    @property
    def cast_size(self) -> int:
        """How many people it takes, a leaver's substitute among them; bots take what seats are left."""
        sides, size = seats_needed(self.mode, self.playlist)
        if self.playlist is not None and self.playlist.against_bots:
            sides = 1
        replaces = Twist.LEAVER | Twist.LATE_JOINER in self.twist
        return sides * size + (replaces and self.mode.sides is not Sides.FREE_FOR_ALL)


class Games:
    """Draws games for parties; what is weighed is worked out once."""

    def __init__(self) -> None:
        self._tables = {size: _Table(size) for size in range(1, 9)}

    def draw(self, rng: random.Random, party: int, before: Game | None) -> Game:
        """What a party of that size plays after ``before``; it mostly stays with a playlist."""
        if rng.random() < _CUSTOM_SHARE:
            return self.draw_custom(rng)
        return self.draw_matchmade(rng, party, before)

    def draw_matchmade(self, rng: random.Random, party: int, before: Game | None) -> Game:
        """The same from a playlist."""
        table = self._tables[min(party, max(self._tables))]
        playlist = before.playlist if before is not None and rng.random() < _STAYS_SHARE else None
        playlist = playlist or table.draw(rng)
        mode = MODES[playlist.modes[int(rng.random() * len(playlist.modes))]]
        return Game(
            mode=mode,
            playlist=playlist,
            place=playlist.places[int(rng.random() * len(playlist.places))],
            playable=draw_length(rng, mode),
            twist=_draw_twist(rng, _RANKED_TWISTS if playlist.ranked else _SOCIAL_TWISTS),
        )

    def draw_custom(self, rng: random.Random) -> Game:
        """Something among friends, now and then on a local network."""
        mode = MODES[rng.choice(_CUSTOM_MODES)]
        return Game(
            mode=mode,
            playlist=None,
            place=rng.choice(places_for(mode)),
            playable=draw_length(rng, mode),
            lifecycle=Lifecycle.LOCAL if rng.random() < _LOCAL_SHARE else Lifecycle.CUSTOM,
            twist=_draw_twist(rng, _CUSTOM_TWISTS),
        )


class _Table:
    """The playlists that a party of some size fits into, by how much they are played."""

    def __init__(self, party: int) -> None:
        self._playlists = [it for it in PLAYLISTS.values() if _room_for_party(it) >= party]
        limits = [*accumulate(playlist.weight for playlist in self._playlists)]
        self._total = limits[-1]
        self._limits: list[float] = [*limits[:-1], inf]

    def draw(self, rng: random.Random) -> Playlist:
        return self._playlists[bisect_right(self._limits, rng.random() * self._total)]


def _room_for_party(playlist: Playlist) -> int:
    """How many friends can queue together and end up on one side."""
    return min(seats_needed(MODES[mode], playlist)[1] for mode in playlist.modes)


def places_for(mode: Mode) -> tuple[Place, ...]:
    """The maps that a mode is played on outside playlists."""
    return BATTLEFIELDS if mode.team_size > 8 else PVE_PLACES if mode.sides is Sides.TOGETHER else ARENAS


def draw_length(rng: random.Random, mode: Mode) -> timedelta:
    """How long a match of a mode takes, at whole milliseconds."""
    shortest, longest = mode.minutes
    return timedelta(milliseconds=round((shortest + rng.random() * (longest - shortest)) * 60_000))


def _draw_twist(rng: random.Random, odds: tuple[tuple[Twist, float], ...]) -> Twist:
    draw = rng.random()
    for twist, share in odds:
        draw -= share
        if draw < 0:
            return twist
    return Twist.NONE
