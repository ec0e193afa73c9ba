"""Recorded films, held against what is known of their matches."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.halo.film.event import HighlightEvent
from bot.halo.film.highlight_events import check, read
from bot.halo.film.medals import FILM_MEDALS
from bot.halo.models.stats import MatchStats
from bot.stats.film.kill_feed import build_kill_feed

_FILMS = Path(__file__).parents[3] / "../shared/halo/film"

pytestmark = pytest.mark.skipif(not _FILMS.is_dir(), reason="the recorded films are not here")

_PLAYED = {
    31: {"kill": 160, "death": 165, "mode": 123, "medal": 80},
    37: {"kill": 96, "death": 96, "medal": 38},
    39: {"kill": 130, "death": 130, "mode": 98, "medal": 59},
    41: {"kill": 116, "death": 116, "mode": 86, "medal": 47},
}


def recorded(version: int) -> list[HighlightEvent]:
    (path,) = _FILMS.glob(f"{version}_*")
    return read(path.read_bytes(), version)


@pytest.mark.parametrize("version", _PLAYED)
def test_every_event_of_a_recorded_film_is_read(version: int) -> None:
    events = recorded(version)

    assert Counter(event.event_type for event in events) == _PLAYED[version]
    assert len({(event.xuid, event.gamertag) for event in events}) == 8
    assert all(event.gamertag.isprintable() and event.gamertag.strip() for event in events)
    assert all((event.medal_name is not None) == event.is_medal for event in events)
    times = [event.time_ms for event in events]
    assert times == sorted(times)
    assert times[-1] < 20 * 60 * 1000


@pytest.mark.parametrize("version", _PLAYED)
def test_nearly_every_kill_of_a_recorded_film_has_its_death(version: int) -> None:
    feed = build_kill_feed(recorded(version))

    kills = [entry for entry in feed if entry.killer_xuid is not None]
    assert sum(entry.is_paired for entry in kills) >= 0.98 * len(kills)


def test_a_recorded_film_agrees_with_the_statistics_of_its_match() -> None:
    stats = MatchStats.model_validate_json((_FILMS / "match_stats.json").read_bytes())
    events = read((_FILMS / "highlight_events.gzip").read_bytes(), 37)

    assert [event.event_type for event in events] == ["mode", "kill", "death", "kill", "medal", "mode"]
    assert events[4].medal_name == "Nade Shot"
    assert check(events, stats) == []
    assert check(events[1:4], stats) != []


def test_the_table_of_medals_is_the_known_one() -> None:
    known = json.loads((_FILMS / "medal_codes.json").read_bytes())

    assert {str(code): medal.display_name for code, medal in FILM_MEDALS.items()} == known
