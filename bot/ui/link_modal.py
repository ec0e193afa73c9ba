"""The form that asks for one's own account, and what is asked to link it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import discord
from discord import ui

from bot.ui.player_modal import PlayerModal, Submit
from bot.words.language import Language
from bot.words.phrase import Phrase, term

__all__ = ["First", "Instead", "LinkModal", "Linker", "Then"]

First = Callable[[], Awaitable[None]]
"""What a command does first, once its answer is deferred: here, to link the caller's account."""

Then = Callable[[discord.Interaction[Any], First], Awaitable[None]]
"""A command to run for a submitted form: it defers, does the first thing, and answers."""

Instead = Callable[[str, Phrase, Language], ui.Item[Any]]
"""Makes the button of a command that links one account instead of another: which ones, in at most 40 characters,
and what is written on it. Pressed, it hands both back to :meth:`Linker.replace_then`."""

TITLE = term("form title", "Which account is yours?")
DESCRIPTION = term("form description", "I remember it for you. You can verify it later, or delete it.")


class Linker(Protocol):
    """What links accounts on the way to a command's answer."""

    async def link_then(
        self, interaction: discord.Interaction[Any], asked: str, then: Then, instead: Instead
    ) -> None:
        """Link the account that was typed into a form as the first thing of a command, and tell of it afterwards.

        Where another account is linked nothing is done but to ask, with the button that ``instead`` makes.
        """
        ...

    async def replace_then(
        self, interaction: discord.Interaction[Any], which: str, then: Then, instead: Instead
    ) -> None:
        """Do the same for whoever has pressed that button: this time the other link is replaced."""
        ...


class LinkModal(PlayerModal):
    """Asks for the gamertag that is to be linked, and hands it to ``submit``, which answers the submission."""

    def __init__(self, submit: Submit, language: Language) -> None:
        super().__init__(submit, language, title=TITLE, description=DESCRIPTION)
