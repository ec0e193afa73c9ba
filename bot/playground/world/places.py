"""The maps of the world: names that players would recognise, descriptions of our own."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARENAS", "BATTLEFIELDS", "LOST_PLACE", "PLACES", "PVE_PLACES", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A map; ``hue`` (degrees) is the mood of its pictures, ``deleted`` a map that its author withdrew."""

    name: str
    description: str
    hue: int
    deleted: bool = False


ARENAS = (
    Place("Aquarius", "Two mirrored halls around a quiet garden.", 190),
    Place("Live Fire", "A training yard where the targets shoot back.", 32),
    Place("Recharge", "Turbines, ledges and a long fall.", 205),
    Place("Streets", "Night falls on a market that nobody shops in.", 275),
    Place("Bazaar", "Dust, awnings and narrow doors.", 40),
    Place("Catalyst", "Light bridges over an old shrine.", 160),
    Place("Solitude", "Damp concrete deep below the water.", 175),
    Place("Empyrean", "White decks above the clouds.", 220),
)
BATTLEFIELDS = (
    Place("Fragmentation", "A valley split by an old wound.", 95),
    Place("Highpower", "Dams and cliffs, with room for tanks.", 140),
    Place("Deadlock", "Two bases, one frozen river.", 210),
    Place("Oasis", "Palms, dunes and a crashed frigate.", 60),
)
PVE_PLACES = (Place("House of Reckoning", "The Banished train here. Not today.", 8),)
LOST_PLACE = Place("Withdrawn Works", "Its author took it away.", 300, deleted=True)
PLACES = (*ARENAS, *BATTLEFIELDS, *PVE_PLACES, LOST_PLACE)
