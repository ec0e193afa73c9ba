"""How Microsoft says no: an OAuth error code with a description that begins with a number of Azure's."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any, Final
from uuid import uuid4

__all__ = ["Denial", "DenialKind"]

_ERROR_PAGE: Final = "https://login.microsoftonline.com/error?code="


class DenialKind(Enum):
    """The error code, Azure's number, the status, and what is said; ``{}`` is what it is about."""

    # fmt: off
    MISSING = ("invalid_request", 900144, 400, "The request body must contain the following parameter: '{}'.")
    MALFORMED = ("invalid_request", 9000411, 400, "The request is not properly formatted: the parameter '{}' is not valid.")
    UNKNOWN_APP = ("unauthorized_client", 700016, 400, "Application with identifier '{}' was not found in the directory 'Microsoft Accounts'.")
    NO_SECRET = ("invalid_client", 7000218, 401, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
    WRONG_SECRET = ("invalid_client", 7000215, 401, "Invalid client secret provided. Ensure the secret being sent is the client secret value, not the client secret ID.")
    PUBLIC_APP = ("invalid_client", 700025, 401, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
    WRONG_REDIRECT = ("invalid_request", 50011, 400, "The redirect URI specified in the request does not match the redirect URIs configured for the application.")
    BAD_SCOPE = ("invalid_scope", 70011, 400, "The provided value for the input parameter 'scope' is not valid.")
    UNKNOWN_GRANT = ("unsupported_grant_type", 70003, 400, "The app requested an unsupported grant type '{}'.")
    BAD_GRANT = ("invalid_grant", 70000, 400, "The user could not be authenticated or the grant is expired. The user must first sign in and if needed grant the client application access to the scope requested.")
    UNUSED_TOO_LONG = ("invalid_grant", 700082, 400, "The refresh token has expired due to inactivity.")
    CODE_EXPIRED = ("invalid_grant", 70008, 400, "The provided authorization code has expired. Send a new interactive authorization request for this user and resource.")
    CODE_REDEEMED = ("invalid_grant", 54005, 400, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.")
    WRONG_VERIFIER = ("invalid_grant", 501481, 400, "The Code_Verifier does not match the code_challenge supplied in the authorization request.")
    OTHER_REDIRECT = ("invalid_grant", 70000, 400, "The provided value for the input parameter 'redirect_uri' is not valid. The expected value is a URI which matches the one of the authorization request.")
    PENDING = ("authorization_pending", 70016, 400, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
    TOO_FAST = ("slow_down", 70016, 400, "OAuth 2.0 device flow error. The app is polling too often. Slow down.")
    DEVICE_EXPIRED = ("expired_token", 70020, 400, "The provided value for the input parameter 'device_code' is not valid. This device code has expired.")
    DEVICE_UNKNOWN = ("bad_verification_code", 70019, 400, "The verification code is not recognised.")
    DECLINED = ("authorization_declined", 70018, 400, "The user declined the request to sign in.")
    ACCESS_DENIED = ("access_denied", 65004, 400, "The user has denied access to the scope requested by the client application.")

    # fmt: on
    def __init__(self, error: str, number: int, status: int, text: str) -> None:
        self.error = error
        self.number = number
        self.status = status
        self.text = text


class Denial(Exception):
    """Microsoft refuses; ``about`` names the parameter or the application."""

    def __init__(self, kind: DenialKind, about: str = "") -> None:
        super().__init__(kind.error)
        self.kind = kind
        self.description = f"AADSTS{kind.number}: {kind.text.format(about)}"

    def write(self, now: datetime) -> dict[str, Any]:
        """The JSON of the answer."""
        trace, correlation, moment = str(uuid4()), str(uuid4()), now.strftime("%Y-%m-%d %H:%M:%SZ")
        traced = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {moment}"
        return {
            "error": self.kind.error,
            "error_description": f"{self.description} {traced}",
            "error_codes": [self.kind.number],
            "timestamp": moment,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"{_ERROR_PAGE}{self.kind.number}",
        }
