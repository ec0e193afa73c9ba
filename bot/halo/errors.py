"""Everything that can go wrong between a caller and Halo's services, as one tree.

Two questions decide what a caller does with an error, and every class answers both:
who is at fault (:class:`Fault`), and does trying again help (``retryable``).
No message ever holds a token, a header value or a query string.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final

__all__ = [
    "LOGIN_COMMAND",
    "AuthenticationError",
    "BadRequestError",
    "ClearanceTokenError",
    "DeadlineExceededError",
    "Fault",
    "FilmNotFoundError",
    "FilmReadError",
    "ForbiddenError",
    "HaloConnectionError",
    "HaloError",
    "HaloResponseError",
    "InvalidXuidError",
    "NotFoundError",
    "OAuth2Error",
    "PayloadError",
    "RateLimitedError",
    "RefreshTokenRefusedError",
    "ServiceError",
    "SignInRefusedError",
    "SignInStep",
    "SpartanTokenError",
    "TokenStoreError",
    "XboxUserTokenError",
    "XstsTokenError",
    "error_for_status",
]

LOGIN_COMMAND: Final = "adjutant login"
"""What the operator runs to sign in (again)."""


class Fault(Enum):
    """Who has to do something about an error."""

    CALLER = "caller"
    OPERATOR = "operator"
    SERVICE = "service"


class SignInStep(StrEnum):
    """The steps from a stored refresh token to tokens that Halo takes, in their order."""

    STORE = "token store"
    MICROSOFT = "Microsoft sign-in"
    XBOX_USER = "Xbox user token"
    XBOX_XSTS = "Xbox XSTS token"
    HALO_XSTS = "Halo XSTS token"
    SPARTAN = "Spartan token"
    CLEARANCE = "clearance"


class HaloError(Exception):
    """Base of every error that the Halo client raises on purpose.

    Attributes:
        step: The step of the sign-in that failed; None where it was no step of it.
    """

    fault: ClassVar[Fault] = Fault.SERVICE
    retryable: ClassVar[bool] = False
    step: SignInStep | None = None


class InvalidXuidError(HaloError, ValueError):
    """An XUID that is not 16 digits, in whatever form it was given (``xuid``)."""

    fault = Fault.CALLER

    def __init__(self, xuid: str | int) -> None:
        super().__init__(f"Not an XUID of 16 digits: {str(xuid)[:40]!r}")
        self.xuid = xuid


class OAuth2Error(HaloError):
    """Microsoft refused a sign-in step.

    ``error`` is its code, such as ``invalid_grant``, ``description`` what it says besides, without secrets.
    """

    fault = Fault.OPERATOR
    step = SignInStep.MICROSOFT

    def __init__(self, response_data: dict[str, Any]) -> None:
        self.error = str(response_data.get("error", "unknown"))
        self.description = str(response_data.get("error_description", ""))
        super().__init__(f"{self.error}: {self.description}" if self.description else self.error)


class RefreshTokenRefusedError(OAuth2Error):
    """The refresh token has expired, was revoked, or was never there: somebody has to sign in again."""

    def __init__(self, response_data: dict[str, Any]) -> None:
        super().__init__(response_data)
        self.args = (f"There is no valid sign-in ({self}). Sign in: {LOGIN_COMMAND}",)


class TokenStoreError(OAuth2Error):
    """The stored sign-in cannot be read, used or written; the message says what to do."""

    step = SignInStep.STORE

    def __init__(self, reason: str) -> None:
        super().__init__({"error": "token_store", "error_description": reason})
        self.args = (reason,)


class DeadlineExceededError(HaloError):
    """The call's own deadline passed before an answer was there, or would have before its turn came.

    ``endpoint`` is host and path without the query, ``seconds`` the deadline.
    """

    retryable = True

    def __init__(self, endpoint: str, seconds: float) -> None:
        super().__init__(f"No answer from {endpoint} within {seconds:g} s")
        self.endpoint = endpoint
        self.seconds = seconds


class HaloConnectionError(HaloError):
    """The service could not be reached, or hung up before its answer was complete.

    ``endpoint`` is host and path without the query, ``reason`` what happened, in words.
    """

    retryable = True

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(f"{endpoint}: {reason}")
        self.endpoint = endpoint
        self.reason = reason


class PayloadError(HaloError):
    """A success whose body is not what the endpoint answers: HTML, truncated JSON, another shape.

    ``endpoint`` is host and path without the query, ``reason`` what is wrong, without a word of the body.
    """

    retryable = True

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(f"{endpoint}: {reason}")
        self.endpoint = endpoint
        self.reason = reason


class FilmReadError(HaloError):
    """A film that is there but cannot be read: broken data, or a layout that is not known yet."""


class FilmNotFoundError(FilmReadError):
    """A match without a film: it has expired, or there are no highlight events in it (yet)."""

    fault = Fault.CALLER


class HaloResponseError(HaloError):
    """A service answered with a status that is not a success.

    Attributes:
        status: The HTTP status.
        endpoint: Host and path, without the query.
        headers: The headers worth logging: ``X-343-Exception``, ``MS-CV``, ``Transaction-ID``.
        retry_after_s: What ``Retry-After`` asked for, in seconds.
    """

    def __init__(
        self,
        status: int,
        endpoint: str,
        *,
        headers: dict[str, str] | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(f"{endpoint} answered {status}")
        self.status = status
        self.endpoint = endpoint
        self.headers = headers or {}
        self.retry_after_s = retry_after_s


class BadRequestError(HaloResponseError):
    """400, and every 4xx without a class of its own: the service did not understand what was asked."""

    fault = Fault.CALLER


class AuthenticationError(HaloResponseError):
    """401: the Spartan or clearance token is wrong or has expired."""

    fault = Fault.OPERATOR


class SignInRefusedError(AuthenticationError):
    """Xbox or Halo refused a step of the sign-in for good.

    Attributes:
        advice: One sentence that tells the operator what to do.
    """

    advice: str = ""

    def __init__(self, status: int, endpoint: str) -> None:
        super().__init__(status, endpoint)
        self.args = (f"{self.step}: {self}. {self.advice}",)


class XboxUserTokenError(SignInRefusedError):
    """Xbox does not take the Microsoft account's access token."""

    step = SignInStep.XBOX_USER
    advice = f"Sign in again with the account that plays Halo: {LOGIN_COMMAND}"


