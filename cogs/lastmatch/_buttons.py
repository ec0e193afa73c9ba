"""The buttons under a match and under its failures. They outlive a restart."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.owned_button import OwnedButton
from bot.ui.player_modal import PlayerModal
from bot.ui.speech import language_of
from bot.ui.turn import Turn
from bot.words.language import Language
from bot.words.phrase import term
from cogs.account import link_modal
from cogs.lastmatch._query import Face, Query, Shown

if TYPE_CHECKING:
    from cogs.lastmatch import LastMatchCog

__all__ = ["AgainButton", "MatchButton", "again_button", "match_buttons"]

OLDER, NEWER, SHARE = "o", "n", "h"
LABELS = {
    OLDER: term("button", "Older"),
    NEWER: term("button", "Newer"),
    Face.SUMMARY.value: term("button", "Match"),
    Face.SCOREBOARD.value: term("button", "Scoreboard"),
    Face.MEDALS.value: term("button", "Medals"),
    SHARE: term("button", "Share"),
}
ROW = (OLDER, NEWER, Face.SUMMARY.value, Face.SCOREBOARD.value, Face.MEDALS.value)
AGAIN_LETTERS = {Action.ASK_PLAYER: "p", Action.RETRY: "r", Action.CHECK_AGAIN: "c", Action.LINK: "l"}
AGAIN_ACTIONS = {letter: action for action, letter in AGAIN_LETTERS.items()}


def _cog(interaction: discord.Interaction[Any]) -> LastMatchCog:
    return cast("LastMatchCog", interaction.client.get_cog("lastmatch"))


class MatchButton(
    OwnedButton, template=rf"lm:(?P<action>[onmsdh]):(?P<owner>[0-9]{{15,20}}):{Shown.PATTERN}"
):
    """Steps to another match, turns to another face of it, or shares it."""

    def __init__(self, action: str, owner_id: int, shown: Shown, language: Language) -> None:
        is_current = action == shown.face.value
        super().__init__(
            ui.Button(
                label=language.say(LABELS[action]),
                custom_id=f"lm:{action}:{owner_id}:{shown.encode()}",
                style=discord.ButtonStyle.primary if is_current else discord.ButtonStyle.secondary,
                disabled=is_current,
                row=1 if action == SHARE else 0,
            )
        )
        self.action = action
        self.owner_id = owner_id
        self.shown = shown

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state back, also from a message of an earlier process."""
        return cls(match["action"], int(match["owner"]), Shown.decode(match), language_of(interaction))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Share as a new message, everything else in the place of the shown one."""
        cog = _cog(interaction)
        if self.action == SHARE:
            turn = await Turn.open(interaction)
            await cog.turn_to(turn, replace(self.shown, face=Face.SUMMARY), private=False)
            return
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        turn = await Turn.open_update(interaction)
        if self.action in (OLDER, NEWER):
            await cog.step(turn, self.shown, older=self.action == OLDER, private=private)
        else:
            await cog.turn_to(turn, replace(self.shown, face=Face(self.action)), private=private)


def match_buttons(owner_id: int, shown: Shown, language: Language, *, private: bool) -> list[MatchButton]:
    """The buttons of a shown match; a private one can be shared."""
    actions = (*ROW, SHARE) if private else ROW
    return [MatchButton(action, owner_id, shown, language) for action in actions]


class AgainButton(OwnedButton, template=rf"la:(?P<action>[prcl]):(?P<owner>[0-9]{{15,20}}):{Query.PATTERN}"):
    """Asks a failed question again, as it was or for another player."""

    def __init__(self, action: Action, owner_id: int, query: Query, language: Language) -> None:
        super().__init__(
            ui.Button(
                label=language.say(ACTION_LABELS[action]),
                custom_id=f"la:{AGAIN_LETTERS[action]}:{owner_id}:{query.encode()}",
                style=discord.ButtonStyle.primary,
            )
        )
        self.action = action
        self.owner_id = owner_id
        self.query = query

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state back, also from a message of an earlier process."""
        action = AGAIN_ACTIONS[match["action"]]
        return cls(action, int(match["owner"]), Query.decode(match), language_of(interaction))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form, or run the command as if it had been typed again."""
        cog = _cog(interaction)
        if self.action is Action.ASK_PLAYER:
            await interaction.response.send_modal(
                PlayerModal(partial(self._named, cog), language_of(interaction))
            )
        elif self.action is Action.LINK:
            own = replace(self.query, player=None)
            await interaction.response.send_modal(
                link_modal(interaction, lambda submitted, link: cog.ask(submitted, own, link))
            )
        else:
            await cog.ask(interaction, self.query)

    async def _named(self, cog: LastMatchCog, interaction: discord.Interaction[Any], player: str) -> None:
        await cog.ask(interaction, replace(self.query, player=player))


def again_button(owner_id: int, query: Query, action: Action, language: Language) -> AgainButton:
    """The button that does ``action`` for a failed query."""
    return AgainButton(action, owner_id, query, language)
