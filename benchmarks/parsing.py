"""From a body's bytes to a model, for every kind of answer that both clients have."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from benchmarks.bodies import recorded_body, simulated_bodies
from benchmarks.kinds import KINDS, MODES, Kind, match_kind
from benchmarks.race import Race, race
from benchmarks.reference import parser_of_reference
from benchmarks.table import AGAINST_SPNKR, Part, Row
from bot.halo.models.stats import MatchStats
from bot.halo.responses import ModelParser

__all__ = ["measure"]

_MEDIAN_AT_LEAST: Final = 1.6


async def measure() -> list[Part]:
    kinds = [*KINDS, *(match_kind(mode) for mode in MODES)]
    simulated = await simulated_bodies(kinds)
    races = [(kind, _compare(kind, recorded_body(kind) or simulated[kind.name])) for kind in kinds]
    by_json = _by_json(simulated["match_oddball"])
    return [
        Part("one body to one model", AGAINST_SPNKR, list(_rows(races))),
        Part("one match, from its bytes", ("ours", "by json", "as fast"), [by_json]),
    ]


def _compare(kind: Kind, body: bytes) -> Race:
    parse = ModelParser[Any](kind.model).from_bytes
    parse_theirs = parser_of_reference(kind.reference, is_list=kind.is_list)
    return race(partial(parse, body), partial(parse_theirs, body))


def _rows(races: Sequence[tuple[Kind, Race]]) -> Iterator[Row]:
    """Yield a row for each body, and what they come to; a kind of which there are several bodies counts once."""
    by_kind: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
    for kind, result in sorted(races, key=lambda entry: entry[1].ratio):
        yield Row.of_race(kind.title, result)
        by_kind[kind.reference, kind.is_list].append(result.ratio)
    median = statistics.median(statistics.median(ratios) for ratios in by_kind.values())
    worst = min(result.ratio for _, result in races)
    yield Row(f"median of {len(by_kind)} kinds", "", "", f"{median:.2f} ×", median < _MEDIAN_AT_LEAST)
    yield Row("worst", "", "", f"{worst:.2f} ×", worst < 1)


def _by_json(body: bytes) -> Row:
    """Straight from the bytes, against the way through `json.loads` on the same models."""
    result = race(lambda: MatchStats.model_validate_json(body), lambda: MatchStats(**json.loads(body)))
    return Row.of_race("MatchStats(**json.loads(body))", result)
