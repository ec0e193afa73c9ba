"""The bot: its cogs, its error surface, and the order in which it ends."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.command_sync import sync_if_changed
from bot.config import DISCORD_API
from bot.resources import Resources
from bot.sharding import IdentifyGate
from bot.ui.allowance import Allowance, FairGate
from bot.ui.command_texts import CommandTranslator
from bot.ui.surface import ErrorSurface
from bot.ui.watchdog import Watchdog

__all__ = ["AdjutantBot", "CommandTree"]

log = structlog.stdlib.get_logger("adjutant")

COGS = (
    "cogs.account",
    "cogs.lastmatch",
    "cogs.csr",
    "cogs.leaderboard",
    "cogs.status",
    "cogs.help",
    "cogs.tier_emoji",
)
GRACE_S = 8.0


class CommandTree(app_commands.CommandTree["AdjutantBot"]):
    """The commands, with every user's allowance before and the error surface behind them."""

    async def interaction_check(self, interaction: discord.Interaction[AdjutantBot], /) -> bool:
        """Count the command; autocomplete costs nothing."""
        if interaction.type is not discord.InteractionType.autocomplete:
            interaction.client.allowance.spend(interaction.user.id)
        return True

    async def on_error(
        self, interaction: discord.Interaction[AdjutantBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer what a command raised."""
        await interaction.client.surface.show(interaction, error)
        if interaction.type is discord.InteractionType.application_command:
            interaction.client.dispatch("app_command_failure", interaction)


class AdjutantBot(commands.AutoShardedBot):
    """Adjutant on Discord. Resources come from outside and are closed there.

    ``guild_ready_s`` is how long a start waits for the next server before it counts as ready, in seconds.
    """

    def __init__(self, resources: Resources, *, guild_ready_s: float) -> None:
        # There is no voice here, so nothing is missing for it.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=CommandTree,
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=guild_ready_s,
        )
        self.resources = resources
        self.surface = ErrorSurface(lambda: secrets.token_hex(4), self._count_failure)
        self.watchdog = Watchdog(self.surface.tell)
        self.allowance = Allowance(time.monotonic)
        self.gate = FairGate()
        self.setup_done = asyncio.Event()
        self._identify: IdentifyGate | None = None

    async def setup_hook(self) -> None:
        """Load the cogs and register their commands if they changed."""
        if self.resources.settings.discord_api_base != DISCORD_API:
            # A reconnect without a session goes to the default gateway: that of the same Discord.
            DiscordWebSocket.DEFAULT_GATEWAY = URL((await self.http.get_bot_gateway())[1])
        await self.tree.set_translator(CommandTranslator())
        for cog in COGS:
            await self.load_extension(cog)
        await sync_if_changed(self.tree, self.resources.settings.data_dir / "commands.sha256")
        self.setup_done.set()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify as fast as Discord's session limits allow."""
        if self._identify is None:
            many = (self.shard_count or 1) > 1
            buckets = (await self.fetch_session_start_limits()).max_concurrency if many else 1
            self._identify = IdentifyGate(buckets, time=time.monotonic, sleep=asyncio.sleep)
        await self._identify.wait(shard_id or 0)

    async def on_ready(self) -> None:
        """Say so once a connection stands."""
        self.resources.metrics.guilds.set_function(lambda: len(self.guilds))
        log.info("ready", guilds=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Follow every interaction until it is answered."""
        self.resources.metrics.interactions.labels(interaction.type.name).inc()
        self.watchdog.follow(interaction)

    async def close(self) -> None:
        """Finish or answer what is under way, then leave Discord."""
        if not self.is_closed():
            await self.watchdog.close(GRACE_S)
        await super().close()

    def _count_failure(self, kind: str) -> None:
        self.resources.metrics.failures.labels(kind).inc()
