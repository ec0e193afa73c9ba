"""Who is meant by a name, a mention or nothing at all; and who is offered to whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.identities import Identities
from bot.reports.lookups import Lookups
from bot.reports.players import read_mention
from bot.stats.unanswerable import MentionNotLinked, NoAccountLinked
from bot.store import Address, Store, StoreError, open_store

ARENA, LOUNGE = 1 << 60, 2 << 60
ADA, BO, CLEO = (100_000_000_000_000_001, 100_000_000_000_000_002, 100_000_000_000_000_003)
START = datetime(2026, 11, 22, tzinfo=UTC)


class Scene:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.lookups = Lookups()
        self.identities = Identities(store, self.lookups, now=lambda: self.now)

    async def choices(self, user_id: int, server_id: int | None, typed: str = "") -> list[str]:
        return await self.identities.choices(typed, user_id=user_id, server_id=server_id)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with open_store(Address.of_file(tmp_path / "store.sqlite")) as store:
        await store.links.claim(ADA, 11, "Ember Fox 7", server_id=ARENA, at=START)
        await store.links.claim(BO, 12, "Quiet One", server_id=LOUNGE, at=START)
        yield Scene(store)


def destroy(folder: Path) -> None:
    for file in folder.glob("store.sqlite*"):
        file.unlink()
    (folder / "store.sqlite").write_bytes(b"\xff" * 8192)


async def test_nobody_named_is_the_caller(scene: Scene) -> None:
    assert await scene.identities.whom(None, user_id=ADA, server_id=None) == 11
    assert await scene.identities.whom("  ", user_id=ADA, server_id=LOUNGE) == 11
    with pytest.raises(NoAccountLinked):
        await scene.identities.whom(None, user_id=CLEO, server_id=ARENA)


@pytest.mark.parametrize("written", ["<@{}>", "<@!{}>", " <@{}> "])
async def test_a_mention_is_a_member_of_this_servers_board(scene: Scene, written: str) -> None:
    asked = written.format(ADA)

    assert await scene.identities.whom(asked, user_id=CLEO, server_id=ARENA) == 11
    assert await scene.identities.whom(asked, user_id=ADA, server_id=None) == 11
    for server in (LOUNGE, None):
        with pytest.raises(MentionNotLinked):
            await scene.identities.whom(asked, user_id=CLEO, server_id=server)


async def test_a_mention_of_oneself_without_a_link_asks_for_one(scene: Scene) -> None:
    with pytest.raises(NoAccountLinked):
        await scene.identities.whom(f"<@{CLEO}>", user_id=CLEO, server_id=ARENA)


@given(st.text(max_size=60).filter(lambda text: text.strip() and read_mention(text) is None))
async def test_anything_else_is_handed_on_as_it_was_typed(typed: str) -> None:
    # Nothing is asked of the store, so there is none.
    identities = Identities(None, Lookups(), now=lambda: START)  # pyright: ignore[reportArgumentType]

    assert await identities.whom(typed, user_id=ADA, server_id=ARENA) == typed


async def test_ones_own_look_ups_and_the_servers_members_are_offered(scene: Scene) -> None:
    scene.identities.found(ADA, "Old Rope 44", 13)
    scene.identities.found(BO, "Secret Fox", 14)

    assert await scene.choices(ADA, ARENA) == ["Old Rope 44", "Ember Fox 7"]
    assert await scene.choices(ADA, LOUNGE) == ["Old Rope 44", "Quiet One"]
    assert await scene.choices(ADA, None) == ["Old Rope 44"]
    assert await scene.choices(CLEO, ARENA, "EMBERF") == ["Ember Fox 7"]
    assert await scene.choices(CLEO, None) == []


async def test_no_more_is_offered_than_discord_takes(scene: Scene) -> None:
    for user in range(60):
        await scene.store.links.claim(user + 1, 1000 + user, f"Tag {user:03}", server_id=ARENA, at=START)

    assert len(await scene.choices(CLEO, ARENA)) == 25
    assert await scene.choices(CLEO, ARENA, "tag 059") == ["Tag 059"]


async def test_what_looks_alike_is_suggested_and_nothing_of_other_servers(scene: Scene) -> None:
    like = scene.identities.like

    assert await like("embr fox 7", user_id=CLEO, server_id=ARENA) == ("Ember Fox 7",)
    assert await like("quiet on", user_id=CLEO, server_id=ARENA) == ()
    assert await like("quiet on", user_id=CLEO, server_id=LOUNGE) == ("Quiet One",)
    assert await like("x" * 5_000, user_id=CLEO, server_id=LOUNGE) == ()


async def test_a_board_is_read_anew_when_somebody_came_or_after_a_while(scene: Scene) -> None:
    assert await scene.choices(CLEO, ARENA) == ["Ember Fox 7"]
    await scene.store.links.claim(CLEO, 13, "Old Rope 44", server_id=ARENA, at=START)
    assert await scene.choices(CLEO, ARENA) == ["Ember Fox 7"]

    scene.identities.outdated(ARENA)
    assert await scene.choices(CLEO, ARENA) == ["Ember Fox 7", "Old Rope 44"]
    await scene.store.erasure.forget_user(ADA)
    scene.now += timedelta(minutes=1)
    assert await scene.choices(CLEO, ARENA) == ["Old Rope 44"]


async def test_a_rename_follows_a_look_up(scene: Scene) -> None:
    scene.now += timedelta(days=1)
    scene.identities.found(CLEO, "Ember Wolf 8", 11)
    await scene.identities.close()

    link = await scene.store.links.of_user(ADA)
    assert link is not None
    assert link.gamertag == "Ember Wolf 8"


async def test_a_store_that_fails_leaves_ones_own_look_ups(scene: Scene, tmp_path: Path) -> None:
    scene.identities.found(CLEO, "Old Rope 44", 13)
    await scene.identities.close()
    await scene.store.database.close()
    destroy(tmp_path)

    assert await scene.choices(CLEO, ARENA) == ["Old Rope 44"]
    assert await scene.identities.whom("Ember Fox 7", user_id=ADA, server_id=ARENA) == "Ember Fox 7"
    with pytest.raises(StoreError):
        await scene.identities.whom(None, user_id=ADA, server_id=ARENA)


async def test_the_forgotten_are_offered_to_nobody(scene: Scene) -> None:
    scene.identities.found(CLEO, "Ember Fox 7", 11)
    await scene.choices(CLEO, ARENA)
    await scene.store.erasure.forget_user(ADA)

    scene.identities.forget(user_ids=[ADA], xuids=[11], gamertags=["Ember Fox 7"])

    assert await scene.choices(CLEO, ARENA) == []
