"""Signing in on another device: a short code to type at an address. It suits a server without a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from aiohttp import ClientSession

from bot.halo.auth.app import AzureApp
from bot.halo.auth.exchange import Reply, at_step, exchange, read_text
from bot.halo.auth.oauth import CONSUMERS, SCOPE, OAuth2Token, oauth_error, token_of, with_app
from bot.halo.errors import LOGIN_COMMAND, HaloError, OAuth2Error, PayloadError, SignInStep
from bot.halo.transport.clock import Clock, SystemClock

__all__ = ["DeviceCode", "sign_in_with_device_code"]

_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_INTERVAL_S: Final = 5.0
_SLOW_DOWN_S: Final = 5.0
_LONGEST_INTERVAL_S: Final = 60.0
_LIFE_S: Final = 900.0
_TEXT_LIMIT: Final = 200
_EXPIRED: Final = "expired_token"
_ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        _EXPIRED: f"The code was not used in time. Get another one: {LOGIN_COMMAND}",
        "bad_verification_code": f"Microsoft does not know the code any more. Get another one: {LOGIN_COMMAND}",
        "access_denied": f"The sign-in was declined. To try again: {LOGIN_COMMAND}",
        "authorization_declined": f"The sign-in was declined. To try again: {LOGIN_COMMAND}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What to show to whoever signs in.

    Attributes:
        user_code: What they type.
        verification_uri: Where they type it.
        expires_in: How long the code can be used.
        interval: How often Microsoft wants to be asked whether it was.
        device_code: What it is asked with; a secret.
    """

    user_code: str
    verification_uri: str
    expires_in: timedelta
    interval: timedelta
    device_code: str = field(repr=False)


async def sign_in_with_device_code(
    session: ClientSession,
    app: AzureApp,
    *,
    show: Callable[[DeviceCode], None],
    on_wait: Callable[[timedelta], None] | None = None,
    origin: str | None = None,
    clock: Clock | None = None,
) -> OAuth2Token:
    """Get a code, show it, and wait until somebody has signed in with it. May be cancelled at any time.

    Args:
        session: The session to send with.
        app: The application to sign in to.
        show: Is told the code, once.
        on_wait: Is told before each wait for how long the code can still be used.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.
        clock: Where time comes from.

    Raises:
        OAuth2Error: The sign-in was declined or not done in time, or Microsoft refuses the application.
        HaloError: Microsoft could not be asked for a code.
    """
    clock = clock or SystemClock()
    code = await _request_code(session, app, origin)
    ends_at = clock.monotonic() + code.expires_in.total_seconds()
    show(code)
    form = with_app({"grant_type": _GRANT, "device_code": code.device_code}, app)
    interval_s = code.interval.total_seconds()
    while (left_s := ends_at - clock.monotonic()) > 0:
        if on_wait is not None:
            on_wait(timedelta(seconds=left_s))
        await clock.sleep(min(interval_s, left_s))
        try:
            reply = await _ask(session, "token", form, origin)
        except HaloError as error:
            # Trouble on the way is no answer: the code is good until it expires.
            if not error.retryable:
                raise
            interval_s = min(interval_s * 2, _LONGEST_INTERVAL_S)
            continue
        if reply.is_success:
            return token_of(reply, form)
        interval_s += _longer_interval(reply, form)
    raise OAuth2Error({"error": _EXPIRED, "error_description": _ENDS[_EXPIRED]})


async def _request_code(session: ClientSession, app: AzureApp, origin: str | None) -> DeviceCode:
    form = {"client_id": app.client_id, "scope": SCOPE}
    reply = await _ask(session, "devicecode", form, origin)
    if not reply.is_success:
        raise oauth_error(reply, form)
    address = read_text(reply, "verification_uri")[:_TEXT_LIMIT]
    if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        reason = "the address to sign in at is not https"
        raise at_step(PayloadError(reply.endpoint, reason), SignInStep.MICROSOFT)
    return DeviceCode(
        user_code=read_text(reply, "user_code")[:_TEXT_LIMIT],
        verification_uri=address,
        expires_in=timedelta(seconds=min(_LIFE_S, _read_seconds(reply, "expires_in", _LIFE_S))),
        interval=timedelta(seconds=min(_LONGEST_INTERVAL_S, _read_seconds(reply, "interval", _INTERVAL_S))),
        device_code=read_text(reply, "device_code"),
    )


def _longer_interval(reply: Reply, form: Mapping[str, str]) -> float:
    """Return by how many seconds to ask less often, or raise what ends the wait."""
    error = reply.data.get("error")
    if error == "authorization_pending":
        return 0.0
    if error == "slow_down":
        return _SLOW_DOWN_S
    if isinstance(error, str) and error in _ENDS:
        raise OAuth2Error({"error": error, "error_description": _ENDS[error]})
    raise oauth_error(reply, form)


async def _ask(session: ClientSession, name: str, form: Mapping[str, str], origin: str | None) -> Reply:
    return await exchange(
        session, "POST", f"{CONSUMERS}/{name}", SignInStep.MICROSOFT, origin=origin, form=form
    )


def _read_seconds(reply: Reply, name: str, default: float) -> float:
    value: Any = reply.data.get(name)
    is_usable = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 86_400
    return float(value) if is_usable else default
