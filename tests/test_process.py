"""The bot as its operator runs it: a process of its own, between both stand-ins."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.playground.discord import LocalDiscord, Person, Towns, build_towns
from bot.playground.halo import Fault, FaultKind, HaloService, run_halo_service
from bot.playground.world import World
from bot.ui.failure import RESTARTING
from tests.english import say

ROOT = Path(__file__).parents[1]
EX_CONFIG = 78
DISCORD_TOKEN = "process.discord.token-0123456789"
PATIENCE_S = 40.0
# Every warning ends it, but for two of libraries: discord.py imports its voice part, which we do not use, and
# the cache sets its attributes on a session, which aiohttp only minds in development mode.
STRICT = (
    "-X",
    "dev",
    "-W",
    "error",
    "-W",
    "ignore:'audioop' is deprecated:DeprecationWarning:discord.player",
    "-W",
    "ignore:Setting custom ClientSession:DeprecationWarning",
)
UNTIDY = re.compile(r"never awaited|Unclosed|was destroyed|never retrieved|Warning|Traceback")


class BotProcess:
    """``adjutant run`` in a process of its own, and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = asyncio.Event()
        self._lines: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._lines.append(line.decode())
            self._said.set()
        self._said.set()

    @property
    def stderr(self) -> str:
        return "".join(self._lines)

    async def event(self, name: str) -> Mapping[str, Any]:
        """The first line of the log with that event, once it is there."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                self._said.clear()
                for line in self._lines:
                    if line.startswith("{") and (event := json.loads(line))["event"] == name:
                        return event
                assert not self._reading.done(), self.stderr
                await self._said.wait()

    def send(self, signum: signal.Signals) -> None:
        self._process.send_signal(signum)

    async def exit_code(self, within_s: float = PATIENCE_S) -> int:
        async with asyncio.timeout(within_s):
            await self._reading
            return await self._process.wait()

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._reading
        await self._process.wait()


class Stage:
    """Both stand-ins, and bots between them."""

    def __init__(self, halo: HaloService, discord: LocalDiscord, towns: Towns, folder: Path) -> None:
        self.halo = halo
        self.discord = discord
        self.towns = towns
        self.folder = folder

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def ada(self) -> Person:
        return self.discord.person(self.towns.ada)

    @property
    def secrets(self) -> tuple[str, ...]:
        return DISCORD_TOKEN, self.halo.credentials.spartan, self.halo.credentials.clearance

    async def asked_something(self) -> None:
        """Return once Halo was asked for anything."""
        for _ in range(int(PATIENCE_S / 0.05)):
            if len(self.halo.log):
                return
            await asyncio.sleep(0.05)
        raise TimeoutError

    def registrations(self) -> int:
        template = "/applications/{application_id}/commands"
        return len(self.discord.transcript.of("PUT", template))

    @asynccontextmanager
    async def running(self, *flags: str, **settings: str | None) -> AsyncGenerator[BotProcess]:
        """A bot with these settings instead of the usual ones; None leaves one out. Python gets the flags."""
        values: dict[str, str | None] = {
            "DISCORD_TOKEN": DISCORD_TOKEN,
            "DISCORD_API_BASE": self.discord.api_base,
            "HALO_ORIGIN": self.halo.origin,
            "HALO_SPARTAN_TOKEN": self.halo.credentials.spartan,
            "HALO_CLEARANCE_TOKEN": self.halo.credentials.clearance,
            "DATA_DIR": str(self.data_dir),
            "DRAW_WORKERS": "1",
            "LOG_FORMAT": "json",
            **settings,
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUTANT_")}
        given = {f"ADJUTANT_{name}": value for name, value in values.items() if value is not None}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *flags,
            "-m",
            "bot",
            "run",
            cwd=self.folder,
            env=kept | given | {"PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.PIPE,
        )
        bot = BotProcess(process)
        try:
            yield bot
        finally:
            await bot.end()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with (
        run_halo_service(World("process", datetime.now(UTC), matches=40)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        yield Stage(halo, discord, build_towns(discord.state), tmp_path)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DISCORD_TOKEN": None}, "ADJUTANT_DISCORD_TOKEN is not set"),
        (
            {"HALO_SPARTAN_TOKEN": None, "HALO_CLEARANCE_TOKEN": " "},
            "ADJUTANT_HALO_SPARTAN_TOKEN and ADJUTANT_HALO_CLEARANCE_TOKEN are not set",
        ),
        ({"DISCORD_TOKEN": "another.discord.token"}, "Discord refuses ADJUTANT_DISCORD_TOKEN"),
        ({"HALO_SPARTAN_TOKEN": "another-spartan-token"}, "Halo refuses ADJUTANT_HALO_SPARTAN_TOKEN"),
        ({"DATA_DIR": "file/data"}, "ADJUTANT_DATA_DIR"),
        ({"HALO_ORIGIN": "http://192.0.2.1:80"}, "HALO_ORIGIN"),
        ({"HEALTH_PORT": "x"}, "ADJUTANT_HEALTH_PORT"),
    ],
    ids=["no Discord token", "no Halo tokens", "Discord token", "Halo token", "folder", "origin", "port"],
)
async def test_what_the_operator_has_to_mend_is_one_sentence(
    stage: Stage, settings: dict[str, str | None], words: str
) -> None:
    (stage.folder / "file").touch()

    async with stage.running(**settings) as bot:
        assert await bot.exit_code() == EX_CONFIG

    assert bot.stderr.count("\n") == 1, bot.stderr
    line = bot.stderr.strip()
    assert line.startswith("adjutant: ")
    assert words in line
    assert not any(value in line for value in settings.values() if value and "token" in value)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_cleanly(stage: Stage, signum: signal.Signals) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        bot.send(signum)
        assert await bot.exit_code(10) == 0

    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_signal_ends_it_cleanly_while_it_still_starts(stage: Stage) -> None:
    stage.halo.faults.add(Fault(kind=FaultKind.HANG))

    async with stage.running(*STRICT) as bot:
        await stage.asked_something()
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(8) == 0

    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_command_under_way_is_finished_first(stage: Stage) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        stage.halo.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=0.3))
        handle = await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")
        await handle.acknowledged()
        bot.send(signal.SIGTERM)

        message = await handle.answer()
        assert await bot.exit_code(10) == 0

    assert message.embeds[0]["author"]["name"] == "Quiet One"
    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_command_that_hangs_is_answered_before_the_end(stage: Stage) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        stage.halo.faults.add(Fault(kind=FaultKind.HANG))
        handle = await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")
        await handle.acknowledged()
        bot.send(signal.SIGTERM)

        message = await handle.answer(20)
        assert await bot.exit_code(10) == 0

    assert message.ephemeral
    assert message.embeds[0]["title"] == say(RESTARTING.title)
    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_health_and_metrics_are_served(stage: Stage) -> None:
    async with stage.running(HEALTH_PORT="0") as bot, ClientSession() as session:
        origin = f"http://127.0.0.1:{(await bot.event('health served'))['port']}"
        async with session.get(f"{origin}/healthz") as response:
            assert response.status in {200, 503}
        await bot.event("ready")
        await (await stage.ada.slash(stage.towns.general, "help")).answer()

        async with session.get(f"{origin}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"ready": True})
        async with session.get(f"{origin}/metrics") as response:
            metrics = await response.text()

    assert 'adjutant_interactions_total{kind="application_command"} 1.0' in metrics
    assert "adjutant_guilds 2.0" in metrics


async def test_commands_are_registered_once_for_many_starts(stage: Stage) -> None:
    for _ in range(2):
        async with stage.running() as bot:
            await bot.event("ready")

    assert stage.registrations() == 1


async def test_a_kill_amid_traffic_loses_nothing_and_no_token_is_left_behind(stage: Stage) -> None:
    players = [player.gamertag for player in stage.halo.world.people[:3]]
    async with stage.running(LOG_LEVEL="DEBUG") as killed:
        await killed.event("ready")
        handles = [await stage.ada.slash(stage.towns.general, "lastmatch", player=tag) for tag in players]
        await handles[0].answer()
        killed.send(signal.SIGKILL)
        assert await killed.exit_code() == -signal.SIGKILL

    async with stage.running(LOG_LEVEL="DEBUG") as bot:
        await bot.event("ready")
        message = await (await stage.ada.slash(stage.towns.general, "lastmatch", player=players[0])).answer()
        assert message.embeds[0]["author"]["name"] == players[0]
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(10) == 0

    files = [path for path in stage.data_dir.rglob("*") if path.is_file()]
    assert any(path.name == "cache.sqlite" for path in files)
    for secret in stage.secrets:
        assert secret not in killed.stderr
        assert secret not in bot.stderr
        assert not any(secret.encode() in path.read_bytes() for path in files)
