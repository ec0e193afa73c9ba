"""``/csr``: a player's ranks in every ranked playlist, of this season or an earlier one."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from functools import partial
from typing import Any, Final

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.draw.csr_card import csr_card
from bot.stats.csr_seasons import CsrSeason
from bot.stats.csr_sheet import CsrSheet
from bot.stats.unanswerable import PlayerUnknown
from bot.ui.command_texts import PLAYER, SEASON, localised
from bot.ui.csr_embed import csr_alt, csr_embed
from bot.ui.limits import CHOICE_LENGTH, CHOICES
from bot.ui.link_modal import First
from bot.ui.place import board_server
from bot.ui.speech import language_of
from bot.ui.turn import TROUBLE, Card, Picture, Turn
from bot.ui.user_menu import Person, user_menu
from bot.words.csr_words import season_span, season_title
from bot.words.language import Language
from bot.words.phrase import phrase, term
from cogs.csr._buttons import AgainButton, CsrButton, SeasonSelect, csr_items
from cogs.csr._query import Query, Shown

__all__ = ["CsrCog", "setup"]

log = structlog.stdlib.get_logger("adjutant.csr")

PICTURE_PATIENCE_S: Final = 10.0


class CsrCog(commands.Cog, name="csr"):
    """The command, its context menu, and what their buttons do."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot
        self._reports = bot.resources.csr
        self._seasons = bot.resources.seasons
        self._identities = bot.resources.identities
        self._menu = user_menu(term("menu", "Halo: CSR"), self._of_person)

    async def cog_load(self) -> None:
        """Make the buttons of earlier processes work again, and have the seasons read before somebody types."""
        self._bot.add_dynamic_items(CsrButton, SeasonSelect, AgainButton)
        self._bot.tree.add_command(self._menu)
        self._seasons.remembered()

    async def cog_unload(self) -> None:
        """Take the context menu away."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(
        name=localised(term("command", "csr")),
        description=localised(term("description", "A Halo Infinite player's ranks in all ranked playlists")),
    )
    @app_commands.rename(
        player=localised(PLAYER),
        season=localised(SEASON),
        private=localised(term("option", "private")),
    )
    @app_commands.describe(
        player=localised(term("description", "A gamertag, an XUID or a member; left out: you")),
        season=localised(term("description", "An earlier season; left out: the current one")),
        private=localised(term("description", "Show the answer to you alone")),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def csr(
        self,
        interaction: discord.Interaction[AdjutantBot],
        player: str | None = None,
        season: str | None = None,
        private: bool = False,
    ) -> None:
        """Answer ``/csr``."""
        await self.ask(interaction, Query(player, season, private))

    @csr.autocomplete("player")
    async def _players(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        names = await self._identities.choices(
            typed, user_id=interaction.user.id, server_id=board_server(interaction)
        )
        return [app_commands.Choice(name=tag, value=tag) for tag in names]

    @csr.autocomplete("season")
    async def _season_names(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        language, wanted = language_of(interaction), typed.strip().casefold()
        named = {season.number: _season_name(season, language) for season in self._seasons.remembered()}
        fitting = [(number, label) for number, label in named.items() if wanted in label.casefold()]
        return [
            app_commands.Choice(name=label[:CHOICE_LENGTH], value=number)
            for number, label in fitting[:CHOICES]
        ]

    async def _of_person(self, interaction: discord.Interaction[Any], person: Person) -> None:
        """Answer "Halo: CSR" in somebody's context menu."""
        await self.ask(interaction, Query(f"<@{person.id}>", None, private=False))

    async def ask(
        self, interaction: discord.Interaction[Any], query: Query, first: First | None = None
    ) -> None:
        """Answer a query with a new message; ``first`` is done before, once the answer is deferred."""
        owner, server = interaction.user.id, board_server(interaction)
        turn = await Turn.open(
            interaction, private=query.private, button=partial(AgainButton.offer, owner, query)
        )
        if first is not None:
            await first()
        who = await self._identities.whom(query.player, user_id=owner, server_id=server)
        try:
            await self._show(turn, who, query.season, private=query.private)
        except PlayerUnknown as unknown:
            like = await self._identities.like(unknown.asked, user_id=owner, server_id=server)
            raise PlayerUnknown(unknown.asked, like) from None

    async def show(self, turn: Turn, shown: Shown, *, private: bool) -> None:
        """Show ranks that were shown before, perhaps of another season."""
        await self._show(turn, shown.xuid, shown.season, private=private)

    async def _show(self, turn: Turn, who: str | int, season: str | None, *, private: bool) -> None:
        """Answer with the first sheet, and put each fuller one in its place."""
        user = turn.interaction.user.id
        sheets = self._reports.sheets(who, season, turn.language.halo)
        async with self._bot.gate.enter(turn.interaction.guild_id or user), aclosing(sheets):
            sheet = await anext(sheets)
            await turn.answer(await self._card(turn, sheet, private=private))
            self._identities.found(user, sheet.gamertag, sheet.xuid)
            async for fuller in sheets:
                card = await self._card(turn, fuller, private=private)
                # The answer stands: what only adds to it may fail without a word.
                with suppress(*TROUBLE):
                    await turn.amend(card)

    async def _card(self, turn: Turn, sheet: CsrSheet, *, private: bool) -> Card:
        language = turn.language
        embed = csr_embed(sheet, self._bot.resources.tier_emoji, language)
        picture = await self._picture(sheet, language) if sheet.rows else None
        if picture is not None:
            embed.set_image(url=f"attachment://{picture.filename}")
        season = sheet.season.number if sheet.season and not sheet.is_current_season else None
        items = csr_items(
            turn.interaction.user.id,
            Shown(sheet.xuid, season),
            self._seasons.remembered(),
            language,
            private=private,
        )
        return Card(embed=embed, pictures=[picture] if picture else [], items=items)

    async def _picture(self, sheet: CsrSheet, language: Language) -> Picture | None:
        """Draw the card; where that fails the embed says the same in words."""
        try:
            async with asyncio.timeout(PICTURE_PATIENCE_S):
                drawing = self._bot.resources.studio.draw(csr_card(sheet, language))
                png = await asyncio.wrap_future(drawing)
        except Exception as error:
            log.warning("picture not drawn", reason=type(error).__name__, exc_info=error)
            return None
        return Picture("csr.png", png, csr_alt(sheet, language))


def _season_name(season: CsrSeason, language: Language) -> str:
    title, span = language.say(season_title(season)), season_span(season, language)
    return language.say(phrase("{season} ({span})", season=title, span=span))


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(CsrCog(bot))
