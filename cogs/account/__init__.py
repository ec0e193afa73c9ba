"""``/link``, ``/unlink`` and ``/account``; and who comes and goes behind the commands."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from random import Random
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.app import AdjutantBot
from bot.reports.departures import Departures
from bot.store import StoreError
from bot.ui.command_texts import ACCOUNT, LINK, UNLINK, localised
from bot.ui.place import board_server
from bot.words.phrase import term
from cogs.account._answers import Answers
from cogs.account._buttons import LONGEST_ABOUT, AccountButton
from cogs.account._linker import linker_of
from cogs.account._presence import DiscordPresence

__all__ = ["AccountCog", "linker_of", "setup"]

log = structlog.stdlib.get_logger("adjutant.accounts")


class AccountCog(commands.Cog, name="account"):
    """The commands, what their buttons do, and the servers and members that come and go.

    Attributes:
        answers: What commands and buttons do.
        departures: Who looks for servers and members that are gone.
    """

    def __init__(self, bot: AdjutantBot) -> None:
        resources = bot.resources
        self._bot = bot
        self._identities = resources.identities
        self._accounts = resources.accounts
        self.answers = Answers(bot)
        self.departures = Departures(
            resources.store,
            resources.forgetting,
            resources.identities,
            DiscordPresence(bot),
            now=_now,
            sleep=asyncio.sleep,
            random=Random(),  # noqa: S311  # spreads requests, no secret
        )
        self._looking: asyncio.Task[None] | None = None
        self._noting: set[asyncio.Task[Any]] = set()

    async def cog_load(self) -> None:
        """Make the buttons of earlier processes work again."""
        self._bot.add_dynamic_items(AccountButton)

    async def cog_unload(self) -> None:
        """End what still runs, and finish what is being noted."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await asyncio.gather(*self._noting, return_exceptions=True)

    @app_commands.command(
        name=localised(LINK),
        description=localised(term("description", "Tell me which Xbox account is yours")),
    )
    @app_commands.rename(gamertag=localised(term("option", "gamertag")))
    @app_commands.describe(gamertag=localised(term("description", "Your gamertag or XUID")))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def link(
        self,
        interaction: discord.Interaction[AdjutantBot],
        gamertag: app_commands.Range[str, 1, LONGEST_ABOUT],
    ) -> None:
        """Answer ``/link``."""
        await self.answers.link(interaction, gamertag)

    @link.autocomplete("gamertag")
    async def _gamertags(
        self, interaction: discord.Interaction[AdjutantBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        # One's own account is hardly another member's: only what the caller looked up is offered.
        names = await self._identities.choices(typed, user_id=interaction.user.id, server_id=None)
        return [app_commands.Choice(name=tag, value=tag) for tag in names if len(tag) <= LONGEST_ABOUT]

    @app_commands.command(
        name=localised(UNLINK),
        description=localised(
            term("description", "Forget which Xbox account is yours and all that goes with it")
        ),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def unlink(self, interaction: discord.Interaction[AdjutantBot]) -> None:
        """Answer ``/unlink``."""
        await self.answers.ask_forget(interaction)

    @app_commands.command(
        name=localised(ACCOUNT),
        description=localised(term("description", "See what I keep of you, export it or delete it")),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def account(self, interaction: discord.Interaction[AdjutantBot]) -> None:
        """Answer ``/account``."""
        await self.answers.show_kept(interaction)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at once for servers and members that went while nobody was listening."""
        if self._looking is None:
            self._looking = asyncio.create_task(self.departures.run(), name="departures")
        else:
            self.departures.look_now()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a server that the bot was added to."""
        try:
            await self.departures.joined(guild.id)
        except StoreError as error:
            log.warning("server not noted", server=guild.id, reason=str(error))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Erase a server that removed the bot. An outage is none: discord.py tells of that in another way."""
        try:
            await self.departures.removed(guild.id)
        except StoreError as error:
            log.warning("server not erased yet: the next round will", server=guild.id, reason=str(error))

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _: object) -> None:
        """Note who used a command, once the answer is there."""
        await self._note(interaction)

    @commands.Cog.listener()
    async def on_app_command_failure(self, interaction: discord.Interaction[Any]) -> None:
        """Note who used a command, once it is told that there is no answer."""
        await self._note(interaction)

    async def _note(self, interaction: discord.Interaction[Any]) -> None:
        """Put whoever used the bot in a server on its board."""
        server, task = board_server(interaction), asyncio.current_task()
        if server is None or task is None:
            return
        self._noting.add(task)
        try:
            if await self._accounts.came_by(interaction.user.id, server):
                self._identities.outdated(server)
        except StoreError as error:
            log.warning("not noted on the board", server=server, reason=str(error))
        finally:
            self._noting.discard(task)


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(AccountCog(bot))


def _now() -> datetime:
    return datetime.now(UTC)
