"""The form that asks for a player."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import discord
from discord import ui

from bot.ui.owned_button import SurfaceOwner

__all__ = ["PlayerModal"]

TIMEOUT_S = 15 * 60
LONGEST = 40

Submit = Callable[[discord.Interaction[Any], str], Awaitable[None]]


class PlayerModal(ui.Modal, title="Which player?"):
    """Asks for a gamertag and hands it to ``submit``, which answers the submission."""

    player: ui.Label[Any] = ui.Label(
        text="Gamertag or XUID",
        description="Upper and lower case and spaces do not matter.",
        component=ui.TextInput(min_length=1, max_length=LONGEST, placeholder="Ember Fox 7"),
    )

    def __init__(self, submit: Submit) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._submit = submit

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over what was typed."""
        await self._submit(interaction, str(cast("ui.TextInput[Any]", self.player.component).value))

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Answer an error like everywhere else."""
        await cast("SurfaceOwner", interaction.client).surface.show(interaction, error)
