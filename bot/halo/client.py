"""The embedded Halo client: one object with a service for each of Halo's own authorities."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace
from random import Random
from typing import Any

from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession

from bot.halo.services.discovery_ugc import DiscoveryUgcService
from bot.halo.services.economy import EconomyService
from bot.halo.services.gamecms_hacs import GameCmsHacsService
from bot.halo.services.profile import ProfileService
from bot.halo.services.skill import SkillService
from bot.halo.services.stats import StatsService
from bot.halo.transport.about import About, everything
from bot.halo.transport.clock import Clock, SystemClock
from bot.halo.transport.core import Transport
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.origin import parse_origin
from bot.halo.transport.tokens import StaticTokens, TokenSource

__all__ = ["HaloInfiniteClient"]


class HaloInfiniteClient:
    """Asks Halo Infinite's services on behalf of one signed-in player.

    The session stays the caller's: nothing is set on it, and closing it is the caller's job. With a
    :class:`~aiohttp_client_cache.CachedSession`, answers that carry ``Cache-Control`` are cached.

    Args:
        session: The session to send with.
        spartan_token: The Spartan token, valid for about four hours; empty where ``token_source`` has one.
        clearance_token: The flight configuration id; the same.
        requests_per_second: The most requests that start in any one second, for each service. A second
            client has a rate of its own.
        origin: Where every ``https://host/path`` is requested instead, as ``{origin}/host/path``.
        token_source: Where tokens come from instead of the two above.
        options: What every call may take; :meth:`with_options` makes views with others.
        clock: Where time comes from.
        rng: Where the jitter of retries comes from.

    Raises:
        ValueError: ``origin`` is plain http to another machine, or no address at all; the rate is not
            positive; or a token cannot be one.
    """

    def __init__(
        self,
        session: ClientSession | CachedSession,
        spartan_token: str,
        clearance_token: str,
        requests_per_second: int = 5,
        *,
        origin: str | None = None,
        token_source: TokenSource | None = None,
        options: RequestOptions | None = None,
        clock: Clock | None = None,
        rng: Random | None = None,
    ) -> None:
        if requests_per_second < 1:
            raise ValueError("requests_per_second must be at least 1")
        self._static_tokens = StaticTokens(spartan_token, clearance_token)
        self._film_turn = asyncio.Lock()
        transport = Transport(
            session,
            token_source or self._static_tokens,
            requests_per_second=requests_per_second,
            origin=parse_origin(origin),
            clock=clock or SystemClock(),
            rng=rng or Random(),  # noqa: S311  # jitter, no secret
        )
        self._serve(transport, options or RequestOptions())

    def set_tokens(self, spartan_token: str, clearance_token: str) -> None:
        """Use other tokens from now on, in every view of this client.

        They are not used where a ``token_source`` hands out its own.
        """
        self._static_tokens.set(spartan_token, clearance_token)

    async def forget(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget every cached answer that names one of these players, in memory and in the session's file.

        A match's answer names everybody who was in it; it is fetched again when somebody asks for it.
        A session that :func:`~bot.halo.transport.cache.open_session` did not make is left as it is.

        Raises:
            sqlite3.Error: The file cannot be searched or written.
        """
        await self._transport.forget(About(xuids, gamertags))

    async def forget_everything(self) -> None:
        """Forget every cached answer, in memory and in the session's file; they only save requests.

        Raises:
            sqlite3.Error: The file cannot be written.
        """
        await self._transport.forget(everything)

    def with_options(self, **changes: Any) -> HaloInfiniteClient:
        """Return a view of this client whose calls have other :class:`RequestOptions`.

        It shares everything else, rates and caches included, and costs next to nothing. What is not
        mentioned stays as it is in this view.

        Raises:
            TypeError: There is no such option.
        """
        view = object.__new__(type(self))
        view._static_tokens = self._static_tokens
        view._film_turn = self._film_turn
        view._serve(self._transport, replace(self._options, **changes))
        return view

    @property
    def profile(self) -> ProfileService:
        """Who players are: gamertags, XUIDs, gamerpics."""
        return self._profile

    @property
    def gamecms_hacs(self) -> GameCmsHacsService:
        """What the game's own files say: medals, seasons, career ranks, images."""
        return self._gamecms_hacs

    @property
    def skill(self) -> SkillService:
        """CSR, and how a match was expected to go."""
        return self._skill

    @property
    def stats(self) -> StatsService:
        """Matches, match histories and service records."""
        return self._stats

    @property
    def discovery_ugc(self) -> DiscoveryUgcService:
        """Maps, modes, playlists and films."""
        return self._discovery_ugc

    @property
    def economy(self) -> EconomyService:
        """Career ranks, customization and operations."""
        return self._economy

    @property
    def film_turn(self) -> asyncio.Lock:
        """Held while a film is read: several at once, each in a thread, would starve the event loop."""
        return self._film_turn

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._options}>"

    def _serve(self, transport: Transport, options: RequestOptions) -> None:
        self._transport = transport
        self._options = options
        self._profile = ProfileService(transport, options)
        self._gamecms_hacs = GameCmsHacsService(transport, options)
        self._skill = SkillService(transport, options)
        self._stats = StatsService(transport, options)
        self._discovery_ugc = DiscoveryUgcService(transport, options)
        self._economy = EconomyService(transport, options)
