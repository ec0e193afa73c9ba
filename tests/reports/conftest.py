"""The reports over the real client and a simulated Halo, in a time that only the tests let pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

import pytest
import stamina

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session
from bot.playground.halo import Fault, FaultKind, HaloService, run_halo_service
from bot.playground.world import World
from bot.reports.last_match import LastMatch, Notice
from bot.reports.players import Players
from tests.halo.transport.stand_in import FakeClock

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
# Longer than the client ever sleeps between two attempts, shorter than any deadline.
LONGEST_NAP_S = 2.5


class House:
    """A simulated Halo, the client that asks it, and the reports that ask the client."""

    def __init__(self, service: HaloService, halo: HaloInfiniteClient, clock: FakeClock) -> None:
        self.service = service
        self.world = service.world
        self.halo = halo
        self.clock = clock
        self.players = Players(halo, now=self.now)
        self.reports = LastMatch(halo, self.players, now=self.now)
        self.told: list[Notice] = []

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.clock.monotonic())

    async def tell(self, notice: Notice) -> None:
        self.told.append(notice)

    def asked(self, path: str) -> int:
        """How many requests went to a path, a pattern with ``*``."""
        return sum(fnmatchcase(entry.path, path) for entry in self.service.log)

    def fail(self, path: str = "*", status: int = 503) -> None:
        """Let requests to a path, a pattern with ``*``, fail from now on."""
        self.service.faults.add(Fault(kind=FaultKind.STATUS, status=status, path=path))

    def xuid(self, gamertag: str) -> int:
        player = self.world.player(gamertag)
        assert player is not None
        return player.xuid


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=2):
        yield


@pytest.fixture(scope="session")
def finished_world() -> World:
    """One world for all tests in which no match ends."""
    return World(7, NOW, matches=60)


@pytest.fixture
def world(finished_world: World) -> World:
    return finished_world


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    clock = FakeClock(jump_s=LONGEST_NAP_S)
    clock.now = 0.0

    def now() -> datetime:
        return NOW + timedelta(seconds=clock.monotonic())

    async with run_halo_service(world, clock=now) as service, open_session(None) as session:
        halo = HaloInfiniteClient(
            session,
            service.credentials.spartan,
            service.credentials.clearance,
            10_000,
            origin=service.origin,
            clock=clock,
        )
        yield House(service, halo, clock)
