"""The buttons and the menu under a card of ranks, and the buttons under its failures. They outlive a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

import discord
from discord import ui

from bot.stats.csr_seasons import CsrSeason
from bot.ui.again_button import PlayerAgainButton
from bot.ui.control_ids import ControlIds
from bot.ui.link_modal import First
from bot.ui.stated_button import Look, StatedButton
from bot.ui.stated_select import StatedSelect
from bot.ui.turn import Turn
from bot.words.csr_words import season_span, season_title
from bot.words.language import Language
from bot.words.phrase import phrase, term
from cogs.account import linker_of
from cogs.csr._query import Query, Shown

if TYPE_CHECKING:
    from cogs.csr import CsrCog
    from cogs.lastmatch import LastMatchCog

__all__ = ["AgainButton", "CsrButton", "SeasonSelect", "csr_items"]

REFRESH, LAST_MATCH, SHARE = "r", "m", "h"
LABELS: Final = {
    REFRESH: term("button", "Refresh"),
    LAST_MATCH: term("button", "Last match"),
    SHARE: term("button", "Share"),
}
PLACEHOLDER: Final = term("menu", "Another season")


def _cog(interaction: discord.Interaction[Any]) -> CsrCog:
    return cast("CsrCog", interaction.client.get_cog("csr"))


def _is_private(interaction: discord.Interaction[Any]) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


class CsrButton(StatedButton[Shown], ids=ControlIds("cs", "rmh", Shown)):
    """Asks for the shown ranks anew, shares them, or turns to the player's last match."""

    @classmethod
    def look(cls, action: str, state: Shown) -> Look:
        """All of them stand in the first row."""
        return Look(label=LABELS[action], row=0)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Refresh in place; share, and turn to the last match, with a new message."""
        private = _is_private(interaction)
        if self.action == LAST_MATCH:
            matches = cast("LastMatchCog", interaction.client.get_cog("lastmatch"))
            await matches.of_player(interaction, self.state.xuid, private=private)
        elif self.action == SHARE:
            await _cog(interaction).show(await Turn.open(interaction), self.state, private=False)
        else:
            await _cog(interaction).show(await Turn.open_update(interaction), self.state, private=private)


class SeasonSelect(StatedSelect[Shown], ids=ControlIds("ct", "", Shown)):
    """Turns to another season."""

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """Show the chosen season in the place of the shown one."""
        turn = await Turn.open_update(interaction)
        shown = replace(self.state, season=values[0])
        await _cog(interaction).show(turn, shown, private=_is_private(interaction))


def csr_items(
    owner_id: int, shown: Shown, seasons: Sequence[CsrSeason], language: Language, *, private: bool
) -> list[ui.Item[Any]]:
    """What stands under shown ranks: a private answer can be shared; the newest ``seasons`` can be turned to."""
    actions = (REFRESH, LAST_MATCH, SHARE) if private else (REFRESH, LAST_MATCH)
    items: list[ui.Item[Any]] = [CsrButton(action, owner_id, shown, language) for action in actions]
    if len(seasons) > 1:
        items.append(_season_select(owner_id, shown, seasons, language))
    return items


def _season_select(
    owner_id: int, shown: Shown, seasons: Sequence[CsrSeason], language: Language
) -> SeasonSelect:
    current = seasons[0].number
    options = [
        discord.SelectOption(
            label=language.say(season_title(season)),
            value=season.number,
            description=_description(season, language, is_current=season.number == current),
            default=season.number == (shown.season or current),
        )
        for season in seasons
    ]
    return SeasonSelect.of("", owner_id, shown, options, placeholder=language.say(PLACEHOLDER), row=1)


def _description(season: CsrSeason, language: Language, *, is_current: bool) -> str:
    span = season_span(season, language)
    return language.say(phrase("current, {span}", span=span)) if is_current else span


class AgainButton(PlayerAgainButton[Query], ids=ControlIds("ca", PlayerAgainButton.ACTIONS, Query)):
    """Asks a failed ``/csr`` again."""

    linker = staticmethod(linker_of)

    async def ask(
        self, interaction: discord.Interaction[Any], query: Query, first: First | None = None
    ) -> None:
        """Answer with the ranks."""
        await _cog(interaction).ask(interaction, query, first)
