"""The two Halo tokens: where they come from, and the only addresses that may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from yarl import URL

__all__ = [
    "CLEARANCE_HEADER",
    "SERVICE_HOSTS",
    "SPARTAN_HEADER",
    "TOKEN_HEADERS",
    "StaticTokens",
    "TokenSource",
    "Tokens",
    "token_headers",
]

SPARTAN_HEADER: Final = "x-343-authorization-spartan"
CLEARANCE_HEADER: Final = "343-clearance"
TOKEN_HEADERS: Final = (SPARTAN_HEADER, CLEARANCE_HEADER)

_SETTINGS_HOST: Final = "settings.svc.halowaypoint.com"
_CLEARANCE_PATH: Final = "/oban/flight-configurations/titles/hi/audiences/RETAIL/active"
_HOSTS_WITH_BOTH: Final = frozenset(
    f"{name}.svc.halowaypoint.com"
    for name in ("discovery-infiniteugc", "economy", "gamecms-hacs", "halostats", "profile", "skill")
)

SERVICE_HOSTS: Final = _HOSTS_WITH_BOTH | {_SETTINGS_HOST}
"""Every Halo service whose rate is limited, each on its own."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A Spartan token and the clearance (flight configuration id) that goes with it."""

    spartan: str = field(repr=False)
    clearance: str = field(repr=False)


class TokenSource(Protocol):
    """Whoever can hand out tokens that the services accept."""

    async def current(self) -> Tokens:
        """Return the tokens to send now.

        Raises:
            HaloError: There are none, because a sign-in failed.
        """
        ...

    async def renew(self, rejected: Tokens) -> Tokens:
        """Return better tokens after a 401 for ``rejected``, or ``rejected`` when there are none.

        It is called by every request that was refused, also at once: tokens that are already newer
        than ``rejected`` are returned as they are.
        """
        ...


class StaticTokens:
    """Tokens given by hand: they last until somebody sets others."""

    def __init__(self, spartan: str, clearance: str) -> None:
        self.set(spartan, clearance)

    def set(self, spartan: str, clearance: str) -> None:
        """Replace both tokens for every request that starts from now on.

        Raises:
            ValueError: One of them holds characters that no header can.
        """
        tokens = Tokens(spartan.strip(), clearance.strip())
        if not (tokens.spartan + tokens.clearance).isprintable():
            raise ValueError("A Halo token holds characters that cannot be part of one.")
        self._tokens = tokens

    async def current(self) -> Tokens:
        """Return the tokens that were set last."""
        return self._tokens

    async def renew(self, rejected: Tokens) -> Tokens:
        """Return the tokens that were set last, which may be those that were rejected."""
        return self._tokens


def token_headers(url: URL) -> tuple[str, ...]:
    """Return the names of the token headers that a request to this real address may carry.

    Only https to an exact host on the default port is trusted. The settings service gets the Spartan
    token on the clearance call alone, and nothing where that token is made.
    """
    if url.scheme != "https" or url.port != 443 or url.raw_user is not None or url.raw_password is not None:
        return ()
    if url.raw_host in _HOSTS_WITH_BOTH:
        return TOKEN_HEADERS
    if url.raw_host == _SETTINGS_HOST and url.raw_path == _CLEARANCE_PATH:
        return (SPARTAN_HEADER,)
    return ()
