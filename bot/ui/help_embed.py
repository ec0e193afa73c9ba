"""The help page in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.ui.command_texts import ACCOUNT
from bot.ui.limits import fit
from bot.ui.texts import name
from bot.words.language import Language
from bot.words.phrase import phrase

__all__ = ["HelpEntry", "help_embed"]

NAME = "Adjutant"
ACCENT = 0x4C8DFF
PRIVACY = phrase(
    "To answer you I ask Halo's services about the player you name. If you link an account, I keep your Discord "
    "id, its XUID and gamertags, its matches and ranks, and the servers you use me in; `/{account}` shows, "
    "exports and deletes it. Of the others in those matches I keep their numbers under a key that names nobody, "
    "and neither XUID nor gamertag. I remember the gamertags you looked up for your own autocomplete, in memory only, "
    "until I restart. Answers that Halo allows to be cached are kept for some days. I read no messages and keep "
    "none.",
    account=ACCOUNT,
)
AFFILIATION = phrase(
    "Adjutant is made by fans. It is not affiliated with, endorsed or sponsored by Microsoft or Halo Studios. "
    "Halo © Microsoft Corporation."
)


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A command, what it does, and its options with their descriptions, all as Discord shows them to the reader."""

    command: str
    description: str
    options: tuple[tuple[str, str], ...]


def help_embed(
    entries: Sequence[HelpEntry], language: Language, *, operator: str, privacy_url: str
) -> discord.Embed:
    """List the commands, then who runs the bot, privacy, and affiliation."""
    say = language.say
    embed = discord.Embed(
        title=NAME,
        colour=ACCENT,
        description=say(
            phrase("Halo Infinite at a glance: type a command, get the match, the numbers and the medals.")
        ),
    )
    for entry in entries:
        options = "\n".join(f"`{option}` {text}" for option, text in entry.options)
        embed.add_field(
            name=f"/{entry.command}", value=f"{entry.description}\n{options}".strip(), inline=False
        )
    embed.add_field(name=say(phrase("Who runs this bot")), value=name(operator), inline=False)
    privacy = say(PRIVACY)
    if privacy_url:
        link = say(phrase("The operator's privacy text"))
        privacy += f"\n[{link}]({privacy_url})"
    embed.add_field(name=say(phrase("Privacy")), value=privacy, inline=False)
    embed.set_footer(text=say(AFFILIATION))
    return fit(embed)
