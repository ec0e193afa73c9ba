"""What ``/status`` knows: how Halo behaved, what waits, how fresh a board is; and what it leaves out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloConnectionError, HaloError, RefreshTokenRefusedError, SignInStep
from bot.halo.transport.outcome import Outcome
from bot.halo.transport.tokens import SERVICE_HOSTS
from bot.playground.halo import Credentials, Fault, FaultKind
from bot.reports.service_watch import ServiceWatch
from bot.reports.status import StatusReport
from bot.stats.status import BoardStatus, Service, ServiceStatus, Trouble, TroubleKind, Unreadable
from bot.store import Address, Backlog, NewJob, Store, open_store
from tests.reports.conftest import NOW, House

ARENA, LOUNGE = 1 << 60, 2 << 60
PROFILE, SKILL = "profile.svc.halowaypoint.com", "skill.svc.halowaypoint.com"
MINUTE = timedelta(minutes=1)


class Watched:
    """A client whose requests are watched."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.watch = ServiceWatch(house.now)
        self.halo: HaloInfiniteClient = house.halo.with_options(on_outcome=self.watch.note)

    def of(self, service: Service) -> ServiceStatus:
        (status,) = [one for one in self.watch.status().services if one.service is service]
        return status

    async def ask_profile(self) -> datetime:
        """Ask who the bot is, and return when that was over."""
        with suppress(HaloError):
            await self.halo.profile.get_current_user()
        return self.house.now()

    async def ask_nobody(self) -> None:
        """Ask for somebody whom Halo does not know."""
        with pytest.raises(HaloError):
            await self.halo.profile.get_user_by_gamertag("Nobody By That")


@pytest.fixture
def watched(house: House) -> Watched:
    return Watched(house)


async def test_what_was_never_asked_is_not_known(watched: Watched) -> None:
    halo = watched.watch.status()

    assert [one.service for one in halo.services] == [*Service]
    assert not any(one.was_asked for one in halo.services)
    assert halo.sign_in is None


async def test_every_service_of_the_client_is_watched() -> None:
    watch = ServiceWatch(lambda: NOW)
    for host in SERVICE_HOSTS:
        watch.note(Outcome(host, None))

    assert [one.service for one in watch.status().services if one.was_asked] == [*Service]


async def test_an_answer_is_remembered_for_its_service_alone(watched: Watched) -> None:
    at = await watched.ask_profile()

    assert watched.of(Service.PLAYERS) == ServiceStatus(Service.PLAYERS, answered_at=at)
    assert not watched.of(Service.MATCHES).was_asked


async def test_to_refuse_is_to_answer(watched: Watched) -> None:
    await watched.ask_nobody()

    assert watched.of(Service.PLAYERS).trouble is None
    assert watched.of(Service.PLAYERS).answered_at is not None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(kind=FaultKind.STATUS, status=503), TroubleKind.FAILING),
        (Fault(kind=FaultKind.HTML), TroubleKind.FAILING),
        (Fault(kind=FaultKind.RESET), TroubleKind.SILENT),
        (Fault(kind=FaultKind.STATUS, status=429), TroubleKind.BUSY),
    ],
)
async def test_trouble_began_with_the_first_failure_and_ends_with_an_answer(
    watched: Watched, fault: Fault, kind: TroubleKind
) -> None:
    answered = await watched.ask_profile()
    watched.house.clock.pass_time(60)
    began = watched.house.now()
    watched.house.service.faults.add(fault)
    await watched.ask_profile()
    watched.house.clock.pass_time(600)
    await watched.ask_profile()

    assert watched.of(Service.PLAYERS) == ServiceStatus(Service.PLAYERS, answered, Trouble(kind, began))

    watched.house.service.faults.clear()
    again = await watched.ask_profile()
    assert watched.of(Service.PLAYERS) == ServiceStatus(Service.PLAYERS, answered_at=again)


async def test_trouble_that_changes_is_told_as_it_is_now(watched: Watched) -> None:
    began = watched.house.now()
    order = watched.house.service.faults.add(Fault(kind=FaultKind.STATUS, status=500))
    await watched.ask_profile()
    watched.house.service.faults.remove(order)
    watched.house.service.faults.add(Fault(kind=FaultKind.RESET))
    await watched.ask_profile()

    assert watched.of(Service.PLAYERS).trouble == Trouble(TroubleKind.SILENT, began)


async def test_tokens_that_are_refused_are_the_operators_and_not_the_services(watched: Watched) -> None:
    service, began = watched.house.service, watched.house.now()
    known = service.credentials
    service.credentials = Credentials(spartan="another", clearance="another")
    await watched.ask_profile()

    assert watched.watch.status().sign_in == Trouble(TroubleKind.OPERATOR, began)
    assert not watched.of(Service.PLAYERS).was_asked

    service.credentials = known
    await watched.ask_profile()
    assert watched.watch.status().sign_in is None


