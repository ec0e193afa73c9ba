"""Asking for a player's rank in each ranked playlist: one request each, and what was answered before."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import Fault, HaloError, NotFoundError, PayloadError
from bot.halo.models.refdata import SkillResultCode
from bot.reports.csr_past import SeenRank
from bot.stats.csr_rank import NEVER_PLAYED, CsrRank, rank_of

__all__ = ["Question", "Questions", "RankMemory"]

REMEMBERED: Final = 20_000
DEADLINE_S: Final = 15.0
# A wait for the rate that is shorter than this is none.
NO_WAIT_S: Final = 0.25
_KNOWN_CODES: Final = (None, SkillResultCode.SUCCESS, SkillResultCode.NOT_FOUND)

_Key = tuple[int, UUID, str | None]


class RankMemory:
    """The last answers that were good, by player, playlist and season; bounded."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[_Key, SeenRank] = OrderedDict()

    def keep(self, key: _Key, rank: CsrRank) -> SeenRank:
        """Remember a rank as true now."""
        seen = self._kept[key] = SeenRank(rank, self._now())
        self._kept.move_to_end(key)
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return seen

    def get(self, key: _Key) -> SeenRank | None:
        """The last answer, however old."""
        return self._kept.get(key)

    def forget(self, xuids: Collection[int]) -> None:
        """Forget players wholly."""
        for key in [key for key in self._kept if key[0] in xuids]:
            del self._kept[key]


@dataclass(eq=False, slots=True)
class Question:
    """One playlist that is asked about.

    ``held_up`` is done once the question is answered, has failed, or has to wait for its turn.
    """

    playlist_id: UUID
    task: asyncio.Task[SeenRank]
    held_up: asyncio.Future[None]

    @property
    def answer(self) -> SeenRank | None:
        """The live answer, if there is one."""
        return self.task.result() if self.task.done() and self.failure is None else None

    @property
    def failure(self) -> HaloError | None:
        """Why there will be no answer; anything but the service's trouble is raised as the bug that it is."""
        if not self.task.done():
            return None
        error = self.task.exception()
        if error is None or isinstance(error, HaloError):
            return error
        raise error


class Questions:
    """The questions of one look at a player, asked in the order given, as fast as the rate lets them go."""

    def __init__(
        self,
        halo: HaloInfiniteClient,
        memory: RankMemory,
        *,
        xuid: int,
        season_id: str | None,
        playlists: Iterable[UUID],
    ) -> None:
        self._halo = halo
        self._memory = memory
        self._xuid = xuid
        self._season_id = season_id
        self.all = [self._ask(playlist) for playlist in playlists]

    @property
    def waiting(self) -> int:
        """How many are still to be answered."""
        return sum(not question.task.done() for question in self.all)

    async def until_held_up(self, patience_s: float) -> None:
        """Return when all are answered but those that wait for their turn, or when patience is over."""
        if self.all:
            await asyncio.wait([question.held_up for question in self.all], timeout=patience_s)

    async def until_one_more(self) -> None:
        """Return when another one is answered, at once when all are."""
        if left := [question.task for question in self.all if not question.task.done()]:
            await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)

    async def until_over(self, patience_s: float | None = None) -> None:
        """Return when all are answered, or when patience is over."""
        if left := [question.task for question in self.all if not question.task.done()]:
            await asyncio.wait(left, timeout=patience_s)

    def operators_failure(self) -> HaloError | None:
        """A failure that only the operator can mend, such as an expired sign-in."""
        failures = (question.failure for question in self.all)
        return next((error for error in failures if error and error.fault is Fault.OPERATOR), None)

    async def close(self) -> None:
        """End what is still asked, and retrieve every outcome."""
        tasks = [question.task for question in self.all]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ask(self, playlist_id: UUID) -> Question:
        held_up = asyncio.get_running_loop().create_future()

        def release(*_: object) -> None:
            if not held_up.done():
                held_up.set_result(None)

        def on_wait(seconds: float) -> None:
            if seconds > NO_WAIT_S:
                release()

        task = asyncio.create_task(self._fetch(playlist_id, on_wait), name=f"csr-{playlist_id}")
        task.add_done_callback(release)
        return Question(playlist_id, task, held_up)

    async def _fetch(self, playlist_id: UUID, on_wait: Callable[[float], None]) -> SeenRank:
        """Ask for one rank; a playlist without a ladder in the season was not played in it."""
        skill = self._halo.with_options(deadline_s=DEADLINE_S, on_wait=on_wait).skill
        try:
            response = await skill.get_playlist_csr(playlist_id, [self._xuid], self._season_id)
            (value,) = (await response.parse()).value or (None,)
        except NotFoundError:
            value = None
        if value is not None and value.result is None and value.result_code not in _KNOWN_CODES:
            raise PayloadError("csrs", f"result code {value.result_code}")
        rank = NEVER_PLAYED if value is None else rank_of(value.result)
        return self._memory.keep((self._xuid, playlist_id, self._season_id), rank)
