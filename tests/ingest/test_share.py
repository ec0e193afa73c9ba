"""The background's share of the rate holds in every second, whatever becomes of its requests on their way."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from uuid import UUID

import pytest
import stamina
from aiohttp import ClientSession, TCPConnector, TraceConfig, TraceRequestHeadersSentParams
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.halo.transport.tokens import StaticTokens, Tokens
from bot.ingest import Ingest
from bot.ingest.ingest import SHARE
from bot.ingest.meter import NoMeter
from bot.ingest.pause import RestingError
from bot.ingest.quiet_halo import QuietHalo, Service, ticket
from bot.playground.halo import Credentials, Fault, FaultKind, HaloService
from bot.playground.halo.request_log import LoggedRequest
from bot.playground.world import World
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Address, Duties, open_store
from tests.halo.transport.stand_in import FakeClock, settle
from tests.ingest.conftest import NOW, SKILL, STATS

CMS = "gamecms-hacs.svc.halowaypoint.com"
HOSTS = (STATS, SKILL, CMS)
RATE = 5
STEP_S = 0.05
FIRST, SECOND = Credentials(spartan="one", clearance="one"), Credentials(spartan="two", clearance="two")
# None of these hits what people ask for.
BACKGROUND_PATHS = (
    "/hi/players/*/matches",
    "/hi/matches/*/stats",
    "/hi/playlist/*/csrs",
    "/hi/multiplayer/*",
    "/hi/Progression/*",
)


class Renewing(StaticTokens):
    """A sign-in that has newer tokens for whoever is refused."""

    async def renew(self, rejected: Tokens) -> Tokens:
        self.set(SECOND.spartan, SECOND.clearance)
        return await self.current()


class Street:
    """Background and people on their way to the same services, in a time that waits for what is in the air."""

    def __init__(
        self, service: HaloService, session: ClientSession, clock: FakeClock, sent: list[float]
    ) -> None:
        self.service = service
        self.clock = clock
        self._sent = sent
        self.halo = HaloInfiniteClient(
            session,
            "",
            "",
            RATE,
            origin=service.origin,
            token_source=Renewing(FIRST.spartan, FIRST.clearance),
            clock=clock,
            rng=Random(7),  # noqa: S311 - jitter of a test
        )
        self.quiet = QuietHalo(
            self.halo,
            share=SHARE,
            clock=clock,
            rng=Random(7),  # noqa: S311 - jitter of a test
            meter=NoMeter(),
        )
        self.now = service.stage.clock
        self.waits: list[float] = []
        self._numbers = iter(range(1_000_000))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in small steps; every request arrives in the moment in which it leaves."""
        for _ in range(round(seconds / STEP_S)):
            async with asyncio.timeout(20):
                await self.service.log.arrived(times=len(self._sent))
            self.clock.pass_time(STEP_S)
            await settle()

    def background(self, what: str) -> Callable[[], Awaitable[object]]:
        """Something that ingest asks for, each time another one."""
        number = next(self._numbers)
        quiet, turn = self.quiet, ticket(urgent=number % 3 == 0)
        xuid = self.service.world.people[number % 10].xuid
        return {
            "history": lambda: quiet.history(xuid, number * 25, turn),
            "stats": lambda: quiet.stats(UUID(int=number), turn),
            "csr": lambda: quiet.csr(RANKED_PLAYLISTS[0], [xuid], f"CsrSeason{number}-1", turn),
            "playlist": lambda: quiet.has_csr(UUID(int=number), turn),
            "seasons": lambda: quiet.seasons(turn),
        }[what]

    async def work(self, wanted: Sequence[str]) -> None:
        """A worker: one thing after the other, and each again until it is answered or refused."""
        for what in wanted:
            ask = self.background(what)
            for _ in range(3):
                try:
                    await ask()
                except RestingError:
                    for service in Service:
                        await self.quiet.rested(service)
                except HaloError:
                    continue
                else:
                    break

    async def people(self, crowd: int) -> None:
        """So many people a second, or nearly so, at each of two services, who note when they have to wait."""
        while True:
            tasks = [asyncio.create_task(self._person()) for _ in range(crowd)]
            await self.clock.sleep(1.4)
            await asyncio.gather(*tasks)

    async def _person(self) -> None:
        """Ask two services at once; whether they have an answer does not matter."""
        xuid = 2_533_274_800_000_000 + next(self._numbers)
        asking = self.halo.with_options(on_wait=self.waits.append)
        answers = await asyncio.gather(
            asking.stats.get_match_count(xuid),
            asking.skill.get_match_skill(UUID(int=1), [xuid]),
            return_exceptions=True,
        )
        assert all(isinstance(it, HaloError) for it in answers if isinstance(it, BaseException))

    def check(self) -> None:
        """What must be true of every second at every service, and of everybody who waits for an answer."""
        log = list(self.service.log)
        assert {entry.host for entry in log if _is_of_background(entry)} <= set(HOSTS)
        for host in HOSTS:
            starts = [it.started_s for it in log if it.host == host and _is_of_background(it)]
            assert most_in_a_second(starts) <= SHARE
            assert self.service.max_starts_in_any_second(host) <= RATE
        assert self.waits == []


