"""``adjutant`` as its operator runs it: processes of their own, between both stand-ins."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.config import Settings
from bot.playground.discord import LocalDiscord, Person, Towns, build_towns
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.world import World
from tests.tier_emoji import add_tier_emojis

__all__ = [
    "DISCORD_TOKEN",
    "PATIENCE_S",
    "ROOT",
    "BotProcess",
    "Outcome",
    "Stage",
    "make_settings",
    "open_stage",
    "until",
]

ROOT = Path(__file__).parents[1]
DISCORD_TOKEN = "process.discord.token-0123456789"
PATIENCE_S = 40.0


def make_settings(folder: Path, **given: object) -> Settings:
    """Settings that nothing but the arguments decides."""
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    return Settings.model_validate({**defaults, "data_dir": folder, **given})


async def until(condition: Callable[[], bool]) -> None:
    """Return when something has happened in another process, or over loopback."""
    for _ in range(int(PATIENCE_S / 0.01)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str


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
        return await self._first(lambda event: event == name)

    async def event_like(self, beginning: str) -> Mapping[str, Any]:
        """The first line of the log whose event begins so, once it is there."""
        return await self._first(lambda event: event.startswith(beginning))

    async def _first(self, fits: Callable[[str], bool]) -> Mapping[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                self._said.clear()
                for line in self._lines:
                    if line.startswith("{") and fits((event := json.loads(line))["event"]):
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
        await until(lambda: len(self.halo.log) > 0)

    def registrations(self) -> int:
        template = "/applications/{application_id}/commands"
        return len(self.discord.transcript.of("PUT", template))

    def environment(self, settings: Mapping[str, str | None]) -> dict[str, str]:
        """A process's, with these settings instead of the usual ones; None leaves one out."""
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
        return kept | given | {"PYTHONPATH": str(ROOT)}

    async def start(
        self,
        *arguments: str,
        settings: Mapping[str, str | None] = MappingProxyType({}),
        stdout: int = asyncio.subprocess.PIPE,
    ) -> asyncio.subprocess.Process:
        """Python with these arguments, and these settings instead of the usual ones; None leaves one out."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=self.folder,
            env=self.environment(settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
        )

    async def call(self, *arguments: str, **settings: str | None) -> Outcome:
        """Run ``adjutant`` with these arguments to its end."""
        process = await self.start("-m", "bot", *arguments, settings=settings)
        async with asyncio.timeout(PATIENCE_S):
            stdout, stderr = await process.communicate()
        return Outcome(process.returncode or 0, stdout.decode(), stderr.decode())

    @asynccontextmanager
    async def running(self, *flags: str, **settings: str | None) -> AsyncGenerator[BotProcess]:
        """A bot with these settings instead of the usual ones; None leaves one out. Python gets the flags."""
        nowhere = asyncio.subprocess.DEVNULL
        bot = BotProcess(await self.start(*flags, "-m", "bot", "run", settings=settings, stdout=nowhere))
        try:
            yield bot
        finally:
            await bot.end()


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncGenerator[Stage]:
    """Both stand-ins; the data folder is below ``folder``."""
    async with (
        run_halo_service(World("process", datetime.now(UTC), matches=40)) as halo,
        LocalDiscord(token=DISCORD_TOKEN) as discord,
    ):
        add_tier_emojis(discord.state)
        yield Stage(halo, discord, build_towns(discord.state), folder)
