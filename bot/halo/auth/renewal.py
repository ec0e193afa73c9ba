"""One renewal: the stored refresh token against fresh tokens, with nobody else at it and nothing lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from aiohttp import ClientSession

from bot.halo.auth.app import AzureApp
from bot.halo.auth.core import request_player_tokens
from bot.halo.auth.oauth import OAuth2Token, refresh_oauth_token
from bot.halo.auth.player import AuthenticatedPlayer
from bot.halo.auth.store import StoredSignIn, TokenStore
from bot.halo.errors import (
    LOGIN_COMMAND,
    HaloError,
    OAuth2Error,
    RefreshTokenRefusedError,
    SignInRefusedError,
    TokenStoreError,
)
from bot.halo.transport.clock import Clock, SystemClock
from bot.halo.transport.origin import parse_origin

__all__ = ["SignInRenewal"]

_log = logging.getLogger(__name__)

_LOCK_PATIENCE_S: Final = 60.0
_LOCK_STEP_S: Final = 0.1


class SignInRenewal:
    """Takes a sign-in from its store, renews it, and has its successor stored before it is used.

    Microsoft keeps a refresh token valid until its successor is first used. So whenever the process
    ends, the store holds a refresh token that works.

    Args:
        session: The session to send with.
        app: The application that the sign-in belongs to.
        store: Where the sign-in is kept.
        first_refresh_token: One given by hand, for when the store is empty or what it holds is refused.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.
        clock: Where time comes from.

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
    ) -> None:
        self._session = session
        self._app = app
        self._store = store
        self._first_refresh_token = first_refresh_token.strip()
        parse_origin(origin)
        self._origin = origin
        self._clock = clock or SystemClock()
        self._last_seen: StoredSignIn | None = None

    async def renew(self) -> AuthenticatedPlayer:
        """Return the player with fresh tokens.

        Raises:
            TokenStoreError: The store cannot be used, or another process holds it.
            OAuth2Error: There is no sign-in, or Microsoft refuses it.
            SignInRefusedError: Xbox or Halo refuses; ``step`` names where.
            HaloError: A service could not be asked; ``step`` names which.
        """
        async with self._locked():
            kept, token = await self._refresh(await self._candidates())
            player = await request_player_tokens(self._session, token.access_token, origin=self._origin)
            await self._note(kept, player)
            return player

    async def adopt(self, token: OAuth2Token) -> AuthenticatedPlayer:
        """Store a new sign-in in place of the old one, and return its player with fresh tokens.

        One that Xbox or Halo refuses for good is not stored: the old one may still be of use.

        Raises:
            TokenStoreError: The store cannot be used, or another process holds it.
            SignInRefusedError: Xbox or Halo refuses; ``step`` names where.
            HaloError: A service could not be asked, so whether the sign-in is good is not known; it is stored.
        """
        fresh = self._signed_in(token)
        async with self._locked():
            try:
                player = await request_player_tokens(self._session, token.access_token, origin=self._origin)
            except SignInRefusedError:
                raise
            except HaloError:
                await self._save(fresh)
                raise
            await self._save(replace(fresh, gamertag=player.gamertag, player_id=player.player_id))
            return player

    async def has_news(self) -> bool:
        """Tell whether somebody else has stored a sign-in since this one last read or wrote the store."""
        try:
            return await asyncio.to_thread(self._store.load) != self._last_seen
        except TokenStoreError:
            return False

    async def _candidates(self) -> list[StoredSignIn]:
        """Return what can be renewed, the best first."""
        stored = self._last_seen = await asyncio.to_thread(self._store.load)
        is_foreign = stored is not None and stored.client_id != self._app.client_id
        found = [stored] if stored is not None and not is_foreign else []
        if self._first_refresh_token and all(self._first_refresh_token != s.refresh_token for s in found):
            found.append(self._sign_in(self._first_refresh_token))
        if found:
            return found
        if is_foreign:
            raise TokenStoreError(
                f"The stored sign-in belongs to another Azure client id. Sign in again: {LOGIN_COMMAND}"
            )
        raise _nobody()

    async def _refresh(self, candidates: list[StoredSignIn]) -> tuple[StoredSignIn, OAuth2Token]:
        """Return what is stored now, and the answer that it came with."""
        refused: OAuth2Error | None = None
        for old in candidates:
            try:
                token = await refresh_oauth_token(
                    self._session, old.refresh_token, self._app, origin=self._origin
                )
            except RefreshTokenRefusedError as error:
                refused = refused or error
                continue
            kept = replace(self._signed_in(token), gamertag=old.gamertag, player_id=old.player_id)
            await self._save(kept)
            return kept, token
        raise refused or _nobody()

    async def _note(self, kept: StoredSignIn, player: AuthenticatedPlayer) -> None:
        """Store who signed in, if that is news. It is no reason to fail."""
        told = replace(kept, gamertag=player.gamertag, player_id=player.player_id)
        if told != kept:
            try:
                await self._save(told)
            except TokenStoreError as error:
                _log.warning("who signed in could not be stored: %s", error)

    def _signed_in(self, token: OAuth2Token) -> StoredSignIn:
        return self._sign_in(token.refresh_token)

    def _sign_in(self, refresh_token: str) -> StoredSignIn:
        now = datetime.fromtimestamp(self._clock.time(), UTC)
        return StoredSignIn(refresh_token=refresh_token, client_id=self._app.client_id, obtained_at=now)

    async def _save(self, sign_in: StoredSignIn) -> None:
        """Have it stored, whoever is cancelled meanwhile: the lock must not be given back before that."""
        saving = asyncio.ensure_future(asyncio.to_thread(self._store.save, sign_in))
        try:
            await asyncio.shield(saving)
        except asyncio.CancelledError:
            await asyncio.gather(saving, return_exceptions=True)
            raise
        self._last_seen = sign_in

    @asynccontextmanager
    async def _locked(self) -> AsyncGenerator[None]:
        """Hold the store's lock, so that no other process renews the same refresh token meanwhile."""
        give_up = self._clock.monotonic() + _LOCK_PATIENCE_S
        while not self._store.try_lock():
            if self._clock.monotonic() >= give_up:
                raise TokenStoreError("Another process is renewing the sign-in and does not finish: end it.")
            await self._clock.sleep(_LOCK_STEP_S)
        try:
            yield
        finally:
            self._store.unlock()


def _nobody() -> RefreshTokenRefusedError:
    return RefreshTokenRefusedError(
        {"error": "not_signed_in", "error_description": "nobody has signed in yet"}
    )
