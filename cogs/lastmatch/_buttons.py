"""The buttons under a match and under its failures. They outlive a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.ui.again_button import PlayerAgainButton
from bot.ui.control_ids import ControlIds
from bot.ui.link_modal import First
from bot.ui.stated_button import Look, StatedButton
from bot.ui.turn import Turn
from bot.words.language import Language
from bot.words.phrase import term
from cogs.account import linker_of
from cogs.lastmatch._query import Face, Query, Shown

if TYPE_CHECKING:
    from cogs.lastmatch import LastMatchCog

__all__ = ["AgainButton", "MatchButton", "match_buttons"]

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


def _cog(interaction: discord.Interaction[Any]) -> LastMatchCog:
    return cast("LastMatchCog", interaction.client.get_cog("lastmatch"))


class MatchButton(StatedButton[Shown], ids=ControlIds("lm", "onmsdh", Shown)):
    """Steps to another match, turns to another face of it, or shares it."""

    @classmethod
    def look(cls, action: str, state: Shown) -> Look:
        """The face that is shown stands out."""
        is_current = action == state.face.value
        return Look(
            label=LABELS[action],
            style=discord.ButtonStyle.primary if is_current else discord.ButtonStyle.secondary,
            row=1 if action == SHARE else 0,
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Share as a new message, everything else in the place of the shown one."""
        cog = _cog(interaction)
        if self.action == SHARE:
            turn = await Turn.open(interaction)
            await cog.turn_to(turn, replace(self.state, face=Face.SUMMARY), private=False)
            return
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        turn = await Turn.open_update(interaction)
        if self.action in (OLDER, NEWER):
            await cog.step(turn, self.state, older=self.action == OLDER, private=private)
        else:
            await cog.turn_to(turn, replace(self.state, face=Face(self.action)), private=private)


def match_buttons(owner_id: int, shown: Shown, language: Language, *, private: bool) -> list[MatchButton]:
    """The buttons of a shown match; a private one can be shared."""
    actions = (*ROW, SHARE) if private else ROW
    current = shown.face.value
    return [MatchButton(it, owner_id, shown, language, disabled=it == current) for it in actions]


class AgainButton(PlayerAgainButton[Query], ids=ControlIds("la", PlayerAgainButton.ACTIONS, Query)):
    """Asks a failed ``/lastmatch`` again."""

    linker = staticmethod(linker_of)

    async def ask(
        self, interaction: discord.Interaction[Any], query: Query, first: First | None = None
    ) -> None:
        """Answer with the match."""
        await _cog(interaction).ask(interaction, query, first)
