"""Discord's ids: milliseconds since 2015 in the upper 42 bits, a counter in the lower 22."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground.discord.clock import Clock

__all__ = ["DISCORD_EPOCH_MS", "Snowflakes", "snowflake_time"]

DISCORD_EPOCH_MS = 1_420_070_400_000
_COUNTER_BITS = 22


def snowflake_time(snowflake: int) -> datetime:
    """Return the moment at which an id was made."""
    return datetime.fromtimestamp(((snowflake >> _COUNTER_BITS) + DISCORD_EPOCH_MS) / 1000, tz=UTC)


class Snowflakes:
    """Makes ids that are unique, ascending and carry the clock's time, as clients expect of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_ms = 0
        self._counter = 0

    def new(self) -> int:
        """Return the next id; ids made in the same millisecond differ in their counter."""
        now_ms = max(int(self._clock.time() * 1000) - DISCORD_EPOCH_MS, self._last_ms)
        self._counter = self._counter + 1 if now_ms == self._last_ms else 0
        self._last_ms = now_ms
        return (now_ms << _COUNTER_BITS) + self._counter