def test_a_sign_in_that_cannot_be_asked_for_is_no_trouble_of_the_service() -> None:
    watch = ServiceWatch(lambda: NOW)
    unreachable = HaloConnectionError("login.live.com/oauth20_token.srf", "timed out")
    unreachable.step = SignInStep.MICROSOFT
    watch.note(Outcome(PROFILE, unreachable))

    assert watch.status().sign_in == Trouble(TroubleKind.SILENT, NOW)
    watch.note(Outcome(PROFILE, RefreshTokenRefusedError({"error": "invalid_grant"})))
    assert watch.status().sign_in == Trouble(TroubleKind.OPERATOR, NOW)
    assert not any(one.was_asked for one in watch.status().services)

    watch.note(Outcome(SKILL, None))
    assert watch.status().sign_in is None


def test_of_other_hosts_nothing_is_kept() -> None:
    watch = ServiceWatch(lambda: NOW)
    before = watch.status()
    watch.note(Outcome("blobs-infiniteugc.svc.halowaypoint.com", None))
    watch.note(Outcome("blobs-infiniteugc.svc.halowaypoint.com", HaloConnectionError("blobs", "timed out")))

    assert watch.status() == before


@dataclass(frozen=True)
class Records:
    """A store in a file, and the report on it."""

    store: Store
    file: Path

    def report(self, *, patience_s: float = 60.0) -> StatusReport:
        return StatusReport(
            self.store, ServiceWatch(lambda: NOW), self.backlog, now=lambda: NOW, patience_s=patience_s
        )

    async def backlog(self) -> Sequence[Backlog]:
        return await self.store.jobs.backlog(NOW)

    async def join(self, number: int, server_id: int, refreshed_at: datetime | None) -> None:
        await self.store.servers.add(server_id, NOW)
        xuid = 2_533_274_999_000_000 + number
        await self.store.links.claim(number, xuid, f"Spartan {number}", server_id=server_id, at=NOW)
        if refreshed_at is not None:
            await self.store.players.refreshed([xuid], refreshed_at)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    file = tmp_path / "adjutant.sqlite"
    async with open_store(Address.of_file(file)) as store:
        yield Records(store, file)


async def test_what_waits_is_told_by_kind_with_its_first_moment(records: Records) -> None:
    await records.store.jobs.add(
        NewJob(kind="ladder", key="a", due_at=NOW - 7 * MINUTE),
        NewJob(kind="ladder", key="b", due_at=NOW - 2 * MINUTE),
        NewJob(kind="ladder", key="c", due_at=NOW + MINUTE),
        NewJob(kind="match", key="d", due_at=NOW + 5 * MINUTE),
        NewJob(kind="backfill", key="e", due_at=NOW),
    )
    await records.store.jobs.take(NOW, lease=MINUTE, kinds=["backfill"])

    status = await records.report().look(None)

    assert not isinstance(status.work, Unreadable)
    assert {one.kind: (one.due, one.later, one.first_at, one.in_hand) for one in status.work} == {
        "backfill": (0, 0, None, 1),
        "ladder": (2, 1, NOW - 7 * MINUTE, 0),
        "match": (0, 1, NOW + 5 * MINUTE, 0),
    }
    assert status.board is None
    assert status.started_at == NOW


async def test_a_board_has_the_figures_of_its_own_server_alone(records: Records) -> None:
    for number, age in ((1, 3 * MINUTE), (2, 40 * MINUTE), (3, None)):
        await records.join(number, ARENA, None if age is None else NOW - age)
    await records.join(4, LOUNGE, NOW - 90 * MINUTE)

    arena, lounge, nowhere = [(await records.report().look(it)).board for it in (ARENA, LOUNGE, 3 << 60)]

    assert isinstance(arena, BoardStatus)
    assert (arena.members, arena.fresh.awaited) == (3, 1)
    assert (arena.fresh.newest, arena.fresh.oldest) == (NOW - 3 * MINUTE, NOW - 40 * MINUTE)
    assert isinstance(lounge, BoardStatus)
    assert (lounge.members, lounge.fresh.oldest) == (1, NOW - 90 * MINUTE)
    assert isinstance(nowhere, BoardStatus)
    assert nowhere.members == 0


async def test_a_destroyed_database_costs_its_parts_and_no_more(records: Records) -> None:
    await records.join(1, ARENA, NOW)
    report = records.report()
    for file in records.file.parent.glob("adjutant.sqlite*"):
        with file.open("r+b") as opened:
            opened.write(b"\xff" * file.stat().st_size)

    status = await report.look(ARENA)

    assert isinstance(status.work, Unreadable)
    assert isinstance(status.board, Unreadable)
    assert [one.service for one in status.halo.services] == [*Service]


async def test_a_database_that_takes_too_long_is_not_waited_for(records: Records) -> None:
    status = await records.report(patience_s=0.0).look(ARENA)

    assert isinstance(status.work, Unreadable)
    assert isinstance(status.board, Unreadable)


async def test_a_mistake_of_ours_is_not_taken_for_trouble(records: Records) -> None:
    async def broken() -> Sequence[Backlog]:
        await asyncio.sleep(0)
        raise LookupError

    report = StatusReport(records.store, ServiceWatch(lambda: NOW), broken, now=lambda: NOW)

    with pytest.raises(LookupError):
        await report.look(None)
