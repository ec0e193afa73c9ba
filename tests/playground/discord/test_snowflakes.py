"""Ids carry their time and never repeat, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.discord.snowflakes import Snowflakes, snowflake_time


class Hands:
    """A clock that shows the next of some times at every look."""

    def __init__(self, times: list[float]) -> None:
        self._times = iter(times)

    def time(self) -> float:
        return next(self._times)

    def monotonic(self) -> float:
        return 0.0


@settings(deadline=None)
@given(
    st.lists(
        st.integers(1_420_070_400_000, 4_000_000_000_000).map(lambda ms: ms / 1000), min_size=1, max_size=50
    )
)
def test_ids_ascend_even_when_the_clock_does_not(times: list[float]):
    ids = Snowflakes(Hands(times))
    made = [ids.new() for _ in times]

    assert made == sorted(set(made))


def test_an_id_tells_when_it_was_made():
    made = datetime(2026, 11, 22, 17, 0, 0, 250_000, tzinfo=UTC)

    assert snowflake_time(Snowflakes(Hands([made.timestamp()])).new()) == made
