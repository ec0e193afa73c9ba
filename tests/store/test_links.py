from __future__ import annotations

from bot.store import Holder, Store
from tests.store.scenes import ADA, ARENA, BEN, DAY, NOW, OLIVE, PAT, TAVERN, join


async def test_a_link_is_found_by_user_player_and_server(store: Store) -> None:
    await join(store, ADA, OLIVE, "Olive")

    link = await store.links.of_user(ADA)

    assert link is not None
    assert (link.user_id, link.xuid, link.gamertag, link.verified) == (ADA, OLIVE, "Olive", False)
    assert link.linked_at == NOW - 30 * DAY
    assert await store.links.of_player(OLIVE) == (link,)
    assert await store.links.of_server(ARENA) == (link,)
    assert await store.links.of_server(TAVERN) == ()
    assert await store.links.linked_xuids() == (OLIVE,)


async def test_an_account_is_held_by_one_member_of_a_server(store: Store) -> None:
    await join(store, ADA, OLIVE)

    claim = await store.links.claim(BEN, OLIVE, "Olive", server_id=ARENA, at=NOW)

    assert claim.held_by == Holder(ADA, verified=False)
    assert await store.links.of_user(BEN) is None


async def test_two_servers_may_have_different_holders(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)

    await join(store, BEN, OLIVE, server_id=TAVERN)

    assert [link.user_id for link in await store.links.of_player(OLIVE)] == [ADA, BEN]
    assert await store.links.enter(BEN, ARENA, NOW) == Holder(ADA, verified=False)
    assert [link.user_id for link in await store.links.of_server(ARENA)] == [ADA]


async def test_another_account_replaces_the_link_and_gives_the_old_one_up(store: Store) -> None:
    await join(store, ADA, OLIVE)

    claim = await store.links.claim(ADA, PAT, "Pat", server_id=ARENA, at=NOW)

    link = await store.links.of_user(ADA)
    assert link is not None
    assert (link.xuid, link.linked_at) == (PAT, NOW)
    assert claim.forgotten == (OLIVE,)
    assert await store.links.linked_xuids() == (PAT,)


async def test_whoever_changes_to_an_account_that_is_held_leaves_that_board(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)
    await join(store, BEN, PAT, "Pat", server_id=ARENA)
    await store.links.enter(BEN, TAVERN, NOW)

    claim = await store.links.claim(BEN, OLIVE, "Olive", server_id=TAVERN, at=NOW)

    assert claim.left == (ARENA,)
    assert [link.user_id for link in await store.links.of_server(ARENA)] == [ADA]
    assert [link.user_id for link in await store.links.of_server(TAVERN)] == [BEN]


async def test_whoever_has_no_link_enters_no_board(store: Store) -> None:
    assert await store.links.enter(ADA, ARENA, NOW) is None
    assert await store.links.of_server(ARENA) == ()


async def test_a_link_without_a_server_is_on_no_board(store: Store) -> None:
    await store.links.claim(ADA, OLIVE, "Olive", server_id=None, at=NOW)

    assert await store.links.of_user(ADA) is not None
    assert await store.servers.known() == frozenset()
