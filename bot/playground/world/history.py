"""The past of the world: which matches there were, one of every mode among the latest of the first player."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.playground.world.calendar import Season, season_at
from bot.playground.world.catalogue import derive_id
from bot.playground.world.modes import MODES, Mode
from bot.playground.world.people import Player
from bot.playground.world.places import ARENAS, BATTLEFIELDS, LOST_PLACE, PVE_PLACES, Place
from bot.playground.world.plan import Lifecycle, Plan
from bot.playground.world.planner import Booking, Twist, draw_plan, seats_needed
from bot.playground.world.playlists import PLAYLISTS, Playlist

__all__ = ["HistoryWriter"]

_GAP = timedelta(minutes=22)
_LAST_ENDED_AGO = timedelta(minutes=9)
_N = Twist.NONE
# The latest matches of the first player, newest first: mode, playlist (None for custom and local), twist.
_SHOWCASE: tuple[tuple[str, str | None, Twist], ...] = (
    ("ranked_slayer", "ranked_arena", _N),
    ("ctf", "ranked_arena", _N),
    ("oddball", "ranked_arena", _N),
    ("strongholds", "quick_play", Twist.LATE_JOINER | Twist.LEAVER),
    ("koth", "ranked_arena", Twist.LEAVER),
    ("ffa", "ranked_ffa", _N),
    ("slayer", None, Twist.BOTS),
    ("btb_slayer", "big_team_battle", Twist.LATE_JOINER | Twist.LEAVER),
    ("fiesta", "fiesta", _N),
    ("swat", "tactical", _N),
    ("elimination", "last_spartan", _N),
    ("attrition", "last_spartan", _N),
    ("infection", "featured", _N),
    ("firefight", "firefight", _N),
    ("vip", "quick_play", Twist.LATE_JOINER),
    ("extraction", "quick_play", _N),
    ("assault", "quick_play", Twist.SIDE_SWITCH),
    ("total_control", "big_team_battle", Twist.LATE_JOINER),
    ("stockpile", "big_team_battle", _N),
    ("land_grab", "quick_play", Twist.TIE),
    ("escalation", "featured", _N),
    ("grifball", "fiesta", _N),
    ("minigame", "featured", _N),
    ("unheard_of", "featured", _N),
    ("tactical", "ranked_tactical", _N),
    ("slayer", None, Twist.SIDE_SWITCH),
)
_LOCAL_AT, _LOST_PLACE_AT = 26, 27
_TWISTS = (
    _N,
    _N,
    _N,
    _N,
    Twist.LATE_JOINER,
    Twist.LEAVER,
    Twist.LATE_JOINER | Twist.LEAVER,
    Twist.SIDE_SWITCH,
    Twist.TIE,
)


class HistoryWriter:
    """Books matches and draws their plans; each depends on the seed and its own number only."""

    def __init__(self, seed: str, people: Sequence[Player], seasons: tuple[Season, ...]) -> None:
        self._seed = seed
        self._players = [player for player in people if player.plays]
        self._seasons = seasons

    def past(self, now: datetime, count: int) -> list[Plan]:
        """``count`` matches that ended before ``now``, oldest first; the latest hold one of every mode."""
        plans: list[Plan] = []
        ends_at = now - _LAST_ENDED_AGO
        for back in range(count):
            index = count - 1 - back
            rng = self._rng("booking", index)
            if back < len(_SHOWCASE):
                mode, playlist, twist = _SHOWCASE[back]
                plans.append(self.book(index, ends_at, mode=mode, playlist=playlist, twist=twist))
            else:
                plans.append(self._other(index, ends_at, back))
            ends_at -= _GAP + timedelta(seconds=rng.uniform(0, 600 if back < len(_SHOWCASE) else 11_000))
        return plans[::-1]

    def _other(self, index: int, ends_at: datetime, back: int) -> Plan:
        if back == _LOCAL_AT:
            return self.book(
                index, ends_at, mode="slayer", playlist=None, lifecycle=Lifecycle.LOCAL, twist=Twist.BOTS
            )
        if back == _LOST_PLACE_AT:
            return self.book(index, ends_at, mode="slayer", playlist=None, place=LOST_PLACE)
        rng = self._rng("choice", index)
        if rng.random() < 0.06:
            mode, twist = rng.choice(("slayer", "ctf", "oddball", "fiesta")), rng.choice((_N, Twist.BOTS))
            return self.book(
                index, ends_at, mode=mode, playlist=None, twist=twist, lead=rng.choice(self._players[:23])
            )
        playlist = rng.choices(
            list(PLAYLISTS.values()), [playlist.weight for playlist in PLAYLISTS.values()]
        )[0]
        mode = rng.choice(playlist.modes)
        return self.book(
            index,
            ends_at,
            mode=mode,
            playlist=playlist.key,
            twist=rng.choice(_TWISTS),
            lead=rng.choice(self._players[:23]),
        )

    def book(
        self,
        index: int,
        ends_at: datetime,
        *,
        mode: str,
        playlist: str | None,
        twist: Twist = Twist.NONE,
        lifecycle: Lifecycle | None = None,
        place: Place | None = None,
        lead: Player | None = None,
    ) -> Plan:
        """One match that ended at ``ends_at``, around ``lead`` (the first player by default) and friends."""
        rng = self._rng("match", index)
        chosen_mode, chosen_playlist = MODES[mode], PLAYLISTS[playlist] if playlist else None
        booking = Booking(
            index=index,
            match_id=derive_id(self._seed, "match", index),
            mode=chosen_mode,
            place=place or rng.choice(_places(chosen_mode, chosen_playlist)),
            playlist=chosen_playlist,
            lifecycle=lifecycle or (Lifecycle.MATCHMADE if chosen_playlist else Lifecycle.CUSTOM),
            ends_at=ends_at,
            season=season_at(self._seasons, ends_at).season_id,
            cast=self._cast(rng, chosen_mode, chosen_playlist, lead or self._players[0], twist),
            twist=twist,
        )
        return draw_plan(rng, booking)

    def _cast(
        self, rng: random.Random, mode: Mode, playlist: Playlist | None, lead: Player, twist: Twist
    ) -> tuple[Player, ...]:
        """The lead, some friends, then whoever matchmaking finds at about their level."""
        sides, size = seats_needed(mode, playlist)
        friends = [player for player in self._players if player.group == lead.group and player is not lead]
        party = rng.sample(friends, min(len(friends), size - 1, rng.choice((0, 1, 1, 2, 3))))
        wanted = 2 if Twist.BOTS in twist else sides * size
        ranked = playlist is not None and playlist.ranked
        nearness: Callable[[Player], float] = partial(_distance, rng, lead.rating, 1.0 if ranked else 0.3)
        others = [player for player in self._players if player is not lead and player not in party]
        return tuple([lead, *party, *sorted(others, key=nearness)][:wanted])

    def _rng(self, *parts: object) -> random.Random:
        key = "/".join(str(part) for part in (self._seed, *parts))
        return random.Random(key)  # noqa: S311 - a world, not a secret


def _distance(rng: random.Random, rating: int, weight: float, player: Player) -> float:
    return abs(player.rating - rating) * weight + rng.uniform(0, 420)


def _places(mode: Mode, playlist: Playlist | None) -> tuple[Place, ...]:
    if playlist is not None:
        return playlist.places
    return BATTLEFIELDS if mode.team_size > 8 else PVE_PLACES if mode.key == "firefight" else ARENAS
