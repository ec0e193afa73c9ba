"""Servers see their own members, and those only for as long as they are members."""

from __future__ import annotations

from datetime import timedelta

from bot.store import Counter, Rank, Store, Window
from tests.store.scenes import (
    ADA,
    ARENA,
    BEN,
    DAY,
    NOW,
    OLIVE,
    PAT,
    SLAYER,
    TAVERN,
    join,
    make_line,
    make_match,
)

HOUR = timedelta(hours=1)


async def all_boards(store: Store, server_id: int) -> list[set[int]]:
    everything = Window()
    return [
        {line.user_id for line in await store.boards.totals(server_id, tuple(Counter), everything)},
        {line.user_id for line in await store.boards.medals(server_id, 5, everything)},
        {line.user_id for line in await store.boards.longest_sprees(server_id, everything)},
        {line.user_id for line in await store.boards.ranks(server_id, SLAYER, "season")},
        {link.user_id for link in await store.links.of_server(server_id)},
        set(await store.servers.unseen_since(server_id, NOW + 900 * DAY)),
    ]


async def fill(store: Store) -> None:
    await join(store, ADA, OLIVE, server_id=ARENA)
    await join(store, BEN, PAT, "Pat", server_id=TAVERN)
    await store.matches.add(make_match(make_line(OLIVE, medals={5: 1}), make_line(PAT, medals={5: 1})))
    rank = Rank(current=1, season_max=1, all_time_max=1)
    await store.snapshots.add(SLAYER, "season", {OLIVE: rank, PAT: rank}, NOW)


async def test_two_servers_never_see_each_other_s_members(store: Store) -> None:
    await fill(store)

    for _ in range(2):  # the second time from what was kept of the first
        assert await all_boards(store, ARENA) == [{ADA}] * 6
        assert await all_boards(store, TAVERN) == [{BEN}] * 6
        assert await all_boards(store, 555) == [set()] * 6


async def test_a_change_is_seen_on_every_board_at_once(store: Store) -> None:
    await fill(store)
    assert await all_boards(store, ARENA) == [{ADA}] * 6

    await store.links.enter(BEN, ARENA, NOW)
    assert await all_boards(store, ARENA) == [{ADA, BEN}] * 6

    await store.servers.remove_members(ARENA, [ADA])
    assert await all_boards(store, ARENA) == [{BEN}] * 6
    assert await store.links.of_user(ADA) is not None

    await store.erasure.forget_user(BEN)
    assert await all_boards(store, ARENA) == await all_boards(store, TAVERN) == [set()] * 6


async def test_gamertags_and_freshness_on_a_board_are_those_of_now(store: Store) -> None:
    await fill(store)
    await store.boards.totals(ARENA, [], Window())

    await store.players.saw(OLIVE, "Olive Two", NOW)
    await store.players.refreshed([OLIVE], NOW)

    (line,) = await store.boards.totals(ARENA, [], Window())
    assert (line.gamertag, line.refreshed_at) == ("Olive Two", NOW)


async def test_members_are_looked_for_the_longest_unseen_first(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    await store.servers.seen(ARENA, [ADA], NOW)

    assert await store.servers.unseen_since(ARENA, NOW) == (BEN,)
    assert await store.servers.unseen_since(ARENA, NOW + HOUR) == (BEN, ADA)
    assert await store.servers.unseen_since(ARENA, NOW + HOUR, limit=1) == (BEN,)


async def test_who_uses_the_bot_was_seen(store: Store) -> None:
    await join(store, ADA, OLIVE)

    await store.links.enter(ADA, ARENA, NOW)

    assert await store.servers.unseen_since(ARENA, NOW) == ()


async def test_servers_are_known_until_they_are_forgotten(store: Store) -> None:
    await store.servers.add(ARENA, NOW)
    await store.servers.add(ARENA, NOW + HOUR)
    await join(store, ADA, OLIVE, server_id=TAVERN)
    assert await store.servers.known() == {ARENA, TAVERN}

    await store.erasure.forget_server(ARENA)

    assert await store.servers.known() == {TAVERN}
