"""What other commands link accounts with, on the way to their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord

from bot.ui.link_modal import Linker

if TYPE_CHECKING:
    from cogs.account import AccountCog

__all__ = ["linker_of"]


def linker_of(interaction: discord.Interaction[Any]) -> Linker:
    """Return what links the caller of an interaction."""
    return cast("AccountCog", interaction.client.get_cog("account")).answers
