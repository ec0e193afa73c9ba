"""The composition root: what the bot stands on is opened here, and closed in the reverse order."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime

import aiohttp
import discord
import structlog
from aiohttp_client_cache.session import CachedSession
from discord.http import Route

from bot.app import AdjutantBot
from bot.assembly import open_resources
from bot.config import PREFIX, ConfigurationError, Settings, UnavailableError
from bot.data_folder import make_data_folder
from bot.database import database_address, told_in_words
from bot.draw.studio import Studio
from bot.halo.auth import TokenKeeper
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import AuthenticationError, Fault, HaloError
from bot.halo.transport.cache import clean_up, open_session
from bot.health import serve_health
from bot.logs import Hide, hide_nothing
from bot.sign_in import USER_AGENT, HaloTokens, open_tokens, require_sign_in, stopping, told
from bot.store import open_store

__all__ = ["open_bot", "run"]

log = structlog.stdlib.get_logger("adjutant")

CLEAN_UP_EVERY_S = 6 * 3600
# Somebody is waiting for the answer, and is told of Halo's slowness if it takes longer.
STORE_BUSY_S = 5.0
GUILD_READY_S = 2.0
HALO_START_S = 10.0


async def run(settings: Settings, *, hide: Hide = hide_nothing) -> None:
    """Run the bot until SIGINT or SIGTERM, then end cleanly.

    Args:
        settings: The settings.
        hide: Is told every token that turns up while the bot runs, so that no log shows it.

    Raises:
        ConfigurationError: The operator has to change something; its message says what.
    """
    (token,) = settings.require("discord_token")
    require_sign_in(settings)
    # Also a start can be stopped: it may wait for Halo.
    stopped = asyncio.create_task(_stop_signal(), name="stop-signal")
    serving = asyncio.create_task(_serve(settings, token, hide), name="bot")
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        log.info("stopping")
    for task in (serving, stopped):
        task.cancel()
    await asyncio.wait((serving, stopped))
    if not serving.cancelled():
        serving.result()


async def _serve(settings: Settings, token: str, hide: Hide) -> None:
    """Run the bot until it is cancelled."""
    async with open_bot(settings, hide=hide) as bot, _health(settings, bot):
        # What stands now stays: the collector need not look through all of it again and again.
        gc.collect()
        gc.freeze()
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
    settings: Settings, *, guild_ready_s: float = GUILD_READY_S, hide: Hide = hide_nothing
) -> AsyncGenerator[AdjutantBot]:
    """Build the bot with all that it needs; it is not connected yet.

    Raises:
        ConfigurationError: The data folder or the database cannot be used, or Halo does not let the bot in.
    """
    Route.BASE = settings.discord_api_base
    make_data_folder(settings.data_dir)
    async with AsyncExitStack() as stack:
        with told_in_words():
            store = await stack.enter_async_context(
                open_store(database_address(settings), busy_s=STORE_BUSY_S)
            )
        studio = stack.enter_context(Studio(workers=settings.draw_workers))
        warm = [asyncio.wrap_future(future) for future in studio.warm_up()]
        session = await stack.enter_async_context(
            open_session(
                settings.data_dir / "cache.sqlite",
                max_bytes=settings.cache_max_mb * 2**20,
                user_agent=USER_AGENT,
            )
        )
        tokens = await stack.enter_async_context(open_tokens(settings, hide=hide))
        halo = HaloInfiniteClient(
            session, "", "", origin=settings.halo_origin or None, token_source=tokens.source
        )
        await asyncio.gather(_sign_in(tokens, halo), *warm)
        housekeeping = asyncio.create_task(_keep_house(session), name="cache-clean-up")
        stack.push_async_callback(_end, housekeeping)
        resources = await stack.enter_async_context(open_resources(settings, store, halo, studio, now=_now))
        yield AdjutantBot(resources, guild_ready_s=guild_ready_s)


async def _sign_in(tokens: HaloTokens, halo: HaloInfiniteClient) -> None:
    """Find out at the start, not with the first command, that Halo does not let the bot in.

    Trouble at a service is no reason not to start: the answers will say so, and the keeper tries on.

    Raises:
        ConfigurationError: The operator has to sign in again, or to give other tokens.
    """
    try:
        if tokens.keeper is None:
            await _try_tokens(halo)
        else:
            await _begin_to_keep(tokens.keeper)
    except HaloError as error:
        log.warning("halo not reached at the start", reason=told(error))


async def _begin_to_keep(keeper: TokenKeeper) -> None:
    try:
        with _said_once():
            async with asyncio.timeout(HALO_START_S):
                await keeper.current()
    except TimeoutError:
        log.warning("halo not reached at the start", reason=f"no answer within {HALO_START_S:g} s")
    except HaloError as error:
        if error.fault is Fault.OPERATOR:
            raise stopping(error) from None
        raise
    if (player := keeper.player) is not None:
        log.info("halo sign-in works", gamertag=player.gamertag or player.player_id)


@contextmanager
def _said_once() -> Generator[None]:
    """Leave out the keeper's own word on a failure: the start says it, and when it ends there is no next try."""
    keeper_log = logging.getLogger(TokenKeeper.__module__)

    def is_no_failure(record: logging.LogRecord) -> bool:
        return record.levelno < logging.WARNING

    keeper_log.addFilter(is_no_failure)
    try:
        yield
    finally:
        keeper_log.removeFilter(is_no_failure)


async def _try_tokens(halo: HaloInfiniteClient) -> None:
    try:
        await halo.with_options(deadline_s=HALO_START_S).profile.get_current_user()
    except AuthenticationError:
        raise ConfigurationError(
            f"Halo refuses {PREFIX}HALO_SPARTAN_TOKEN or {PREFIX}HALO_CLEARANCE_TOKEN: "
            "they last about four hours, so give fresh ones."
        ) from None


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


def _now() -> datetime:
    return datetime.now(UTC)
