"""Linking, proving and being seen, over a real store and a simulated Halo."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Generator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.reports.accounts import Accounts, OtherAccountLinkedError
from bot.reports.forgetting import Forgetting, People
from bot.reports.identities import Identities
from bot.reports.lookups import Lookups
from bot.reports.releasing import Releasing
from bot.stats.accounts import ProofOutcome, XboxAccount
from bot.stats.unanswerable import AccountHeld, AccountUnknown
from bot.store import Address, NewJob, Store, StoreBusyError, open_store
from tests.reports.conftest import House

ARENA, LOUNGE = 1 << 60, 2 << 60
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ADA, BO = 100_000_000_000_000_001, 100_000_000_000_000_002


@dataclass(frozen=True)
class Step:
    done: int
    total: int | None
    finished: bool


class Ingest:
    """Who was to be fetched."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def first_work(self, xuid: int, *, server_id: int | None) -> tuple[NewJob, ...]:
        return (NewJob(kind="backfill", key=str(xuid), due_at=LONG_AGO, xuid=xuid, server_id=server_id),)

    def begun(self, xuid: int) -> None:
        self.told.append(xuid)

    async def progress(self, xuid: int) -> AsyncGenerator[Step]:
        yield Step(0, None, finished=False)
        yield Step(xuid % 7, xuid % 7, finished=True)


