"""Halo's services as the background asks them: behind everybody who waits, and with a share of the rate."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from enum import Enum
from random import Random
from types import MappingProxyType
from typing import Final
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import (
    BadRequestError,
    Fault,
    ForbiddenError,
    HaloError,
    NotFoundError,
    PayloadError,
)
from bot.halo.models.skill import MatchSkill, PlaylistCsrValue
from bot.halo.models.stats import MatchHistoryResult, MatchStats
from bot.halo.services.history_walk import PAGE_SIZE
from bot.halo.transport.clock import Clock
from bot.halo.transport.limiter import RateLimiter, Ticket
from bot.halo.transport.options import Priority
from bot.ingest.meter import Meter
from bot.ingest.pause import Pause
from bot.stats.csr_seasons import CsrSeason, seasons_of

__all__ = ["BATCH", "PAGE", "QuietHalo", "Service", "ticket"]

PAGE: Final = PAGE_SIZE
BATCH: Final = 32
"""The most players whose CSR the service answers at once."""

_DEADLINE_S: Final = 60.0


class Service(Enum):
    """What rests when it is in trouble, and has a rate of its own."""

    STATS = "stats"
    SKILL = "skill"
    CMS = "cms"


_SERVICES: Final = MappingProxyType(
    {
        "history": Service.STATS,
        "stats": Service.STATS,
        "skill": Service.SKILL,
        "csr": Service.SKILL,
        "playlist": Service.CMS,
        "seasons": Service.CMS,
    }
)


class QuietHalo:
    """Asks for one thing at a time, and never begins more than ``share`` requests a second at one service.

    A request keeps its part of the share until it is answered and a second more: however long it has to wait
    for those who are more urgent, no later ones pile up behind it. What becomes of a request on its way, retries,
    redirects and repetitions with other tokens, is held to the same share by the client itself, at whatever
    service it turns up. After trouble a service is left alone for a while, and with a lost sign-in all of them are.

    Every method raises `RestingError` at once while its service is left alone.

    Args:
        halo: The client; its own rate stands above all of this.
        share: How many requests may begin in a second at each service.
        clock: Where time comes from.
        rng: Where the jitter of pauses comes from.
        meter: Counts the requests.
    """

    def __init__(
        self, halo: HaloInfiniteClient, *, share: int, clock: Clock, rng: Random, meter: Meter
    ) -> None:
        self._halo = halo.with_options(
            priority=Priority.BACKGROUND, background_share=share, deadline_s=_DEADLINE_S
        )
        self._shares = {service: RateLimiter(share, clock) for service in Service}
        self._pauses = {service: Pause(clock, rng) for service in Service}
        self._meter = meter

    async def rested(self, service: Service) -> None:
        """Return when a service is not left alone any more."""
        await self._pauses[service].over()

    async def history(self, xuid: int, start: int, turn: Ticket) -> tuple[MatchHistoryResult, ...]:
        """Return a page of a player's history, newest first; a hidden or an unknown player's is empty.

        Raises:
            HaloError: The service failed.
        """
        async with self._turn("history", turn):
            try:
                response = await self._halo.stats.get_match_history(xuid, start, PAGE)
            except (NotFoundError, BadRequestError, ForbiddenError):
                return ()
            return (await response.parse()).results

    async def stats(self, match_id: UUID, turn: Ticket) -> MatchStats:
        """Return a match.

        Raises:
            HaloError: It is not there (yet), or the service failed.
        """
        async with self._turn("stats", turn):
            return await (await self._halo.stats.get_match_stats(match_id)).parse()

    async def skill(self, match: MatchStats, turn: Ticket) -> MatchSkill | None:
        """Return what a match did to its people's skill; None where there is nothing (yet).

        Raises:
            HaloError: The service failed.
        """
        async with self._turn("skill", turn):
            try:
                return await (await self._halo.skill.get_match_skill(match.match_id, match.xuids)).parse()
            except (NotFoundError, BadRequestError, ForbiddenError, PayloadError):
                return None

    async def csr(
        self, playlist_id: UUID, xuids: Sequence[int], season_id: str, turn: Ticket
    ) -> tuple[PlaylistCsrValue, ...]:
        """Return the CSR of up to 32 players in one request; nothing where the playlist has no ladder.

        Raises:
            ValueError: They are more than one request can ask for.
            HaloError: The service failed.
        """
        if len(xuids) > BATCH:
            raise ValueError(f"at most {BATCH} players at once")
        async with self._turn("csr", turn):
            try:
                response = await self._halo.skill.get_playlist_csr(playlist_id, xuids, season_id)
            except (NotFoundError, BadRequestError):
                return ()
            return (await response.parse()).value

    async def has_csr(self, playlist_id: UUID, turn: Ticket) -> bool:
        """Return whether a playlist is ranked, as its live configuration says; one that has none is not.

        Raises:
            HaloError: The service failed.
        """
        async with self._turn("playlist", turn):
            try:
                response = await self._halo.gamecms_hacs.get_playlist_configuration(playlist_id)
            except (NotFoundError, BadRequestError, ForbiddenError):
                return False
            return (await response.parse()).has_csr

    async def seasons(self, turn: Ticket) -> tuple[CsrSeason, ...]:
        """Return the CSR seasons, newest first, those to come among them.

        Raises:
            HaloError: The service failed.
        """
        async with self._turn("seasons", turn):
            response = await self._halo.gamecms_hacs.get_csr_season_calendar()
            return seasons_of(await response.parse())

    @asynccontextmanager
    async def _turn(self, what: str, turn: Ticket) -> AsyncGenerator[None]:
        service = _SERVICES[what]
        pause = self._pauses[service]
        pause.check()
        slot = await self._shares[service].acquire(turn)
        try:
            pause.check()
            self._meter.asked(what)
            yield
        except HaloError as error:
            self._note(error, pause)
            raise
        else:
            pause.succeeded()
        finally:
            slot.settle()

    def _note(self, error: HaloError, pause: Pause) -> None:
        """Leave the service alone if it is in trouble, and all of them without a sign-in."""
        if error.fault is Fault.OPERATOR:
            for every in self._pauses.values():
                every.begin(error)
        elif error.retryable and not isinstance(error, PayloadError):
            pause.begin(error)
        else:
            pause.succeeded()


def ticket(*, urgent: bool = False) -> Ticket:
    """Return a place in the lines of the background: somebody waits for an urgent one."""
    return Ticket(Priority.INTERACTIVE if urgent else Priority.BACKGROUND)
