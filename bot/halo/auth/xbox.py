"""Xbox's part of the sign-in: an access token against a user token, and that against XSTS tokens."""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop, Semaphore
from dataclasses import dataclass, field
from typing import Any, Final
from weakref import WeakKeyDictionary

from aiohttp import ClientSession

from bot.halo.auth.exchange import Reply, exchange, read_text
from bot.halo.auth.xerr import advice_for
from bot.halo.errors import InvalidXuidError, SignInStep, XboxUserTokenError, XstsTokenError
from bot.halo.xuid import wrap_xuid

__all__ = [
    "HALO_RELYING_PARTY",
    "XBOX_RELYING_PARTY",
    "XAUResponse",
    "XSTSResponse",
    "request_user_token",
    "request_xsts_token",
]

XBOX_RELYING_PARTY: Final = "http://xboxlive.com"
"""Whom an XSTS token for Xbox itself is for; it tells who signed in."""
HALO_RELYING_PARTY: Final = "https://prod.xsts.halowaypoint.com/"
"""Whom an XSTS token is for that a Spartan token is made of."""

_USER: Final = "https://user.auth.xboxlive.com/user/authenticate"
_XSTS: Final = "https://xsts.auth.xboxlive.com/xsts/authorize"
_CONTRACT: Final = {"x-xbl-contract-version": "1"}
_AT_A_TIME: Final = 2
# Xbox counts the calls of a whole process, whoever makes them, so the turns belong to the event loop.
_turns: Final[WeakKeyDictionary[AbstractEventLoop, Semaphore]] = WeakKeyDictionary()


@dataclass(frozen=True)
class XAUResponse:
    """A user token.

    Attributes:
        raw: The JSON as it came.
    """

    raw: dict[str, Any] = field(repr=False)

    @property
    def token(self) -> str:
        """The token itself."""
        return self.raw["Token"]


@dataclass(frozen=True)
class XSTSResponse:
    """An XSTS token, and whom it speaks for.

    Attributes:
        raw: The JSON as it came.
    """

    raw: dict[str, Any] = field(repr=False)

    @property
    def token(self) -> str:
        """The token itself."""
        return self.raw["Token"]

    @property
    def xui(self) -> dict[str, str]:
        """The claims about the account."""
        return self.raw["DisplayClaims"]["xui"][0]

    @property
    def xuid(self) -> str:
        """The account as ``xuid(…)``; empty where Xbox does not tell."""
        try:
            return wrap_xuid(str(self.xui.get("xid", "")))
        except InvalidXuidError:
            return ""

    @property
    def userhash(self) -> str:
        """The user hash that goes with the token."""
        return self.xui["uhs"]

    @property
    def gamertag(self) -> str:
        """The gamertag; empty where Xbox does not tell."""
        return str(self.xui.get("gtg", ""))

    @property
    def authorization_header_value(self) -> str:
        """The ``Authorization`` for calls to Xbox."""
        return f"XBL3.0 x={self.userhash};{self.token}"


async def request_user_token(
    session: ClientSession,
    access_token: str,
    relying_party: str = "http://auth.xboxlive.com",
    *,
    origin: str | None = None,
) -> XAUResponse:
    """Exchange Microsoft's access token; at most two of these calls are under way at a time.

    Some accounts are only taken with the ticket's other prefix, so a 401 is asked once more with that.

    Raises:
        XboxUserTokenError: Xbox does not take the access token.
        HaloError: Xbox could not be asked.
    """

    async def ask(prefix: str) -> Reply:
        ticket = {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": f"{prefix}{access_token}",
        }
        return await _ask(session, _USER, SignInStep.XBOX_USER, relying_party, ticket, origin)

    async with _turns.setdefault(asyncio.get_running_loop(), Semaphore(_AT_A_TIME)):
        reply = await ask("d=")
        if reply.status == 401:
            reply = await ask("t=")
    if not reply.is_success:
        raise XboxUserTokenError(reply.status, reply.endpoint)
    read_text(reply, "Token")
    return XAUResponse(reply.data)


async def request_xsts_token(
    session: ClientSession, user_token: str, relying_party: str, *, origin: str | None = None
) -> XSTSResponse:
    """Exchange a user token for one that ``relying_party`` takes.

    Raises:
        XstsTokenError: Xbox refuses; its message says what the account's owner has to do.
        HaloError: Xbox could not be asked.
    """
    step = SignInStep.HALO_XSTS if relying_party == HALO_RELYING_PARTY else SignInStep.XBOX_XSTS
    properties = {"UserTokens": [user_token], "SandboxId": "RETAIL"}
    reply = await _ask(session, _XSTS, step, relying_party, properties, origin)
    if not reply.is_success:
        xerr = _read_xerr(reply)
        raise XstsTokenError(reply.status, reply.endpoint, step=step, xerr=xerr, advice=advice_for(xerr))
    read_text(reply, "Token")
    read_text(reply, "DisplayClaims", "xui", 0, "uhs")
    return XSTSResponse(reply.data)


async def _ask(
    session: ClientSession,
    url: str,
    step: SignInStep,
    relying_party: str,
    properties: dict[str, Any],
    origin: str | None,
) -> Reply:
    document = {"RelyingParty": relying_party, "TokenType": "JWT", "Properties": properties}
    return await exchange(session, "POST", url, step, origin=origin, headers=_CONTRACT, document=document)


def _read_xerr(reply: Reply) -> int | None:
    """Return the code of a refusal, a number or digits."""
    code = reply.data.get("XErr")
    text = str(code) if isinstance(code, int | str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None
