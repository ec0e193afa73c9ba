"""``/help``: what there is, who runs this bot, what it keeps, and whose game this is."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.config import Settings
from bot.ui.help_embed import HelpEntry, help_embed
from bot.ui.turn import Card, Turn

__all__ = ["HelpCog", "setup"]


class HelpCog(commands.Cog, name="help"):
    """The help command."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description="What this bot can do, who runs it, and what it keeps")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def show_help(self, interaction: discord.Interaction[AdjutantBot]) -> None:
        """Answer ``/help``."""
        turn = await Turn.open(interaction, private=True)
        settings = self._bot.resources.settings
        embed = help_embed(
            _entries(self._bot), operator=await self._operator(settings), privacy_url=settings.privacy_url
        )
        await turn.answer(Card(embed=embed))

    async def _operator(self, settings: Settings) -> str:
        if settings.operator:
            return settings.operator
        application = self._bot.application or await self._bot.application_info()
        return application.team.name if application.team else str(application.owner)


def _entries(bot: AdjutantBot) -> list[HelpEntry]:
    listed: list[app_commands.Command[Any, ..., Any]] = [
        command for command in bot.tree.walk_commands() if isinstance(command, app_commands.Command)
    ]
    return [
        HelpEntry(
            command.qualified_name,
            command.description,
            tuple((option.name, option.description) for option in command.parameters),
        )
        for command in sorted(listed, key=lambda command: command.qualified_name)
    ]


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(HelpCog(bot))
