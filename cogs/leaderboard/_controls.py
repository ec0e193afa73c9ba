"""What stands under a board: pages, and menus for what it shows. All of it outlives a restart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

import discord
from discord import ui

from bot.stats.leaderboard import BoardPage, BoardWindow
from bot.stats.leaderboard_metrics import MEDAL, METRICS
from bot.ui.again_button import AgainButton
from bot.ui.control_ids import ControlIds
from bot.ui.limits import clip
from bot.ui.link_modal import First
from bot.ui.stated_button import Look, StatedButton
from bot.ui.stated_select import StatedSelect
from bot.ui.turn import Turn
from bot.words.language import Language
from bot.words.leaderboard_words import ALL_PLAYLISTS, CHANGES, METRIC_NAMES, WINDOWS, BoardNames, metric_name
from bot.words.phrase import Phrase, term
from cogs.leaderboard._state import Shown, decode_playlist, encode_playlist

if TYPE_CHECKING:
    from cogs.leaderboard import LeaderboardCog

__all__ = ["BoardAgainButton", "BoardSelect", "PageButton", "again_button", "board_items"]

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


class PageButton(StatedButton[Shown], ids=ControlIds("lb", "fpnm", Shown)):
    """Turns the page."""

    @classmethod
    def look(cls, action: str, state: Shown) -> Look:
        """They stand below the menus."""
        return Look(label=PAGE_LABELS[action], row=3)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the other page in the place of this one."""
        turn = await Turn.open_update(interaction)
        number = {
            FIRST: 1,
            PREVIOUS: self.state.page - 1,
            NEXT: self.state.page + 1,
            MINE: None,
        }[self.action]
        await _cog(interaction).show(turn, self.state.question, number)


class BoardSelect(StatedSelect[Shown], ids=ControlIds("ls", "mpw", Shown)):
    """Changes one thing about the board."""

    async def choose(self, interaction: discord.Interaction[Any], values: list[str]) -> None:
        """Show the first page of the other board in the place of this one."""
        turn = await Turn.open_update(interaction)
        question = self.state.question
        if self.action == METRIC:
            question = replace(question, metric=METRICS[values[0]])
        elif self.action == PLAYLIST:
            question = replace(question, playlist_id=decode_playlist(values[0]))
        else:
            question = replace(question, window=BoardWindow(values[0]))
        await _cog(interaction).show(turn, question, 1)


class BoardAgainButton(AgainButton[Shown], ids=ControlIds("lg", "", Shown)):
    """Asks for a board again that could not be shown."""

    async def ask(
        self, interaction: discord.Interaction[Any], query: Shown, first: First | None = None
    ) -> None:
        """Answer with the board; nothing is to be done before."""
        await _cog(interaction).ask(interaction, query)


again_button = BoardAgainButton.offer


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
    menus = [
        BoardSelect.of(menu, owner_id, shown, found, placeholder=language.say(PLACEHOLDERS[menu]), row=number)
        for number, (menu, found) in enumerate(options.items())
    ]
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
