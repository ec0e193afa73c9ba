"""Ingest between a simulated Halo and a store on SQLite, in a time that only the tests let pass."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
import stamina

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session
from bot.ingest import Ingest
from bot.playground.halo import Credentials, Fault, FaultKind, HaloService
from bot.playground.world import World
from bot.store import Address, Backlog, Store, open_store
from tests.halo.transport.stand_in import FakeClock

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ARENA, TAVERN = 333_333_333_333_333_333, 444_444_444_444_444_444
STATS, SKILL = "halostats.svc.halowaypoint.com", "skill.svc.halowaypoint.com"
# Longer than any nap between two requests or attempts, shorter than what ingest waits for on purpose.
LONGEST_NAP_S = 2.5


class Tally:
    """A meter that tests read."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.matches = 0
        self.failures: Counter[tuple[str, str]] = Counter()
        self.backlog: tuple[Backlog, ...] = ()

    def asked(self, what: str) -> None:
        self.requests[what] += 1

    def stored(self, matches: int) -> None:
        self.matches += matches

    def failed(self, kind: str, error: str) -> None:
        self.failures[kind, error] += 1

    def waiting(self, backlog: Sequence[Backlog], now: datetime) -> None:
        self.backlog = tuple(backlog)


class House:
    """A simulated Halo, a store, and ingest between them."""

    def __init__(
        self, service: HaloService, store: Store, halo: HaloInfiniteClient, clock: FakeClock
    ) -> None:
        self.service = service
        self.world = service.world
        self.store = store
        self.halo = halo
        self.clock = clock
        self.tally = Tally()
        self.learned: list[UUID] = []
        self.ingest = self.another()

    def another(self) -> Ingest:
        """Ingest as it is after a restart: nothing but the store remembers."""
        return Ingest(
            self.store,
            self.halo,
            now=self.now,
            clock=self.clock,
            rng=Random(7),  # noqa: S311 - jitter of a test
            meter=self.tally,
            learned=self.learned.append,
        )

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.clock.monotonic())

    def pass_time(self, span: timedelta) -> None:
        self.clock.pass_time(span.total_seconds())

    async def join(self, *xuids: int, server_id: int = ARENA) -> None:
        """Link players, and queue nothing."""
        await self.store.servers.add(server_id, self.now())
        for xuid in xuids:
            await self.store.links.claim(xuid, xuid, f"Player {xuid}", server_id=server_id, at=self.now())

    async def link(self, *xuids: int, server_id: int = ARENA) -> None:
        """Link players as ``/link`` does."""
        await self.join(*xuids, server_id=server_id)
        for xuid in xuids:
            await self.begin(xuid, server_id=server_id)

    async def begin(self, xuid: int, *, server_id: int | None) -> None:
        """Queue what a new link brings."""
        await self.store.jobs.add(*self.ingest.first_work(xuid, server_id=server_id))
        self.ingest.begun(xuid)

    def asked(self, path: str, query: str = "*") -> int:
        """How many requests went to a path, a pattern with ``*``."""
        return sum(
            fnmatchcase(entry.path, path) and fnmatchcase(entry.query, query) for entry in self.service.log
        )

    def fail(self, path: str = "*", status: int = 503, *, times: int | None = None) -> int:
        """Let requests to a path, a pattern with ``*``, fail from now on."""
        return self.service.faults.add(Fault(kind=FaultKind.STATUS, status=status, path=path, times=times))

    def xuid(self, gamertag: str) -> int:
        """The player of that name."""
        player = self.world.player(gamertag)
        assert player is not None
        return player.xuid

    def played(self, xuid: int) -> list[UUID]:
        """All that a player has played by now, newest first."""
        return [plan.match_id for plan in self.world.matches_of(xuid, until=self.now())]

    async def missing(self, xuid: int) -> set[UUID]:
        """What of it is not in the store."""
        return set(await self.store.matches.unknown(self.played(xuid)))


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=2):
        yield


@pytest.fixture(scope="session")
def worlds() -> Callable[[int], World]:
    """One world of so many matches for all tests in which no match ends."""

    @cache
    def world_of(matches: int) -> World:
        return World(7, NOW, matches=matches)

    return world_of


@pytest.fixture(scope="session")
def finished_world(worlds: Callable[[int], World]) -> World:
    """A world in which the residents have some hundred matches each."""
    return worlds(2_500)


@pytest.fixture
def matches() -> int:
    """How many matches there are: the residents have some twenty each, the busiest one sixty."""
    return 500


@pytest.fixture
def world(worlds: Callable[[int], World], matches: int) -> World:
    return worlds(matches)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with this version's tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.sqlite"

    async def migrate() -> None:
        async with open_store(Address.of_file(file)):
            pass

    asyncio.run(migrate())
    return file


@pytest.fixture
def address(tmp_path: Path, migrated_file: Path) -> Address:
    return Address.of_file(Path(shutil.copyfile(migrated_file, tmp_path / "store.sqlite")))


@pytest.fixture
def busy_s() -> float:
    """How long to wait for a database that somebody else writes to: nobody gives up because the machine is slow."""
    return 60


@pytest.fixture
async def house(world: World, address: Address, busy_s: float) -> AsyncIterator[House]:
    clock = FakeClock(jump_s=LONGEST_NAP_S)
    clock.now = 0.0

    def now() -> datetime:
        return NOW + timedelta(seconds=clock.monotonic())

    tokens = Credentials(spartan="SPARTAN-SECRET", clearance="CLEARANCE-SECRET")
    service = HaloService(world, clock=now, credentials=tokens, monotonic=clock.monotonic)
    async with (
        service.running(),
        open_session(None) as session,
        open_store(address, busy_s=busy_s) as store,
    ):
        halo = HaloInfiniteClient(
            session, tokens.spartan, tokens.clearance, origin=service.origin, clock=clock
        )
        yield House(service, store, halo, clock)
