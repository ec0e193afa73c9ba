"""Commands in the languages of Discord's clients: names, descriptions, options and choices."""

from __future__ import annotations

from typing import Final

import discord
from discord import app_commands

from bot.words.language import language_for
from bot.words.phrase import Phrase, term

__all__ = [
    "ACCOUNT",
    "EXAMPLE",
    "LASTMATCH",
    "LINK",
    "PLAYER",
    "SEASON",
    "UNLINK",
    "CommandTranslator",
    "localised",
]

_KEY: Final = "phrase"

LASTMATCH: Final = term("command", "lastmatch")
LINK: Final = term("command", "link")
UNLINK: Final = term("command", "unlink")
ACCOUNT: Final = term("command", "account")
PLAYER: Final = term("option", "player")
SEASON: Final = term("option", "season")
#: A gamertag as one types it.
EXAMPLE: Final = "Ember Fox 7"


def localised(words: Phrase) -> app_commands.locale_str:
    """Return a text of a command that Discord shows everybody in their own language."""
    return app_commands.locale_str(words.text, **{_KEY: words})


class CommandTranslator(app_commands.Translator):
    """Translates what :func:`localised` has marked, when the commands are registered."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text in a locale, or None where Discord should show the English one."""
        words = string.extras.get(_KEY)
        language = language_for(str(locale))
        if not isinstance(words, Phrase) or language.is_english:
            return None
        return language.say(words)
