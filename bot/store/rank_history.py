"""A player's ranks in one playlist and season, as rows in time, and where another one that was seen belongs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

__all__ = ["Rank", "RankRow", "placed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A player's standing in a playlist and season; a CSR is None where there is none, or none is known.

    Attributes:
        placement_left: Placement matches still to play; 0 for who is ranked.
        placement_matches: How many of them there are in all.
    """

    current: int | None
    season_max: int | None
    all_time_max: int | None
    placement_left: int = 0
    placement_matches: int = 0

    def __post_init__(self) -> None:
        """Refuse what no rank is; services are not trusted to count.

        Raises:
            ValueError: A CSR is negative or over 31 bits, or a number of matches over 15 bits.
        """
        csrs = (self.current, self.season_max, self.all_time_max)
        matches = (self.placement_left, self.placement_matches)
        if not all(csr is None or 0 <= csr < 2**31 for csr in csrs) or not all(
            0 <= n < 2**15 for n in matches
        ):
            raise ValueError("a rank's number is out of range")

    @property
    def standing(self) -> tuple[int | None, int, int]:
        """The rank without its peaks."""
        return self.current, self.placement_left, self.placement_matches


@dataclass(frozen=True, slots=True)
class RankRow:
    """A rank that was the same from ``taken_at`` to at least ``checked_at``."""

    taken_at: datetime
    checked_at: datetime
    rank: Rank


def placed(rows: Sequence[RankRow], rank: Rank, at: datetime, *, has_peaks: bool = True) -> list[RankRow]:
    """Return the rows with a rank that was seen at some moment, be it before what is there.

    Rows are in the order of time, do not touch, and two that follow one another differ. What is seen between
    two rows belongs to the one before if that is the same, else to the one after, else it is a row of its own.
    What contradicts a row from within splits it: what was seen at both its ends stays, and of what lies between
    them nothing is said any more. What contradicts it at an end is not believed.

    In what order ranks come makes no difference to the standings, as long as none of them is left and returned to
    between two looks that came first.

    Args:
        rows: What is there; the last one alone will do for a moment that is not before it.
        rank: What was seen.
        at: When that was.
        has_peaks: Whether its peaks were seen too. If not, those of the row before are carried on; a later row
            whose peaks are lower than what is carried to it, or not known, is raised.
    """
    place = bisect_right(rows, at, key=_taken_at)
    earlier, later = list(rows[:place]), list(rows[place:])
    before = earlier.pop() if earlier else None
    if before is not None and at <= before.checked_at:
        if before.rank.standing == rank.standing:
            return [*earlier, _told(before, rank, has_peaks=has_peaks), *later]
        if at in {before.taken_at, before.checked_at}:
            return list(rows)
        later.insert(0, replace(before, taken_at=before.checked_at))
        before = replace(before, checked_at=before.taken_at)
    seen = rank if has_peaks else replace(rank, season_max=None, all_time_max=None)
    if before is not None:
        if not has_peaks:
            seen = _carried(seen, before.rank)
        if _may_be_one(before.rank, seen):
            return [*earlier, *_carry_on(RankRow(before.taken_at, at, _joined(before.rank, seen)), later)]
        earlier.append(before)
    if later and _may_be_one(seen, later[0].rank):
        first = later.pop(0)
        return [*earlier, *_carry_on(RankRow(at, first.checked_at, _joined(seen, first.rank)), later)]
    return [*earlier, *_carry_on(RankRow(at, at, seen), later)]


def _told(row: RankRow, rank: Rank, *, has_peaks: bool) -> RankRow:
    """Learn the peaks of a row that had none from a rank that was seen within it."""
    is_new = has_peaks and _may_be_one(row.rank, rank)
    return replace(row, rank=_joined(row.rank, rank)) if is_new else row


def _carry_on(row: RankRow, later: Sequence[RankRow]) -> list[RankRow]:
    """Carry a row's peaks to those after it; who turn out to be the same become one."""
    rows = [row]
    for following in later:
        rank = _carried(following.rank, rows[-1].rank)
        if _may_be_one(rows[-1].rank, rank):
            rows[-1] = RankRow(rows[-1].taken_at, following.checked_at, _joined(rows[-1].rank, rank))
        else:
            rows.append(replace(following, rank=rank))
    return rows


def _carried(rank: Rank, before: Rank) -> Rank:
    """Return a rank with peaks that are no lower than those before it."""
    return replace(
        rank,
        season_max=_raised(rank.season_max, before.season_max, rank.current),
        all_time_max=_raised(rank.all_time_max, before.all_time_max, rank.current),
    )


def _raised(peak: int | None, before: int | None, current: int | None) -> int | None:
    """Without a peak from before there is nothing to tell one from the present rank alone."""
    return peak if before is None else max(csr for csr in (peak, before, current) if csr is not None)


def _may_be_one(a: Rank, b: Rank) -> bool:
    """Whether two ranks are the same as far as they are known."""
    pairs = ((a.season_max, b.season_max), (a.all_time_max, b.all_time_max))
    return a.standing == b.standing and all(x == y or None in {x, y} for x, y in pairs)


def _joined(a: Rank, b: Rank) -> Rank:
    """Return what two ranks that may be one say together."""
    return replace(
        a,
        season_max=b.season_max if a.season_max is None else a.season_max,
        all_time_max=b.all_time_max if a.all_time_max is None else a.all_time_max,
    )


def _taken_at(row: RankRow) -> datetime:
    return row.taken_at
