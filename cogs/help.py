"""``/help``: what there is, who runs this bot, what it keeps, and whose game this is."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.config import Settings
from bot.ui.command_texts import localised
from bot.ui.help_embed import HelpEntry, help_embed
from bot.ui.turn import Card, Turn
from bot.words.phrase import term

__all__ = ["HelpCog", "setup"]


class HelpCog(commands.Cog, name="help"):
    """The help command."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot

    @app_commands.command(
        name=localised(term("command", "help")),
        description=localised(term("description", "What this bot can do, who runs it, and what it keeps")),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def show_help(self, interaction: discord.Interaction[AdjutantBot]) -> None:
        """Answer ``/help``."""
        turn = await Turn.open(interaction, private=True)
        settings = self._bot.resources.settings
        embed = help_embed(
            await _entries(self._bot, str(interaction.locale)),
            turn.language,
            operator=await self._operator(settings),
            privacy_url=settings.privacy_url,
        )
        await turn.answer(Card(embed=embed))

    async def _operator(self, settings: Settings) -> str:
        if settings.operator:
            return settings.operator
        application = self._bot.application or await self._bot.application_info()
        return application.team.name if application.team else str(application.owner)


async def _entries(bot: AdjutantBot, locale: str) -> list[HelpEntry]:
    """List the commands with the names that Discord shows in a locale."""
    payloads: list[dict[str, Any]] = [
        await command.get_translated_payload(bot.tree, translator)
        for command in bot.tree.get_commands(type=discord.AppCommandType.chat_input)
        if (translator := bot.tree.translator)
    ]
    return [
        HelpEntry(
            _shown(payload, "name", locale),
            _shown(payload, "description", locale),
            tuple(
                (_shown(option, "name", locale), _shown(option, "description", locale))
                for option in payload["options"]
            ),
        )
        for payload in sorted(payloads, key=lambda payload: payload["name"])
    ]


def _shown(payload: dict[str, Any], key: str, locale: str) -> str:
    return payload.get(f"{key}_localizations", {}).get(locale, payload[key])


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(HelpCog(bot))
