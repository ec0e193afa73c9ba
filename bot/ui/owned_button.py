"""Buttons that belong to whoever asked and keep working after a restart: their state is their custom id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

import discord
from discord import ui

from bot.ui.failure import NOT_YOURS
from bot.ui.surface import ErrorSurface

__all__ = ["OwnedButton", "SurfaceOwner", "for_owner"]


class SurfaceOwner(Protocol):
    """The client, as far as a button needs it."""

    surface: ErrorSurface


class OwnedButton(ui.DynamicItem[ui.Button[ui.View]], template=r"(?!)"):
    """Base of every button: checks the owner and brings every error to the surface.

    discord.py only logs what a dynamic item raises, so ``callback`` is wrapped here once.
    A subclass names its own ``template`` and says in :meth:`press` what it does.
    """

    owner_id: int

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for; the first statement is a defer or a modal."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Let the owner through, refuse others kindly."""
        await for_owner(interaction, self.owner_id, self.press)


async def for_owner(
    interaction: discord.Interaction[Any],
    owner_id: int,
    do: Callable[[discord.Interaction[Any]], Awaitable[None]],
) -> None:
    """Do what a control is for if it is its owner's turn, and bring what goes wrong to the surface."""
    surface = cast("SurfaceOwner", interaction.client).surface
    if interaction.user.id != owner_id:
        await surface.tell(interaction, NOT_YOURS)
        return
    try:
        await do(interaction)
    except Exception as error:
        await surface.show(interaction, error)
