"""The composition root: every resource is built here, in one place, and closed in the reverse order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import discord
import structlog
from aiohttp_client_cache.session import CachedSession
from discord.http import Route

from bot import __version__
from bot.app import AdjutantBot
from bot.config import PREFIX, ConfigurationError, Settings, UnavailableError
from bot.draw.studio import Studio
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import AuthenticationError, HaloError
from bot.halo.transport.cache import clean_up, open_session
from bot.health import Metrics, serve_health
from bot.reports.last_match import LastMatch
from bot.reports.lookups import Lookups
from bot.reports.medal_art import MedalArt
from bot.reports.players import Players
from bot.resources import Resources
from bot.ui.emoji import TierEmoji

__all__ = ["open_bot", "run"]

log = structlog.stdlib.get_logger("adjutant")

CLEAN_UP_EVERY_S = 6 * 3600
GUILD_READY_S = 2.0
USER_AGENT = f"Adjutant/{__version__} (Discord bot for Halo Infinite)"


async def run(settings: Settings) -> None:
    """Run the bot until SIGINT or SIGTERM, then end cleanly.

    Raises:
        ConfigurationError: The operator has to change something; its message says what.
    """
    (token,) = settings.require("discord_token")
    settings.require("halo_spartan_token", "halo_clearance_token")
    # Also a start can be stopped: it may wait for Halo.
    stopped = asyncio.create_task(_stop_signal(), name="stop-signal")
    serving = asyncio.create_task(_serve(settings, token), name="bot")
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        log.info("stopping")
    for task in (serving, stopped):
        task.cancel()
    await asyncio.wait((serving, stopped))
    if not serving.cancelled():
        serving.result()


async def _serve(settings: Settings, token: str) -> None:
    """Run the bot until it is cancelled."""
    async with open_bot(settings) as bot, _health(settings, bot):
        try:
            await bot.start(token)
        except discord.LoginFailure:
            raise ConfigurationError(
                f"Discord refuses {PREFIX}DISCORD_TOKEN: copy the bot's token anew from the developer portal."
            ) from None
        except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
            raise UnavailableError(
                f"Discord cannot be reached at {PREFIX}DISCORD_API_BASE ({type(error).__name__}): "
                "check the network and start again."
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise ConfigurationError("Discord refuses the bot's intents: it needs none but guilds.") from None
        finally:
            await bot.close()


@asynccontextmanager
async def open_bot(
    settings: Settings, *, guild_ready_s: float = GUILD_READY_S
) -> AsyncGenerator[AdjutantBot]:
    """Build the bot with all that it needs; it is not connected yet.

    Raises:
        ConfigurationError: The data folder cannot be used, or Halo refuses the tokens.
    """
    Route.BASE = settings.discord_api_base
    _make_folder(settings.data_dir)
    secrets = settings.secrets()
    async with AsyncExitStack() as stack:
        studio = stack.enter_context(Studio(workers=settings.draw_workers))
        warm = [asyncio.wrap_future(future) for future in studio.warm_up()]
        session = await stack.enter_async_context(
            open_session(
                settings.data_dir / "cache.sqlite",
                max_bytes=settings.cache_max_mb * 2**20,
                user_agent=USER_AGENT,
            )
        )
        try:
            halo = HaloInfiniteClient(
                session=session,
                spartan_token=secrets.get("halo_spartan_token", ""),
                clearance_token=secrets.get("halo_clearance_token", ""),
                origin=settings.halo_origin or None,
            )
        except ValueError as error:
            raise ConfigurationError(f"{PREFIX}HALO_ORIGIN or a Halo token cannot be used: {error}") from None
        await asyncio.gather(_check_tokens(halo), *warm)
        housekeeping = asyncio.create_task(_keep_house(session), name="cache-clean-up")
        stack.push_async_callback(_end, housekeeping)
        players = Players(halo, now=_now)
        yield AdjutantBot(
            Resources(
                settings=settings,
                metrics=Metrics(),
                halo=halo,
                studio=studio,
                last_match=LastMatch(halo, players, now=_now),
                lookups=Lookups(),
                medal_art=MedalArt(halo),
                tier_emoji=TierEmoji(),
            ),
            guild_ready_s=guild_ready_s,
        )


async def _check_tokens(halo: HaloInfiniteClient) -> None:
    """Find out at the start, not with the first command, that the tokens are refused."""
    try:
        await halo.with_options(deadline_s=10.0).profile.get_current_user()
    except AuthenticationError:
        raise ConfigurationError(
            f"Halo refuses {PREFIX}HALO_SPARTAN_TOKEN or {PREFIX}HALO_CLEARANCE_TOKEN: "
            "they last about four hours, so give fresh ones."
        ) from None
    except HaloError as error:
        # Trouble at the service is no reason not to start: the answers will say so.
        log.warning("halo not reached at the start", reason=str(error))


async def _keep_house(session: CachedSession) -> None:
    while True:
        await clean_up(session)
        await asyncio.sleep(CLEAN_UP_EVERY_S)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _health(settings: Settings, bot: AdjutantBot) -> AsyncGenerator[None]:
    if settings.health_port is None:
        yield
        return
    served = serve_health(
        settings.health_host,
        settings.health_port,
        registry=bot.resources.metrics.registry,
        is_ready=lambda: bot.is_ready() and not bot.is_closed(),
    )
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(served)
        except OSError as error:
            raise ConfigurationError(
                f"{PREFIX}HEALTH_PORT {settings.health_port} cannot be opened ({error.strerror})."
            ) from None
        yield


async def _stop_signal() -> None:
    """Return at the first SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers in its loops; Ctrl+C ends it there as a KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(signum, stop.set)
    await stop.wait()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"{PREFIX}DATA_DIR {path} cannot be made ({error.strerror}): name a folder that the bot may write to."
        ) from None


def _now() -> datetime:
    return datetime.now(UTC)
