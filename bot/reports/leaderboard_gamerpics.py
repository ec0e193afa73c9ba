"""Gamerpics of whole boards, kept in memory: a board shows those that are there, and waits for none."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import HaloError
from bot.halo.models.profile import User
from bot.halo.transport.options import Priority
from bot.reports.patience import OPTIONAL_S

__all__ = ["Gamerpics"]

log = structlog.stdlib.get_logger("adjutant.gamerpics")

KEPT: Final = 500
LARGEST_BYTES: Final = 64 * 1024
AGE: Final = timedelta(hours=24)
AGE_OF_FAILURE: Final = timedelta(minutes=10)
AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture, or the want of one, and until when it need not be asked for again."""

    picture: bytes | None
    until: datetime


class Gamerpics:
    """Remembers gamerpics of 64 px, and fetches what is missing in the background.

    Args:
        halo: Whom to ask; people who wait for an answer come first.
        now: The clock.
    """

    def __init__(self, halo: HaloInfiniteClient, *, now: Callable[[], datetime]) -> None:
        self._halo = halo.with_options(deadline_s=OPTIONAL_S, priority=Priority.BACKGROUND)
        self._now = now
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._coming: dict[int, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    def known(self, xuids: Iterable[int]) -> Mapping[int, bytes]:
        """Return the pictures that are here, PNG or JPEG files by XUID."""
        found: dict[int, bytes] = {}
        for xuid in xuids:
            kept = self._kept.get(xuid)
            if kept is not None and kept.picture is not None:
                self._kept.move_to_end(xuid)
                found[xuid] = kept.picture
        return found

    def ask(self, xuids: Iterable[int]) -> asyncio.Future[list[BaseException | None]] | None:
        """Have those fetched that are not here, or old, in the background; returns at once.

        Returns:
            What is done when they are here or cannot be had; None if nothing is missing.
        """
        now = self._now()
        wanted = list(dict.fromkeys(xuids))
        due = [xuid for xuid in wanted if (kept := self._kept.get(xuid)) is None or kept.until <= now]
        new = [xuid for xuid in due if xuid not in self._coming]
        if new:
            task = asyncio.create_task(self._fetch(new), name="gamerpics")
            self._coming.update(dict.fromkeys(new, task))
            task.add_done_callback(lambda _: self._arrived(new, task))
        tasks = {self._coming[xuid] for xuid in due}
        return asyncio.gather(*map(asyncio.shield, tasks), return_exceptions=True) if tasks else None

    async def forget(self, xuids: Collection[int]) -> None:
        """Keep nothing of these players, also not what is on its way."""
        tasks = {self._coming[xuid] for xuid in xuids if xuid in self._coming}
        await _end(tasks)
        for xuid in xuids:
            self._kept.pop(xuid, None)

    async def close(self) -> None:
        """End what is still fetched."""
        await _end(set(self._coming.values()))

    def _arrived(self, xuids: Sequence[int], task: asyncio.Task[None]) -> None:
        for xuid in xuids:
            if self._coming.get(xuid) is task:
                del self._coming[xuid]

    async def _fetch(self, xuids: Sequence[int]) -> None:
        try:
            users = await (await self._halo.profile.get_users_by_id(xuids)).parse()
        except HaloError:
            users = list[User]()
        pictures = await asyncio.gather(*(self._picture(user.gamerpic.small) for user in users))
        found = {user.xuid: picture for user, picture in zip(users, pictures, strict=True)}
        for xuid in xuids:
            self._keep(xuid, found.get(xuid))

    async def _picture(self, url: str) -> bytes | None:
        async with self._turns:
            try:
                picture = await (await self._halo.profile.get_gamerpic(url)).read()
            except (HaloError, ValueError) as error:
                log.debug("no gamerpic", reason=type(error).__name__)
                return None
        return picture if len(picture) <= LARGEST_BYTES else None

    def _keep(self, xuid: int, picture: bytes | None) -> None:
        """Keep a picture; where there is none now, the one from before."""
        before = self._kept.pop(xuid, None)
        if picture is None and before is not None:
            picture = before.picture
            age = AGE_OF_FAILURE
        else:
            age = AGE_OF_FAILURE if picture is None else AGE
        self._kept[xuid] = _Kept(picture, self._now() + age)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
