"""What `/account` shows and gives away is all there is, and is gone when it is erased."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.store import Board, KnownGamertag, NewJob, Rank, Store
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

FIRST = NOW - 30 * DAY


async def fill(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    await store.links.enter(ADA, TAVERN, NOW)
    await store.players.saw(OLIVE, "Olive ★", NOW)
    await store.players.refreshed([OLIVE], NOW)
    await store.matches.add(
        make_match(make_line(OLIVE, kills=7, medals={5: 2}), make_line(PAT, kills=1), playlist_id=None),
        make_match(make_line(PAT)),
    )
    rank = Rank(current=1, season_max=2, all_time_max=3)
    await store.snapshots.add(SLAYER, "season", {OLIVE: rank, PAT: rank}, NOW)
    await store.jobs.add(NewJob(kind="refresh", key="olive's", due_at=NOW, xuid=OLIVE, payload={"page": 2}))
    await store.jobs.add(NewJob(kind="refresh", key="pat's", due_at=NOW, xuid=PAT))
    await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)


async def test_an_account_in_short(store: Store) -> None:
    await fill(store)

    account = await store.accounts.of_user(ADA)

    assert account is not None
    assert account.link == await store.links.of_user(ADA)
    assert account.boards == (Board(ARENA, FIRST, FIRST), Board(TAVERN, NOW, NOW))
    assert account.gamertags == (KnownGamertag("Olive", FIRST, FIRST), KnownGamertag("Olive ★", NOW, NOW))
    assert (account.matches, account.snapshots, account.jobs, account.codes) == (1, 1, 1, 1)
    assert account.refreshed_at == NOW


async def test_an_export_has_all_that_is_the_user_s_and_nothing_of_others(store: Store) -> None:
    await fill(store)

    text = json.dumps(await store.accounts.export(ADA), ensure_ascii=False)
    export = json.loads(text)

    assert export["user_id"] == str(ADA)
    assert (export["link"]["xuid"], export["link"]["gamertag"]) == (str(OLIVE), "Olive ★")
    assert [board["server_id"] for board in export["boards"]] == [str(ARENA), str(TAVERN)]
    assert [known["gamertag"] for known in export["gamertags"]] == ["Olive", "Olive ★"]
    assert [(rank["playlist_id"], rank["season_id"], rank["all_time_max"]) for rank in export["ranks"]] == [
        (str(SLAYER), "season", 3)
    ]
    (match,) = export["matches"]
    assert (match["kills"], match["medals"], match["playlist_id"]) == (7, {"5": 2}, None)
    assert match["ended_at"] == (NOW - DAY).isoformat()
    assert [job["payload"] for job in export["jobs"]] == [{"page": 2}]
    assert [code["xuid"] for code in export["verifications"]] == [str(OLIVE)]
    assert str(PAT) not in text
    assert str(BEN) not in text


async def test_of_whom_nothing_is_stored_there_is_nothing(store: Store) -> None:
    await fill(store)
    await store.erasure.forget_user(ADA)

    assert await store.accounts.of_user(ADA) is None
    export = await store.accounts.export(ADA)
    assert {name for name, value in export.items() if value} == {"user_id"}
    assert await store.accounts.of_user(BEN) is not None


async def test_who_linked_and_used_no_server_has_an_account_too(store: Store) -> None:
    await store.links.claim(ADA, OLIVE, "Olive", server_id=None, at=NOW + timedelta(seconds=1))

    account = await store.accounts.of_user(ADA)

    assert account is not None
    assert account.boards == ()
