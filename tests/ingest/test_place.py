"""How far a history is read, and what is taken for its end."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.halo.models.stats import MatchHistoryResult
from bot.ingest.place import CONFIRMED_AFTER, Place
from tests.ingest.conftest import NOW, House

HOUR = timedelta(hours=1)


@pytest.fixture
async def history(house: House) -> list[MatchHistoryResult]:
    """The newest matches of somebody."""
    response = await house.halo.stats.get_match_history(house.xuid("Tin Marshal"), 0, 25)
    results = list((await response.parse()).results)
    assert len(results) >= 10
    return (results * 3)[:25]


def read(place: Place, page: list[MatchHistoryResult], after: timedelta) -> tuple[Place, timedelta] | None:
    """Read on, from what a job keeps of a place."""
    then = Place.of(json.loads(json.dumps(place.payload()))).after(page, NOW + after)
    return None if then is None else (then[0], then[1] - NOW)


def test_a_full_page_leads_to_the_next_one_at_once(history: list[MatchHistoryResult]) -> None:
    assert read(Place(100), history, HOUR) == (Place(125), HOUR)


def test_a_short_page_is_the_end_when_it_is_the_same_a_day_later(history: list[MatchHistoryResult]) -> None:
    then = read(Place(100), history[:10], HOUR)
    assert then is not None
    place, due = then
    assert (place.start, due) == (100, HOUR + CONFIRMED_AFTER)

    # Asked too early, it waits for its time.
    assert read(place, history[:10], 2 * HOUR) == (place, due)
    assert read(place, history[:10], due) is None
    # There was more after all.
    assert read(place, history, due) == (Place(125), due)
    changed = read(place, history[:7], due)
    assert changed is not None
    assert changed[1] == due + CONFIRMED_AFTER


def test_what_shows_nothing_is_never_the_end_and_asked_ever_more_rarely() -> None:
    place, at, waits = Place(100), timedelta(0), list[timedelta]()
    for _ in range(8):
        then = read(place, [], at)
        assert then is not None
        waits.append(then[1] - at)
        place, at = then

    # From one match further up, so that a true end shows something.
    assert place.start == 99
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=3)


def test_a_gap_ends_where_all_was_known(history: list[MatchHistoryResult]) -> None:
    oldest = min(end for it in history if (end := it.match_info.end_time))

    assert read(Place(0, oldest + HOUR), history, HOUR) is None
    assert read(Place(0, oldest - HOUR), history, HOUR) == (Place(25, oldest - HOUR), HOUR)


def test_a_job_of_an_earlier_version_is_understood() -> None:
    assert Place.of({"start": 250}) == Place(250)
    assert Place.of(Place(3).payload()) == Place(3)
