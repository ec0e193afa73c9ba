"""Xbox profiles as Halo's and Xbox's profile services write them."""

from __future__ import annotations

from typing import Any

from bot.playground.world.people import Player

__all__ = ["GAMERPIC_HOST", "write_user", "write_xbox_profile"]

GAMERPIC_HOST = "images-eds-ssl.xboxlive.com"
_SIZES = {"small": "&w=64&h=64", "medium": "&w=208&h=208", "large": "&w=424&h=424", "xlarge": ""}


def write_user(player: Player) -> dict[str, Any]:
    """A user of Halo's profile service."""
    return {
        "xuid": str(player.xuid),
        "gamertag": player.gamertag,
        "gamerpic": {size: _picture_url(player, query) for size, query in _SIZES.items()},
    }


def write_xbox_profile(player: Player, settings: list[str]) -> dict[str, Any]:
    """A user of Xbox's own profile service, with the settings asked for that this world knows."""
    known = {
        "Gamertag": player.gamertag,
        "GameDisplayName": player.gamertag,
        "GameDisplayPicRaw": _picture_url(player, ""),
        "Gamerscore": str(player.rating * 10),
    }
    values = [{"id": name, "value": known[name]} for name in settings if name in known]
    user = {"id": str(player.xuid), "hostId": str(player.xuid), "settings": values, "isSponsoredUser": False}
    return {"profileUsers": [user]}


def _picture_url(player: Player, query: str) -> str:
    return f"https://{GAMERPIC_HOST}/image?url=playground.{player.xuid}&format=png{query}"
