"""The parts of a CSR card's input: a row for each playlist, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.draw.scoreboard_parts import TierIcon, Tone

__all__ = ["Bar", "Movement", "Peak", "RankRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A way: ``part`` of it done (0 to 1), and what is left of it in words, or ""."""

    part: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How a rank moved, in words, and whether that is good."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """A best rank: its number and its name."""

    icon: TierIcon
    value: str
    rank: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """A player's rank in one playlist.

    ``mark`` says of when a row is that is not live; then it stands in the place of the movements. ``bar`` is
    None where there is no way to go, as in a season that is over.
    """

    name: str
    icon: TierIcon
    rank: str
    value: str
    bar: Bar | None
    movements: tuple[Movement, ...]
    mark: str
    season_peak: Peak | None
    all_time_peak: Peak | None
