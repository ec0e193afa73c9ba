"""Both stand-ins with the real bot between them, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import discord
from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.app import AdjutantBot
from bot.config import Settings
from bot.halo.auth import StoredSignIn
from bot.playground.discord import DiscordState, LocalDiscord, Person, Towns, build_towns
from bot.playground.discord.clock import SystemClock
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.regulars import Regular, Regulars, join_regulars
from bot.playground.web import PlaygroundSite, WorldPanel
from bot.playground.world import World
from bot.run import open_bot
from bot.sign_in import open_store
from bot.ui.turn import Turn

__all__ = [
    "Playground",
    "Work",
    "connect_bot",
    "open_playground",
    "playground_settings",
    "run_playground_site",
    "show_playground",
]

# Only the local Discord takes it.
DISCORD_TOKEN = "playground.discord.token"  # noqa: S105
AZURE_CLIENT_ID = "playground"
KEPT_MESSAGES = 200
KEPT_REQUESTS = 2_000
REGULARS_PAUSE_S = 0.01
READY_S = 30.0
GUILD_READY_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Playground:
    """A simulated Halo, a local Discord with two servers, and the bot with its settings.

    ``regulars`` are there if they were asked for.
    """

    settings: Settings
    halo: HaloService
    discord: LocalDiscord
    towns: Towns
    bot: AdjutantBot
    regulars: Regulars | None = None

    @property
    def ada(self) -> Person:
        """Somebody to talk to the bot."""
        return self.discord.person(self.towns.ada)

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[Work]:
        """Note what the bot does for people while entered."""
        work = Work()
        self.bot.add_listener(work.note, "on_interaction")
        try:
            yield work
        finally:
            self.bot.remove_listener(work.note, "on_interaction")

    async def sign_in(self) -> None:
        """Sign the bot in anew, as its operator would with ``adjutant login``; it notices by itself."""
        store = open_store(self.settings)
        fresh = StoredSignIn(
            refresh_token=self.halo.sign_in.sign_in(),
            client_id=self.settings.azure_client_id,
            obtained_at=datetime.now(UTC),
        )
        await asyncio.to_thread(store.save, fresh)


class Work:
    """What the bot is doing for people, by the ids of their interactions."""

    def __init__(self) -> None:
        self._noted: dict[int, discord.Interaction[Any]] = {}

    async def note(self, interaction: discord.Interaction[Any]) -> None:
        """Take notice of an interaction; the bot calls it."""
        self._noted[interaction.id] = interaction

    async def done(self, interaction_id: int, patience_s: float) -> bool:
        """Return once nothing more is done for an interaction that was answered, or patience is over."""
        interaction = self._noted.pop(interaction_id, None)
        turn = None if interaction is None else Turn.of(interaction)
        if turn is None or turn.task is None:
            return True
        done, _ = await asyncio.wait((turn.task,), timeout=patience_s)
        return bool(done)


class _PlaygroundSettings(Settings):
    """Settings that neither the environment nor ``.env`` nor a secret file has a say in."""

    # Also not opened: one that cannot be read is none of the playground's business.
    model_config = SettingsConfigDict(env_file=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given here and nothing else."""
        return (init_settings,)


@asynccontextmanager
async def open_playground(
    data_dir: Path,
    *,
    seed: str = "adjutant",
    stands_still: bool = True,
    has_regulars: bool | None = None,
    regulars_reach: timedelta | None = None,
    emojis: Mapping[str, bytes] = MappingProxyType({}),
) -> AsyncGenerator[Playground]:
    """Start everything; the bot is connected and its commands are registered when this yields.

    Args:
        data_dir: Where the bot keeps its things.
        seed: Of the world.
        stands_still: Nothing happens in the world by itself, and all that the bot does is recorded: for tests.
            Otherwise a match ends every minute, and what is kept is bounded, however long this runs.
        has_regulars: Whether the first server has more members, all linked; by default if nothing stands still.
        regulars_reach: How far back their matches go; None: to the first one.
        emojis: What the application has from earlier starts, PNG files by name.
    """
    state = DiscordState(SystemClock())
    if not stands_still:
        state.history_limit = KEPT_MESSAGES
    for name, picture in emojis.items():
        state.add_emoji(name, picture)
    # In a thread, so that a page that is open already stays answered.
    world = await asyncio.to_thread(_begin_world, seed, stands_still=stands_still)
    async with (
        run_halo_service(world) as halo,
        LocalDiscord(token=DISCORD_TOKEN, state=state) as discord,
    ):
        discord.transcript.recording = stands_still
        if not stands_still:
            halo.log.keep(KEPT_REQUESTS)
        towns = build_towns(discord.state)
        there = not stands_still if has_regulars is None else has_regulars
        members = join_regulars(discord.state, towns, world) if there else ()
        settings = playground_settings(halo, discord, data_dir)
        async with (
            connect_bot(settings) as bot,
            _regulars(members, halo, bot, towns, regulars_reach) as regulars,
        ):
            yield Playground(
                settings=settings, halo=halo, discord=discord, towns=towns, bot=bot, regulars=regulars
            )


