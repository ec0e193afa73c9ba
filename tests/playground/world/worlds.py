"""Small worlds of any seed, made once for all tests of a process that only look at them."""

from datetime import UTC, datetime
from functools import cache

from hypothesis import strategies as st

from bot.playground.world import World
from bot.playground.world.match import Match

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MATCHES = 60
seeds = st.integers(0, 20)
places_in_worlds = st.tuples(seeds, st.integers(0, MATCHES - 1))


@cache
def small_world(seed: int) -> World:
    return World(seed, NOW, matches=MATCHES)


@cache
def whole_world() -> World:
    return World(7, NOW)


def any_match(where: tuple[int, int]) -> Match:
    seed, at = where
    world = small_world(seed)
    match = world.match(world.all_plans()[at].match_id)
    assert match is not None
    return match
