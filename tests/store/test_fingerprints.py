"""Of whom nobody links there is no XUID and no gamertag, and yet all is found again when somebody does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.store import Address, Counter, Outcome, Store, Window, open_store
from bot.store.fingerprints import fingerprint, new_secret
from bot.store.tables import GamertagRow, LineRow, PlayerRow
from tests.store.scenes import ADA, ARENA, BEN, DAY, NOW, OLIVE, PAT, TAVERN, join, make_line, make_match

STRANGER = 2_533_274_899_999_999
MINUTE = timedelta(minutes=1)


async def keys(store: Store) -> set[int]:
    """What players are known by: XUIDs, and fingerprints below 0."""
    async with store.database.reading() as connection:
        found = (await connection.execute(select(PlayerRow.xuid))).scalars()
        return {key for key in found if key is not None}


async def named(store: Store) -> set[int]:
    return {key for key in await keys(store) if key > 0}


async def gamertags(store: Store) -> set[str]:
    async with store.database.reading() as connection:
        now = (await connection.execute(select(PlayerRow.gamertag))).scalars()
        ever = (await connection.execute(select(GamertagRow.gamertag))).scalars()
        return {name for name in (*now, *ever) if name is not None}


async def kills(store: Store) -> dict[int, tuple[int, int]]:
    board = await store.boards.totals(ARENA, [Counter.KILLS], Window())
    return {line.xuid: (line.matches, line.values[0]) for line in board}


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_fingerprint_is_a_number_that_no_xuid_is(xuid: int, secret: bytes) -> None:
    mark = fingerprint(secret, xuid)

    assert -(2**63) <= mark < 0
    assert fingerprint(secret, xuid) == mark
    assert fingerprint(secret[1:] + bytes([secret[0] ^ 1]), xuid) != mark


def test_every_secret_is_another_one() -> None:
    assert len({new_secret() for _ in range(100)}) == 100


async def test_opponents_stand_in_the_database_without_xuid_and_gamertag(store: Store) -> None:
    await join(store, ADA, OLIVE)
    strangers = [STRANGER + n for n in range(20)]
    matches = [make_match(make_line(OLIVE), *map(make_line, strangers[n : n + 5])) for n in range(15)]
    await store.matches.add(*matches)
    await store.players.saw(STRANGER, "Stranger", NOW)

    assert await named(store) == {OLIVE}
    assert len(await keys(store)) == 1 + 19  # the same one in every match
    assert await gamertags(store) == {"Olive"}
    for match in matches:
        assert sorted(line.xuid or 0 for line in await store.matches.lines(match.match_id)) == [0] * 5 + [
            OLIVE
        ]


async def test_who_links_later_finds_every_line_and_needs_no_match_again(store: Store) -> None:
    await join(store, ADA, OLIVE)
    matches = [make_match(make_line(OLIVE), make_line(PAT, kills=n)) for n in range(1, 6)]
    await store.matches.add(*matches)

    await join(store, BEN, PAT, "Pat")

    assert await named(store) == await keys(store) == {OLIVE, PAT}
    assert await store.matches.unknown([match.match_id for match in matches], xuid=PAT) == frozenset()
    assert await kills(store) == {OLIVE: (5, 0), PAT: (5, 15)}
    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT, kills=100)))
    assert await kills(store) == {OLIVE: (6, 0), PAT: (6, 115)}
    account = await store.accounts.of_user(BEN)
    assert account is not None
    assert account.matches == len((await store.accounts.export(BEN))["matches"]) == 6


async def test_who_was_erased_comes_in_later_matches_without_a_name(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    old, late = (
        make_match(make_line(OLIVE, kills=3), make_line(PAT)),
        make_match(make_line(OLIVE), make_line(PAT)),
    )
    new = make_match(make_line(OLIVE, kills=5), make_line(PAT))
    await store.matches.add(old)

    await store.erasure.forget_user(ADA)
    await store.matches.add(late)
    await store.matches.add(new)

    assert await named(store) == {PAT}
    assert await gamertags(store) == {"Pat"}
    assert await kills(store) == {PAT: (3, 0)}
    # What came later has one fingerprint; it says nothing of the lines from before.
    async with store.database.reading() as connection:
        rows = await connection.execute(
            select(PlayerRow.id, PlayerRow.xuid, LineRow.match_id).join(
                LineRow, LineRow.player_id == PlayerRow.id
            )
        )
        lines = [tuple(row) for row in rows if row.xuid != PAT]
    assert sorted(key is None for _, key, _ in lines) == [False, False, True]
    assert len({number for number, key, _ in lines if key is not None}) == 1

    await join(store, ADA, OLIVE)
    ids = [match.match_id for match in (old, late, new)]
    assert await store.matches.unknown(ids, xuid=OLIVE) == {old.match_id}
    await store.matches.add(old)
    assert await kills(store) == {OLIVE: (3, 8), PAT: (3, 0)}


async def test_who_opens_a_code_is_kept_by_name_only_until_it_expires(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT, kills=4)))
    before = await keys(store)

    await store.verifications.open(BEN, PAT, current_tag="", at=NOW)
    await store.players.saw(PAT, "Pat", NOW)
    assert await named(store) == {OLIVE, PAT}
    await store.verifications.drop_expired(NOW + 15 * MINUTE)

    assert await keys(store) == before
    assert await gamertags(store) == {"Olive"}
    await join(store, BEN, PAT, "Pat")
    assert await kills(store) == {OLIVE: (1, 0), PAT: (1, 4)}


async def test_a_check_that_comes_to_nothing_leaves_no_name(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT)))

    late = await store.verifications.check(BEN, PAT, tag="nope", server_id=ARENA, at=NOW)
    assert (late.outcome, await named(store)) == (Outcome.EXPIRED, {OLIVE})

    await store.verifications.open(BEN, PAT, current_tag="", at=NOW)
    checks = [
        await store.verifications.check(BEN, PAT, tag="nope", server_id=ARENA, at=NOW) for _ in range(5)
    ]
    assert (checks[-1].outcome, await named(store)) == (Outcome.USED_UP, {OLIVE})

    await store.verifications.open(BEN, PAT, current_tag="", at=NOW)
    await store.erasure.forget_user(BEN)
    assert await named(store) == {OLIVE}


async def test_a_claim_that_is_refused_changes_nothing(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT)))
    before = await keys(store)

    claim = await store.links.claim(BEN, OLIVE, "Olive", server_id=ARENA, at=NOW)

    assert claim.held_by is not None
    assert await keys(store) == before


async def test_one_link_of_two_keeps_the_name(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, OLIVE, server_id=TAVERN)
    await store.erasure.forget_user(ADA)
    assert await named(store) == {OLIVE}

    await store.links.claim(BEN, PAT, "Pat", server_id=TAVERN, at=NOW + DAY)
    assert await named(store) == {PAT}


async def test_another_database_has_other_fingerprints(bare_address: Address, tmp_path: Path) -> None:
    found: list[set[int]] = []
    for address in (bare_address, Address.of_file(tmp_path / "another.sqlite")):
        async with open_store(address) as store:
            await join(store, ADA, OLIVE)
            await store.matches.add(make_match(make_line(OLIVE), make_line(PAT)))
            found.append({key for key in await keys(store) if key < 0})

    assert len(found[0]) == len(found[1]) == 1
    assert found[0] != found[1]
