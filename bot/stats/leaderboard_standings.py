"""Who stands where on a leaderboard.

Ranking is standard competition ranking (1, 2, 2, 4). Whoever has played too few matches for a place, or has no
value at all, follows behind those who have one, with the most matches first: nobody is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.stats.leaderboard_metrics import Numbers

__all__ = ["Field", "Member", "Standings", "rank_all"]

_WHOLE_FLOATS: Final = 2**53  # below it every whole number is a float of its own


class Member(Protocol):
    """Somebody on the board."""

    @property
    def user_id(self) -> int:
        """Who that is on Discord."""
        ...

    @property
    def xuid(self) -> int:
        """Who that is in Halo."""
        ...

    @property
    def gamertag(self) -> str | None:
        """The XUID's name, if it is known."""
        ...

    @property
    def verified(self) -> bool:
        """Whether the account is proven to be theirs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """All members with what counts for a place; the parts go by the members' order.

    Attributes:
        members: They, in the order in which they stand where nothing else decides.
        user_ids: Who they are on Discord.
        matches: How many each has played.
        numerators: What the metric says of each, as a fraction.
        denominators: The fraction's other part; 0: it says nothing.
    """

    members: Sequence[Member]
    user_ids: Sequence[int]
    matches: Numbers
    numerators: Numbers
    denominators: Numbers

    def value(self, at: int) -> Fraction:
        """Return the exact value of the member who stands there; it has to be one."""
        return Fraction(int(self.numerators[at]), int(self.denominators[at]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """A whole board.

    Attributes:
        field: Whose it is.
        order: Where in the field stands who comes first, second and so on.
        ranks: The places of those who have one, which are the first ones of ``order``.
    """

    field: Field
    order: Sequence[int]
    ranks: Sequence[int]


def rank_all(field: Field, needed: int) -> Standings:
    """Put everybody in the order of the board; who ties, or has no place with as many matches, in the field's."""
    can = (field.denominators != 0) & (field.matches >= needed)
    able, others = np.flatnonzero(can), np.flatnonzero(~can)
    values = _floats(field.numerators[able], field.denominators[able])
    best_first = np.argsort(-values, kind="stable")
    able, values = able[best_first], values[best_first]
    starts = np.flatnonzero(np.diff(values, prepend=np.inf))
    lengths = np.diff(starts, append=len(able))
    order: list[int] = able.tolist()
    ranks: list[int] = np.repeat(starts + 1, lengths).tolist()
    if not _are_apart(field.numerators[able], field.denominators[able]):
        for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
            alike = slice(start, start + length)
            order[alike], ranks[alike] = _tell_apart(field, order[alike], start + 1)
    rest: list[int] = others[np.argsort(-field.matches[others], kind="stable")].tolist()
    return Standings(field=field, order=order + rest, ranks=ranks)


def _floats(numerators: Numbers, denominators: Numbers) -> NDArray[np.float64]:
    """Divide with one rounding, so that equal fractions are equal floats and greater ones are no smaller."""
    if max(_greatest(numerators), _greatest(denominators)) < _WHOLE_FLOATS:
        return numerators / denominators
    exactly = zip(numerators.tolist(), denominators.tolist(), strict=True)
    return np.array([numerator / denominator for numerator, denominator in exactly], np.float64)


def _are_apart(numerators: Numbers, denominators: Numbers) -> bool:
    """Whether different fractions have to be different floats.

    Those of a/b and c/d are if they differ by more than one part in 2**52, and they differ by one in a·d at least.
    """
    return _greatest(numerators) * _greatest(denominators) < _WHOLE_FLOATS // 4


def _greatest(numbers: Numbers) -> int:
    return int(np.abs(numbers).max(initial=1))


def _tell_apart(field: Field, alike: list[int], first: int) -> tuple[list[int], list[int]]:
    """Order those whose floats are equal, and return them with their places, of which the first is given."""
    if len(alike) == 1:
        return alike, [first]
    exact = {at: field.value(at) for at in alike}
    if len(set(exact.values())) == 1:
        return alike, [first] * len(alike)
    ordered = sorted(alike, key=exact.__getitem__, reverse=True)
    return ordered, [first + sum(other > exact[at] for other in exact.values()) for at in ordered]
