"""What stands under a board: pages, and menus for what it shows. All of it outlives a restart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self, cast
from uuid import UUID

import discord
from discord import ui

from bot.stats.leaderboard import BoardPage, BoardWindow
from bot.stats.leaderboard_metrics import MEDAL, METRICS
from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.limits import CHOICES, clip
from bot.ui.owned_button import OwnedButton
from bot.ui.owned_select import OwnedSelect
from bot.ui.speech import language_of
from bot.ui.turn import Turn
from bot.words.language import Language
from bot.words.leaderboard_words import ALL_PLAYLISTS, CHANGES, METRIC_NAMES, WINDOWS, BoardNames, metric_name
from bot.words.phrase import Phrase, term
from cogs.leaderboard._state import Shown, decode_playlist, encode_playlist

if TYPE_CHECKING:
    from cogs.leaderboard import LeaderboardCog

__all__ = ["BoardAgainButton", "BoardSelect", "PageButton", "again_button", "board_items"]

OWNER: Final = r"(?P<owner>[0-9]{15,20})"
FIRST, PREVIOUS, NEXT, MINE = "f", "p", "n", "m"
PAGE_LABELS: Final = {
    FIRST: term("button", "First"),
    PREVIOUS: term("button", "Previous"),
    NEXT: term("button", "Next"),
    MINE: term("button", "My place"),
}
METRIC, PLAYLIST, WINDOW = "m", "p", "w"
PLACEHOLDERS: Final = {
    METRIC: term("menu", "What counts"),
    PLAYLIST: term("menu", "Which playlist"),
    WINDOW: term("menu", "Which matches"),
}
OPTION_LENGTH: Final = 100


def _cog(interaction: discord.Interaction[Any]) -> LeaderboardCog:
    return cast("LeaderboardCog", interaction.client.get_cog("leaderboard"))


class PageButton(OwnedButton, template=rf"lb:(?P<action>[fpnm]):{OWNER}:{Shown.PATTERN}"):
    """Turns the page."""

    def __init__(
        self, action: str, owner_id: int, shown: Shown, language: Language, *, disabled: bool = False
    ) -> None:
        super().__init__(
            ui.Button(
                label=language.say(PAGE_LABELS[action]),
                custom_id=f"lb:{action}:{owner_id}:{shown.encode()}",
                disabled=disabled,
                row=3,
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
        """Show the other page in the place of this one."""
        turn = await Turn.open_update(interaction)
        number = {
            FIRST: 1,
            PREVIOUS: self.shown.page - 1,
            NEXT: self.shown.page + 1,
            MINE: None,
        }[self.action]
        await _cog(interaction).show(turn, self.shown.question, number)


class BoardSelect(OwnedSelect, template=rf"ls:(?P<menu>[mpw]):{OWNER}:{Shown.PATTERN}"):
    """Changes one thing about the board."""

    def __init__(self, item: ui.Select[Any], menu: str, owner_id: int, shown: Shown) -> None:
        super().__init__(item)
        self.menu = menu
        self.owner_id = owner_id
        self.shown = shown

    @classmethod
    def of(
        cls,
        menu: str,
        owner_id: int,
        shown: Shown,
        options: Iterable[discord.SelectOption],
        language: Language,
    ) -> Self:
        """Make a menu with these options."""
        select = ui.Select[Any](
            custom_id=f"ls:{menu}:{owner_id}:{shown.encode()}",
            placeholder=language.say(PLACEHOLDERS[menu]),
            options=[*options][:CHOICES],
            row=(METRIC, PLAYLIST, WINDOW).index(menu),
        )
        return cls(select, menu, owner_id, shown)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the menu of the message, also of an earlier process."""
        select = cast("ui.Select[Any]", item)
        return cls(select, match["menu"], int(match["owner"]), Shown.decode(match))

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """Show the first page of the other board in the place of this one."""
        turn = await Turn.open_update(interaction)
        question = self.shown.question
        if self.menu == METRIC:
            question = replace(question, metric=METRICS[values[0]])
        elif self.menu == PLAYLIST:
            question = replace(question, playlist_id=decode_playlist(values[0]))
        else:
            question = replace(question, window=BoardWindow(values[0]))
        await _cog(interaction).show(turn, question, 1)


