"""The token keeper: hands out Halo's tokens, and renews them before anybody notices."""

from __future__ import annotations

import asyncio
import logging
from random import Random
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import ClientSession

from bot.halo.auth.app import AzureApp
from bot.halo.auth.halo import request_clearance_token
from bot.halo.auth.lease import Lease
from bot.halo.auth.patience import Patience
from bot.halo.auth.player import AuthenticatedPlayer
from bot.halo.auth.renewal import SignInRenewal
from bot.halo.auth.store import TokenStore
from bot.halo.errors import Fault, HaloConnectionError, HaloError, HaloResponseError
from bot.halo.transport.clock import Clock, SystemClock
from bot.halo.transport.tokens import Tokens

__all__ = ["TokenKeeper"]

_log = logging.getLogger(__name__)

_LONGEST_NAP_S: Final = 60.0
"""The machine may sleep, and its clock be set, so the time is looked at now and then."""
_SHORTEST_NAP_S: Final = 5.0
_SECOND_THOUGHTS_S: Final = (0.5, 2.0)


class TokenKeeper:
    """A :class:`~bot.halo.transport.tokens.TokenSource` that keeps one player signed in.

    The tokens are renewed 5 minutes before the Spartan token expires, and once after a 401; the clearance
    besides every hour. However many requests wait, one renewal is under way, and it belongs to none of
    them. While tokens are valid, a renewal that fails costs nobody anything: it is tried again, at
    growing intervals.

    Used as an async context manager it also renews when nobody asks for tokens, and ends in order::

        async with TokenKeeper(session, app, FileTokenStore(path)) as keeper:
            client = HaloInfiniteClient(session, "", "", token_source=keeper)

    Args:
        session: The session to sign in with; it stays the caller's.
        app: The application that the sign-in belongs to.
        store: Where the sign-in is kept.
        first_refresh_token: One given by hand, for when the store is empty or what it holds is refused.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.
        clock: Where time comes from.
        rng: Where the jitter of the intervals comes from.

    Raises:
        ValueError: ``origin`` is no usable address.
    """

    def __init__(
        self,
        session: ClientSession,
        app: AzureApp,
        store: TokenStore,
        *,
        first_refresh_token: str = "",
        origin: str | None = None,
        clock: Clock | None = None,
        rng: Random | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._session = session
        self._origin = origin
        self._rng = rng or Random()  # noqa: S311  # jitter, no secret
        self._renewal = SignInRenewal(
            session, app, store, first_refresh_token=first_refresh_token, origin=origin, clock=self._clock
        )
        self._patience = Patience(self._clock, self._rng)
        self._clearance_patience = Patience(self._clock, self._rng)
        self._lease: Lease | None = None
        self._renewing: asyncio.Task[Lease] | None = None
        self._clearing: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._watch = asyncio.create_task(self._keep_watch(), name="halo token watch")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {'signed in' if self._lease else 'not signed in'}>"

    @property
    def player(self) -> AuthenticatedPlayer | None:
        """Who is signed in, as of the last renewal; None before the first."""
        return self._lease.player if self._lease else None

    async def close(self) -> None:
        """End the watch and the renewals under way; whatever is being stored is stored to the end."""
        under_way: tuple[asyncio.Task[Any] | None, ...] = (self._watch, self._renewing, self._clearing)
        if tasks := [task for task in under_way if task is not None]:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def current(self) -> Tokens:
        """Return valid tokens; only when there are none does this wait for a renewal.

        Raises:
            OAuth2Error: There is no sign-in, or it is no longer valid; the message has the cure.
            SignInRefusedError: Xbox or Halo refuses; ``step`` names where.
            HaloError: A service could not be asked; ``step`` names which.
        """
        lease = self._lease
        if lease is None or self._clock.time() >= lease.expires_s:
            return (await self._renewed()).tokens
        self._begin_what_is_due(lease)
        return lease.tokens

    async def renew(self, rejected: Tokens) -> Tokens:
        """Return tokens other than the rejected ones, or those where a renewal is not likely to help.

        Raises:
            HaloError: As :meth:`current` does.
        """
        lease = self._lease
        if lease is not None and lease.tokens != rejected:
            return lease.tokens
        is_allowed = self._renewing or self._patience.failure or self._patience.grants_a_401()
        return (await self._renewed()).tokens if is_allowed else rejected

    async def _renewed(self) -> Lease:
        """Join the renewal under way, or begin it, unless one has failed just now."""
        if self._renewing is None and (failure := self._patience.failure) is not None:
            raise failure.with_traceback(None)
        task = self._begin()
        await asyncio.wait({task})
        if task.cancelled():
            raise HaloConnectionError("sign-in", "the token keeper is closed")
        return task.result()

    def _begin(self) -> asyncio.Task[Lease]:
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew(), name="halo sign-in")
            self._renewing.add_done_callback(self._ended)
        return self._renewing

    def _ended(self, task: asyncio.Task[Lease]) -> None:
        self._renewing = None
        if not task.cancelled():
            task.exception()  # whoever waits gets it too; here it only counts as retrieved

    def _begin_what_is_due(self, lease: Lease) -> None:
        """Begin in the background what the lease wants now."""
        now = self._clock.time()
        if now >= lease.renew_s and self._patience.failure is None:
            self._begin()
        elif now >= lease.clearance_s and self._clearance_patience.failure is None and self._clearing is None:
            self._clearing = asyncio.create_task(self._renew_clearance(lease), name="halo clearance")

    async def _renew(self) -> Lease:
        try:
            lease = Lease.begin(await self._sign_in(), self._clock.time())
        except HaloError as error:
            self._patience.failed(error)
            level = logging.ERROR if error.fault is Fault.OPERATOR else logging.WARNING
            wait = round(self._patience.left_s)
            _log.log(level, "halo sign-in failed at the %s: %s (next try in %d s)", error.step, error, wait)
            raise
        self._patience.forget()
        self._clearance_patience.forget()
        self._lease = lease
        _log.info("signed in to halo, until %s", lease.player.spartan_token.expires_at.isoformat())
        return lease

    async def _sign_in(self) -> AuthenticatedPlayer:
        """Renew, and once or twice more where the trouble may be over in a second."""
        for wait_s in _SECOND_THOUGHTS_S:
            try:
                return await self._renewal.renew()
            except HaloError as error:
                asked = error.retry_after_s if isinstance(error, HaloResponseError) else None
                if not error.retryable or (asked or 0.0) > wait_s:
                    raise
            await self._clock.sleep(self._rng.uniform(wait_s / 2, wait_s))
        return await self._renewal.renew()

    async def _renew_clearance(self, lease: Lease) -> None:
        """Ask for the clearance again; the old one stays in use until there is another."""
        try:
            spartan = lease.tokens.spartan
            clearance = await request_clearance_token(self._session, spartan, origin=self._origin)
        except HaloError as error:
            self._clearance_patience.failed(error)
            _log.warning("halo clearance not renewed: %s", error)
        else:
            self._clearance_patience.forget()
            if self._lease is lease:
                self._lease = lease.with_clearance(clearance, self._clock.time())
        finally:
            self._clearing = None

    async def _keep_watch(self) -> None:
        """Renew when it is time, though nobody asks, and when a new sign-in was stored after a failure."""
        while True:
            if self._patience.failure is not None and await self._renewal.has_news():
                self._patience.forget()
            if self._lease is not None:
                self._begin_what_is_due(self._lease)
            elif self._patience.failure is None:
                self._begin()
            if self._renewing is not None:
                await asyncio.wait({self._renewing})
            await self._clock.sleep(self._nap_s())

    def _nap_s(self) -> float:
        now = self._clock.time()
        due = self._lease.due_s - now if self._lease else 0.0
        return min(_LONGEST_NAP_S, max(_SHORTEST_NAP_S, self._patience.left_s, due))
