"""The form that asks for one's own account."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.ui.player_modal import PlayerModal, Submit
from bot.words.language import Language
from bot.words.phrase import term

__all__ = ["First", "LinkModal", "Then"]

First = Callable[[], Awaitable[None]]
"""What a command does first, once its answer is deferred: here, to link the caller's account."""

Then = Callable[[discord.Interaction[Any], First], Awaitable[None]]
"""A command to run for a submitted form: it defers, does the first thing, and answers."""

TITLE = term("form title", "Which account is yours?")
DESCRIPTION = term("form description", "I remember it for you. You can verify it later, or delete it.")


class LinkModal(PlayerModal):
    """Asks for the gamertag that is to be linked, and hands it to ``submit``, which answers the submission."""

    def __init__(self, submit: Submit, language: Language) -> None:
        super().__init__(submit, language, title=TITLE, description=DESCRIPTION)
