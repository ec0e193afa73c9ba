from __future__ import annotations

from uuid import UUID

import pytest

from bot.halo.models.stats import MatchHistory, MatchHistoryResult
from bot.stats.history import find_neighbours


def history(*numbers: int) -> tuple[MatchHistoryResult, ...]:
    results = [{"MatchId": str(UUID(int=number)), "MatchInfo": {}} for number in numbers]
    return MatchHistory.model_validate({"Results": results}).results


def test_a_match_in_the_middle_has_a_newer_and_an_older_one() -> None:
    found = find_neighbours(history(5, 4, 3), UUID(int=4))

    assert found is not None
    assert found.index == 1
    assert found.newer is not None
    assert found.older is not None
    assert (found.newer.match_id.int, found.older.match_id.int) == (5, 3)


@pytest.mark.parametrize(("number", "has_newer", "has_older"), [(5, False, True), (3, True, False)])
def test_at_the_edge_of_the_results_one_side_is_open(number: int, has_newer: bool, has_older: bool) -> None:
    found = find_neighbours(history(5, 4, 3), UUID(int=number))

    assert found is not None
    assert (found.newer is not None, found.older is not None) == (has_newer, has_older)


def test_a_match_that_two_pages_repeat_is_stepped_over_once() -> None:
    pages = history(6, 5, 4) + history(4, 3)

    found = find_neighbours(pages, UUID(int=4))

    assert found is not None
    assert found.older is not None
    assert (found.index, found.older.match_id.int) == (2, 3)


def test_a_match_that_is_not_in_the_results_has_no_place_there() -> None:
    assert find_neighbours(history(5, 4), UUID(int=9)) is None
