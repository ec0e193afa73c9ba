"""Names of medals and playlists: there at once, and better when Halo has told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from bot.reports.leaderboard_names import BoardNameBook
from bot.reports.ranked_playlists import RankedPlaylists
from bot.stats.playlists import RANKED_PLAYLISTS
from tests.reports.conftest import House

PERFECT = 1512363953


@pytest.fixture
async def book(house: House) -> AsyncIterator[BoardNameBook]:
    playlists = RankedPlaylists(house.halo, now=house.now)
    book = BoardNameBook(house.halo, playlists, now=house.now)
    yield book
    await book.close()
    await playlists.close()


async def test_medals_are_known_by_heart_before_halo_has_told_of_them(house: House, book: BoardNameBook):
    house.fail()

    assert book.medals("ja-JP")[PERFECT] == "Perfect"
    await book.settled()
    assert book.medals("de-DE")[PERFECT] == "Perfect"


async def test_medals_come_in_the_readers_language(book: BoardNameBook):
    book.medals("en-US")
    await book.settled()

    english, japanese = book.medals("en-US"), book.medals("ja-JP")

    assert english[PERFECT] == "Perfect"
    assert set(english) == set(japanese)
    assert english != japanese


async def test_playlists_are_not_waited_for(house: House, book: BoardNameBook):
    other = UUID(int=77)

    first = await book.playlists("de-DE", other)

    assert set(first) == {*RANKED_PLAYLISTS, other}
    assert set(first.values()) == {""}
