"""Authorization codes: what a browser brings back from the sign-in page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.halo.signin.denial import Denial, DenialKind

__all__ = ["AuthorizationCodes", "CodeRequest"]

_NAME = "playground-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequest:
    """What an application asked for; ``challenge`` (PKCE, S256) is empty where it gave none."""

    client_id: str
    redirect_uri: str
    scope: str
    challenge: str = ""


@dataclass(slots=True, kw_only=True)
class _Code:
    request: CodeRequest
    ends_at: datetime
    redeemed: bool = False


class AuthorizationCodes:
    """The codes that were given out; each is good once, for a short time, for who asked for it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._codes: dict[str, _Code] = {}

    def issue(self, request: CodeRequest, life: timedelta) -> str:
        """A new code."""
        now = self._clock()
        # Long enough that a late redeemer hears what is wrong, and no longer.
        self._codes = {name: code for name, code in self._codes.items() if code.ends_at + life > now}
        name = f"{_NAME}-{next(self._numbers)}"
        self._codes[name] = _Code(request=request, ends_at=now + life)
        return name

    def redeem(self, name: str, client_id: str, redirect_uri: str, verifier: str) -> CodeRequest:
        """Use a code up, and return what it was asked for.

        Raises:
            Denial: It is unknown, spent, expired, or not this application's; or address or verifier are not
                those of the request.
        """
        code = self._codes.get(name)
        if code is None or code.request.client_id != client_id:
            raise Denial(DenialKind.BAD_GRANT)
        if code.redeemed:
            raise Denial(DenialKind.CODE_REDEEMED)
        if code.ends_at <= self._clock():
            raise Denial(DenialKind.CODE_EXPIRED)
        if code.request.redirect_uri != redirect_uri:
            raise Denial(DenialKind.OTHER_REDIRECT)
        expected = _challenge_of(verifier) if verifier else ""
        if not hmac.compare_digest(expected.encode(), code.request.challenge.encode()):
            raise Denial(DenialKind.WRONG_VERIFIER)
        code.redeemed = True
        return code.request


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
