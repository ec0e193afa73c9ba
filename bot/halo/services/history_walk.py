"""A whole match history out of its pages, which shift by one for every match that ends meanwhile."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.halo.errors import PayloadError
from bot.halo.models.stats import MatchHistory, MatchHistoryResult

__all__ = ["PAGE_SIZE", "AskPage", "walk_history"]

PAGE_SIZE: Final = 25
"""The most matches that the service answers at once."""

AskPage = Callable[[int], Awaitable[MatchHistory]]
"""Returns the page after so many newer matches; it is asked for :data:`PAGE_SIZE`."""

_BARREN_PAGES: Final = 8
"""So many full pages in a row without anything new are no shift: nobody plays 200 matches between two pages."""


async def walk_history(
    ask_page: AskPage, start: int, endpoint: str
) -> AsyncGenerator[MatchHistoryResult, None]:
    """Yield the matches from index ``start`` on, newest first, each once; ask for a page when it is needed.

    A page with less than :data:`PAGE_SIZE` matches is the last one. Matches that end while the history is
    read move the others to higher indices, so a page repeats some of an earlier one and never leaves anything
    out. They themselves are not yielded: they began later than all of the first page.

    Args:
        ask_page: Asks the service.
        start: How many of the newest matches to leave out.
        endpoint: Host and path, fit for a message.

    Raises:
        PayloadError: The service answers the same matches again and again.
        HaloError: Whatever a page fails with.
    """
    seen: set[UUID] = set()
    latest: datetime | None = None
    barren_pages = 0
    while barren_pages < _BARREN_PAGES:
        results = (await ask_page(start)).results
        unseen = {result.match_id: result for result in results if result.match_id not in seen}
        if not seen:
            latest = max(filter(None, map(_beginning, results)), default=None)
        seen.update(unseen)
        for result in unseen.values():
            if not _began_after(latest, result):
                yield result
        if len(results) < PAGE_SIZE:
            return
        start += PAGE_SIZE
        barren_pages = 0 if unseen else barren_pages + 1
    raise PayloadError(endpoint, f"{_BARREN_PAGES} pages in a row repeat the matches before them")


def _beginning(result: MatchHistoryResult) -> datetime | None:
    return result.match_info.start_time


def _began_after(moment: datetime | None, result: MatchHistoryResult) -> bool:
    # The end tells less: somebody who leaves a custom game early can play many matches before it is over.
    beginning = _beginning(result)
    return moment is not None and beginning is not None and beginning > moment
