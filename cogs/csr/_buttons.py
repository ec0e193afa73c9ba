"""The buttons and the menu under a card of ranks, and the buttons under its failures. They outlive a restart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self, cast

import discord
from discord import ui

from bot.stats.csr_seasons import CsrSeason
from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.limits import CHOICES
from bot.ui.owned_button import OwnedButton
from bot.ui.owned_select import OwnedSelect
from bot.ui.player_modal import PlayerModal
from bot.ui.speech import language_of
from bot.ui.turn import Turn
from bot.words.csr_words import season_span, season_title
from bot.words.language import Language
from bot.words.phrase import phrase, term
from cogs.account import link_modal
from cogs.csr._query import Query, Shown

if TYPE_CHECKING:
    from cogs.csr import CsrCog
    from cogs.lastmatch import LastMatchCog

__all__ = ["AgainButton", "CsrButton", "SeasonSelect", "again_button", "csr_items"]

REFRESH, LAST_MATCH, SHARE = "r", "m", "h"
LABELS: Final = {
    REFRESH: term("button", "Refresh"),
    LAST_MATCH: term("button", "Last match"),
    SHARE: term("button", "Share"),
}
AGAIN_LETTERS: Final = {
    Action.ASK_PLAYER: "p",
    Action.RETRY: "r",
    Action.CHECK_AGAIN: "c",
    Action.LINK: "l",
}
AGAIN_ACTIONS: Final = {letter: action for action, letter in AGAIN_LETTERS.items()}
OWNER: Final = r"(?P<owner>[0-9]{15,20})"
PLACEHOLDER: Final = term("menu", "Another season")


def _cog(interaction: discord.Interaction[Any]) -> CsrCog:
    return cast("CsrCog", interaction.client.get_cog("csr"))


def _is_private(interaction: discord.Interaction[Any]) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


class CsrButton(OwnedButton, template=rf"cs:(?P<action>[rmh]):{OWNER}:{Shown.PATTERN}"):
    """Asks for the shown ranks anew, shares them, or turns to the player's last match."""

    def __init__(self, action: str, owner_id: int, shown: Shown, language: Language) -> None:
        super().__init__(
            ui.Button(
                label=language.say(LABELS[action]),
                custom_id=f"cs:{action}:{owner_id}:{shown.encode()}",
                style=discord.ButtonStyle.secondary,
                row=0,
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
        """Refresh in place; share, and turn to the last match, with a new message."""
        private = _is_private(interaction)
        if self.action == LAST_MATCH:
            matches = cast("LastMatchCog", interaction.client.get_cog("lastmatch"))
            await matches.of_player(interaction, self.shown.xuid, private=private)
        elif self.action == SHARE:
            await _cog(interaction).show(await Turn.open(interaction), self.shown, private=False)
        else:
            await _cog(interaction).show(await Turn.open_update(interaction), self.shown, private=private)


class SeasonSelect(OwnedSelect, template=rf"ct:{OWNER}:{Shown.PATTERN}"):
    """Turns to another season."""

    def __init__(self, item: ui.Select[Any], owner_id: int, shown: Shown) -> None:
        super().__init__(item)
        self.owner_id = owner_id
        self.shown = shown

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the menu of the message, also of an earlier process."""
        return cls(cast("ui.Select[Any]", item), int(match["owner"]), Shown.decode(match))

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """Show the chosen season in the place of the shown one."""
        turn = await Turn.open_update(interaction)
        shown = replace(self.shown, season=values[0])
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
        for season in seasons[:CHOICES]
    ]
    menu = ui.Select[Any](
        custom_id=f"ct:{owner_id}:{shown.encode()}",
        placeholder=language.say(PLACEHOLDER),
        options=options,
        row=1,
    )
    return SeasonSelect(menu, owner_id, shown)


def _description(season: CsrSeason, language: Language, *, is_current: bool) -> str:
    span = season_span(season, language)
    return language.say(phrase("current, {span}", span=span)) if is_current else span


class AgainButton(OwnedButton, template=rf"ca:(?P<action>[prcl]):{OWNER}:{Query.PATTERN}"):
    """Asks a failed question again: as it was, for another player, or for one's own account."""

    def __init__(self, action: Action, owner_id: int, query: Query, language: Language) -> None:
        super().__init__(
            ui.Button(
                label=language.say(ACTION_LABELS[action]),
                custom_id=f"ca:{AGAIN_LETTERS[action]}:{owner_id}:{query.encode()}",
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
        """Open the form that helps, or run the command as if it had been typed again."""
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

    async def _named(self, cog: CsrCog, interaction: discord.Interaction[Any], player: str) -> None:
        await cog.ask(interaction, replace(self.query, player=player))


def again_button(owner_id: int, query: Query, action: Action, language: Language) -> AgainButton:
    """The button that does ``action`` for a failed query."""
    return AgainButton(action, owner_id, query, language)
