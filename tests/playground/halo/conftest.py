"""A simulated Halo on loopback, and a client that shows the right tokens."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import stamina

from bot.halo.client import HaloInfiniteClient
from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.playground.world.plan import Lifecycle, Plan

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
RECORDINGS = Path(__file__).parents[3] / "../shared/halo/responses"


class Clock:
    """A present that only moves when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Caller:
    """Asks the service's hosts as the bot's client would."""

    def __init__(self, service: HaloService, session: aiohttp.ClientSession) -> None:
        self.service = service
        self.session = session
        self.headers = {
            "x-343-authorization-spartan": service.credentials.spartan,
            "343-clearance": service.credentials.clearance,
        }

    def url(self, host: str, path: str) -> str:
        return f"{self.service.origin}/{host}{path}"

    async def get(self, host: str, path: str, *, status: int = 200, headers: dict[str, str] | None = None):
        """The parsed body of an answer with the expected status."""
        async with self.session.get(
            self.url(host, path), headers=self.headers if headers is None else headers
        ) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def stats(self, path: str, *, status: int = 200):
        return await self.get("halostats.svc.halowaypoint.com", path, status=status)

    async def skill(self, path: str, *, status: int = 200):
        return await self.get("skill.svc.halowaypoint.com", path, status=status)

    async def profile(self, path: str, *, status: int = 200):
        return await self.get("profile.svc.halowaypoint.com", path, status=status)

    async def discovery(self, path: str, *, status: int = 200):
        return await self.get("discovery-infiniteugc.svc.halowaypoint.com", path, status=status)

    async def cms(self, path: str, *, status: int = 200):
        return await self.get("gamecms-hacs.svc.halowaypoint.com", path, status=status)

    async def economy(self, path: str, *, status: int = 200):
        return await self.get("economy.svc.halowaypoint.com", path, status=status)


def latest(world: World, mode: str, *, matchmade: bool = True) -> Plan:
    """The hero's latest match in a mode."""
    return next(
        plan
        for plan in world.matches_of(world.hero.xuid)
        if plan.mode.key == mode and (plan.lifecycle is Lifecycle.MATCHMADE) is matchmade
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def world() -> World:
    """One world for all tests that only look at it."""
    return World(7, NOW, matches=60)


@pytest.fixture
async def service(world: World, clock: Clock) -> AsyncIterator[HaloService]:
    async with HaloService(world, clock=clock).running() as running:
        yield running


@pytest.fixture
async def halo(service: HaloService) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        yield Caller(service, session)


@pytest.fixture
async def changing_halo(clock: Clock) -> AsyncIterator[Caller]:
    """A Halo over a world of its own, for tests in which something happens."""
    async with (
        HaloService(World(7, NOW, matches=60), clock=clock).running() as running,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(running, session)


@pytest.fixture
async def client(service: HaloService) -> AsyncIterator[HaloInfiniteClient]:
    tokens = service.credentials
    async with aiohttp.ClientSession() as session:
        with stamina.set_testing(testing=True, attempts=2):
            yield HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=service.origin)


@pytest.fixture
async def changing_client(changing_halo: Caller) -> HaloInfiniteClient:
    service = changing_halo.service
    tokens = service.credentials
    return HaloInfiniteClient(
        changing_halo.session, tokens.spartan, tokens.clearance, 1000, origin=service.origin
    )


@pytest.fixture
def recordings() -> Path:
    if not RECORDINGS.is_dir():
        pytest.skip("the recorded answers are not here")
    return RECORDINGS
