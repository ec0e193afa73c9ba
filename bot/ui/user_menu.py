"""Commands in the context menu of a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.ui.command_texts import localised
from bot.words.phrase import Phrase

__all__ = ["Person", "user_menu"]

Person = discord.User | discord.Member
OfPerson = Callable[[discord.Interaction[Any], Person], Awaitable[None]]


def user_menu(words: Phrase, answer: OfPerson) -> app_commands.ContextMenu:
    """Return the command that ``answer`` answers about whose menu it was chosen in.

    It is there wherever slash commands are. A cog cannot declare one: it adds it to the tree when it is loaded,
    and removes it when it is unloaded.
    """

    async def chosen(interaction: discord.Interaction[Any], person: Person) -> None:
        await answer(interaction, person)

    return app_commands.ContextMenu(
        name=localised(words),
        callback=chosen,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )
