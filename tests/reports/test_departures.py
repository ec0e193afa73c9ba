"""Who is gone is erased only if Discord plainly says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.reports.departures import Departures, PresenceUnknownError
from bot.reports.forgetting import Forgetting, People
from bot.reports.identities import Identities
from bot.reports.lookups import Lookups
from bot.store import Address, Store, open_store

ARENA, LOUNGE = 5 << 22, 6 << 22
ADA, BO = 101, 102
START = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


class Discord:
    """Who is where, and whether it answers."""

    def __init__(self) -> None:
        self.members: dict[int, set[int]] = {ARENA: {ADA, BO}, LOUNGE: {ADA}}
        self.is_silent = False
        self.listed: set[int] | None = None
        self.asked: list[tuple[int, tuple[int, ...]]] = []

    def is_ours(self, server_id: int) -> bool:
        return True

    async def servers(self) -> frozenset[int]:
        self._answer()
        return frozenset(self.members if self.listed is None else self.listed)

    async def has_removed_us(self, server_id: int) -> bool:
        self._answer()
        return server_id not in self.members

    async def absent(self, server_id: int, user_ids: Collection[int]) -> frozenset[int]:
        self._answer()
        self.asked.append((server_id, tuple(user_ids)))
        return frozenset(user_ids) - self.members[server_id]

    def _answer(self) -> None:
        if self.is_silent:
            raise PresenceUnknownError("silent")


class TimeIsOver(Exception):
    """The test ends here."""


class Scene:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.discord = Discord()
        self.now = START
        self.forgotten: list[People] = []
        self.dropped: list[int] = []
        self.end_at: datetime | None = None
        self.forgetting = Forgetting(
            store,
            drop_cached=self._drop,
            drop_all_cached=self._drop_all,
            memories=[self._remember],
            now=lambda: self.now,
        )
        self.identities = Identities(store, Lookups(), now=lambda: self.now)
        self.departures = Departures(
            store,
            self.forgetting,
            self.identities,
            self.discord,
            now=lambda: self.now,
            sleep=self._sleep,
            random=Random(4),  # noqa: S311 - spreads requests of a test
        )

    async def _drop(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        self.dropped += xuids

    async def _drop_all(self) -> None:
        raise AssertionError("nothing went wrong")

    async def _remember(self, people: People) -> None:
        self.forgotten.append(people)

    async def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self.end_at is not None and self.now >= self.end_at:
            raise TimeIsOver

    async def pass_time(self, **length: float) -> None:
        self.now += timedelta(**length)

    async def board(self, server_id: int) -> set[int]:
        return {link.user_id for link in await self.store.links.of_server(server_id)}


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with open_store(Address.of_file(tmp_path / "store.sqlite")) as store:
        for user, xuid, servers in ((ADA, 11, (ARENA, LOUNGE)), (BO, 12, (ARENA,))):
            for server in servers:
                await store.links.claim(user, xuid, f"Tag {user}", server_id=server, at=START)
        yield Scene(store)


async def test_who_left_is_off_the_board_within_the_hour(scene: Scene) -> None:
    scene.discord.members[ARENA].remove(BO)
    scene.end_at = START + timedelta(hours=1)
    with pytest.raises(TimeIsOver):
        await scene.departures.run()

    assert await scene.board(ARENA) == {ADA}
    assert await scene.store.links.of_user(BO) is not None


async def test_who_was_seen_lately_is_not_asked_for(scene: Scene) -> None:
    await scene.departures.go_round()

    assert scene.discord.asked == []


async def test_members_are_asked_for_a_hundred_at_a_time(scene: Scene) -> None:
    for user in range(1_000, 1_250):
        await scene.store.links.claim(user, user, f"T{user}", server_id=ARENA, at=START)
        scene.discord.members[ARENA].add(user)
    await scene.pass_time(minutes=30)

    await scene.departures.go_round()

    assert sorted(len(users) for server, users in scene.discord.asked if server == ARENA) == [52, 100, 100]
    assert len(await scene.board(ARENA)) == 252


async def test_silence_removes_nobody(scene: Scene) -> None:
    scene.discord.members[ARENA].clear()
    del scene.discord.members[LOUNGE]
    scene.discord.is_silent = True
    await scene.pass_time(minutes=50)

    await scene.departures.go_round()

    assert await scene.board(ARENA) == {ADA, BO}
    assert await scene.board(LOUNGE) == {ADA}


async def test_a_list_that_leaves_a_server_out_is_not_believed_alone(scene: Scene) -> None:
    scene.discord.listed = set()

    await scene.departures.go_round()

    assert await scene.store.servers.known() == {ARENA, LOUNGE}


async def test_a_server_that_is_gone_takes_with_it_whoever_is_nowhere_else(scene: Scene) -> None:
    del scene.discord.members[ARENA]

    await scene.departures.go_round()

    assert await scene.store.servers.known() == {LOUNGE}
    assert await scene.store.links.of_user(BO) is None
    assert await scene.board(LOUNGE) == {ADA}
    assert scene.forgotten == [
        People(user_ids=frozenset({BO}), xuids=frozenset({12}), gamertags=frozenset({"Tag 102"}))
    ]
    assert 12 in scene.dropped


async def test_files_are_scrubbed_once_for_several_erasures(scene: Scene) -> None:
    await scene.forgetting.user(ADA)
    await scene.forgetting.user(BO)
    assert not await scene.forgetting.scrub()

    await scene.pass_time(minutes=6)
    assert await scene.forgetting.scrub()
    assert not await scene.forgetting.scrub()


async def test_a_player_whom_somebody_else_links_is_not_forgotten(scene: Scene) -> None:
    await scene.store.links.claim(BO, 11, "Tag 101", server_id=None, at=START)

    await scene.forgetting.user(ADA)

    assert scene.forgotten == [People(user_ids=frozenset({ADA}))]
    assert await scene.store.links.of_user(BO) is not None
