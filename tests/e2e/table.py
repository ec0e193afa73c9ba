"""A person at a channel with the bot, for tests that talk a lot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app import AdjutantBot
from bot.config import Settings
from bot.playground.discord import LocalDiscord, Person, Towns, build_towns
from bot.playground.discord.model import Channel, Message, User
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.stage import DISCORD_TOKEN, playground_settings
from bot.playground.world import World
from bot.playground.world.people import Player
from tests.tier_emoji import add_tier_emojis

__all__ = ["House", "Table", "eventually", "open_house", "text_of", "title_of"]

PATIENCE_S = 40.0
MATCHES = 12


def text_of(message: Message) -> str:
    return json.dumps(message.embeds, ensure_ascii=False)


def title_of(message: Message) -> str:
    (embed,) = message.embeds
    return embed["title"]


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Return once something holds that happens behind the answers."""
    for _ in range(int(PATIENCE_S / 0.01)):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


class Table:
    """What a person does in a channel."""

    def __init__(self, discord: LocalDiscord, bot: AdjutantBot, channel: Channel, person: Person) -> None:
        self.discord = discord
        self.bot = bot
        self.person = person
        self.channel = channel

    @property
    def user(self) -> User:
        return self.person.user

    def at(self, channel: Channel) -> Table:
        """The same person at another channel."""
        return Table(self.discord, self.bot, channel, self.person)

    async def ask(self, command: str, **options: object) -> Message:
        return await (await self.person.slash(self.channel, command, **options)).answer()

    async def link(self, gamertag: str) -> Message:
        return await self.ask("link", gamertag=gamertag)

    async def click(self, message: Message, label: str) -> Message:
        return await (await self.person.click(message, label)).answer()

    async def fill_in(self, message: Message, label: str, typed: str) -> Message:
        form = await (await self.person.click(message, label)).modal()
        field = form.components[0]["component"]["custom_id"]
        return await (await self.person.submit(form, {field: typed})).answer()

    async def offered(self, typed: str) -> list[str]:
        handle = await self.person.autocomplete(self.channel, "lastmatch", "player", typed)
        return [choice["value"] for choice in await handle.choices()]

    async def is_on_board(self) -> bool:
        server_id = self.channel.guild_id
        assert server_id is not None
        members = await self.bot.resources.store.links.of_server(server_id)
        return self.user.id in {link.user_id for link in members}

    async def noted(self) -> None:
        """Return once the person is on the board of this channel's server: that is written behind the answers."""
        await eventually(self.is_on_board)


@dataclass(frozen=True)
class House:
    """Both stand-ins with a small world, and the settings of bots between them.

    Eve is in both servers, like Ada, and reads English, unlike Bo.
    """

    halo: HaloService
    discord: LocalDiscord
    towns: Towns
    settings: Settings
    eve: User

    def table(self, bot: AdjutantBot, user: User, channel: Channel | None = None) -> Table:
        return Table(self.discord, bot, channel or self.towns.general, self.discord.person(user))

    def resident(self, number: int) -> Player:
        """A player with matches."""
        world = self.halo.world
        playing = (it for it in world.people if it.plays and not it.hides_matches)
        return [it for it in playing if world.matches_of(it.xuid)][number]


@asynccontextmanager
async def open_house(folder: Path, *, matches: int = MATCHES) -> AsyncGenerator[House]:
    """A small world, so that to fetch all of a player's matches is soon done."""
    async with (
        run_halo_service(World("house", datetime.now(UTC), matches=matches)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        add_tier_emojis(discord.state)
        towns, eve = build_towns(discord.state), discord.state.add_user("Eve")
        for guild in (towns.arena, towns.lounge):
            discord.state.join(guild, eve)
        yield House(halo, discord, towns, playground_settings(halo, discord, folder), eve)