def _is_of_background(entry: LoggedRequest) -> bool:
    return not entry.path.endswith(("/matches/count", "/skill"))


def most_in_a_second(starts: Sequence[float]) -> int:
    """The most starts in any half-open second."""
    ordered = sorted(starts)
    return max((bisect_left(ordered, at + 1.0) - n for n, at in enumerate(ordered)), default=0)


@asynccontextmanager
async def open_street(world: World, clock: FakeClock) -> AsyncGenerator[Street]:
    """Everything on loopback; no connection is used twice, so that none is lost unnoticed."""
    sent: list[float] = []

    async def note(_: ClientSession, __: SimpleNamespace, ___: TraceRequestHeadersSentParams) -> None:
        sent.append(clock.now)

    def now() -> datetime:
        return NOW + timedelta(seconds=clock.monotonic() - 1000)

    trace = TraceConfig()
    trace.on_request_headers_sent.append(note)
    service = HaloService(world, clock=now, credentials=FIRST, monotonic=clock.monotonic)
    async with (
        service.running(),
        ClientSession(connector=TCPConnector(force_close=True), trace_configs=[trace]) as session,
    ):
        # Attempts follow one another at once: nothing but the share holds them back.
        with stamina.set_testing(testing=True, attempts=4):
            yield Street(service, session, clock, sent)


@pytest.fixture(scope="session")
def small_world() -> World:
    return World(7, NOW, matches=60)


async def play(
    world: World,
    faults: Sequence[Fault],
    work: Sequence[Sequence[str]],
    *,
    signed_out: bool = False,
    least: int = 1,
) -> None:
    """Send workers off into trouble with people beside them, look for half a minute, and judge."""
    async with open_street(world, FakeClock()) as street:
        for fault in faults:
            street.service.faults.add(fault)
        if signed_out:
            street.service.credentials = SECOND
        tasks = [asyncio.create_task(street.work(wanted)) for wanted in work]
        # Who is refused comes twice, people too.
        crowd = 1 if signed_out else RATE - SHARE
        tasks.append(asyncio.create_task(street.people(crowd)))
        try:
            await street.pass_time(30)
            street.check()
            background = [entry for entry in street.service.log if _is_of_background(entry)]
            assert len(background) >= least
            assert len(street.service.log) - len(background) >= 2 * crowd * 20
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [it for it in results if isinstance(it, Exception)] == []


def trouble(kind: FaultKind, path: str, *, status: int = 503, retry_after_s: float | None = None) -> Fault:
    return Fault(
        kind=kind,
        path=path,
        status=status,
        retry_after_s=retry_after_s,
        location=f"https://{STATS}/hi/players/xuid(1)/matches" if kind is FaultKind.REDIRECT else "",
    )


