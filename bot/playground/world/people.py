"""Who lives in the world: the residents that people look up, and the strangers they are matched with."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.playground.world.career import CAREER_EXPERIENCE
from bot.playground.world.naming import fold, invent_gamertags

__all__ = ["Player", "draw_people", "draw_strangers"]

_NAMED: tuple[tuple[str, int], ...] = (
    # gamertag, CSR that the player is worth
    ("Ember Fox 7", 1310),
    ("Quiet One", 1190),
    ("Copper Kestrel", 1465),
    ("Nova Lantern", 1580),
    ("月の光 Spartan", 1240),
    ("Отряд 117", 1075),
    ("**bold_name**", 960),
    ("_x_~y~", 880),
    ("WWWWWWWWWWWWWWW", 1015),
    ("Veiled Heron", 1350),
    ("Fresh Boots", 700),
    ("Second Name", 1120),
    ("Pixel Otter", 640),
    ("Grave Tulip", 1405),
    ("Sir Lagsalot", 520),
    ("Mossy Anvil", 830),
    ("Twelve Moons", 1155),
    ("Café Ñandú", 1260),
    ("Static Wren", 1720),
    ("Old Rope 44", 410),
    ("Blue Thistle", 1005),
    ("Harbor Wolf", 1295),
    ("Paper Comet", 905),
    ("Tin Marshal", 775),
)
_HIDDEN, _NEVER_PLAYED, _RENAMED = "Veiled Heron", "Fresh Boots", {"Second Name": "First Name"}
_VETERAN = "Static Wren"
_NAMED_GROUP_SIZE = 4
_OTHER_GROUP_SIZES = (5, 4, 3, 4, 5, 3)
_LONERS = 12
_STRANGERS = 420
_FIRST_XUID = 2_533_274_800_000_000
_RESIDENT_XUIDS, _STRANGER_XUIDS = range(1_000_000, 180_000_000), range(180_000_000, 700_000_000)
_TAG_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
_LEAST_EXPERIENCE, _MOST_EXPERIENCE = 0.02, 1.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One Xbox account.

    ``rating`` is the CSR the player is worth; what the ladders say moves around it. ``group`` is a circle
    of friends that plays together, None for loners and strangers. ``hides_matches`` empties the match
    history. ``hue`` (degrees) colours the gamerpic.
    """

    xuid: int
    gamertag: str
    former_gamertag: str | None
    rating: int
    group: int | None
    service_tag: str
    career_experience: int
    hue: int
    hides_matches: bool
    plays: bool

    @property
    def player_id(self) -> str:
        """The id in match stats: ``xuid(2533…)``."""
        return f"xuid({self.xuid})"


def draw_people(rng: random.Random) -> tuple[Player, ...]:
    """The residents, the named ones first, in an order that the seed does not change."""
    groups = list(_groups())
    others = len(groups) - len(_NAMED)
    taken = {fold(gamertag) for gamertag, _ in _NAMED} | {fold(name) for name in _RENAMED.values()}
    names = [*_NAMED, *((name, _draw_rating(rng)) for name in invent_gamertags(rng, others, taken))]
    return _draw_players(rng, names, _RESIDENT_XUIDS, groups)


def draw_strangers(rng: random.Random, residents: Sequence[Player]) -> tuple[Player, ...]:
    """Everybody else that matchmaking finds; nobody has a resident's gamertag."""
    taken = {
        fold(name)
        for player in residents
        for name in (player.gamertag, player.former_gamertag)
        if name is not None
    }
    names = [(name, _draw_rating(rng)) for name in invent_gamertags(rng, _STRANGERS, taken)]
    return _draw_players(rng, names, _STRANGER_XUIDS, [None] * _STRANGERS)


def _groups() -> Iterator[int | None]:
    """The friend group of every resident in order: the named ones in fours, then others, then loners."""
    for at in range(len(_NAMED)):
        yield at // _NAMED_GROUP_SIZE
    first = len(_NAMED) // _NAMED_GROUP_SIZE
    for number, size in enumerate(_OTHER_GROUP_SIZES, first):
        yield from [number] * size
    yield from [None] * _LONERS


def _draw_rating(rng: random.Random) -> int:
    return max(150, min(1800, int(rng.gauss(1000, 330))))


def _draw_experience(rng: random.Random, gamertag: str) -> int:
    """Few have come far, and one has come to the end."""
    drawn = int(rng.uniform(_LEAST_EXPERIENCE, _MOST_EXPERIENCE) ** 3 * CAREER_EXPERIENCE)
    return {_VETERAN: CAREER_EXPERIENCE, _NEVER_PLAYED: 0}.get(gamertag, drawn)


def _draw_players(
    rng: random.Random, names: Sequence[tuple[str, int]], xuids: range, groups: Sequence[int | None]
) -> tuple[Player, ...]:
    numbers = rng.sample(xuids, len(names))
    return tuple(
        Player(
            xuid=_FIRST_XUID + numbers[index],
            gamertag=gamertag,
            former_gamertag=_RENAMED.get(gamertag),
            rating=rating,
            group=groups[index],
            service_tag="".join(rng.choices(_TAG_LETTERS, k=rng.choice((3, 4, 4)))),
            career_experience=_draw_experience(rng, gamertag),
            hue=(index * 137) % 360,
            hides_matches=gamertag == _HIDDEN,
            plays=gamertag != _NEVER_PLAYED,
        )
        for index, (gamertag, rating) in enumerate(names)
    )
