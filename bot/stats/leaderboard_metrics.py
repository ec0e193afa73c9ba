"""What a server's leaderboard can rank by: one table, an entry for each metric.

A metric reads its value from numbers that are summed up over the board's matches, as an exact fraction, so that
ties are ties and no rounding decides a place. Definitions are those of the game where it has them; KDA is the
mean of kills + assists/3 − deaths. What a metric is called is in :mod:`bot.words.leaderboard_words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["CSR", "CSR_EVER", "MEDAL", "METRICS", "Metric", "Numbers", "Shape", "Source"]

Numbers: TypeAlias = NDArray[np.int64]
"""A number for each member."""
#: Matches and the numbers asked for → numerator and denominator; a denominator of 0 means that there is no value.
Quotient: TypeAlias = Callable[[Numbers, Sequence[Numbers]], tuple[Numbers, Numbers | int]]

_RATE_MATCHES: Final = 10
_MS_A_MINUTE: Final = 60_000


class Source(Enum):
    """Which numbers a metric is made of."""

    TOTALS = "totals"
    MEDAL = "medal"
    SPREE = "spree"
    RANK = "rank"


class Shape(Enum):
    """How a value is written."""

    COUNT = "count"
    DECIMAL = "decimal"
    PERCENT = "percent"
    TIME = "time"
    CSR = "csr"


def _first(_: Numbers, values: Sequence[Numbers]) -> tuple[Numbers, int]:
    return values[0], 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing to rank by; more comes first, of deaths too: fewest would crown who hardly played.

    Attributes:
        key: What buttons and options call it; it never changes.
        shape: How its value is written; a TIME is in milliseconds.
        source: Where its numbers come from.
        numbers: Which ones: counters of the totals, or the field of a rank.
        quotient: Its value, for all members at once.
        least_matches: How many matches it takes to have a place, if nobody says otherwise.
        places: Decimals of a DECIMAL.
    """

    key: str
    shape: Shape = Shape.COUNT
    source: Source = Source.TOTALS
    numbers: tuple[str, ...] = ()
    quotient: Quotient = _first
    least_matches: int = 1
    places: int = 2

    @property
    def is_rank(self) -> bool:
        """Whether it is a CSR, which belongs to one playlist and season and counts no matches."""
        return self.source is Source.RANK


def _rank(key: str, field: str) -> Metric:
    return Metric(key=key, shape=Shape.CSR, source=Source.RANK, numbers=(field,), least_matches=0)


def _rate(
    key: str, *numbers: str, shape: Shape = Shape.DECIMAL, places: int = 2, quotient: Quotient
) -> Metric:
    return Metric(
        key=key, shape=shape, numbers=numbers, quotient=quotient, least_matches=_RATE_MATCHES, places=places
    )


_ALL: Final = (
    _rank("csr", "current"),
    _rank("csr_season", "season_max"),
    _rank("csr_ever", "all_time_max"),
    Metric(key="kills", numbers=("kills",)),
    Metric(key="deaths", numbers=("deaths",)),
    Metric(key="assists", numbers=("assists",)),
    _rate("kd", "kills", "deaths", quotient=lambda _, v: (v[0], np.maximum(v[1], 1))),
    _rate("kda", "kills", "deaths", "assists", quotient=lambda n, v: (3 * (v[0] - v[1]) + v[2], 3 * n)),
    _rate("win_rate", "wins", shape=Shape.PERCENT, quotient=lambda n, v: (100 * v[0], n)),
    Metric(key="matches", quotient=lambda n, _: (n, 1)),
    _rate("accuracy", "hits", "shots", shape=Shape.PERCENT, quotient=lambda _, v: (100 * v[0], v[1])),
    _rate("damage", "damage", "played_ms", places=1, quotient=lambda _, v: (_MS_A_MINUTE * v[0], v[1])),
    Metric(key="headshots", numbers=("headshots",)),
    Metric(key="perfects", numbers=("perfects",)),
    Metric(key="medal", source=Source.MEDAL),
    Metric(key="objective", numbers=("objective_ms",), shape=Shape.TIME),
    Metric(key="spree", source=Source.SPREE),
)

METRICS: Final[Mapping[str, Metric]] = MappingProxyType({metric.key: metric for metric in _ALL})
"""Every metric by its key, in the order in which menus offer them."""

CSR: Final = METRICS["csr"]
CSR_EVER: Final = METRICS["csr_ever"]
MEDAL: Final = METRICS["medal"]
