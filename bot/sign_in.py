"""The bot's Halo sign-in, from the settings to tokens, and from what went wrong to what its operator does."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiohttp import ClientSession, DummyCookieJar

from bot import __version__
from bot.config import ConfigurationError, Settings, UnavailableError, setting
from bot.halo.auth import AzureApp, FileTokenStore, KeyringTokenStore, StoredSignIn, TokenKeeper, TokenStore
from bot.halo.errors import (
    LOGIN_COMMAND,
    Fault,
    HaloError,
    OAuth2Error,
    RefreshTokenRefusedError,
    SignInRefusedError,
    TokenStoreError,
)
from bot.halo.transport.clock import Clock
from bot.halo.transport.tokens import StaticTokens, Tokens, TokenSource
from bot.logs import Hide, hide_nothing

__all__ = [
    "USER_AGENT",
    "HaloTokens",
    "azure_app",
    "cause_and_cure",
    "is_kept",
    "open_session",
    "open_store",
    "open_tokens",
    "require_sign_in",
    "stop_strangers",
    "stopping",
    "store_path",
    "told",
]

log = structlog.stdlib.get_logger("adjutant")

USER_AGENT = f"Adjutant/{__version__} (Discord bot for Halo Infinite)"
LATER = "It may pass by itself: try again in a while."
BY_HAND = ("halo_spartan_token", "halo_clearance_token")
TRACE = re.compile(r" *Trace ID: \S+(?: Correlation ID: \S+)?(?: Timestamp:(?: [\d:.Z-]+){0,2})?")
REGISTER = (
    f"{setting('azure_client_id')} is not set: register an application at https://entra.microsoft.com (App "
    "registrations, New registration) for personal Microsoft accounts, add the platform “Mobile and desktop "
    "applications” with the redirect address http://localhost, switch “Allow public client flows” on under "
    "Authentication, and set its Application (client) ID; the README has the steps."
)
NO_WAY = (
    f"There is no Halo sign-in: set {setting('azure_client_id')} and run {LOGIN_COMMAND}, or give "
    f"{setting(BY_HAND[0])} and {setting(BY_HAND[1])} by hand (see .env.example)."
)


@dataclass(frozen=True, slots=True)
class HaloTokens:
    """Where the client's tokens come from; without a ``keeper`` they were given by hand."""

    source: TokenSource
    keeper: TokenKeeper | None = None


class _HidingSource:
    """Has every token that is handed out struck from the logs."""

    def __init__(self, source: TokenSource, hide: Hide) -> None:
        self._source = source
        self._hide = hide

    async def current(self) -> Tokens:
        return self._hidden(await self._source.current())

    async def renew(self, rejected: Tokens) -> Tokens:
        return self._hidden(await self._source.renew(rejected))

    def _hidden(self, tokens: Tokens) -> Tokens:
        self._hide(tokens.spartan)
        self._hide(tokens.clearance)
        return tokens


class _HidingStore:
    """Has every refresh token that is loaded or saved struck from the logs."""

    def __init__(self, store: TokenStore, hide: Hide) -> None:
        self._store = store
        self._hide = hide
        self.try_lock = store.try_lock
        self.unlock = store.unlock

    def load(self) -> StoredSignIn | None:
        sign_in = self._store.load()
        if sign_in is not None:
            self._hide(sign_in.refresh_token)
        return sign_in

    def save(self, sign_in: StoredSignIn) -> None:
        self._hide(sign_in.refresh_token)
        self._store.save(sign_in)


def is_kept(settings: Settings) -> bool:
    """Whether the bot keeps itself signed in; tokens given by hand are then not used."""
    return bool(settings.azure_client_id)


def require_sign_in(settings: Settings) -> None:
    """See that there is a way to sign in.

    Raises:
        ConfigurationError: There is none, or half of one.
    """
    if is_kept(settings):
        return
    if not any(settings.secrets().get(name, "").strip() for name in BY_HAND):
        raise ConfigurationError(NO_WAY)
    settings.require(*BY_HAND)


def azure_app(settings: Settings) -> AzureApp:
    """Return the application that signs in.

    Raises:
        ConfigurationError: None is set; the message says how to get one.
    """
    if not is_kept(settings):
        raise ConfigurationError(REGISTER)
    return AzureApp(settings.azure_client_id, settings.secrets().get("azure_client_secret", "").strip())


