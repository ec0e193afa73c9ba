"""Commands are registered when they changed, and only then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.http import Route

from bot.command_sync import sync_if_changed
from bot.playground.discord import Fault, LocalDiscord

TOKEN = "sync.bot.token"
COMMANDS = "/applications/{application_id}/commands"


@app_commands.command(description="One")
async def one(interaction: discord.Interaction[Any]) -> None:
    """Do nothing."""


@app_commands.command(description="Two")
async def two(interaction: discord.Interaction[Any], number: int = 0) -> None:
    """Do nothing."""


class Shop:
    """A bot that is signed in and not connected, its Discord, and where the record is kept."""

    def __init__(self, local: LocalDiscord, client: discord.Client, record: Path) -> None:
        self.client = client
        self.record = record
        self._local = local

    async def sync(self, *commands: app_commands.Command[Any, ..., None]) -> bool:
        """Another process with these commands."""
        tree = app_commands.CommandTree(self.client)
        self.client._connection._command_tree = None  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
        for command in commands:
            tree.add_command(command)
        return await sync_if_changed(tree, self.record)

    @property
    def registered(self) -> set[str]:
        return {command.name for command in self._local.state.commands.values()}

    @property
    def requests(self) -> int:
        return len(self._local.transcript.of("PUT", COMMANDS))


@pytest.fixture
async def local(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(token=TOKEN) as server:
        monkeypatch.setattr(Route, "BASE", server.api_base)
        yield server


@pytest.fixture
async def shop(local: LocalDiscord, tmp_path: Path) -> AsyncIterator[Shop]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(TOKEN)
        yield Shop(local, client, tmp_path / "commands.sha256")


async def test_the_first_start_registers(shop: Shop) -> None:
    assert await shop.sync(one, two)

    assert shop.registered == {"one", "two"}


async def test_an_unchanged_set_is_not_registered_again(shop: Shop) -> None:
    await shop.sync(one, two)

    assert not await shop.sync(one, two)
    assert shop.requests == 1


async def test_a_changed_set_is_registered(shop: Shop) -> None:
    await shop.sync(one)

    assert await shop.sync(one, two)
    assert await shop.sync(two)
    assert shop.registered == {"two"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"of another set"])
async def test_a_record_that_says_something_else_is_overruled(shop: Shop, content: bytes) -> None:
    await shop.sync(one)
    shop.record.write_bytes(content)

    assert await shop.sync(one)
    assert not await shop.sync(one)


async def test_a_record_that_cannot_be_written_costs_a_request_a_start(shop: Shop) -> None:
    shop.record.mkdir()

    assert await shop.sync(one)
    assert await shop.sync(one)


async def test_what_discord_refuses_is_tried_again_at_the_next_start(shop: Shop, local: LocalDiscord) -> None:
    local.faults.add(Fault(400, "PUT", COMMANDS))
    with pytest.raises(discord.HTTPException):
        await shop.sync(one)

    assert not shop.record.exists()
    assert await shop.sync(one)
