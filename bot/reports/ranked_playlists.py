"""Which playlists are ranked, and what they are called.

The service lists them nowhere. So there is a table of those that were seen (:data:`RANKED_PLAYLISTS`), and every
playlist that a match was played in is looked at once: its live configuration says whether it has CSR.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError, NotFoundError
from bot.halo.transport.options import Priority
from bot.reports.patience import OPTIONAL_S
from bot.reports.recall import Recall
from bot.stats.playlists import RANKED_PLAYLISTS

__all__ = ["RankedPlaylists"]

NAMES: Final = 1_000
NAME_AGE: Final = timedelta(hours=5)
REMEMBERED: Final = 2_000
LOOKING_AT_ONCE: Final = 16
# Names in the reader's language are worth no more than this: there are others in the tables of ours.
NAMING_PATIENCE_S: Final = 0.6


class RankedPlaylists:
    """Knows the ranked playlists, and learns new ones from the matches that others see."""

    def __init__(self, halo: HaloInfiniteClient, *, now: Callable[[], datetime]) -> None:
        self._names_from = halo.with_options(deadline_s=OPTIONAL_S)
        self._configurations = halo.with_options(deadline_s=OPTIONAL_S, priority=Priority.BACKGROUND)
        self._has_csr: OrderedDict[UUID, bool] = OrderedDict((it, True) for it in RANKED_PLAYLISTS)
        self._names: Recall[tuple[UUID, str], str] = Recall(size=NAMES, now=now)
        self._looking: dict[UUID, asyncio.Task[None]] = {}
        self._naming: dict[tuple[UUID, str], asyncio.Task[None]] = {}

    def known(self) -> tuple[UUID, ...]:
        """Every playlist known to be ranked, those of the table first."""
        return tuple(playlist for playlist, has_csr in self._has_csr.items() if has_csr)

    def is_ranked(self, playlist_id: UUID) -> bool:
        """Whether a playlist is known to be ranked."""
        return self._has_csr.get(playlist_id, False)

    def add(self, playlist_ids: Iterable[UUID]) -> None:
        """Learn playlists that are certainly ranked: somebody has a rank in them."""
        for playlist in playlist_ids:
            self._keep(playlist, has_csr=True)

    def met(self, playlist_ids: Iterable[UUID]) -> None:
        """Look at playlists that matches were played in, in the background, each once; returns at once."""
        for playlist in dict.fromkeys(playlist_ids):
            is_new = playlist not in self._has_csr and playlist not in self._looking
            if is_new and len(self._looking) < LOOKING_AT_ONCE:
                task = asyncio.create_task(self._look(playlist), name=f"playlist-{playlist}")
                self._looking[playlist] = task
                task.add_done_callback(lambda _, playlist=playlist: self._looking.pop(playlist, None))

    async def names(
        self, playlist_ids: Iterable[UUID], locale: str, *, patience_s: float = NAMING_PATIENCE_S
    ) -> dict[UUID, str]:
        """What playlists are called in a language (Halo's code); those that take too long, or have no name, are left out.

        They go on being asked for, so that the next question has them.
        """
        wanted = tuple(playlist_ids)
        due = [it for it in wanted if self._names.get((it, locale), within=NAME_AGE) is None]
        if tasks := [self._ask_name(playlist, locale) for playlist in due]:
            await asyncio.wait(tasks, timeout=patience_s)
        named = {playlist: self._names.get((playlist, locale)) for playlist in wanted}
        return {playlist: name for playlist, name in named.items() if name}

    async def settled(self) -> None:
        """Return when every playlist that was met has been looked at."""
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def close(self) -> None:
        """End what is still asked."""
        tasks = [*self._looking.values(), *self._naming.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ask_name(self, playlist_id: UUID, locale: str) -> asyncio.Task[None]:
        key = (playlist_id, locale)
        if (task := self._naming.get(key)) is None:
            task = self._naming[key] = asyncio.create_task(self._learn_name(*key), name=f"name-{playlist_id}")
            task.add_done_callback(lambda _: self._naming.pop(key, None))
        return task

    async def _learn_name(self, playlist_id: UUID, locale: str) -> None:
        with suppress(HaloError):
            self._names.keep((playlist_id, locale), await self._fetch_name(playlist_id, locale))

    async def _fetch_name(self, playlist_id: UUID, locale: str) -> str:
        ugc = self._names_from.discovery_ugc
        playlist = await (await ugc.get_playlist(playlist_id, language=locale)).parse()
        return " ".join(playlist.public_name.split())

    async def _look(self, playlist_id: UUID) -> None:
        """Find out whether a playlist has CSR; after a failure it is looked at again when it is met again."""
        cms = self._configurations.gamecms_hacs
        try:
            configuration = await (await cms.get_playlist_configuration(playlist_id)).parse()
        except NotFoundError:
            self._keep(playlist_id, has_csr=False)
        except HaloError:
            return
        else:
            self._keep(playlist_id, has_csr=configuration.has_csr)

    def _keep(self, playlist_id: UUID, *, has_csr: bool) -> None:
        self._has_csr[playlist_id] = has_csr
        if len(self._has_csr) > REMEMBERED:
            oldest = next(playlist for playlist in self._has_csr if playlist not in RANKED_PLAYLISTS)
            del self._has_csr[oldest]
