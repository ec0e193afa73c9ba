"""``/lastmatch``: a player's most recent match, with its numbers and its medals as a picture."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.halo.errors import HaloError
from bot.reports.found_match import FoundMatch
from bot.reports.histories import Kind
from bot.reports.last_match import Notice
from bot.stats.match_report import MatchReport
from bot.stats.unanswerable import PlayerUnknown, Unanswerable
from bot.ui.command_texts import LASTMATCH, PLAYER, localised
from bot.ui.link_modal import First
from bot.ui.match_embed import Freshness, medals_embed, scoreboard_embed, summary_embed
from bot.ui.place import board_server
from bot.ui.turn import Card, Picture, Turn
from bot.ui.user_menu import Person, user_menu
from bot.words.phrase import phrase, term
from cogs.lastmatch._buttons import AgainButton, MatchButton, match_buttons
from cogs.lastmatch._pictures import Pictures
from cogs.lastmatch._query import Face, Query, Shown

__all__ = ["LastMatchCog", "setup"]

NOTICES = {
    Notice.STATS_PENDING: phrase(
        "This match ended moments ago and its statistics are not published yet. "
        "I keep asking: they appear here within a minute."
    ),
}


class LastMatchCog(commands.Cog, name="lastmatch"):
    """The command, and what its buttons do."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot
        self._reports = bot.resources.last_match
        self._identities = bot.resources.identities
        self._pictures = Pictures(bot.resources.studio, bot.resources.medal_art, time=time.monotonic)
        self._menu = user_menu(term("menu", "Halo: last match"), self._of_person)

    async def cog_load(self) -> None:
        """Make the buttons of earlier processes work again, and have the medals cut before they are asked for."""
        self._bot.add_dynamic_items(MatchButton, AgainButton)
        self._bot.tree.add_command(self._menu)
        self._pictures.prepare()

    async def cog_unload(self) -> None:
        """End what is still fetched or cut."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)
        await self._pictures.close()

    @app_commands.command(
        name=localised(LASTMATCH),
        description=localised(term("description", "The most recent match of a Halo Infinite player")),
    )
    @app_commands.rename(
        player=localised(PLAYER),
        type=localised(term("option", "type")),
        ago=localised(term("option", "ago")),
        private=localised(term("option", "private")),
    )
    @app_commands.describe(
        player=localised(term("description", "A gamertag, an XUID or a member; left out: you")),
        type=localised(term("description", "Which matches count")),
        ago=localised(term("description", "How many matches back: 0 is the latest")),
        private=localised(term("description", "Show the answer to you alone")),
    )
    @app_commands.choices(
        type=[
            app_commands.Choice(name=localised(term("choice", "All")), value="all"),
            app_commands.Choice(name=localised(term("choice", "Matchmaking")), value="matchmaking"),
            app_commands.Choice(name=localised(term("choice", "Custom games")), value="custom"),
            app_commands.Choice(name=localised(term("choice", "Local games")), value="local"),
        ]
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def lastmatch(
        self,
        interaction: discord.Interaction[AdjutantBot],
        player: str | None = None,
        type: Kind = "all",  # noqa: A002
        ago: app_commands.Range[int, 0, 24] = 0,
        private: bool = False,
    ) -> None:
        """Answer ``/lastmatch``."""
        await self.ask(interaction, Query(player, type, ago, private))

    @lastmatch.autocomplete("player")
    async def _players(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        names = await self._identities.choices(
            typed, user_id=interaction.user.id, server_id=board_server(interaction)
        )
        return [app_commands.Choice(name=tag, value=tag) for tag in names]

    async def _of_person(self, interaction: discord.Interaction[Any], person: Person) -> None:
        """Answer "Halo: last match" in somebody's context menu."""
        await self.ask(interaction, Query(f"<@{person.id}>", "all", 0, private=False))

    async def of_player(self, interaction: discord.Interaction[Any], xuid: int, *, private: bool) -> None:
        """Answer the last match of somebody whom another answer is about."""
        await self.ask(interaction, Query(str(xuid), "all", 0, private))

    async def ask(
        self, interaction: discord.Interaction[Any], query: Query, first: First | None = None
    ) -> None:
        """Answer a query with a new message; ``first`` is done before, once the answer is deferred."""
        owner, server = interaction.user.id, board_server(interaction)
        turn = await Turn.open(
            interaction, private=query.private, button=partial(AgainButton.offer, owner, query)
        )
        self._pictures.prepare()
        if first is not None:
            await first()
        who = await self._identities.whom(query.player, user_id=owner, server_id=server)
        tell = partial(self._tell, turn)
        latest = self._reports.latest(who, query.kind, query.ago, tell, turn.language.halo)
        try:
            found = await self._show(turn, latest, Face.SUMMARY, private=query.private)
        except PlayerUnknown as unknown:
            like = await self._identities.like(unknown.asked, user_id=owner, server_id=server)
            raise PlayerUnknown(unknown.asked, like) from None
        self._identities.found(owner, found.player.gamertag, found.player.xuid)

    async def step(self, turn: Turn, shown: Shown, *, older: bool, private: bool) -> None:
        """Show the match before or after the shown one."""
        beside = self._reports.beside(
            shown.xuid,
            shown.match_id,
            shown.position,
            older=older,
            tell=partial(self._tell, turn),
            locale=turn.language.halo,
        )
        await self._show(turn, beside, shown.face, private=private)

    async def turn_to(self, turn: Turn, shown: Shown, *, private: bool) -> None:
        """Show a match that was shown before, perhaps another face of it."""
        tell = partial(self._tell, turn)
        again = self._reports.again(shown.xuid, shown.match_id, shown.position, tell, turn.language.halo)
        await self._show(turn, again, shown.face, private=private)

    async def _show(
        self, turn: Turn, opening: AbstractAsyncContextManager[FoundMatch], face: Face, *, private: bool
    ) -> FoundMatch:
        interaction = turn.interaction
        async with self._bot.gate.enter(interaction.guild_id or interaction.user.id), opening as found:
            picture, report = await asyncio.gather(self._early_picture(turn, found, face), found.report())
            await turn.answer(await self._card(turn, found, report, picture, face, private=private))
        if report.playlist_id is not None:
            self._bot.resources.ranked_playlists.met([report.playlist_id])
        if report.skill_pending and face is not Face.MEDALS:
            # The answer stands: what only adds to it may fail without a word.
            with suppress(HaloError, Unanswerable):
                await self._amend(turn, found, picture, face, private=private)
        return found

    async def _amend(
        self, turn: Turn, shown: FoundMatch, picture: Picture | None, face: Face, *, private: bool
    ) -> None:
        """Add the skill of a match that has just ended, once it is published."""
        tell = partial(self._tell, turn)
        async with self._reports.again(
            shown.player.xuid, shown.stats.match_id, shown.position, tell, turn.language.halo
        ) as found:
            report = await found.report(wait_for_skill=True)
            if not report.skill_pending:
                await turn.amend(await self._card(turn, found, report, picture, face, private=private))

    async def _early_picture(self, turn: Turn, found: FoundMatch, face: Face) -> Picture | None:
        if face is Face.SCOREBOARD:
            return None
        return await self._pictures.medal_strip(found.medals(), turn.language)

    async def _card(
        self,
        turn: Turn,
        found: FoundMatch,
        report: MatchReport,
        picture: Picture | None,
        face: Face,
        *,
        private: bool,
    ) -> Card:
        fresh, language = Freshness(found.is_live, found.seen_at), turn.language
        if face is Face.SCOREBOARD:
            picture = await self._pictures.scoreboard(report, language)
            embed = scoreboard_embed(report, fresh, language)
        elif face is Face.MEDALS:
            embed = medals_embed(report, fresh, language)
        else:
            embed = summary_embed(report, fresh, self._bot.resources.tier_emoji, language)
        if picture:
            embed.set_image(url=f"attachment://{picture.filename}")
        shown = Shown(found.player.xuid, report.match_id, found.position, face)
        buttons = match_buttons(turn.interaction.user.id, shown, language, private=private)
        return Card(embed=embed, pictures=[picture] if picture else [], items=buttons)

    async def _tell(self, turn: Turn, notice: Notice) -> None:
        await turn.notice(NOTICES[notice])


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(LastMatchCog(bot))
