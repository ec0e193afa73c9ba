"""What boards are made of: columns over all members, of which single lines are made when they are looked at.

A board has a line for each of a thousand members, and a page shows eleven of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

__all__ = ["BoardLine", "Members", "RankBoard", "RankLine", "Table", "TotalsBoard"]

L = TypeVar("L")
Table: TypeAlias = NDArray[np.int64]
"""A row of numbers for each member, in the members' order; or one number."""


class BoardLine(NamedTuple):
    """A member's numbers. ``values`` come in the order they were asked for; ``matches`` is over the same window."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    refreshed_at: datetime | None
    matches: int
    values: tuple[int, ...]


class RankLine(NamedTuple):
    """A member's CSR as last seen; all None where none was seen that season."""

    user_id: int
    xuid: int
    gamertag: str | None
    verified: bool
    checked_at: datetime | None
    current: int | None
    season_max: int | None
    all_time_max: int | None


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a server, column by column, in the order of their gamertags, then of their users."""

    players: Table
    user_ids: tuple[int, ...] = ()
    xuids: tuple[int, ...] = ()
    gamertags: tuple[str | None, ...] = ()
    verified: tuple[bool, ...] = ()
    refreshed_at: tuple[datetime | None, ...] = ()

    def __len__(self) -> int:
        return len(self.user_ids)

    def who(self, at: int) -> tuple[int, int, str | None, bool]:
        """Return a member's user, XUID and gamertag, and whether the account is proven to be theirs."""
        return self.user_ids[at], self.xuids[at], self.gamertags[at], self.verified[at]

    def places_of(self, players: Table) -> Table:
        """Return where in the columns these players stand; all of them have to be members."""
        rising = np.argsort(self.players)
        return rising[np.searchsorted(self.players, players, sorter=rising)]


class _Lines(Sequence[L]):
    """Lines that are made when they are asked for."""

    __slots__ = ()

    def line(self, at: int) -> L:
        """Return the line of the member at a place from 0."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> L: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[L, ...]: ...
    def __getitem__(self, index: int | slice) -> L | tuple[L, ...]:
        places = range(len(self))[index]
        return self.line(places) if isinstance(places, int) else tuple(map(self.line, places))


@dataclass(frozen=True, slots=True, eq=False)
class TotalsBoard(_Lines[BoardLine]):
    """What members did in a window: a line for each, with 0 matches too.

    Attributes:
        members: Whose lines they are.
        matches: How many each has played.
        values: A row for each, in the order that was asked for.
    """

    members: Members
    matches: Table
    values: Table

    def __len__(self) -> int:
        return len(self.members)

    def line(self, at: int) -> BoardLine:
        """Return one member's line."""
        seen, values = self.members.refreshed_at[at], tuple(self.values[at].tolist())
        return BoardLine(*self.members.who(at), seen, int(self.matches[at]), values)


@dataclass(frozen=True, slots=True, eq=False)
class RankBoard(_Lines[RankLine]):
    """Members' CSR, a line for each.

    Attributes:
        members: Whose lines they are.
        checked_at: When each was last looked at.
        current: The CSR now.
        season_max: The season's peak.
        all_time_max: The peak of any season.
    """

    members: Members
    checked_at: tuple[datetime | None, ...]
    current: tuple[int | None, ...]
    season_max: tuple[int | None, ...]
    all_time_max: tuple[int | None, ...]

    def __len__(self) -> int:
        return len(self.members)

    def line(self, at: int) -> RankLine:
        """Return one member's line."""
        csr = (self.current[at], self.season_max[at], self.all_time_max[at])
        return RankLine(*self.members.who(at), self.checked_at[at], *csr)
