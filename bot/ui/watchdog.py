"""The watchdog: whatever went wrong where, whoever used a command gets an answer in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import discord

from bot.ui.failure import NOT_FINISHED, RESTARTING, TOO_LONG, Failure
from bot.ui.turn import TROUBLE, Turn
from bot.words.phrase import phrase

__all__ = ["Watchdog"]

ACKNOWLEDGE_S = 2.0  # Discord allows 3 s
NOTICE_S = 10.0
DEADLINE_S = 60.0
CANCEL_S = 5.0
WAITING = phrase("Still at it: Halo takes its time, and we keep to its pace. Your answer arrives here.")

Tell = Callable[[discord.Interaction[Any], Failure], Awaitable[None]]


class Watchdog:
    """Follows each interaction from its arrival to its answer.

    Args:
        tell: Answers a failure without raising.
        acknowledge_s, notice_s, deadline_s: When what was never acknowledged is answered, when a
            long wait is said, and when waiting ends; seconds from the arrival.
    """

    def __init__(
        self,
        tell: Tell,
        *,
        acknowledge_s: float = ACKNOWLEDGE_S,
        notice_s: float = NOTICE_S,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._tell = tell
        self._acknowledge_s = acknowledge_s
        self._notice_s = notice_s
        self._deadline_s = deadline_s
        self._followed: dict[asyncio.Task[None], discord.Interaction[Any]] = {}

    def follow(self, interaction: discord.Interaction[Any]) -> None:
        """Start following an interaction that just arrived."""
        task = asyncio.create_task(self._follow(interaction), name=f"watchdog-{interaction.id}")
        self._followed[task] = interaction
        task.add_done_callback(lambda done: self._followed.pop(done, None))

    async def close(self, grace_s: float) -> None:
        """Let what is under way finish for ``grace_s`` seconds, then answer the rest that we restart."""
        turns = [turn for interaction in self._followed.values() if (turn := Turn.of(interaction))]
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await asyncio.gather(*(turn.over.wait() for turn in turns))
        left = dict(self._followed)
        # Nothing may use Discord's session after this: neither the watch nor what is watched.
        tasks = [turn.task for turn in map(Turn.of, left.values()) if turn and turn.task]
        await _cancel(*left, *tasks)
        await asyncio.gather(*(self._end(interaction, RESTARTING) for interaction in left.values()))

    async def _follow(self, interaction: discord.Interaction[Any]) -> None:
        await asyncio.sleep(self._acknowledge_s)
        turn = Turn.of(interaction)
        if turn is None:
            await self._end(interaction, NOT_FINISHED)
            return
        if not await self._over(turn, self._notice_s - self._acknowledge_s):
            # Whether Discord still listens, the answer itself will tell.
            with suppress(*TROUBLE):
                await turn.notice(WAITING)
            if not await self._over(turn, self._deadline_s - self._notice_s):
                if turn.task:
                    await _cancel(turn.task)
                await self._tell(interaction, TOO_LONG)
        if turn.task:
            # What was answered may still be amended.
            await asyncio.wait((turn.task,))

    async def _over(self, turn: Turn, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await turn.over.wait()
        except TimeoutError:
            return False
        return True

    async def _end(self, interaction: discord.Interaction[Any], failure: Failure) -> None:
        turn = Turn.of(interaction)
        if not turn.over.is_set() if turn else not interaction.response.is_done():
            await self._tell(interaction, failure)


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have ended, but for the one that asks, and not for ever."""
    others = [task for task in tasks if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    if others:
        done, _ = await asyncio.wait(others, timeout=CANCEL_S)
        for task in done:
            # Retrieved, so that nobody warns of it: whoever cancelled has no use for it.
            _ = task.cancelled() or task.exception()
