"""The application's tier emojis as they are after a bot's first start, so that not each start draws them anew."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

from bot.playground.discord import DiscordState
from bot.ui.emoji import tier_key
from cogs.tier_emoji import STANDINGS

__all__ = ["add_tier_emojis", "tier_emojis"]


@cache
def tier_emojis() -> dict[str, bytes]:
    """A picture by the name of each."""
    picture = io.BytesIO()
    Image.new("RGBA", (16, 16)).save(picture, "PNG")
    return {tier_key(standing): picture.getvalue() for standing in STANDINGS}


def add_tier_emojis(state: DiscordState) -> None:
    """Upload them."""
    for name, picture in tier_emojis().items():
        state.add_emoji(name, picture)
