"""What the profile authority answers: who a player is."""

from __future__ import annotations

from pydantic import Field

from bot.halo.models.base import HaloModel

__all__ = [
    "GamerPicture",
    "User",
]


class GamerPicture(HaloModel):
    """Public addresses of a player's picture: 64, 208, 424 and 1080 px wide."""

    small: str = ""
    medium: str = ""
    large: str = ""
    xlarge: str = ""


class User(HaloModel):
    """A player. Gamertags change and may hold spaces and any alphabet; the XUID is the key."""

    xuid: int
    gamertag: str = ""
    gamerpic: GamerPicture = Field(default_factory=GamerPicture)
