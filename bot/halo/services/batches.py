"""Calls for many players at once, whatever the number that a service takes in one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from pydantic_core import from_json

from bot.halo.errors import BadRequestError, HaloResponseError, NotFoundError
from bot.halo.responses import JsonResponse, ModelParser
from bot.halo.transport.answer import Answer
from bot.halo.xuid import unwrap_xuid, xuid_of_player_id

__all__ = ["Batch", "BatchResponse", "people_of"]

T = TypeVar("T")

Ask = Callable[[Sequence[int]], Awaitable[Answer]]


class BatchResponse(JsonResponse[T]):
    """One answer for many players, in the order they were asked for.

    Attributes:
        missing: The XUIDs for which the service had no entry at all. An entry without a result says why in
            its own result code.
    """

    def __init__(self, answer: Answer, parser: ModelParser[T], missing: tuple[int, ...]) -> None:
        super().__init__(answer.response, parser, answer=answer)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Batch:
    """How one endpoint takes many players.

    Attributes:
        size: The most players that it takes in one request; more are refused or silently dropped.
        entries: The key under which its answer lists the players, None where the answer is the list.
        player: The key of an entry's player.
        bisects: One bad XUID fails a whole request with a 400, so that it has to be looked for.
    """

    size: int
    entries: str | None
    player: str
    bisects: bool = False

    async def ask(self, xuids: Sequence[int], ask: Ask, parser: ModelParser[T]) -> BatchResponse[T]:
        """Ask for all of ``xuids``, concurrently in as many requests as it takes.

        Raises:
            HaloError: A request failed, or none of them found anybody.
        """
        parts = [xuids[start : start + self.size] for start in range(0, len(xuids), self.size)]
        outcomes = await _concurrently([self._ask_part(part, ask) for part in parts])
        found = [outcome for part in outcomes for outcome in part]
        answers = [outcome for outcome in found if isinstance(outcome, Answer)]
        if not answers:
            raise next(outcome for outcome in found if isinstance(outcome, HaloResponseError))
        entries = self._in_order(xuids, answers)
        missing = tuple(xuid for xuid in xuids if xuid not in entries)
        return BatchResponse(self._joined(answers, list(entries.values())), parser, missing)

    async def _ask_part(self, xuids: Sequence[int], ask: Ask) -> list[Answer | HaloResponseError]:
        """The answers for one part, and the refusals of what it held of bad XUIDs."""
        try:
            return [await ask(xuids)]
        except NotFoundError as error:
            return [error]
        except BadRequestError as error:
            if not self.bisects:
                raise
            if len(xuids) == 1:
                return [error]
        middle = len(xuids) // 2
        halves = await _concurrently([self._ask_part(half, ask) for half in (xuids[:middle], xuids[middle:])])
        return [outcome for half in halves for outcome in half]

    def _in_order(self, xuids: Sequence[int], answers: Iterable[Answer]) -> dict[int, Any]:
        """The entries of all answers by XUID, in the order of ``xuids``."""
        entries: dict[int | None, Any] = {}
        for answer in answers:
            for entry in self._entries_of(_decoded(answer.body)):
                if isinstance(entry, dict):
                    player_id = cast("dict[str, Any]", entry).get(self.player)
                    entries[xuid_of_player_id(str(player_id))] = entry
        return {xuid: entries[xuid] for xuid in xuids if xuid in entries}

    def _entries_of(self, data: Any) -> list[Any]:
        if self.entries is not None:
            data = cast("dict[str, Any]", data).get(self.entries) if isinstance(data, dict) else None
        return cast("list[Any]", data) if isinstance(data, list) else []

    def _joined(self, answers: Sequence[Answer], entries: list[Any]) -> Answer:
        """One answer out of several; an answer that is right as it came stays as it came."""
        first = answers[0]
        if len(answers) == 1 and self._entries_of(_decoded(first.body)) == entries:
            return first
        return replace(
            first,
            body=json.dumps({self.entries: entries} if self.entries else entries).encode(),
            from_cache=all(answer.from_cache for answer in answers),
            fetched_at=min(answer.fetched_at for answer in answers),
            is_stale=any(answer.is_stale for answer in answers),
            parsed={},
        )


def people_of(xuids: Iterable[str | int]) -> list[int]:
    """The XUIDs of a batch, each once, without the bots that a roster may hold.

    Raises:
        TypeError: A single ``str`` was given.
        ValueError: Nobody is left.
        InvalidXuidError: One does not have 16 digits.
    """
    if isinstance(xuids, str):
        raise TypeError("`xuids` must be an iterable of XUIDs, got `str`")
    people = dict.fromkeys(unwrap_xuid(xuid) for xuid in xuids if not _is_bot(xuid))
    if not people:
        raise ValueError("`xuids` must name at least one player who is no bot")
    return list(people)


def _is_bot(player: str | int) -> bool:
    return isinstance(player, str) and player.strip().lower().startswith("bid(")


def _decoded(body: bytes) -> Any:
    """The body as JSON; None for one that only a parser with a schema can refuse properly."""
    try:
        return from_json(body)
    except ValueError:
        return None


async def _concurrently(parts: Sequence[Awaitable[T]]) -> list[T]:
    """The results of all parts; the first failure stops the rest and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_result_of(part)) for part in parts]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def _result_of(part: Awaitable[T]) -> T:
    return await part
