"""The figures of a run, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.race import Race

__all__ = ["AGAINST_BOUND", "AGAINST_SPNKR", "Part", "Row", "format_part", "format_seconds"]

AGAINST_SPNKR: Final = ("ours", "spnkr", "as fast")
"""Headings of figures beside the published client's: how many times as fast ours is."""

AGAINST_BOUND: Final = ("measured", "bound", "of it")
"""Headings of figures beside a bound: how much of it is used."""

_LEAST_WIDTH: Final = 8
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside what it is held against.

    Attributes:
        what: What was measured.
        ours: Our figure with its unit.
        other: The other figure; empty where there is none.
        ratio: How they compare, as the headings say; empty where that says nothing.
        is_missed: The figure is not what it has to be.
    """

    what: str
    ours: str
    other: str = ""
    ratio: str = ""
    is_missed: bool = False

    @classmethod
    def of_race(cls, what: str, race: Race, *, at_least: float = 1.0) -> Row:
        """Two times, and how many times as fast ours has to be at least."""
        ours, theirs = format_seconds(race.ours_s), format_seconds(race.theirs_s)
        return cls(what, ours, theirs, f"{race.ratio:.2f} ×", race.ratio < at_least)

    @classmethod
    def of_bound(cls, what: str, measured_s: float, bound_s: float, *, at_most: float = 1.0) -> Row:
        """A time and a bound, and how much of that it may take."""
        ratio = measured_s / bound_s
        return cls(what, format_seconds(measured_s), format_seconds(bound_s), f"{ratio:.2f}", ratio > at_most)


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs together in the table."""

    title: str
    headings: tuple[str, str, str]
    rows: Sequence[Row]


def format_seconds(seconds: float) -> str:
    """A time with three digits or more, in the largest unit of which it is one at least."""
    worth, unit = next((entry for entry in _UNITS if seconds >= entry[0]), _UNITS[-1])
    figure = seconds / worth
    return f"{figure:.{max(0, 2 - (figure >= 10) - (figure >= 100))}f} {unit}"


def format_part(part: Part) -> Iterator[str]:
    """Yield the lines of a part, its columns aligned; a figure that is missed is marked."""
    lines = [(part.title, *part.headings)]
    lines += [(f"  {row.what}", row.ours, row.other, row.ratio) for row in part.rows]
    marks = ["", *("  ← missed" if row.is_missed else "" for row in part.rows)]
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    for (what, *figures), mark in zip(lines, marks, strict=True):
        cells = (
            f"{figure:>{max(width, _LEAST_WIDTH)}}" for figure, width in zip(figures, others, strict=True)
        )
        yield f"{what:<{first}}  {'  '.join(cells)}{mark}".rstrip()
