"""Cached answers that name somebody who was erased go, also where their file was locked at that moment."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.world import World
from bot.reports.forgetting import Forgetting, People
from bot.store import Address, Store, open_store

START = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ADA, ARENA = 111_111_111_111_111_111, 333_333_333_333_333_333


class Scene:
    """A store, a client with a cache file, and what forgets in both."""

    def __init__(self, store: Store, service: HaloService, halo: HaloInfiniteClient, folder: Path) -> None:
        self.store = store
        self.hero = service.world.hero
        self.match = service.world.matches_of(self.hero.xuid)[0].match_id
        self.halo = halo
        self.folder = folder
        self.now = START
        self.forgotten: list[People] = []
        self.forgetting = self.another()

    def another(self) -> Forgetting:
        """Forgetting as it is after a restart: nothing but the store remembers."""
        return Forgetting(
            self.store,
            drop_cached=self.halo.forget,
            drop_all_cached=self.halo.forget_everything,
            memories=[self._forget],
            now=lambda: self.now,
        )

    async def _forget(self, people: People) -> None:
        self.forgotten.append(people)

    async def link_and_look(self) -> None:
        await self.store.links.claim(ADA, self.hero.xuid, self.hero.gamertag, server_id=ARENA, at=self.now)
        await self.halo.stats.get_match_stats(self.match)
        assert self.traces("cache")

    def traces(self, name: str) -> int:
        """How often the player is named in the files of a database: of the cache, or the store."""
        needles = (
            str(self.hero.xuid).encode(),
            self.hero.xuid.to_bytes(8, "big"),
            self.hero.gamertag.encode(),
        )
        files = self.folder.glob(f"{name}.sqlite*")
        return sum(path.read_bytes().count(needle) for path in files for needle in needles)

    @contextmanager
    def locked_cache(self) -> Generator[None]:
        with closing(sqlite3.connect(self.folder / "cache.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    async def is_due(self) -> bool:
        return any(it.kind == "uncache" for it in await self.store.jobs.backlog(self.now))


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    # Whoever finds the file locked need not wait for long to know.
    monkeypatch.setattr("bot.halo.transport.cache._BUSY_TIMEOUT_S", 0.05)
    async with (
        run_halo_service(World(7, START, matches=30), clock=lambda: START) as service,
        open_session(tmp_path / "cache.sqlite") as session,
        open_store(Address.of_file(tmp_path / "store.sqlite"), busy_s=60) as store,
    ):
        halo = HaloInfiniteClient(
            session, service.credentials.spartan, service.credentials.clearance, origin=service.origin
        )
        yield Scene(store, service, halo, tmp_path)


async def test_nothing_is_left_to_do_where_nothing_was_locked(scene: Scene) -> None:
    await scene.link_and_look()

    await scene.forgetting.user(ADA)

    assert scene.traces("cache") == 0
    assert not await scene.forgetting.uncache()


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_could_not_be_deleted_is_deleted_as_soon_as_the_file_is_free(
    scene: Scene, *, restarted: bool
) -> None:
    await scene.link_and_look()

    with scene.locked_cache():
        erased = await scene.forgetting.user(ADA)
        assert erased.xuids == {scene.hero.xuid}
        assert scene.forgotten[-1].xuids == {scene.hero.xuid}
        await scene.store.erasure.scrub()
        # What waits until then names nobody.
        assert await scene.is_due()
        assert scene.traces("store") == 0
        await scene.forgetting.catch_up()
        assert scene.traces("cache")

    scene.now += timedelta(minutes=10)
    forgetting = scene.another() if restarted else scene.forgetting
    await forgetting.catch_up()

    assert scene.traces("cache") == 0
    assert not await scene.is_due()
    assert not (await scene.halo.stats.get_match_stats(scene.match)).from_cache


async def test_a_link_that_is_replaced_while_the_file_is_locked(scene: Scene) -> None:
    await scene.link_and_look()

    with scene.locked_cache():
        claim = await scene.store.links.claim(
            ADA, scene.hero.xuid + 1, "Other", server_id=ARENA, at=scene.now
        )
        await scene.forgetting.released(claim.forgotten, {scene.hero.gamertag})
        assert await scene.is_due()

    await scene.forgetting.catch_up()
    assert scene.traces("cache") == 0


async def test_files_of_the_store_are_rewritten_although_the_cache_stays_locked(scene: Scene) -> None:
    await scene.link_and_look()

    with scene.locked_cache():
        await scene.forgetting.user(ADA)
        scene.now += timedelta(minutes=6)
        await scene.forgetting.catch_up()

        assert not any(it.kind == "scrub" for it in await scene.store.jobs.backlog(scene.now))
        scene.now += timedelta(minutes=1)
        with pytest.raises(sqlite3.OperationalError):
            await scene.forgetting.uncache()
