"""Stepping through a match history from a match that is known by its id.

Positions shift whenever a match ends, ids do not: stepping from an id neither skips nor repeats one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.halo.models.stats import MatchHistoryResult

__all__ = ["Neighbours", "find_neighbours"]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a match stands in a history, newest first, and what lies beside it.

    ``index`` counts distinct matches from the start of the results given. ``newer`` or ``older`` is None
    at the edge of those results: another page may hold more.
    """

    index: int
    newer: MatchHistoryResult | None
    older: MatchHistoryResult | None


def find_neighbours(results: Iterable[MatchHistoryResult], match_id: UUID) -> Neighbours | None:
    """Find a match among history results, newest first; None when it is not among them.

    ``results`` may be several pages in a row. A match that a page repeats, because another one ended
    between the two requests, counts once.
    """
    distinct = list({result.match_id: result for result in results}.values())
    index = next((i for i, result in enumerate(distinct) if result.match_id == match_id), None)
    if index is None:
        return None
    return Neighbours(
        index=index,
        newer=distinct[index - 1] if index > 0 else None,
        older=distinct[index + 1] if index + 1 < len(distinct) else None,
    )
