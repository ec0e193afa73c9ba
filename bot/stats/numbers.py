"""KDA and accuracy as the game shows them, computed in integers.

Both are truncated toward zero to two decimals. Floats get some rows wrong (23 hits of 125 shots become
18.39), so everything stays an integer until the decimal point is set.
"""

from __future__ import annotations

from decimal import Decimal

__all__ = ["accuracy", "kda"]


def kda(kills: int, deaths: int, assists: int) -> Decimal:
    """Return kills + assists/3 − deaths, truncated toward zero to two decimals."""
    return _hundredths(300 * (kills - deaths) + 100 * assists, 3)


def accuracy(shots_hit: int, shots_fired: int) -> Decimal | None:
    """Return the percentage of shots that hit, truncated to two decimals; None without a shot."""
    if shots_fired <= 0:
        return None
    return _hundredths(10_000 * shots_hit, shots_fired)


def _hundredths(numerator: int, denominator: int) -> Decimal:
    """Return ``numerator / denominator`` hundredths, truncated toward zero, with exactly two decimals."""
    whole = abs(numerator) // denominator
    return Decimal(f"{-whole if numerator < 0 else whole}E-2")
