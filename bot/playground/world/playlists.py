"""The playlists: which modes they rotate, on which maps, and whether they rank."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.playground.world.places import ARENAS, BATTLEFIELDS, PVE_PLACES, Place

__all__ = ["PLAYLISTS", "Playlist"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """A playlist; ``experience`` is the service's PlaylistExperience, ``weight`` how often it is played.

    ``against_bots`` gives the people one side and bots the other.
    """

    key: str
    asset_id: uuid.UUID
    name: str
    description: str
    modes: tuple[str, ...]
    places: tuple[Place, ...] = ARENAS
    ranked: bool = False
    experience: int = 2
    team_size: int | None = None
    weight: int = 4
    against_bots: bool = False


_RANKED_WEIGHTS = {"ranked_arena": 16, "ranked_slayer": 5, "ranked_doubles": 4, "ranked_snipers": 3}


def _ranked(
    key: str,
    asset_id: str,
    name: str,
    modes: tuple[str, ...],
    size: int | None = None,
    places: tuple[Place, ...] = ARENAS,
) -> Playlist:
    return Playlist(
        key=key,
        asset_id=uuid.UUID(asset_id),
        name=name,
        description="Competitive settings: no radar, friendly fire. Every match moves your rank.",
        modes=modes,
        places=places,
        ranked=True,
        team_size=size,
        weight=_RANKED_WEIGHTS.get(key, 2),
    )


_ALL = (
    _ranked(
        "ranked_arena",
        "edfef3ac-9cbe-4fa2-b949-8f29deafd483",
        "Ranked Arena",
        ("ranked_slayer", "ctf", "oddball", "strongholds", "koth"),
    ),
    _ranked("ranked_slayer", "dcb2e24e-05fb-4390-8076-32a0cdb4326e", "Ranked Slayer", ("ranked_slayer",)),
    _ranked(
        "ranked_doubles",
        "fa5aa2a3-2428-4912-a023-e1eeea7b877c",
        "Ranked Doubles",
        ("ranked_slayer", "oddball"),
        2,
    ),
    _ranked("ranked_snipers", "a883e7e1-9aca-4296-9009-3733a0ca8081", "Ranked Snipers", ("snipers",)),
    _ranked("ranked_ffa", "71734db4-4b8e-4682-9206-62b6eff92582", "Ranked FFA", ("ffa",)),
    _ranked("ranked_tactical", "7c60fb3e-656c-4ada-a085-293562642e50", "Ranked Tactical", ("tactical",)),
    _ranked(
        "ranked_squad_battle",
        "6dc5f699-d6d9-41c4-bdf8-7ae11dec2d1b",
        "Ranked Squad Battle",
        ("ranked_slayer", "ctf"),
        8,
        BATTLEFIELDS,
    ),
    Playlist(
        key="quick_play",
        asset_id=uuid.UUID("bdceefb3-1c52-4848-a6b7-d49acd13109d"),
        name="Quick Play",
        description="A bit of everything, four against four.",
        weight=10,
        modes=(
            "slayer",
            "ctf",
            "strongholds",
            "oddball",
            "koth",
            "vip",
            "extraction",
            "assault",
            "land_grab",
        ),
    ),
    Playlist(
        key="big_team_battle",
        asset_id=uuid.UUID("2825d417-93e6-4366-98f9-839a2dc41fe4"),
        name="Big Team Battle",
        description="Twelve against twelve, with vehicles.",
        experience=3,
        places=BATTLEFIELDS,
        modes=("btb_slayer", "total_control", "stockpile"),
        weight=3,
    ),
    Playlist(
        key="squad_battle",
        asset_id=uuid.UUID("f5580605-660c-43f9-ac69-4075c4a05c5d"),
        name="Squad Battle",
        description="Eight against eight on larger maps.",
        places=BATTLEFIELDS,
        modes=("slayer", "ctf"),
        team_size=8,
        weight=2,
    ),
    Playlist(
        key="team_doubles",
        asset_id=uuid.UUID("7323be09-2523-47c0-9e0d-64af9534ee22"),
        name="Team Doubles",
        description="Two against two.",
        modes=("slayer", "koth"),
        team_size=2,
        weight=2,
    ),
    Playlist(
        key="team_slayer",
        asset_id=uuid.UUID("2f0d6a9e-8a3c-4f1b-9c57-6f5b1c8e4d23"),
        name="Team Slayer",
        description="Four against four, nothing but kills.",
        modes=("slayer",),
    ),
    Playlist(
        key="fiesta",
        asset_id=uuid.UUID("7d4a2b6e-5c0f-4f4e-9a55-2f6d2cf0a1b7"),
        name="Fiesta",
        description="Random weapons, no plan.",
        modes=("fiesta", "grifball"),
        experience=5,
    ),
    Playlist(
        key="tactical",
        asset_id=uuid.UUID("c1f03b5a-8d1c-4be2-8d35-77a1ab0e3f50"),
        name="SWAT",
        description="No shields.",
        modes=("swat",),
        experience=5,
        weight=3,
    ),
    Playlist(
        key="featured",
        asset_id=uuid.UUID("0a6d1c6f-2b5f-49d6-8c63-6f2f8d0d9c11"),
        name="Community Mix",
        description="What people build in Forge.",
        experience=5,
        weight=3,
        modes=(
            "escalation",
            "minigame",
            "infection",
            "juggernaut",
            "regicide",
            "race",
            "hill_of_old",
            "unheard_of",
        ),
    ),
    Playlist(
        key="last_spartan",
        asset_id=uuid.UUID("5f1c0b52-74a6-4f0e-9d6a-19d7f3b5a2ce"),
        name="Last Team Standing",
        description="Few lives, tense rounds.",
        experience=5,
        weight=3,
        modes=("attrition", "elimination"),
    ),
    Playlist(
        key="firefight",
        asset_id=uuid.UUID("96aedf55-1c7e-46d5-bdaf-19a1329fb95d"),
        name="Firefight",
        description="Together against the Banished.",
        modes=("firefight",),
        places=PVE_PLACES,
        experience=6,
        weight=2,
    ),
    Playlist(
        key="bot_bootcamp",
        asset_id=uuid.UUID("a1e2b0d4-63f7-4c0a-8f2e-0b7c9d5e3a46"),
        name="Bot Bootcamp",
        description="Four people against four bots.",
        modes=("slayer", "ctf", "strongholds"),
        experience=4,
        weight=2,
        against_bots=True,
    ),
)
PLAYLISTS = {playlist.key: playlist for playlist in _ALL}
"""Every playlist by its key; ids of ranked and big-team lists are the service's own."""
