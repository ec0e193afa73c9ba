"""Select menus that belong to whoever asked and keep working after a restart, as :mod:`bot.ui.owned_button` does."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.ui.owned_button import for_owner

__all__ = ["OwnedSelect"]


class OwnedSelect(ui.DynamicItem[ui.Select[ui.View]], template=r"(?!)"):
    """Base of every select menu with choices of our own: checks the owner and brings every error to the surface.

    A subclass names its own ``template``, and says in :meth:`choose` what a choice does. Made from a message it
    wraps the menu that stands there, so it need not know the choices.
    """

    owner_id: int

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """Do what the chosen values ask for; the first statement is a defer or a modal."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Let the owner through, refuse others kindly."""
        await for_owner(interaction, self.owner_id, lambda it: self.choose(it, self.item.values))