BROKEN = (
    FaultKind.STATUS,
    FaultKind.TRUNCATED,
    FaultKind.INVALID_JSON,
    FaultKind.HTML,
    FaultKind.GARBLED,
    FaultKind.RESET,
    FaultKind.REDIRECT,
)


@pytest.mark.parametrize("kind", BROKEN)
async def test_attempts_of_a_service_in_trouble_stay_within_the_share(
    small_world: World, kind: FaultKind
) -> None:
    faults = [trouble(kind, "/hi/players/*/matches"), trouble(kind, "/hi/playlist/*/csrs")]

    await play(small_world, faults, [["history", "csr"] * 3] * 4, least=12)


async def test_a_request_that_is_sent_in_circles_stays_within_the_share(small_world: World) -> None:
    """Ten redirects to the same service, and four attempts of each."""
    await play(
        small_world, [trouble(FaultKind.REDIRECT, "/hi/players/*/matches")], [["history"]] * 2, least=25
    )


async def test_a_redirect_to_another_service_takes_of_its_share(small_world: World) -> None:
    faults = [trouble(FaultKind.REDIRECT, "/hi/playlist/*/csrs")]

    await play(small_world, faults, [["csr"] * 9, ["csr"] * 9, ["history"] * 9, ["history"] * 9], least=40)


async def test_repetitions_with_other_tokens_stay_within_the_share(small_world: World) -> None:
    work = [["history", "playlist"], ["csr", "stats"], ["stats", "csr"], ["playlist", "history"]]

    await play(small_world, [], work, signed_out=True, least=10)


async def test_a_service_that_asks_to_come_back_at_once_gets_no_more_than_the_share(
    small_world: World,
) -> None:
    faults = [trouble(FaultKind.STATUS, path, status=429, retry_after_s=0) for path in BACKGROUND_PATHS]

    await play(small_world, faults, [["history", "csr", "playlist"]] * 4, least=20)


async def test_a_backfill_from_a_service_that_fails_now_and_then_keeps_to_the_share(
    small_world: World, tmp_path: Path
) -> None:
    async with (
        open_street(small_world, FakeClock()) as street,
        open_store(Address.of_file(tmp_path / "store.sqlite")) as store,
    ):
        for path in ("/hi/players/*/matches", "/hi/matches/*/stats", "/hi/playlist/*/csrs"):
            street.service.faults.add(Fault(kind=FaultKind.STATUS, path=path, status=503, times=6))
        ingest = Ingest(store, street.halo, now=street.now, clock=street.clock)
        xuid = small_world.people[0].xuid
        played = [plan.match_id for plan in small_world.matches_of(xuid, until=street.now())]
        duties = Duties(first=ingest.first_work(xuid, server_id=None))
        await store.links.claim(1, xuid, "Somebody", server_id=None, at=street.now(), duties=duties)
        tasks = [asyncio.create_task(it) for it in (ingest.run(), street.people(RATE - SHARE))]
        try:
            async with asyncio.timeout(60):
                while await store.matches.unknown(played):
                    await street.pass_time(1)
            street.check()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert len(played) >= 10
        statuses = [it.status for it in street.service.log if _is_of_background(it)]
        assert statuses.count(503) >= 12


faults = st.builds(
    trouble,
    st.sampled_from(BROKEN),
    st.sampled_from(BACKGROUND_PATHS),
    status=st.sampled_from((429, 500, 503)),
    retry_after_s=st.sampled_from((None, 0.0, 0.4, 1.0)),
)
asked = st.lists(st.sampled_from(("history", "stats", "csr", "playlist", "seasons")), min_size=1, max_size=8)


@settings(max_examples=12, deadline=None)
@given(
    faults=st.lists(faults, max_size=4),
    work=st.lists(asked, min_size=1, max_size=6),
    signed_out=st.booleans(),
)
def test_the_share_holds_whatever_goes_wrong(
    small_world: World, faults: list[Fault], work: list[list[str]], signed_out: bool
) -> None:
    asyncio.run(play(small_world, faults, work, signed_out=signed_out))
