"""``/leaderboard``: who is best in this server."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final
from uuid import UUID

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.reports.references import ENGLISH
from bot.stats.leaderboard import BoardPage, BoardWindow, Question
from bot.stats.leaderboard_metrics import CSR
from bot.stats.leaderboard_trouble import NoBoardHere
from bot.ui.command_texts import localised
from bot.ui.leaderboard_embed import leaderboard_embed
from bot.ui.place import board_server
from bot.ui.speech import language_of
from bot.ui.turn import TROUBLE, Card, Shape, Turn
from bot.words.language import Language
from bot.words.leaderboard_words import WINDOWS, BoardNames, playlist_name
from bot.words.phrase import term
from cogs.leaderboard._controls import BoardAgainButton, BoardSelect, PageButton, again_button, board_items
from cogs.leaderboard._options import (
    metric_choices,
    playlist_choices,
    playlist_titles,
    read_metric,
    read_playlist,
)
from cogs.leaderboard._pictures import FILE_NAME, draw_page
from cogs.leaderboard._state import MOST_MATCHES, Shown

__all__ = ["LeaderboardCog", "setup"]

GAMERPIC_PATIENCE_S: Final = 6.0
MESSAGES: Final = 1_000


class LeaderboardCog(commands.Cog, name="leaderboard"):
    """The command, and what its buttons and menus do."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot
        self._report = bot.resources.leaderboard
        self._names = bot.resources.board_names
        self._gamerpics = bot.resources.gamerpics
        # Which turn last showed something in which message: only that one may add gamerpics to it.
        self._last: OrderedDict[int, Turn] = OrderedDict()

    async def cog_load(self) -> None:
        """Make the controls of earlier processes work again, and have names read before somebody types."""
        self._bot.add_dynamic_items(PageButton, BoardSelect, BoardAgainButton)
        self._bot.resources.seasons.remembered()
        self._names.medals(ENGLISH)
        await self._names.playlists(ENGLISH)

    @app_commands.command(
        name=localised(term("command", "leaderboard")),
        description=localised(term("description", "Who is best in this server")),
    )
    @app_commands.rename(
        metric=localised(term("option", "metric")),
        playlist=localised(term("option", "playlist")),
        window=localised(term("option", "window")),
        min_matches=localised(term("option", "min_matches")),
    )
    @app_commands.describe(
        metric=localised(term("description", "What counts: a number or a medal; left out: CSR")),
        playlist=localised(term("description", "Which playlist counts; left out: all matchmaking")),
        window=localised(term("description", "Which matches count; left out: this season")),
        min_matches=localised(term("description", "How many matches a place takes")),
    )
    @app_commands.choices(
        window=[
            app_commands.Choice(name=localised(words), value=window.value)
            for window, words in WINDOWS.items()
        ]
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def leaderboard(
        self,
        interaction: discord.Interaction[AdjutantBot],
        metric: app_commands.Range[str, 1, 100] | None = None,
        playlist: app_commands.Range[str, 1, 100] | None = None,
        window: str = BoardWindow.SEASON.value,
        min_matches: app_commands.Range[int, 1, MOST_MATCHES] | None = None,
    ) -> None:
        """Answer ``/leaderboard``."""
        asked = Question(metric=CSR, window=BoardWindow(window), min_matches=min_matches)
        button = partial(again_button, interaction.user.id, Shown(asked))
        turn = await Turn.open(interaction, button=button)
        server_id = _server(interaction)
        locale, language = turn.language.halo, turn.language
        if metric is not None:
            medals, english = self._names.medals(locale), self._names.medals(ENGLISH)
            found, medal_id = read_metric(metric, medals, english, language)
            asked = replace(asked, metric=found, medal_id=medal_id)
        titles = await self._titles(server_id, language) if playlist else {}
        asked = replace(asked, playlist_id=read_playlist(playlist, titles))
        turn.button = partial(again_button, interaction.user.id, Shown(asked))
        await self.show(turn, asked, 1)

    @leaderboard.autocomplete("metric")
    async def _metrics(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        language = language_of(interaction)
        medals, english = self._names.medals(language.halo), self._names.medals(ENGLISH)
        return metric_choices(typed, medals, english, language)

    @leaderboard.autocomplete("playlist")
    async def _playlists(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        language = language_of(interaction)
        return playlist_choices(typed, await self._titles(board_server(interaction), language))

    async def _titles(self, server_id: int | None, language: Language) -> dict[UUID, str]:
        """Name the playlists that somebody may mean: those that have a CSR, then what members have played."""
        boards = self._bot.resources.store.boards
        played = () if server_id is None else await boards.playlists(server_id)
        return playlist_titles(await self._names.playlists(language.halo, *played), language)

    async def ask(self, interaction: discord.Interaction[Any], shown: Shown) -> None:
        """Answer a question with a new message."""
        turn = await Turn.open(interaction, button=partial(again_button, interaction.user.id, shown))
        await self.show(turn, shown.question, shown.page)

    async def show(self, turn: Turn, asked: Question, number: int | None) -> None:
        """Answer with a page; None is the one with the caller. A refresh of the board runs behind."""
        interaction = turn.interaction
        server_id = _server(interaction)
        root = self._shows(turn)
        page = await self._report.page(asked, server_id=server_id, user_id=interaction.user.id, number=number)
        shown = [row.xuid for row in (*page.rows, *([page.pinned] if page.pinned else []))]
        coming = self._gamerpics.ask(shown)
        portraits = self._gamerpics.known(shown)
        await turn.answer(await self._card(turn, page, portraits))
        await self._bot.resources.ingest.refresh_server(server_id)
        if coming is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(GAMERPIC_PATIENCE_S):
                    await coming
            fuller = self._gamerpics.known(shown)
            if fuller != portraits:
                await self._redraw(turn, root, page, fuller)

    async def _redraw(self, turn: Turn, root: int, page: BoardPage, portraits: Mapping[int, bytes]) -> None:
        """Show a page with the gamerpics that have come, unless its message shows something else by then.

        The answer stands: what only adds to it may fail without a word.
        """
        if self._last.get(root) is turn:
            card = await self._card(turn, page, portraits)
            if self._last.get(root) is turn:
                with suppress(*TROUBLE):
                    await turn.amend(card)

    def _shows(self, turn: Turn) -> int:
        """Note that a turn decides from now on what its message shows; return what stands for the message."""
        message = turn.interaction.message
        origin = message.interaction_metadata if message and turn.shape is Shape.UPDATE else None
        root = origin.id if origin else turn.interaction.id
        self._last[root] = turn
        self._last.move_to_end(root)
        while len(self._last) > MESSAGES:
            self._last.popitem(last=False)
        return root

    async def _card(self, turn: Turn, page: BoardPage, portraits: Mapping[int, bytes]) -> Card:
        language, question = turn.language, page.question
        # In a playlist without CSR nobody has one.
        server_id = None if question.metric.is_rank else board_server(turn.interaction)
        titles = await self._titles(server_id, language)
        names = BoardNames(
            server=turn.interaction.guild.name if turn.interaction.guild else "",
            playlist=await self._title(question.counted_playlist, language),
            medal=self._medal(question, language),
        )
        if (counted := question.counted_playlist) is not None and counted not in titles:
            titles = {counted: language.say(playlist_name(question, names))} | titles
        picture = await draw_page(self._bot.resources.studio, page, names, portraits, language)
        embed = leaderboard_embed(page, names, self._bot.resources.tier_emoji, language)
        if picture:
            embed.set_image(url=f"attachment://{FILE_NAME}")
        items = board_items(turn.interaction.user.id, page, names, titles, language)
        return Card(embed=embed, pictures=[picture] if picture else [], items=items)

    async def _title(self, playlist: UUID | None, language: Language) -> str:
        return "" if playlist is None else (await self._names.playlists(language.halo, playlist))[playlist]

    def _medal(self, question: Question, language: Language) -> str:
        if question.medal_id is None:
            return ""
        return self._names.medals(language.halo).get(question.medal_id, "")


def _server(interaction: discord.Interaction[Any]) -> int:
    server_id = board_server(interaction)
    if server_id is None:
        raise NoBoardHere
    return server_id


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(LeaderboardCog(bot))
