"""Gamertags: when two are the same, and new ones for people that nobody named."""

from __future__ import annotations

import random
from collections.abc import Iterator, Set

__all__ = ["fold", "invent_gamertags"]

_LONGEST = 15
_FIRST = (
    "Brisk", "Amber", "Lucky", "Silent", "Rusty", "Polar", "Velvet", "Sunny", "Hollow", "Vivid", "Dusty", "Rapid",
    "Gentle", "Neon", "Salty", "Tidy", "Wild", "Pale", "Grim", "Merry",
)  # fmt: skip
_LAST = (
    "Heron", "Badger", "Falcon", "Ranger", "Cactus", "Turbine", "Comet", "Saddle", "Lynx", "Magnet", "Pylon",
    "Walrus", "Anchor", "Ferret", "Lantern", "Biscuit", "Gecko", "Piston",
)  # fmt: skip


def fold(gamertag: str) -> str:
    """The form in which two gamertags are the same: case and spaces do not matter."""
    return "".join(gamertag.split()).casefold()


def invent_gamertags(rng: random.Random, count: int, taken: Set[str]) -> Iterator[str]:
    """So many gamertags of at most 15 letters, none like another and none whose fold is in ``taken``."""
    known = set(taken)
    found = 0
    while found < count:
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        name = rng.choice(
            (f"{first} {last} {rng.randrange(2, 100)}", f"{first}{last}{rng.randrange(2, 100)}")
        )
        gamertag = name if len(name) <= _LONGEST else f"{first} {last}"[:_LONGEST].strip()
        if fold(gamertag) not in known:
            known.add(fold(gamertag))
            found += 1
            yield gamertag
