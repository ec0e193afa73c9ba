"""The help page in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.ui.limits import fit
from bot.ui.texts import name

__all__ = ["HelpEntry", "help_embed"]

ACCENT = 0x4C8DFF
PRIVACY = (
    "To answer you I ask Halo's services about the player you name. I remember the gamertags you looked up "
    "for your own autocomplete, in memory only, until I restart. Answers that Halo allows to be cached are "
    "kept for some days. I read no messages and keep none."
)
AFFILIATION = (
    "Adjutant is made by fans. It is not affiliated with, endorsed or sponsored by Microsoft or Halo Studios. "
    "Halo © Microsoft Corporation."
)


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A command, what it does, and its options with their descriptions."""

    command: str
    description: str
    options: tuple[tuple[str, str], ...]


def help_embed(entries: Sequence[HelpEntry], *, operator: str, privacy_url: str) -> discord.Embed:
    """List the commands, then who runs the bot, privacy, and affiliation."""
    embed = discord.Embed(
        title="Adjutant",
        colour=ACCENT,
        description="Halo Infinite at a glance: type a command, get the match, the numbers and the medals.",
    )
    for entry in entries:
        options = "\n".join(f"`{option}` {text}" for option, text in entry.options)
        embed.add_field(
            name=f"/{entry.command}", value=f"{entry.description}\n{options}".strip(), inline=False
        )
    embed.add_field(name="Who runs this bot", value=name(operator), inline=False)
    privacy = f"{PRIVACY}\n[The operator's privacy text]({privacy_url})" if privacy_url else PRIVACY
    embed.add_field(name="Privacy", value=privacy, inline=False)
    embed.set_footer(text=AFFILIATION)
    return fit(embed)
