"""Highlight events from a film's chunk: recorded films where they are beside the project, generated ones always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.race import race
from benchmarks.reference import read_film_by_reference
from benchmarks.table import AGAINST_SPNKR, Part, Row
from bot.halo.film.highlight_events import read
from bot.playground.world import World
from bot.playground.world.film import FilmMoment, write_highlight_events
from bot.playground.world.film_script import write_script

__all__ = ["Film", "films", "measure"]

_RECORDINGS: Final = Path(__file__).parents[1] / "../shared/halo/film"
_SMALL_VERSION: Final = 37
_GENERATED_VERSIONS: Final = (30, 37, 39, 41, 45)
_MODE: Final = "ctf"
_AT_LEAST: Final = 8.0
_TURNS: Final = 9


@dataclass(frozen=True, slots=True)
class Film:
    """The chunk of a film that has its highlight events."""

    title: str
    version: int
    data: bytes


async def measure() -> list[Part]:
    return [Part("highlight events of one film", AGAINST_SPNKR, [_compare(film) for film in films()])]


def films() -> Iterator[Film]:
    """Yield recorded films, if there are any, and generated ones, whole and small."""
    for path in sorted(_RECORDINGS.glob("*_*.gzip")):
        if (version := path.name.partition("_")[0]).isdecimal():
            yield Film(f"version {version}, recorded", int(version), path.read_bytes())
    small = _RECORDINGS / "highlight_events.gzip"
    if small.is_file():
        yield Film(f"version {_SMALL_VERSION}, recorded, small", _SMALL_VERSION, small.read_bytes())
    moments = _script()
    for version in _GENERATED_VERSIONS:
        yield Film(f"version {version}, generated", version, write_highlight_events(moments, version))
    few = write_highlight_events(moments[:6], _SMALL_VERSION)
    yield Film(f"version {_SMALL_VERSION}, generated, small", _SMALL_VERSION, few)


def _script() -> list[FilmMoment]:
    world = World("bench", datetime(2026, 11, 22, 18, 0, tzinfo=UTC), matches=400)
    plan = next(plan for plan in world.matches_of(world.hero.xuid) if plan.mode.key == _MODE)
    match = world.match(plan.match_id)
    assert match is not None
    return write_script(match)


def _compare(film: Film) -> Row:
    ours, theirs = (partial(reader, film.data, film.version) for reader in (read, read_film_by_reference))
    events = ours()
    assert events == theirs(), film.title
    title = f"{film.title}, {len(events)} events"
    return Row.of_race(title, race(ours, theirs, turns=_TURNS), at_least=_AT_LEAST)
