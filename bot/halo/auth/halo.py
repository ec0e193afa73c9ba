"""Halo's part of the sign-in: an XSTS token against a Spartan token, and that against a clearance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import ClientSession

from bot.halo.auth.exchange import at_step, exchange, read_text
from bot.halo.errors import ClearanceTokenError, PayloadError, SignInStep, SpartanTokenError
from bot.halo.transport.tokens import SPARTAN_HEADER

__all__ = ["ClearanceToken", "SpartanToken", "request_clearance_token", "request_spartan_token"]

_SPARTAN: Final = "https://settings.svc.halowaypoint.com/spartan-token"
_CLEARANCE: Final = (
    "https://settings.svc.halowaypoint.com/oban/flight-configurations/titles/hi/audiences/RETAIL/active"
)


@dataclass(frozen=True)
class SpartanToken:
    """A Spartan token, valid for about four hours.

    Attributes:
        raw: The JSON as it came.
    """

    raw: dict[str, Any] = field(repr=False)

    @property
    def token(self) -> str:
        """The token itself."""
        return self.raw["SpartanToken"]

    @property
    def expires_at(self) -> datetime:
        """When Halo stops taking it, in UTC."""
        moment = datetime.fromisoformat(self.raw["ExpiresUtc"]["ISO8601Date"])
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ClearanceToken:
    """A clearance, which says what build of the game's services a player sees.

    Attributes:
        raw: The JSON as it came.
    """

    raw: dict[str, Any] = field(repr=False)

    @property
    def token(self) -> str:
        """The flight configuration id."""
        return self.raw["FlightConfigurationId"]


async def request_spartan_token(
    session: ClientSession, halo_xsts_token: str, *, origin: str | None = None
) -> SpartanToken:
    """Exchange an XSTS token that is for Halo.

    Raises:
        SpartanTokenError: Halo refuses it.
        HaloError: Halo could not be asked.
    """
    document = {
        "Audience": "urn:343:s3:services",
        "MinVersion": "4",
        "Proof": [{"Token": halo_xsts_token, "TokenType": "Xbox_XSTSv3"}],
    }
    reply = await exchange(session, "POST", _SPARTAN, SignInStep.SPARTAN, origin=origin, document=document)
    if not reply.is_success:
        raise SpartanTokenError(reply.status, reply.endpoint)
    read_text(reply, "SpartanToken")
    read_text(reply, "ExpiresUtc", "ISO8601Date")
    token = SpartanToken(reply.data)
    try:
        token.expires_at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise at_step(PayloadError(reply.endpoint, "the expiry is no date"), SignInStep.SPARTAN) from None
    return token


async def request_clearance_token(
    session: ClientSession, spartan_token: str, *, origin: str | None = None
) -> ClearanceToken:
    """Ask for the clearance that goes with a Spartan token; it has no published expiry.

    Raises:
        ClearanceTokenError: Halo refuses the Spartan token.
        HaloError: Halo could not be asked.
    """
    headers = {SPARTAN_HEADER: spartan_token}
    reply = await exchange(session, "GET", _CLEARANCE, SignInStep.CLEARANCE, origin=origin, headers=headers)
    if not reply.is_success:
        raise ClearanceTokenError(reply.status, reply.endpoint)
    read_text(reply, "FlightConfigurationId")
    return ClearanceToken(reply.data)
