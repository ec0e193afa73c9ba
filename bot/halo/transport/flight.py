"""Equal requests at the same time reach the service once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from bot.halo.errors import DeadlineExceededError
from bot.halo.transport.answer import Answer
from bot.halo.transport.call import Ask, Call
from bot.halo.transport.clock import Clock
from bot.halo.transport.options import RequestOptions

__all__ = ["SingleFlight"]

_PATIENCE_WITH_FALLBACK: Final = 0.75
"""The part of its deadline that a caller waits when an expired answer could be served instead."""


@dataclass(slots=True, eq=False)
class _Flight:
    call: Call
    task: asyncio.Task[Answer]


class SingleFlight:
    """The exchanges under way, each with everyone who waits for it.

    An exchange belongs to nobody: it goes on when whoever began it is cancelled, and is cancelled
    when nobody waits any more. Each waiter keeps its own deadline.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._flights: dict[Ask, _Flight] = {}

    async def run(
        self,
        ask: Ask,
        options: RequestOptions,
        fly: Callable[[Ask, Call], Coroutine[Any, Any, Answer]],
    ) -> Answer:
        """Join the exchange for ``ask``, or begin it with ``fly``, and wait for its answer.

        Raises:
            DeadlineExceededError: ``options.deadline_s`` passed first, and there is no expired answer.
            HaloError: Whatever the exchange failed with.
        """
        flight = self._flights.get(ask)
        if flight is None:
            call = Call.begin(ask, options, self._clock)
            flight = _Flight(call, asyncio.create_task(fly(ask, call), name=f"halo {call.endpoint}"))
            self._flights[ask] = flight
            flight.task.add_done_callback(lambda task: self._landed(ask, task))
        flight.call.join(options, self._clock)
        try:
            return await self._wait(flight, options)
        finally:
            if flight.call.leave(options):
                flight.task.cancel()
                self._forget(ask, flight.task)

    async def _wait(self, flight: _Flight, options: RequestOptions) -> Answer:
        patience = options.deadline_s * _PATIENCE_WITH_FALLBACK
        for seconds in (patience, options.deadline_s - patience):
            timer = asyncio.ensure_future(self._clock.sleep(seconds))
            try:
                await asyncio.wait({flight.task, timer}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                timer.cancel()
            if flight.task.done():
                return flight.task.result()
            if flight.call.fallback is not None:
                return flight.call.fallback
        raise DeadlineExceededError(flight.call.endpoint, options.deadline_s)

    def _landed(self, ask: Ask, task: asyncio.Task[Answer]) -> None:
        self._forget(ask, task)
        if not task.cancelled():
            task.exception()  # whoever waits gets it too; here it only counts as retrieved

    def _forget(self, ask: Ask, task: asyncio.Task[Answer]) -> None:
        if (flight := self._flights.get(ask)) is not None and flight.task is task:
            del self._flights[ask]
