"""Keeps the application's tier emojis: draws and uploads what is missing, once, in the background."""

from __future__ import annotations

import asyncio

import discord
import structlog
from discord.ext import commands

from bot.app import AdjutantBot
from bot.draw.tier_badge import TierBadge
from bot.stats.csr import standing_at
from bot.stats.match_report import CsrStanding
from bot.ui.emoji import tier_key

__all__ = ["TierEmojiCog", "setup"]

log = structlog.stdlib.get_logger("adjutant.emoji")

SUB_TIER_POINTS = 50
ONYX = 1500
UNRANKED = CsrStanding(value=None, tier="", sub_tier=None)
STANDINGS = (*map(standing_at, range(0, ONYX + 1, SUB_TIER_POINTS)), UNRANKED)


class TierEmojiCog(commands.Cog, name="tier_emoji"):
    """Teaches the embeds the tier icons; without them the words stand alone."""

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Start once; reconnects change nothing."""
        if self._task is None:
            self._task = asyncio.create_task(self._ensure(), name="tier-emoji")

    async def cog_unload(self) -> None:
        """Stop uploading; the rest follows at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _ensure(self) -> None:
        try:
            known = {emoji.name: str(emoji) for emoji in await self._bot.fetch_application_emojis()}
            self._bot.resources.tier_emoji.learn(known)
            for standing in STANDINGS:
                if (key := tier_key(standing)) not in known:
                    badge = TierBadge(tier=str(standing.tier), sub_tier=standing.sub_tier)
                    png = await asyncio.wrap_future(self._bot.resources.studio.draw(badge))
                    emoji = await self._bot.create_application_emoji(name=key, image=png)
                    known[key] = str(emoji)
                    self._bot.resources.tier_emoji.learn(known)
        except (discord.HTTPException, RuntimeError) as error:
            log.warning("tier emojis not complete: ranks are shown in words", reason=type(error).__name__)


async def setup(bot: AdjutantBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(TierEmojiCog(bot))
