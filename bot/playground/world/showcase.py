"""The first player's latest matches: one of every mode and of whatever else a match can be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.world.booking import WARM_UP, Booking, Lifecycle, Twist, seats_needed
from bot.playground.world.games import Game, draw_length, places_for
from bot.playground.world.lobby import Lobby
from bot.playground.world.modes import MODES
from bot.playground.world.people import Player
from bot.playground.world.places import LOST_PLACE, Place
from bot.playground.world.playlists import PLAYLISTS
from bot.playground.world.register import Origin, Register, gather_cast, seeded

__all__ = ["PIECES", "Piece", "Showcase"]

_GAP, _MOST_MORE_S = timedelta(minutes=22), 600.0
_LAST_ENDED_AGO = timedelta(minutes=9)
_FRIENDS_ALONG = (0, 1, 1, 2, 3)
_RESIDENTS_SHARE = 0.6
_NUMBERS = 100
_N = Twist.NONE


@dataclass(frozen=True, slots=True)
class Piece:
    """One match to show; without a playlist it is a custom one, or one on a local network."""

    mode: str
    playlist: str | None
    twist: Twist = _N
    lifecycle: Lifecycle | None = None
    place: Place | None = None

    def draw(self, rng: random.Random) -> Game:
        """The piece as a game."""
        mode, playlist = MODES[self.mode], PLAYLISTS[self.playlist] if self.playlist else None
        return Game(
            mode=mode,
            playlist=playlist,
            place=self.place or rng.choice(playlist.places if playlist else places_for(mode)),
            playable=draw_length(rng, mode),
            lifecycle=self.lifecycle or (Lifecycle.MATCHMADE if playlist else Lifecycle.CUSTOM),
            twist=self.twist,
        )


PIECES = (
    Piece("ranked_slayer", "ranked_arena"),
    Piece("ctf", "ranked_arena"),
    Piece("oddball", "ranked_arena"),
    Piece("strongholds", "quick_play", Twist.LATE_JOINER | Twist.LEAVER),
    Piece("koth", "ranked_arena", Twist.LEAVER),
    Piece("ffa", "ranked_ffa"),
    Piece("slayer", None, Twist.BOTS),
    Piece("btb_slayer", "big_team_battle", Twist.LATE_JOINER | Twist.LEAVER),
    Piece("fiesta", "fiesta"),
    Piece("swat", "tactical"),
    Piece("elimination", "last_spartan"),
    Piece("attrition", "last_spartan"),
    Piece("infection", "featured"),
    Piece("firefight", "firefight"),
    Piece("vip", "quick_play", Twist.LATE_JOINER),
    Piece("extraction", "quick_play", Twist.LEAVER | Twist.BACKFILL),
    Piece("assault", "quick_play", Twist.SIDE_SWITCH),
    Piece("total_control", "big_team_battle", Twist.LATE_JOINER),
    Piece("stockpile", "big_team_battle"),
    Piece("land_grab", "quick_play", Twist.TIE),
    Piece("escalation", "featured"),
    Piece("grifball", "fiesta"),
    Piece("minigame", "featured"),
    Piece("unheard_of", "featured"),
    Piece("tactical", "ranked_tactical"),
    Piece("slayer", None, Twist.SIDE_SWITCH),
    Piece("slayer", None, Twist.BOTS, Lifecycle.LOCAL),
    Piece("slayer", None, place=LOST_PLACE),
    Piece("snipers", "ranked_snipers"),
    Piece("juggernaut", "featured"),
    Piece("regicide", "featured"),
    Piece("race", "featured"),
    Piece("hill_of_old", "featured"),
    Piece("slayer", "bot_bootcamp"),
    Piece("slayer", "team_doubles"),
    Piece("ranked_slayer", "ranked_squad_battle"),
)
"""Newest first."""


class Showcase:
    """Books the pieces around the first player, and casts matches around anybody."""

    def __init__(self, seed: str, register: Register, people: Sequence[Player], lobby: Lobby) -> None:
        self._seed = seed
        self._register = register
        self._hero = people[0]
        self._people = [player for player in people if player.plays]
        self._lobby = lobby

    def book(self, now: datetime, count: int) -> list[Booking]:
        """The latest ``count`` pieces, all before ``now``, in the order of their ends."""
        epoch_minute = int(now.timestamp() // 60)
        rng = seeded(self._seed, "showcase", epoch_minute)
        self._lobby.empty()
        games: list[tuple[datetime, Game]] = []
        ends_at = now - _LAST_ENDED_AGO
        for piece in PIECES[:count]:
            games.append((ends_at, piece.draw(rng)))
            ends_at -= _GAP + timedelta(milliseconds=int(rng.random() * _MOST_MORE_S * 1000))
        return [
            self._register.book(
                Origin.SHOWCASE,
                epoch_minute * _NUMBERS + number,
                ends_at,
                game,
                self.gather(rng, game, self._hero, (ends_at - game.playable - WARM_UP).timestamp()),
                spares_lead=True,
            )
            for number, (ends_at, game) in enumerate(reversed(games))
        ]

    def gather(self, rng: random.Random, game: Game, lead: Player, start_s: float) -> list[Player]:
        """A player with friends, and others of whom more are residents than chance would have it."""
        friends = [it for it in self._people if it.group == lead.group is not None and it.xuid != lead.xuid]
        along = min(len(friends), rng.choice(_FRIENDS_ALONG), seats_needed(game.mode, game.playlist)[1] - 1)
        party = [lead, *rng.sample(friends, along)]
        if game.lifecycle is Lifecycle.MATCHMADE:
            known = int((game.cast_size - len(party)) * _RESIDENTS_SHARE)
            party += self._lobby.find_residents(rng, party, known, start_s)
        cast = gather_cast(rng, self._lobby, game, party, start_s)
        self._lobby.engage(cast, start_s + game.takes_s)
        return cast
