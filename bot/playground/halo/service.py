"""The whole simulated Halo: every host under ``/{host}/path`` of one aiohttp application."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.guard import Guard
from bot.playground.halo.authorities.cms import CmsAuthority
from bot.playground.halo.authorities.discovery import DiscoveryAuthority
from bot.playground.halo.authorities.economy import EconomyAuthority
from bot.playground.halo.authorities.films import FilmHosts
from bot.playground.halo.authorities.microsoft import MicrosoftHosts
from bot.playground.halo.authorities.pictures import PictureHosts
from bot.playground.halo.authorities.profile import ProfileAuthority
from bot.playground.halo.authorities.settings import SettingsHost
from bot.playground.halo.authorities.skill import SkillAuthority
from bot.playground.halo.authorities.stats import StatsAuthority
from bot.playground.halo.authorities.xbox import XboxHosts
from bot.playground.halo.control import Control
from bot.playground.halo.faults import FaultBook
from bot.playground.halo.film_archive import FilmArchive
from bot.playground.halo.gate import CONTROL, Gate, Leak
from bot.playground.halo.request_log import RequestLog
from bot.playground.halo.signin import Credentials, SignInDesk
from bot.playground.halo.signin.control import SignInControl
from bot.playground.halo.stage import Stage
from bot.playground.halo.trouble import Trouble
from bot.playground.world import World
from bot.playground.world.plan import Plan
from bot.playground.world.planner import Twist

__all__ = ["HaloService", "run_halo_service"]

_BACKLOG = 1024
_SHUTDOWN_S = 2.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class HaloService:
    """A simulated Halo that can be watched and troubled while it runs.

    Attributes:
        stage: World, clock and delays; may be changed at any time.
        sign_in: Who is signed in, and what the sign-in is ordered to refuse.
        films: The films of the matches, which can be made to expire.
        faults: Trouble to order.
        log: Every request.
        origin: Where it listens, once it runs: the value for ``ADJUTANT_HALO_ORIGIN``.

    ``names`` are the hosts (with ports) under which it may be controlled, besides those of loopback.
    """

    def __init__(
        self,
        world: World,
        *,
        clock: Callable[[], datetime] = _utc_now,
        credentials: Credentials | None = None,
        stats_delay: timedelta = timedelta(seconds=6),
        skill_delay: timedelta = timedelta(seconds=12),
        monotonic: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
        names: Iterable[str] = (),
    ) -> None:
        self.stage = Stage(
            world=world, clock=clock, owner=world.hero, stats_delay=stats_delay, skill_delay=skill_delay
        )
        self.films = FilmArchive(world, self.stage.pass_time)
        self.faults = FaultBook()
        self.log = RequestLog()
        self.origin = ""
        rng = rng or random.Random(world.seed)  # noqa: S311 - jitter and user codes
        self.sign_in = SignInDesk(credentials or Credentials(), self._now, rng)
        self._guard = Guard(names)
        self._gate = Gate(self.sign_in.halo, self.log, self._guard, monotonic)
        self._closing = asyncio.Event()
        self._trouble = Trouble(self.faults, rng, self._closing)

    def _now(self) -> datetime:
        """The stage's present; its clock may be replaced while the service runs."""
        return self.stage.clock()

    @property
    def world(self) -> World:
        """The world that it tells of."""
        return self.stage.world

    @property
    def credentials(self) -> Credentials:
        """Tokens that it takes without a sign-in; assign others to expire these and those of every sign-in."""
        return self.sign_in.halo.credentials

    @credentials.setter
    def credentials(self, credentials: Credentials) -> None:
        self.sign_in.halo.credentials = credentials

    @property
    def leaks(self) -> list[Leak]:
        """Tokens seen where they must not be."""
        return self._gate.leaks

    @property
    def limits(self) -> dict[str, int]:
        """Requests a second by host (``"*"`` for the rest) above which it answers 429; empty at first."""
        return self._gate.limits

    @property
    def most_at_once(self) -> Counter[str]:
        """The most requests that were under way at a time, by host."""
        return self._gate.most_at_once

    def starts(self, host: str | None = None) -> list[float]:
        """When requests to a host started; see :meth:`RequestLog.starts`."""
        return self.log.starts(host)

    def max_starts_in_any_second(self, host: str | None = None) -> int:
        """The largest number of starts in one second; see :meth:`RequestLog.max_starts_in_any_second`."""
        return self.log.max_starts_in_any_second(host)

    def end_match(
        self,
        *,
        gamertag: str | None = None,
        mode: str = "ranked_slayer",
        playlist: str | None = "ranked_arena",
    ) -> Plan:
        """A match ends now; its stats and skill follow after the stage's delays.

        Raises:
            KeyError: There is no such gamertag, mode or playlist.
        """
        lead = self.world.player(gamertag) if gamertag is not None else None
        if gamertag is not None and lead is None:
            raise KeyError(gamertag)
        return self.world.end_match(
            self.stage.clock(), lead=lead, mode=mode, playlist=playlist, twist=Twist.NONE
        )

    def application(self) -> web.Application:
        """The application, for a runner of one's own."""

        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._gate.handle(request, handler)

        @web.middleware
        async def trouble(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._trouble.handle(request, handler)

        application = web.Application(middlewares=[gate, trouble])
        for authority in (
            StatsAuthority,
            SkillAuthority,
            ProfileAuthority,
            DiscoveryAuthority,
            CmsAuthority,
            EconomyAuthority,
            PictureHosts,
        ):
            application.add_routes(authority(self.stage).routes())
        application.add_routes(FilmHosts(self.films).routes())
        application.add_routes(MicrosoftHosts(self.stage, self.sign_in, self._guard).routes())
        application.add_routes(XboxHosts(self.stage, self.sign_in).routes())
        application.add_routes(SettingsHost(self.stage, self.sign_in).routes())
        application.add_routes(
            Control(self.faults, self.log, self._gate, self.films, self.end_match).routes()
        )
        application.add_routes(SignInControl(self.sign_in).routes(f"/{CONTROL}/signin"))
        return application

    @asynccontextmanager
    async def running(self, host: str = "127.0.0.1", port: int = 0) -> AsyncGenerator[HaloService]:
        """Listens while entered; port 0 takes a free one. Sets :attr:`origin`."""
        self.world.prepare()
        self._closing.clear()
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=_SHUTDOWN_S)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=_BACKLOG)
            await site.start()
            bound: tuple[str, int] = runner.addresses[0][:2]
            self.origin = f"http://{bound[0]}:{bound[1]}"
            yield self
        finally:
            self._closing.set()
            await runner.cleanup()


@asynccontextmanager
async def run_halo_service(
    world: World,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    clock: Callable[[], datetime] = _utc_now,
    credentials: Credentials | None = None,
    names: Iterable[str] = (),
) -> AsyncGenerator[HaloService]:
    """Runs a simulated Halo over ``world``; ``service.origin`` is where it listens."""
    service = HaloService(world, clock=clock, credentials=credentials, names=names)
    async with service.running(host, port):
        yield service