class Scene:
    def __init__(self, house: House, store: Store) -> None:
        self.house = house
        self.store = store
        self.later = timedelta(0)
        self.forgotten: list[People] = []
        self.ingest = Ingest()
        self.forgot = asyncio.Event()
        self.slept = asyncio.Event()
        self.wake = asyncio.Event()
        lookups = Lookups()
        forgetting = Forgetting(
            store,
            drop_cached=self._drop,
            drop_all_cached=self._drop_all,
            memories=[self._forget],
            now=self.now,
        )
        self.releasing = Releasing(forgetting, sleep=self._sleep)
        self.identities = Identities(store, lookups, now=self.now)
        self.accounts = Accounts(
            store,
            house.halo,
            players=house.players,
            identities=self.identities,
            lookups=lookups,
            forgetting=forgetting,
            releasing=self.releasing,
            ingest=self.ingest,
            now=self.now,
        )

    def now(self):
        return self.house.now() + self.later

    def account(self, number: int) -> XboxAccount:
        player = [it for it in self.house.world.people if it.plays][number]
        return XboxAccount(player.xuid, player.gamertag)

    async def _drop(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        pass

    async def _drop_all(self) -> None:
        pass

    async def _forget(self, people: People) -> None:
        self.forgotten.append(people)
        self.forgot.set()

    async def _sleep(self, _seconds: float) -> None:
        self.slept.set()
        await self.wake.wait()

    async def queued(self, kind: str) -> set[tuple[int | None, int | None]]:
        """Take what is queued of a kind, now or later; whose it is, and for which server."""
        later = self.now() + timedelta(days=1)
        jobs = await self.store.jobs.take(later, lease=timedelta(hours=1), kinds=[kind], limit=100)
        return {(job.xuid, job.server_id) for job in jobs}

    async def prove(self, user_id: int, account: XboxAccount, server_id: int | None) -> ProofOutcome:
        proof = await self.accounts.begin_proof(user_id, account.xuid)
        self.house.world.set_service_tag(account.xuid, proof.code)
        return (await self.accounts.check_proof(user_id, account.xuid, server_id=server_id)).outcome


@pytest.fixture
async def scene(house: House, tmp_path: Path) -> AsyncIterator[Scene]:
    address = Address.of_file(tmp_path / "store.sqlite")
    async with open_store(address, random=Random(5), busy_s=0.05) as store:  # noqa: S311 - codes of a test
        scene = Scene(house, store)
        yield scene
        await scene.releasing.close()


@contextmanager
def locked(file: Path) -> Generator[None]:
    """Another program writes."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def test_a_first_link_is_fetched_and_a_second_saying_is_not(scene: Scene) -> None:
    account = scene.account(0)

    first = await scene.accounts.link(ADA, account, server_id=ARENA)
    again = await scene.accounts.link(ADA, account, server_id=ARENA)

    assert (first.is_new, again.is_new) == (True, False)
    assert scene.ingest.told == [account.xuid]
    assert await scene.queued("backfill") == {(account.xuid, ARENA)}
    steps = [(step.done, step.finished) async for step in scene.accounts.progress(account.xuid)]
    assert steps == [(0, False), (account.xuid % 7, True)]


async def test_what_is_replaced_is_told_and_forgotten(scene: Scene) -> None:
    old, new = scene.account(0), scene.account(1)
    await scene.accounts.link(ADA, old, server_id=ARENA)

    linked = await scene.accounts.link(ADA, new, server_id=ARENA, instead_of=old.xuid)

    assert linked.replaced == old.gamertag
    assert scene.forgotten == [People(xuids=frozenset({old.xuid}), gamertags=frozenset({old.gamertag}))]


@pytest.mark.parametrize("instead_of", [None, 5])
async def test_a_link_that_nobody_gave_up_is_not_replaced(scene: Scene, instead_of: int | None) -> None:
    old, new = scene.account(0), scene.account(1)
    await scene.prove(ADA, old, ARENA)

    with pytest.raises(OtherAccountLinkedError) as other:
        await scene.accounts.link(ADA, new, server_id=ARENA, instead_of=instead_of)

    assert (other.value.account, other.value.link.xuid) == (new, old.xuid)
    link = await scene.accounts.link_of(ADA)
    assert link is not None
    assert (link.xuid, link.verified) == (old.xuid, True)
    assert scene.forgotten == []


async def test_who_is_refused_keeps_what_there_was(scene: Scene) -> None:
    account, own = scene.account(0), scene.account(1)
    await scene.accounts.link(ADA, account, server_id=ARENA)
    await scene.accounts.link(BO, own, server_id=ARENA)

    with pytest.raises(AccountHeld) as held:
        await scene.accounts.link(BO, account, server_id=ARENA, instead_of=own.xuid)

    assert (held.value.holder_id, held.value.is_verified) == (ADA, False)
    link = await scene.accounts.link_of(BO)
    assert link is not None
    assert link.xuid == own.xuid
    assert scene.forgotten == []


async def test_the_same_account_in_another_server_is_no_conflict_until_both_meet(scene: Scene) -> None:
    account = scene.account(0)
    await scene.accounts.link(ADA, account, server_id=ARENA)
    await scene.accounts.link(BO, account, server_id=LOUNGE)

    kept = await scene.accounts.kept(BO, server_id=ARENA)

    assert kept.holder_id == ADA
    assert not kept.is_disputed
    assert kept.server_ids == (LOUNGE,)


async def test_proof_links_whoever_was_not_linked_and_fetches(scene: Scene) -> None:
    account = scene.account(0)
    await scene.accounts.link(ADA, account, server_id=ARENA)

    assert await scene.prove(BO, account, ARENA) is ProofOutcome.RIGHT

    link = await scene.accounts.link_of(BO)
    assert link is not None
    assert link.verified
    assert scene.ingest.told == [account.xuid, account.xuid]
    assert await scene.queued("backfill") == {(account.xuid, ARENA)}
    kept = await scene.accounts.kept(ADA, server_id=LOUNGE)
    assert kept.is_disputed
    assert [name.gamertag for name in kept.names] == [account.gamertag]


async def test_a_code_is_over_after_a_quarter_of_an_hour(scene: Scene) -> None:
    account = scene.account(0)
    await scene.accounts.link(ADA, account, server_id=ARENA)
    proof = await scene.accounts.begin_proof(ADA, account.xuid)
    scene.house.world.set_service_tag(account.xuid, proof.code)

    scene.later = timedelta(minutes=15, seconds=1)
    checked = await scene.accounts.check_proof(ADA, account.xuid, server_id=ARENA)

    assert checked.outcome is ProofOutcome.EXPIRED


async def test_the_tag_is_read_anew_each_time(scene: Scene) -> None:
    account = scene.account(0)
    proof = await scene.accounts.begin_proof(ADA, account.xuid)
    wrong = await scene.accounts.check_proof(ADA, account.xuid, server_id=None)
    scene.house.world.set_service_tag(account.xuid, proof.code)
    right = await scene.accounts.check_proof(ADA, account.xuid, server_id=None)

    assert (wrong.outcome, wrong.checks_left) == (ProofOutcome.WRONG, 4)
    assert right.outcome is ProofOutcome.RIGHT


@pytest.mark.parametrize("asked", ["Nobody By That", f"<@{BO}>", "....", "x" * 40])
async def test_what_is_no_account_is_unknown(scene: Scene, asked: str) -> None:
    with pytest.raises(AccountUnknown):
        await scene.accounts.find(asked, user_id=ADA, server_id=ARENA)


async def test_being_seen_is_written_now_and_then(scene: Scene) -> None:
    await scene.accounts.link(ADA, scene.account(0), server_id=None)

    assert await scene.accounts.came_by(ADA, ARENA)
    assert not await scene.accounts.came_by(ADA, ARENA)
    assert await scene.accounts.came_by(ADA, LOUNGE)
    assert not await scene.accounts.came_by(BO, ARENA)
    scene.later = timedelta(minutes=11)
    assert await scene.accounts.came_by(ADA, ARENA)
    scene.accounts.forget_visits(user_ids=[ADA])
    assert await scene.accounts.came_by(ADA, ARENA)
    assert (await scene.accounts.kept(ADA, server_id=None)).server_ids == (ARENA, LOUNGE)


@pytest.mark.parametrize("how", ["link", "proof"])
async def test_a_lock_right_behind_a_link_takes_nothing_of_it(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The account that was replaced is forgotten as soon as the database can be written again."""
    old, new = scene.account(0), scene.account(1)
    await scene.accounts.link(ADA, old, server_id=ARENA)
    proof = await scene.accounts.begin_proof(ADA, new.xuid)
    scene.house.world.set_service_tag(new.xuid, proof.code)
    links, proofs = scene.store.links, scene.store.verifications

    with ExitStack() as behind:

        def locks(write: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
            async def written(*args: object, **options: object) -> object:
                done = await write(*args, **options)
                behind.enter_context(locked(tmp_path / "store.sqlite"))
                return done

            return written

        monkeypatch.setattr(links, "claim", locks(links.claim))
        monkeypatch.setattr(proofs, "check", locks(proofs.check))
        if how == "link":
            linked = await scene.accounts.link(ADA, new, server_id=ARENA, instead_of=old.xuid)
            assert (linked.is_new, linked.replaced) == (True, old.gamertag)
        else:
            checked = await scene.accounts.check_proof(ADA, new.xuid, server_id=ARENA)
            assert checked.outcome is ProofOutcome.RIGHT
        await scene.slept.wait()
        assert scene.forgotten == []

    scene.wake.set()
    await asyncio.wait_for(scene.forgot.wait(), 10)
    assert scene.forgotten == [People(xuids=frozenset({old.xuid}), gamertags=frozenset({old.gamertag}))]
    assert scene.ingest.told == [old.xuid, new.xuid]
    assert await scene.queued("backfill") == {(new.xuid, ARENA)}
    assert await scene.queued("scrub") == {(None, None)}


async def test_a_lock_before_a_link_leaves_all_as_it_was(scene: Scene, tmp_path: Path) -> None:
    old, new = scene.account(0), scene.account(1)
    await scene.accounts.link(ADA, old, server_id=ARENA)

    with locked(tmp_path / "store.sqlite"), pytest.raises(StoreBusyError):
        await scene.accounts.link(ADA, new, server_id=ARENA, instead_of=old.xuid)

    link = await scene.accounts.link_of(ADA)
    assert link is not None
    assert link.xuid == old.xuid
    assert scene.ingest.told == [old.xuid]
    assert await scene.queued("backfill") == {(old.xuid, ARENA)}
    assert await scene.queued("scrub") == set()
