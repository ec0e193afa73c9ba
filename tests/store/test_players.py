"""Gamertags are history; the XUID is who somebody is."""

from __future__ import annotations

from bot.store import KnownGamertag, Store
from tests.store.scenes import ADA, BEN, DAY, NOW, OLIVE, PAT, join

FIRST = NOW - 30 * DAY


async def test_a_rename_is_a_new_entry_and_so_is_a_name_that_was_had_before(store: Store) -> None:
    await join(store, ADA, OLIVE)
    for days, gamertag in ((20, "Olive"), (15, "Popeye"), (10, "Popeye"), (5, "Olive")):
        await store.players.saw(OLIVE, gamertag, NOW - days * DAY)

    assert await store.players.history(OLIVE) == (
        KnownGamertag("Olive", NOW - 5 * DAY, NOW - 5 * DAY),
        KnownGamertag("Popeye", NOW - 15 * DAY, NOW - 10 * DAY),
        KnownGamertag("Olive", FIRST, NOW - 20 * DAY),
    )
    link = await store.links.of_user(ADA)
    assert link is not None
    assert link.gamertag == "Olive"


async def test_what_was_seen_before_what_is_known_changes_nothing(store: Store) -> None:
    await join(store, ADA, OLIVE)

    await store.players.saw(OLIVE, "Too Old", FIRST - DAY)

    assert [known.gamertag for known in await store.players.history(OLIVE)] == ["Olive"]


async def test_case_and_spaces_do_not_matter(store: Store) -> None:
    await join(store, ADA, OLIVE, "Olive Oyl 1929")

    assert await store.players.find(" oLIVEoyl19 29") == OLIVE
    assert await store.players.find("Olive") is None


async def test_a_gamertag_that_moved_is_whose_it_is_now(store: Store) -> None:
    await join(store, ADA, OLIVE, "Champ")
    await join(store, BEN, PAT, "Pat")
    await store.players.saw(OLIVE, "Olive", NOW - DAY)
    assert await store.players.find("champ") is None

    await store.players.saw(PAT, "Champ", NOW)

    assert await store.players.find("champ") == PAT
    assert await store.players.find("pat") is None


async def test_nothing_is_kept_of_whom_nobody_needs(store: Store) -> None:
    await store.players.saw(OLIVE, "Olive", NOW)

    assert await store.players.history(OLIVE) == ()
    assert await store.players.find("Olive") is None


async def test_whatever_a_service_calls_a_gamertag_can_be_stored(store: Store) -> None:
    for n, odd in enumerate(("nul\0in it", "half a \ud800 sign", "ß" * 80, "ΐ" * 64, "名前", "')--")):
        await join(store, ADA + n, OLIVE + n, odd)
        assert await store.players.find(odd.replace("\0", "").replace("\ud800", "?")) in {OLIVE + n, None}
        assert (await store.players.history(OLIVE + n))[0].gamertag
