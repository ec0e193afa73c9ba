"""Which playlists are ranked: those of the table, and those that matches bring up."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from bot.playground.halo import Fault, FaultKind
from bot.playground.world.playlists import PLAYLISTS
from bot.reports.ranked_playlists import RankedPlaylists
from bot.stats.playlists import RANKED_PLAYLISTS
from tests.reports.conftest import House

CONFIGURATION = "/hi/multiplayer/file/playlists/assets/*"
PLAYLIST = "/hi/playlists/*"
SOCIAL = PLAYLISTS["quick_play"].asset_id
NEW = UUID(int=77)


@pytest.fixture
async def playlists(house: House) -> AsyncIterator[RankedPlaylists]:
    opened = RankedPlaylists(house.halo, now=house.now)
    yield opened
    await opened.close()


def publish(house: House, *, has_csr: bool) -> None:
    """Let the service have a playlist that nobody knows yet."""
    house.service.faults.add(
        Fault(
            kind=FaultKind.STATUS,
            status=200,
            path=f"*{NEW}*",
            body=json.dumps({"NameHint": "ga_ranked_new", "HasCsr": has_csr}),
            headers={"Content-Type": "application/json"},
        )
    )


async def test_those_of_the_table_are_known_without_asking(house: House, playlists: RankedPlaylists) -> None:
    assert playlists.known() == RANKED_PLAYLISTS
    playlists.met(RANKED_PLAYLISTS)
    await playlists.settled()

    assert house.asked(CONFIGURATION) == 0


async def test_a_new_ranked_playlist_is_learned_from_a_match(
    house: House, playlists: RankedPlaylists
) -> None:
    publish(house, has_csr=True)

    playlists.met([NEW, NEW])
    playlists.met([NEW])
    await playlists.settled()

    assert playlists.known() == (*RANKED_PLAYLISTS, NEW)
    assert playlists.is_ranked(NEW)
    assert house.asked(CONFIGURATION) == 1


async def test_a_social_playlist_is_looked_at_once_and_is_none(
    house: House, playlists: RankedPlaylists
) -> None:
    for _ in range(3):
        playlists.met([SOCIAL])
        await playlists.settled()

    assert not playlists.is_ranked(SOCIAL)
    assert house.asked(CONFIGURATION) == 1


async def test_a_playlist_that_could_not_be_looked_at_is_looked_at_again(
    house: House, playlists: RankedPlaylists
) -> None:
    house.fail(CONFIGURATION)
    playlists.met([NEW])
    await playlists.settled()
    assert not playlists.is_ranked(NEW)
    house.service.faults.clear()
    publish(house, has_csr=True)

    playlists.met([NEW])
    await playlists.settled()

    assert playlists.is_ranked(NEW)


async def test_where_somebody_has_a_rank_it_is_ranked(house: House, playlists: RankedPlaylists) -> None:
    playlists.add([NEW])

    assert playlists.is_ranked(NEW)
    assert house.asked(CONFIGURATION) == 0


async def test_names_are_the_services_in_the_readers_language_and_kept(
    house: House, playlists: RankedPlaylists
) -> None:
    arena = RANKED_PLAYLISTS[0]

    german = await playlists.names([arena], "de-DE")
    english = await playlists.names([arena], "en-US")
    again = await playlists.names([arena], "de-DE")

    assert german == again == {arena: "Ranglisten-Arena"}
    assert english == {arena: "Ranked Arena"}
    assert house.asked(PLAYLIST) == 2


async def test_a_name_that_takes_too_long_is_left_out_and_there_the_next_time(
    house: House, playlists: RankedPlaylists
) -> None:
    arena = RANKED_PLAYLISTS[0]
    house.service.faults.add(Fault(kind=FaultKind.HOLD, path=PLAYLIST))

    assert await playlists.names([arena], "en-US", patience_s=0.01) == {}
    house.service.faults.clear()

    assert await playlists.names([arena], "en-US", patience_s=10) == {arena: "Ranked Arena"}
    assert house.asked(PLAYLIST) == 1


async def test_a_name_that_cannot_be_had_is_left_out(house: House, playlists: RankedPlaylists) -> None:
    house.fail(PLAYLIST)

    assert await playlists.names([NEW, RANKED_PLAYLISTS[0]], "en-US") == {}
