"""Who stands where on a leaderboard.

Ranking is standard competition ranking (1, 2, 2, 4). Whoever has played too few matches for a place, or has no
value at all, follows behind those who have one, with the most matches first: nobody is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

__all__ = ["Field", "Member", "Standings", "rank_all"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All members with what counts for a place; the parts go by the members' order.

    Attributes:
        members: They.
        matches: How many each has played.
        quotients: What the metric says of each, as numerator and denominator; a denominator of 0: nothing.
    """

    members: Sequence[Member]
    matches: Sequence[int]
    quotients: Sequence[tuple[int, int]]


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
    """Put everybody in the order of the board.

    Who ties stands in the order of gamertags; so does who has as many matches, none of them enough.
    """
    members, matches, quotients = field.members, field.matches, field.quotients
    names = [(member.gamertag or "").casefold() for member in members]
    everybody = sorted(range(len(members)), key=lambda at: members[at].user_id)
    everybody.sort(key=names.__getitem__)
    able = [at for at in everybody if quotients[at][1] and matches[at] >= needed]
    # Correctly rounded, so equal fractions are equal floats; the reverse is seen to below.
    is_whole = all(quotients[at][1] == 1 for at in able)
    values = {at: quotients[at][0] if is_whole else quotients[at][0] / quotients[at][1] for at in able}
    able.sort(key=values.__getitem__, reverse=True)
    ranks: list[int] = []
    while len(ranks) < len(able):
        start, end = len(ranks), len(ranks) + 1
        value = values[able[start]]
        while end < len(able) and values[able[end]] == value:
            end += 1
        if is_whole or end == start + 1:
            ranks += [start + 1] * (end - start)
            continue
        able[start:end], places = _tell_apart(able[start:end], quotients)
        ranks += (start + place for place in places)
    others = [at for at in everybody if at not in values]
    others.sort(key=matches.__getitem__, reverse=True)
    return Standings(field=field, order=[*able, *others], ranks=ranks)


def _tell_apart(alike: list[int], quotients: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Order those whose floats are equal, and return them with their places among each other, from 1."""
    numerator, denominator = quotients[alike[0]]
    if all(quotients[at][0] * denominator == numerator * quotients[at][1] for at in alike):
        return alike, [1] * len(alike)
    exact = {at: Fraction(*quotients[at]) for at in alike}
    ordered = sorted(alike, key=exact.__getitem__, reverse=True)
    return ordered, [1 + sum(other > exact[at] for other in exact.values()) for at in ordered]
