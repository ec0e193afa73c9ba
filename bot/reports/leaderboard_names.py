"""What boards can be asked for, and what that is called: medals and playlists, from memory.

Autocomplete cannot wait, and a board does not: what is not known yet is fetched behind the caller's back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.models.gamecms_hacs import Medal
from bot.halo.models.refdata import MedalNameId
from bot.reports.patience import OPTIONAL_S
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.references import References
from bot.stats.medals import name_medal

__all__ = ["BoardNameBook"]

AGE: Final = timedelta(hours=6)


class BoardNameBook:
    """Remembers names in every language in which somebody asked.

    Args:
        halo: Whom to ask in the background.
        playlists: The playlists that have a CSR, and playlists' names.
        now: The clock.
    """

    def __init__(
        self, halo: HaloInfiniteClient, playlists: RankedPlaylists, *, now: Callable[[], datetime]
    ) -> None:
        self._references = References(halo.with_options(deadline_s=OPTIONAL_S))
        self._playlists = playlists
        self._now = now
        self._medals: dict[int, Medal | None] = dict.fromkeys(int(medal) for medal in MedalNameId)
        self._fresh_until: datetime | None = None
        self._titles: dict[str, dict[int, str]] = {}
        self._learning: asyncio.Task[None] | None = None

    async def playlists(self, locale: str, *also: UUID) -> dict[UUID, str]:
        """What the playlists that a board can be about are called in a language (Halo's code).

        "" stands for what is not known yet: it is asked for, and not waited for.
        """
        every = tuple(dict.fromkeys((*self._playlists.known(), *also)))
        named = await self._playlists.names(every, locale, patience_s=0)
        return {playlist: named.get(playlist, "") for playlist in every}

    def medals(self, locale: str) -> dict[int, str]:
        """What medals are called in a language, by their name id, those hardest to earn first.

        Before Halo has told of them, it is those that are known by heart, in English.
        """
        if self._fresh_until is None or self._fresh_until <= self._now():
            self._learn()
        if locale not in self._titles:
            named = {name_id: name_medal(name_id, medal, locale) for name_id, medal in self._medals.items()}
            self._titles[locale] = {name_id: title for name_id, title in named.items() if title}
        return self._titles[locale]

    async def settled(self) -> None:
        """Return when nothing is being learned of medals."""
        if self._learning is not None:
            await asyncio.gather(self._learning, return_exceptions=True)

    async def close(self) -> None:
        """End what is still asked."""
        if self._learning is not None:
            self._learning.cancel()
            await self.settled()

    def _learn(self) -> None:
        if self._learning is None or self._learning.done():
            self._learning = asyncio.create_task(self._learn_medals(), name="board-medals")

    async def _learn_medals(self) -> None:
        metadata = await self._references.medals()
        if metadata is not None:
            ordered = sorted(metadata.medals, key=_rarity)
            self._medals = {int(medal.name_id): medal for medal in ordered}
            self._fresh_until = self._now() + AGE
            self._titles.clear()


def _rarity(medal: Medal) -> tuple[int, int, int]:
    return -(medal.difficulty or 0), -medal.sorting_weight, medal.sprite_index