def store_path(settings: Settings) -> Path:
    """Return the file that the sign-in is kept in, unless a keyring is wanted."""
    return settings.data_dir / "halo-sign-in.json"


def open_store(settings: Settings, *, hide: Hide = hide_nothing) -> TokenStore:
    """Return the place that the sign-in is kept in.

    Raises:
        TokenStoreError: A keyring is wanted, and there is no support for it.
    """
    path = store_path(settings)
    store = (
        KeyringTokenStore.of_system(path.with_suffix(".lock")) if settings.keyring else FileTokenStore(path)
    )
    return _HidingStore(store, hide)


def stop_strangers(settings: Settings) -> None:
    """Keep the superuser from taking the sign-in away from the bot's own user, by writing it anew.

    Raises:
        ConfigurationError: The sign-in, or the folder that it would be in, belongs to another user.
    """
    if os.name != "posix" or os.geteuid() != 0 or settings.keyring:
        return
    path = store_path(settings)
    found = next((place for place in (path, path.parent) if place.exists()), None)
    if found is not None and (owner := found.stat().st_uid) != 0:
        raise ConfigurationError(
            f"{found} belongs to the user with the id {owner}: run this as that user, "
            "or the bot could not read its sign-in any more."
        )


@asynccontextmanager
async def open_session() -> AsyncGenerator[ClientSession]:
    """Open a session that keeps nothing, neither answers nor cookies: the only sort to sign in with."""
    async with ClientSession(cookie_jar=DummyCookieJar(), headers={"User-Agent": USER_AGENT}) as session:
        yield session


@asynccontextmanager
async def open_tokens(
    settings: Settings, *, hide: Hide, clock: Clock | None = None
) -> AsyncGenerator[HaloTokens]:
    """Begin to hand out Halo's tokens, as the settings say; nothing has been asked for yet.

    Args:
        settings: The settings.
        hide: Is told every token that turns up.
        clock: Where time comes from.

    Raises:
        ConfigurationError: There is no way to sign in.
    """
    require_sign_in(settings)
    secrets = settings.secrets()
    if not is_kept(settings):
        yield HaloTokens(StaticTokens(*settings.require(*BY_HAND)))
        return
    if any(secrets.get(name) for name in BY_HAND):
        log.warning("halo tokens given by hand are not used", reason=f"{setting('azure_client_id')} is set")
    try:
        store = open_store(settings, hide=hide)
    except TokenStoreError as error:
        raise stopping(error) from None
    async with (
        open_session() as session,
        TokenKeeper(
            session,
            azure_app(settings),
            store,
            first_refresh_token=secrets.get("azure_refresh_token", ""),
            origin=settings.halo_origin or None,
            clock=clock,
        ) as keeper,
    ):
        yield HaloTokens(_HidingSource(keeper, hide), keeper)


def told(error: HaloError) -> str:
    """Return what went wrong with a sign-in and what to do about it, on one line for the operator."""
    cause, cure = cause_and_cure(error)
    where = f"{error.step}: " if error.step and not isinstance(error, TokenStoreError) else ""
    return f"{where}{cause.rstrip('.')}. {cure}".rstrip() if cure else f"{where}{cause}"


def cause_and_cure(error: HaloError) -> tuple[str, str]:
    """Return what went wrong with a sign-in, and what to do about it where the first does not say so."""
    # The numbers of a request are for Microsoft, who will not be asked.
    cause = TRACE.sub("", str(error))
    match error:
        case SignInRefusedError():
            return f"{error.endpoint} answered {error.status}", error.advice
        case TokenStoreError() | RefreshTokenRefusedError():
            return cause, ""
        case OAuth2Error() if not any(advice in cause for advice in (LOGIN_COMMAND, "Check the")):
            return cause, "Check the Azure application against the README."
        case _:
            return cause, "" if error.fault is Fault.OPERATOR else LATER


def stopping(error: HaloError) -> ConfigurationError:
    """Return the error that ends a command because of this one: the operator's task, or a service's trouble."""
    kind = ConfigurationError if error.fault is Fault.OPERATOR else UnavailableError
    return kind(told(error))
