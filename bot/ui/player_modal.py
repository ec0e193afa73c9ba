"""The form that asks for a player."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import discord
from discord import ui

from bot.ui.command_texts import EXAMPLE
from bot.ui.owned_button import SurfaceOwner
from bot.words.language import Language
from bot.words.phrase import Phrase, term

__all__ = ["PlayerModal", "Submit"]

TIMEOUT_S = 15 * 60
LONGEST = 40
TITLE = term("form title", "Which player?")
LABEL = term("form label", "Gamertag or XUID")
DESCRIPTION = term("form description", "Upper and lower case and spaces do not matter.")

Submit = Callable[[discord.Interaction[Any], str], Awaitable[None]]


class PlayerModal(ui.Modal):
    """Asks for a gamertag and hands it to ``submit``, which answers the submission."""

    def __init__(
        self, submit: Submit, language: Language, *, title: Phrase = TITLE, description: Phrase = DESCRIPTION
    ) -> None:
        super().__init__(title=language.say(title), timeout=TIMEOUT_S)
        self._submit = submit
        self._typed = ui.TextInput[Any](min_length=1, max_length=LONGEST, placeholder=EXAMPLE)
        self.add_item(
            ui.Label[Any](
                text=language.say(LABEL), description=language.say(description), component=self._typed
            )
        )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over what was typed."""
        await self._submit(interaction, str(self._typed.value))

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Answer an error like everywhere else."""
        await cast("SurfaceOwner", interaction.client).surface.show(interaction, error)
