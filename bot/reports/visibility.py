"""Why a match history is empty: hidden, never played, or nothing of that type."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, ParamSpec

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import BadRequestError, HaloError, NotFoundError
from bot.reports.players import Player
from bot.stats.unanswerable import HistoryHidden, NeverPlayed, NoSuchMatches, Unanswerable

__all__ = ["why_empty"]

P = ParamSpec("P")
Record = Literal["matchmade", "custom", "local"]

RECORDS: tuple[Record, Record, Record] = ("matchmade", "custom", "local")
RANKED_ARENA = "edfef3ac-9cbe-4fa2-b949-8f29deafd483"


async def why_empty(halo: HaloInfiniteClient, player: Player, kind: str) -> Unanswerable:
    """Find out what an empty history of type ``kind`` means.

    The service answers a hidden history like a new player's (a 200 without results), so other
    witnesses are asked at once: service records of all three kinds, the CSR, and the history of
    every type. Custom games have a privacy switch of their own.

    Raises:
        HaloError: A witness failed, and the others do not show that the history is hidden.
    """
    matchmade, custom, local, ranked, listed = await asyncio.gather(
        *(_witness(_completed, halo, player.xuid, record) for record in RECORDS),
        _witness(_has_csr, halo, player.xuid),
        _witness(_listed, halo, player.xuid),
    )
    played = {
        "matchmaking": matchmade is True or ranked is True,
        "custom": custom is True,
        "local": local is True,
    }
    played["all"] = any(played.values())
    if played.get(kind, False):
        return HistoryHidden(player.gamertag)
    for answer in (matchmade, custom, local, ranked, listed):
        if isinstance(answer, HaloError):
            raise answer
    if played["all"] or listed:
        return NoSuchMatches(player.gamertag, kind, available=0)
    return NeverPlayed(player.gamertag)


async def _witness(
    question: Callable[P, Awaitable[bool]], *args: P.args, **kwargs: P.kwargs
) -> bool | HaloError:
    try:
        return await question(*args, **kwargs)
    except (NotFoundError, BadRequestError):
        return False
    except HaloError as error:
        return error


async def _completed(halo: HaloInfiniteClient, xuid: int, kind: Record) -> bool:
    response = await halo.stats.get_service_record(xuid, kind)
    return (await response.parse()).matches_completed > 0


async def _has_csr(halo: HaloInfiniteClient, xuid: int) -> bool:
    answer = await (await halo.skill.get_playlist_csr(RANKED_ARENA, [xuid])).parse()
    return any(value.result and value.result.all_time_max.value > 0 for value in answer.value)


async def _listed(halo: HaloInfiniteClient, xuid: int) -> bool:
    history = await (await halo.stats.get_match_history(xuid, 0, 1, "all")).parse()
    return bool(history.results)
