"""Who is where, as Discord says when it is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Final

import aiohttp
import discord

from bot.app import AdjutantBot
from bot.reports.departures import PresenceUnknownError

__all__ = ["DiscordPresence"]

UNKNOWN_MEMBER: Final = 10007
UNKNOWN_SERVER: Final = 10004
NO_ACCESS: Final = 50001
TROUBLE: Final = (discord.DiscordException, aiohttp.ClientError, OSError, asyncio.TimeoutError)


class DiscordPresence:
    """Asks the gateway for members and REST for what is missing; what the library remembers proves nothing.

    One process with all shards looks after all servers. With ``shard_ids``, each looks after those of its own.
    """

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot

    def is_ours(self, server_id: int) -> bool:
        """Whether this process looks after a server."""
        shards, count = self._bot.shard_ids, self._bot.shard_count or 1
        return shards is None or (server_id >> 22) % count in shards

    async def servers(self) -> frozenset[int]:
        """Ask which servers the bot is in.

        Raises:
            PresenceUnknownError: There is no answer.
        """
        try:
            listed = self._bot.fetch_guilds(limit=None, with_counts=False)
            return frozenset([server.id async for server in listed])
        except TROUBLE as error:
            raise PresenceUnknownError(type(error).__name__) from None

    async def has_removed_us(self, server_id: int) -> bool:
        """Ask for one server, whether the bot is really no longer in it.

        Raises:
            PresenceUnknownError: There is no answer.
        """
        try:
            await self._bot.fetch_guild(server_id, with_counts=False)
        except (discord.NotFound, discord.Forbidden) as answer:
            if answer.code in (UNKNOWN_SERVER, NO_ACCESS):
                return True
            raise PresenceUnknownError(type(answer).__name__) from None
        except TROUBLE as error:
            raise PresenceUnknownError(type(error).__name__) from None
        return False

    async def absent(self, server_id: int, user_ids: Collection[int]) -> frozenset[int]:
        """Ask who of at most 100 users is not a member; of each who is not shown there, a second time.

        Raises:
            PresenceUnknownError: There is no answer, or the server is not available.
        """
        server = self._bot.get_guild(server_id)
        if server is None or server.unavailable:
            raise PresenceUnknownError("the server is not available")
        try:
            there = {member.id for member in await server.query_members(user_ids=list(user_ids), cache=False)}
            return frozenset([user for user in user_ids if user not in there and await _left(server, user)])
        except TROUBLE as error:
            raise PresenceUnknownError(type(error).__name__) from None


async def _left(server: discord.Guild, user_id: int) -> bool:
    try:
        await server.fetch_member(user_id)
    except discord.NotFound as answer:
        if answer.code == UNKNOWN_MEMBER:
            return True
        raise
    return False