class XstsTokenError(SignInRefusedError):
    """Xbox does not let this account use Xbox or Halo services.

    Attributes:
        xerr: Xbox's code for the reason; None where it gave none.
    """

    step = SignInStep.XBOX_XSTS

    def __init__(
        self, status: int, endpoint: str, *, step: SignInStep, xerr: int | None, advice: str
    ) -> None:
        self.step = step
        self.xerr = xerr
        self.advice = advice
        super().__init__(status, endpoint)


class SpartanTokenError(SignInRefusedError):
    """Halo gives no Spartan token for this Xbox account."""

    step = SignInStep.SPARTAN
    advice = f"Start Halo Infinite once with this account, then sign in again: {LOGIN_COMMAND}"


class ClearanceTokenError(SignInRefusedError):
    """Halo gives no clearance for this Spartan token."""

    step = SignInStep.CLEARANCE
    advice = f"If it stays so, sign in again: {LOGIN_COMMAND}"


class ForbiddenError(HaloResponseError):
    """403: the signed-in player may not see this."""

    fault = Fault.CALLER


class NotFoundError(HaloResponseError):
    """404 or 410: there is no such player, match, asset or film (any more)."""

    fault = Fault.CALLER


class RateLimitedError(HaloResponseError):
    """429, also after the retries: too many requests for this account."""

    retryable = True


class ServiceError(HaloResponseError):
    """5xx, Cloudflare's 526 and redirects to nowhere, also after the retries: the service is in trouble."""

    retryable = True


_CLIENT_ERRORS: Final[Mapping[int, type[HaloResponseError]]] = MappingProxyType(
    {
        400: BadRequestError,
        401: AuthenticationError,
        403: ForbiddenError,
        404: NotFoundError,
        410: NotFoundError,
        429: RateLimitedError,
    }
)


def error_for_status(status: int) -> type[HaloResponseError]:
    """Return the class of the error that a status other than 2xx is raised as."""
    if 400 <= status < 500:
        return _CLIENT_ERRORS.get(status, BadRequestError)
    return ServiceError
