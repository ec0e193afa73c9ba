"""The form that links an account and then runs the command that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord

from bot.ui.link_modal import LinkModal, Then
from bot.ui.speech import language_of

if TYPE_CHECKING:
    from cogs.account import AccountCog

__all__ = ["link_modal"]


def link_modal(interaction: discord.Interaction[Any], then: Then) -> LinkModal:
    """Return the form to be opened by an interaction.

    Args:
        interaction: What opens it.
        then: The command that was asked for. It is called with the submission and a first thing to do once it
            has deferred: that links the account, or raises what stands against it, which then is the answer.
    """
    cog = cast("AccountCog", interaction.client.get_cog("account"))

    async def submit(submitted: discord.Interaction[Any], typed: str) -> None:
        await cog.answers.link_then(submitted, typed, then)

    return LinkModal(submit, language_of(interaction))
