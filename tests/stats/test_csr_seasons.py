from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models.gamecms_hacs import CsrSeasonCalendar
from bot.stats.csr_seasons import current_season, find_season, season_number, seasons_of

START = datetime(2026, 1, 6, 17, tzinfo=UTC)
WEEK = timedelta(days=7)
# As irregular as the service's own.
NUMBERS = ("1", "1-2", "2", "2-2", "13-1", "13-2")


def calendar(*numbers: str) -> CsrSeasonCalendar:
    return CsrSeasonCalendar.model_validate(
        {
            "Seasons": [
                {
                    "CsrSeasonFilePath": f"Csr/Seasons/CsrSeason{number}.json",
                    "StartDate": {"ISO8601Date": (START + n * WEEK).isoformat()},
                    "EndDate": {"ISO8601Date": (START + (n + 1) * WEEK).isoformat()},
                }
                for n, number in enumerate(numbers)
            ]
        }
    )


SEASONS = seasons_of(calendar(*NUMBERS))


def test_seasons_come_newest_first_whatever_the_calendars_order() -> None:
    backwards = CsrSeasonCalendar(seasons=tuple(reversed(calendar(*NUMBERS).seasons)))

    assert [season.number for season in SEASONS] == list(reversed(NUMBERS))
    assert seasons_of(backwards) == SEASONS
    assert SEASONS[0].path == "Csr/Seasons/CsrSeason13-2.json"
    assert SEASONS[0].season_id == "CsrSeason13-2"


def test_a_season_without_a_start_or_a_path_is_left_out() -> None:
    broken = {"Seasons": [{"CsrSeasonFilePath": "Csr/Seasons/CsrSeason9.json"}, {"StartDate": {"ISO8601Date": START.isoformat()}}]}  # fmt: skip

    assert seasons_of(CsrSeasonCalendar.model_validate(broken)) == ()


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (START - timedelta(seconds=1), None),
        (START, "1"),
        (START + WEEK - timedelta(microseconds=1), "1"),
        (START + WEEK, "1-2"),
        (START + 50 * WEEK, "13-2"),
    ],
)
def test_a_season_begins_at_its_start_and_lasts_to_the_next(moment: datetime, number: str | None) -> None:
    season = current_season(SEASONS, moment)

    assert (season and season.number) == number


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("13-2", "13-2"),
        (" 13-2 ", "13-2"),
        ("CsrSeason13-2", "13-2"),
        ("csr/seasons/csrseason13-2.json", "13-2"),
        ("Season 13-2 (Nov 2026 – Jan 2027)", "13-2"),
        ("シーズン 13-2", "13-2"),
        ("1", "1"),
        ("season 1", "1"),
        ("13-3", None),
        ("1 or 2", None),
        ("2026", None),
        ("", None),
        ("the last one", None),
    ],
)
def test_a_season_is_found_as_people_write_it(asked: str, number: str | None) -> None:
    season = find_season(asked, SEASONS)

    assert (season and season.number) == number


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_look_for(text: str) -> None:
    find_season(text, SEASONS)
    number = season_number(text)
    assert number is None or number in text
