"""Who lives in the world: the named players that people look up, and the strangers they are matched with."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Player", "draw_people"]

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
_GROUP_SIZE = 4
_STRANGERS = 72
_FIRST = (
    "Brisk",
    "Amber",
    "Lucky",
    "Silent",
    "Rusty",
    "Polar",
    "Velvet",
    "Sunny",
    "Hollow",
    "Vivid",
    "Dusty",
    "Rapid",
)
_LAST = ("Heron", "Badger", "Falcon", "Ranger", "Cactus", "Turbine", "Comet", "Saddle", "Lynx", "Magnet")
_FIRST_XUID = 2_533_274_800_000_000
_TAG_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One Xbox account.

    ``rating`` is the CSR the player is worth; what the ladders say moves around it. ``group`` is a circle
    of friends that plays together, None for strangers. ``hides_matches`` empties the match history.
    ``hue`` (degrees) colours the gamerpic.
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
    """All players, the named ones first, in the order that the seed does not change."""
    xuids = sorted(
        rng.sample(range(1_000_000, 180_000_000), len(_NAMED) + _STRANGERS), key=lambda _: rng.random()
    )
    people = [*_NAMED, *_strangers(rng)]
    return tuple(
        Player(
            xuid=_FIRST_XUID + xuids[index],
            gamertag=gamertag,
            former_gamertag=_RENAMED.get(gamertag),
            rating=rating,
            group=index // _GROUP_SIZE if index < len(_NAMED) else None,
            service_tag="".join(rng.choices(_TAG_LETTERS, k=rng.choice((3, 4, 4)))),
            career_experience=int(rng.uniform(0.02, 1.15) ** 3 * 9_319_351),
            hue=(index * 137) % 360,
            hides_matches=gamertag == _HIDDEN,
            plays=gamertag != _NEVER_PLAYED,
        )
        for index, (gamertag, rating) in enumerate(people)
    )


def _strangers(rng: random.Random) -> Iterator[tuple[str, int]]:
    pairs = rng.sample([(first, last) for first in _FIRST for last in _LAST], _STRANGERS)
    for first, last in pairs:
        yield (
            f"{first} {last} {rng.randint(2, 99)}"[:15].strip(),
            max(150, min(1800, int(rng.gauss(1000, 330)))),
        )