@asynccontextmanager
async def _regulars(
    members: Sequence[Regular],
    halo: HaloService,
    bot: AdjutantBot,
    towns: Towns,
    reach: timedelta | None,
) -> AsyncGenerator[Regulars | None]:
    """Give the regulars their past, if there are any."""
    if not members:
        yield None
        return
    resources = bot.resources
    regulars = Regulars(
        members,
        halo=halo,
        store=resources.store,
        ingest=resources.ingest,
        server_id=towns.arena.id,
        linked=lambda: resources.identities.outdated(towns.arena.id),
        reach=reach,
        pause_s=REGULARS_PAUSE_S,
    )
    regulars.begin()
    try:
        yield regulars
    finally:
        await regulars.end()


def _begin_world(seed: str, *, stands_still: bool) -> World:
    now = datetime.now(UTC)
    world = World(seed, now) if stands_still else World.of_today(seed, now)
    world.prepare()
    return world


@asynccontextmanager
async def run_playground_site(
    playground: Playground, host: str = "127.0.0.1", port: int = 0
) -> AsyncGenerator[PlaygroundSite]:
    """Serve the page of an opened playground; ``site.origin`` is where."""
    async with (
        PlaygroundSite().listening(host, port) as site,
        show_playground(site, playground),
    ):
        yield site


@asynccontextmanager
async def show_playground(site: PlaygroundSite, playground: Playground) -> AsyncGenerator[None]:
    """Let people in to an opened playground."""
    panel = WorldPanel(playground.halo, sign_in=playground.sign_in)
    async with site.showing(playground.discord, panel, playground.halo.origin):
        yield


def playground_settings(halo: HaloService, discord: LocalDiscord, data_dir: Path) -> Settings:
    """The bot's settings for these stand-ins; the environment decides nothing."""
    return _PlaygroundSettings(
        discord_token=SecretStr(DISCORD_TOKEN),
        discord_api_base=discord.api_base,
        halo_origin=halo.origin,
        azure_client_id=AZURE_CLIENT_ID,
        azure_refresh_token=SecretStr(halo.sign_in.sign_in()),
        data_dir=data_dir,
        operator="You, on this machine",
    )


@asynccontextmanager
async def connect_bot(settings: Settings) -> AsyncGenerator[AdjutantBot]:
    """Run a bot in this process until the context ends.

    Raises:
        ConfigurationError: The settings do not fit.
        TimeoutError: It did not get ready.
    """
    (token,) = settings.require("discord_token")
    async with open_bot(settings, guild_ready_s=GUILD_READY_S) as bot:
        running = asyncio.create_task(bot.start(token), name="discord")
        ready = asyncio.create_task(_ready(bot), name="ready")
        try:
            await asyncio.wait((running, ready), timeout=READY_S, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            if not ready.done():
                raise TimeoutError("the bot did not get ready")
            yield bot
        finally:
            await bot.close()
            for task in (running, ready):
                task.cancel()
            await asyncio.gather(running, ready, return_exceptions=True)


async def _ready(bot: AdjutantBot) -> None:
    # A client that has not begun to log in has nothing to wait on yet.
    await bot.setup_done.wait()
    await bot.wait_until_ready()
