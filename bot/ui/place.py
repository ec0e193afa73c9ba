"""Where an interaction happens, as far as what is kept of servers is concerned."""

from __future__ import annotations

from typing import Any

import discord

__all__ = ["board_server"]


def board_server(interaction: discord.Interaction[Any]) -> int | None:
    """Return the server whose board this interaction has to do with.

    None outside of servers, and in a server that has the bot only through somebody's user install: the bot
    is no member there, would not learn who leaves, and so keeps no board of it.
    """
    return interaction.guild_id if interaction.is_guild_integration() else None