class BoardAgainButton(OwnedButton, template=rf"lg:{OWNER}:{Shown.PATTERN}"):
    """Asks for a board again that could not be shown."""

    def __init__(self, owner_id: int, shown: Shown, language: Language) -> None:
        super().__init__(
            ui.Button(
                label=language.say(ACTION_LABELS[Action.RETRY]),
                custom_id=f"lg:{owner_id}:{shown.encode()}",
                style=discord.ButtonStyle.primary,
            )
        )
        self.owner_id = owner_id
        self.shown = shown

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state back, also from a message of an earlier process."""
        return cls(int(match["owner"]), Shown.decode(match), language_of(interaction))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Run the command as if it had been typed again."""
        await _cog(interaction).ask(interaction, self.shown)


def again_button(owner_id: int, shown: Shown, action: Action, language: Language) -> BoardAgainButton | None:
    """The button that does ``action`` for a board that could not be shown; None for what there is no button for."""
    return BoardAgainButton(owner_id, shown, language) if action is Action.RETRY else None


def board_items(
    owner_id: int, page: BoardPage, names: BoardNames, playlists: Mapping[UUID, str], language: Language
) -> list[ui.Item[Any]]:
    """What stands under a page: three menus, and the buttons that turn it.

    ``playlists`` are those that can be chosen, with their names.
    """
    shown = Shown(page.question, page.number)
    options = {
        METRIC: _metrics(page, names, language),
        PLAYLIST: _playlists(page, playlists, language),
        WINDOW: _windows(page, language),
    }
    menus = [BoardSelect.of(menu, owner_id, shown, found, language) for menu, found in options.items()]
    at_end = {
        FIRST: page.number == 1,
        PREVIOUS: page.number == 1,
        NEXT: page.number == page.pages,
        MINE: page.callers_page in (None, page.number),
    }
    buttons = [PageButton(it, owner_id, shown, language, disabled=end) for it, end in at_end.items()]
    return [*menus, *buttons]


def _metrics(page: BoardPage, names: BoardNames, language: Language) -> Iterator[discord.SelectOption]:
    """Yield the metrics; a medal only where one was chosen: there are too many for a menu."""
    chosen = page.question
    for key, metric in METRICS.items():
        if metric is not MEDAL:
            yield _option(METRIC_NAMES[key], key, metric is chosen.metric, language)
        elif chosen.medal_id is not None:
            title = metric_name(replace(chosen, metric=MEDAL), names)
            yield _option(title, key, metric is chosen.metric, language)


def _playlists(
    page: BoardPage, playlists: Mapping[UUID, str], language: Language
) -> Iterator[discord.SelectOption]:
    chosen = page.question
    if not chosen.metric.is_rank:
        yield _option(ALL_PLAYLISTS, encode_playlist(None), chosen.playlist_id is None, language)
    for playlist, title in playlists.items():
        yield _option(title, encode_playlist(playlist), playlist == chosen.counted_playlist, language)


def _windows(page: BoardPage, language: Language) -> Iterator[discord.SelectOption]:
    """Yield the windows; of a CSR only over which time its change is told."""
    chosen = page.question
    words, current = (CHANGES, chosen.change_window) if chosen.metric.is_rank else (WINDOWS, chosen.window)
    for window, name in words.items():
        yield _option(name, window.value, window is current, language)


def _option(label: Phrase | str, value: str, is_chosen: bool, language: Language) -> discord.SelectOption:
    return discord.SelectOption(
        label=clip(language.say(label), OPTION_LENGTH), value=value, default=is_chosen
    )
