"""Parsing a match: straight from the body's bytes, against the way through json.loads, on the same models."""

from __future__ import annotations

import json
import statistics
import timeit
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.result import Result
from bot.halo.models.stats import MatchStats
from bot.playground.halo.wire.match_json import write_match
from bot.playground.world import World

__all__ = ["measure"]

ROUNDS, LOOPS = 15, 40


def measure() -> list[Result]:
    world = World("bench", datetime(2026, 11, 1, tzinfo=UTC))
    plan = world.matches_of(world.hero.xuid)[0]
    match = world.match(plan.match_id)
    assert match is not None
    body = json.dumps(write_match(world.catalogue, match)).encode()
    through_json = _median(lambda: MatchStats(**json.loads(body)))
    from_bytes = _median(lambda: MatchStats.model_validate_json(body))
    return [Result("parse a match, against Model(**json.loads(body))", from_bytes, through_json)]


def _median(call: Callable[[], object]) -> float:
    return statistics.median(timeit.repeat(call, repeat=ROUNDS, number=LOOPS)) / LOOPS * 1000
