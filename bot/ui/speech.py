"""Which language an interaction is answered in."""

from __future__ import annotations

from typing import Any

import discord

from bot.words.language import Language, language_for

__all__ = ["language_of"]


def language_of(interaction: discord.Interaction[Any]) -> Language:
    """Return the language of the person's own Discord; English where Adjutant does not speak it."""
    return language_for(str(interaction.locale))
