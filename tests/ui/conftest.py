"""A small bot with the real error surface and watchdog, on a local Discord, that goes wrong in every way."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self, cast

import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.app import CommandTree
from bot.playground.discord import DiscordState, LocalDiscord, Person, Towns, build_towns
from bot.playground.discord.clock import SystemClock
from bot.ui.allowance import Allowance
from bot.ui.owned_button import OwnedButton
from bot.ui.player_modal import PlayerModal
from bot.ui.speech import language_of
from bot.ui.surface import ErrorSurface
from bot.ui.turn import Card, Turn
from bot.ui.watchdog import Watchdog

TOKEN = "clumsy.bot.token"
SECRET = "what only the log may say"
ACKNOWLEDGE_S, NOTICE_S, DEADLINE_S = 0.1, 0.2, 0.4


class ClumsyButton(OwnedButton, template=r"clumsy:(?P<owner>\d+):(?P<action>\w+)"):
    """Fails, or opens a form that fails."""

    def __init__(self, owner_id: int, action: str) -> None:
        super().__init__(ui.Button(label=action, custom_id=f"clumsy:{owner_id}:{action}"))
        self.owner_id = owner_id
        self.action = action

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["owner"]), match["action"])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if self.action == "form":
            await interaction.response.send_modal(PlayerModal(submitted, language_of(interaction)))
        elif self.action == "work":
            turn = await Turn.open_update(interaction)
            await turn.answer(Card(embed=discord.Embed(title="pressed")))
        else:
            raise RuntimeError(SECRET)


async def submitted(interaction: discord.Interaction[Any], player: str) -> None:
    raise RuntimeError(f"{SECRET} {player}")


class ClumsyBot(commands.Bot):
    """``hold`` keeps what hangs until it is set; ``ended`` tells that ``/slow`` is over; ``/boom`` raises ``failure``."""

    def __init__(self) -> None:
        super().__init__(
            (),
            help_command=None,
            intents=discord.Intents(guilds=True),
            tree_cls=cast("Any", CommandTree),
            guild_ready_timeout=0.05,
        )
        references = itertools.count(1)
        self.failures: list[str] = []
        self.surface = ErrorSurface(lambda: f"ref-{next(references)}", self.failures.append)
        self.watchdog = Watchdog(
            self.surface.tell, acknowledge_s=ACKNOWLEDGE_S, notice_s=NOTICE_S, deadline_s=DEADLINE_S
        )
        self.allowance = Allowance(lambda: 0.0, commands=1000)
        self.hold = asyncio.Event()
        self.ended = asyncio.Event()
        self.failure: Exception = RuntimeError(SECRET)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(ClumsyButton)
        for command in (silent, slow, boom, late, buttons, pick, direct):
            self.tree.add_command(command)
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.watchdog.follow(interaction)


def clumsy(interaction: discord.Interaction[Any]) -> ClumsyBot:
    assert isinstance(interaction.client, ClumsyBot)
    return interaction.client


@app_commands.command()
async def silent(interaction: discord.Interaction[Any]) -> None:
    """Never answer."""
    await clumsy(interaction).hold.wait()


@app_commands.command()
async def slow(interaction: discord.Interaction[Any], private: bool = False) -> None:
    """Defer, wait to be let go, answer."""
    turn = await Turn.open(interaction, private=private)
    try:
        await clumsy(interaction).hold.wait()
        await turn.answer(Card(embed=discord.Embed(title="at last")))
    finally:
        # What it raised, if anything, has gone to the error surface by then.
        asyncio.get_running_loop().call_later(0.02, clumsy(interaction).ended.set)


@app_commands.command()
async def boom(interaction: discord.Interaction[Any]) -> None:
    """Fail at once."""
    raise clumsy(interaction).failure


@app_commands.command()
async def late(interaction: discord.Interaction[Any], private: bool = False) -> None:
    """Fail after a defer."""
    await Turn.open(interaction, private=private)
    raise RuntimeError(SECRET)


@app_commands.command()
async def direct(interaction: discord.Interaction[Any]) -> None:
    """Answer at once."""
    await interaction.response.send_message("here")


@app_commands.command()
async def buttons(interaction: discord.Interaction[Any]) -> None:
    """Offer buttons that fail, and one that nobody knows any more."""
    turn = await Turn.open(interaction)
    owner = interaction.user.id
    items: list[ui.Item[Any]] = [ClumsyButton(owner, action) for action in ("fail", "form", "work")]
    items.append(ui.Button(label="orphan", custom_id="from:another:life"))
    await turn.answer(Card(embed=discord.Embed(title="buttons"), items=items))


@app_commands.command()
async def pick(interaction: discord.Interaction[Any], player: str) -> None:
    """Suggest something."""


@pick.autocomplete("player")
async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    if typed == "hang":
        await clumsy(interaction).hold.wait()
    if typed == "fail":
        raise RuntimeError(SECRET)
    return [app_commands.Choice(name=typed, value=typed)]


@pytest.fixture
def state() -> DiscordState:
    return DiscordState(SystemClock())


@pytest.fixture
def towns(state: DiscordState) -> Towns:
    return build_towns(state)


@pytest.fixture
async def local(
    state: DiscordState, towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(token=TOKEN, state=state) as server:
        monkeypatch.setattr(Route, "BASE", server.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway.url))
        yield server


@asynccontextmanager
async def connected() -> AsyncGenerator[ClumsyBot]:
    """A bot from its start to its end."""
    bot = ClumsyBot()
    await bot.login(TOKEN)
    running = asyncio.create_task(bot.connect())
    try:
        await bot.wait_until_ready()
        yield bot
    finally:
        bot.hold.set()
        await bot.watchdog.close(0.0)
        await bot.close()
        await running


@pytest.fixture
async def bot(local: LocalDiscord) -> AsyncIterator[ClumsyBot]:
    async with connected() as bot:
        yield bot


@pytest.fixture
def ada(local: LocalDiscord, towns: Towns, bot: ClumsyBot) -> Person:
    return local.person(towns.ada)


@pytest.fixture
def bo(local: LocalDiscord, towns: Towns, bot: ClumsyBot) -> Person:
    return local.person(towns.bo)
