"""A player's match history, page by page, and where in it a match stands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import BadRequestError, NotFoundError
from bot.halo.models.stats import MatchHistoryResult
from bot.reports.recall import Known, Recall
from bot.stats.history import find_neighbours
from bot.stats.unanswerable import MatchGone

__all__ = ["Histories", "Kind", "Neighbour", "Page"]

Kind = Literal["all", "matchmaking", "custom", "local"]

PAGE = 25
# A shown match moves back by one for every match that ended since: look from just before it, then from the top.
MARGIN = 2
PAGES = 8
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 25 results, newest first; the first one has index ``start``."""

    start: int
    results: tuple[MatchHistoryResult, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A result, its index and the page it was read from."""

    result: MatchHistoryResult
    index: int
    page: Known[Page]


class Histories:
    """Reads histories live, and recalls the pages while the service is in trouble."""

    def __init__(self, halo: HaloInfiniteClient, *, now: Callable[[], datetime]) -> None:
        self._halo = halo
        self._pages: Recall[tuple[str, Kind, int], Page] = Recall(size=REMEMBERED, now=now)

    async def page(self, who: str | int, kind: Kind, start: int) -> Known[Page]:
        """One page. An unknown player has an empty one: the profile service tells that better.

        Raises:
            HaloError: The service failed and the page is not remembered.
        """
        key = (_fold(str(who)), kind, start)
        return await self._pages.ask(key, lambda: self._fetch(who, kind, start))

    def remember(self, xuid: int, kind: Kind, page: Page) -> None:
        """Keep a page that was asked for by gamertag also for those who ask by XUID."""
        self._pages.keep((str(xuid), kind, page.start), page)

    def forget(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget the pages of these players, by whatever name they were asked for."""
        names = {_fold(str(who)) for who in (*xuids, *gamertags)}
        self._pages.forget(lambda key, _: key[0] in names)

    async def neighbour(
        self, who: str | int, kind: Kind, match_id: UUID, *, near: int, older: bool
    ) -> Neighbour | None:
        """The match beside a shown one, which stood at index ``near`` when it was shown; None at the end.

        The shown match is found by its id, so matches that ended meanwhile neither hide nor repeat one.

        Raises:
            MatchGone: The shown match is not found in the history.
        """
        first = max(0, near - MARGIN)
        results: list[MatchHistoryResult] = []
        for start in range(first, first + PAGES * PAGE, PAGE):
            page = await self.page(who, kind, start)
            results += page.value.results
            ended = len(page.value.results) < PAGE
            if found := find_neighbours(results, match_id):
                beside = found.older if older else found.newer
                if beside:
                    return Neighbour(beside, first + found.index + (1 if older else -1), page)
                if (older and ended) or (not older and first == 0):
                    return None
            if ended or (found and not older):
                break
        if first == 0:
            raise MatchGone
        return await self.neighbour(who, kind, match_id, near=0, older=older)

    async def _fetch(self, who: str | int, kind: Kind, start: int) -> Page:
        try:
            response = await self._halo.stats.get_match_history(who, start, PAGE, kind)
        except (NotFoundError, BadRequestError):
            return Page(start, ())
        return Page(start, (await response.parse()).results)


def _fold(who: str) -> str:
    return who.casefold().replace(" ", "")
