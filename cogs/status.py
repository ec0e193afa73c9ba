"""``/status``: whether Halo answers, what waits in the background, how fresh this server's board is."""

from __future__ import annotations

import math

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.app import AdjutantBot
from bot.ui.command_texts import localised
from bot.ui.place import board_server
from bot.ui.status_embed import status_embed
from bot.ui.turn import Card, Turn
from bot.words.phrase import term

__all__ = ["StatusCog", "setup"]


class StatusCog(commands.Cog, name="status"):
    """The status command."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot

    @app_commands.command(
        name=localised(term("command", "status")),
        description=localised(
            term("description", "Whether Halo answers, what I am working on, and how fresh my data is")
        ),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def show_status(self, interaction: discord.Interaction[AdjutantBot]) -> None:
        """Answer ``/status``."""
        turn = await Turn.open(interaction, private=True)
        status = await self._bot.resources.status.look(board_server(interaction))
        latency_ms = _latency_ms(self._bot, interaction.guild_id)
        embed = status_embed(status, turn.language, version=__version__, latency_ms=latency_ms)
        await turn.answer(Card(embed=embed))


def _latency_ms(bot: AdjutantBot, guild_id: int | None) -> int | None:
    """Return the latency of the shard that serves a place; None before its first heartbeat was answered."""
    guild = None if guild_id is None else bot.get_guild(guild_id)
    # Direct messages, and servers that the bot is no member of, are the first shard's.
    shard = bot.get_shard(0 if guild is None else guild.shard_id)
    if shard is None or not math.isfinite(shard.latency):
        return None
    return round(shard.latency * 1000)


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(StatusCog(bot))
