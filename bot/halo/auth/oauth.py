"""Microsoft's part of the sign-in: authorization codes and refresh tokens against access tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth.app import AzureApp
from bot.halo.auth.exchange import Reply, at_step, exchange, read_text
from bot.halo.errors import OAuth2Error, RefreshTokenRefusedError, ServiceError, SignInStep
from bot.halo.transport.origin import parse_origin, rewrite

__all__ = [
    "CONSUMERS",
    "SCOPE",
    "OAuth2Token",
    "generate_authorization_url",
    "oauth_error",
    "refresh_oauth_token",
    "request_oauth_token",
    "token_of",
    "with_app",
]

CONSUMERS: Final = "https://login.microsoftonline.com/consumers/oauth2/v2.0"
"""Where the newer endpoints are; they serve the same accounts as login.live.com."""
SCOPE: Final = "Xboxlive.signin Xboxlive.offline_access"

_AUTHORIZE: Final = "https://login.live.com/oauth20_authorize.srf"
_TOKEN: Final = "https://login.live.com/oauth20_token.srf"  # noqa: S105  # an address
_TRANSIENT: Final = frozenset({"server_error", "temporarily_unavailable"})
_SPENT: Final = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})
_SECRETS: Final = ("client_secret", "code", "code_verifier", "device_code", "refresh_token")
_DESCRIPTION_LIMIT: Final = 300
_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "invalid_client": "Check the Azure application's client secret: it may be wrong or expired, "
        "and a public client must have none.",
        "unauthorized_client": "Check the Azure client id, and that the application is open to personal "
        "Microsoft accounts and allows public client flows.",
    }
)


@dataclass(frozen=True)
class OAuth2Token:
    """What Microsoft answers to a code or a refresh token.

    Attributes:
        raw: The JSON as it came.
    """

    raw: dict[str, Any] = field(repr=False)

    @property
    def access_token(self) -> str:
        """The access token, valid for about an hour; Xbox takes it."""
        return self.raw["access_token"]

    @property
    def refresh_token(self) -> str:
        """The refresh token for the next time. It is a new one each time, and dies after 90 days unused."""
        return self.raw["refresh_token"]


def generate_authorization_url(app: AzureApp, *, origin: str | None = None) -> str:
    """Return the address at which a person lets the application sign in for them.

    Raises:
        ValueError: ``origin`` is no usable address.
    """
    query = {
        "client_id": app.client_id,
        "response_type": "code",
        "approval_prompt": "auto",
        "scope": SCOPE,
        "redirect_uri": app.redirect_uri,
    }
    return str(rewrite(URL(_AUTHORIZE).with_query(query), parse_origin(origin)))


async def request_oauth_token(
    session: ClientSession, authorization_code: str, app: AzureApp, *, origin: str | None = None
) -> OAuth2Token:
    """Exchange an authorization code.

    Raises:
        OAuth2Error: Microsoft refuses the code or the application.
        HaloError: Microsoft could not be asked.
    """
    form = {
        "grant_type": "authorization_code",
        "code": authorization_code,
        "scope": SCOPE,
        "redirect_uri": app.redirect_uri,
    }
    return await _request(session, form, app, origin)


async def refresh_oauth_token(
    session: ClientSession, refresh_token: str, app: AzureApp, *, origin: str | None = None
) -> OAuth2Token:
    """Exchange a refresh token; store the new one of the answer before anything else.

    Raises:
        RefreshTokenRefusedError: The refresh token is no longer valid.
        OAuth2Error: Microsoft refuses the application.
        HaloError: Microsoft could not be asked.
    """
    form = {"grant_type": "refresh_token", "scope": SCOPE, "refresh_token": refresh_token}
    return await _request(session, form, app, origin)


def with_app(form: Mapping[str, str], app: AzureApp) -> dict[str, str]:
    """Return the form with the application's id, and its secret if it has one."""
    secret = {"client_secret": app.client_secret} if app.client_secret else {}
    return {**form, "client_id": app.client_id, **secret}


def token_of(reply: Reply, form: Mapping[str, str]) -> OAuth2Token:
    """Return the token of an answer to ``form``.

    Raises:
        OAuth2Error: The answer is a refusal.
        PayloadError: It is a success without tokens.
    """
    if not reply.is_success:
        raise oauth_error(reply, form)
    read_text(reply, "access_token")
    read_text(reply, "refresh_token")
    return OAuth2Token(reply.data)


def oauth_error(reply: Reply, form: Mapping[str, str]) -> OAuth2Error | ServiceError:
    """Return what a refusal is called, without the secrets that ``form`` had sent."""
    code = _printable(reply.data.get("error"), form)[:60] or f"http_{reply.status}"
    if code in _TRANSIENT:
        return at_step(ServiceError(503, reply.endpoint), SignInStep.MICROSOFT)
    described = _printable(reply.data.get("error_description"), form)[:_DESCRIPTION_LIMIT]
    told = " ".join(part for part in (described, _ADVICE.get(code, "")) if part)
    is_spent = form.get("grant_type") == "refresh_token" and code in _SPENT
    return (RefreshTokenRefusedError if is_spent else OAuth2Error)({"error": code, "error_description": told})


def _printable(value: object, form: Mapping[str, str]) -> str:
    """Return a text of the service on one line, with everything struck out that it must not quote."""
    text = value if isinstance(value, str) else ""
    for name in _SECRETS:
        if secret := form.get(name):
            text = text.replace(secret, "•••")
    return "".join(char if char.isprintable() else " " for char in text).strip()


async def _request(
    session: ClientSession, form: Mapping[str, str], app: AzureApp, origin: str | None
) -> OAuth2Token:
    sent = with_app(form, app)
    reply = await exchange(session, "POST", _TOKEN, SignInStep.MICROSOFT, origin=origin, form=sent)
    return token_of(reply, sent)
