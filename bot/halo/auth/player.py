"""Who signed in, and the tokens that came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.halo.auth.halo import ClearanceToken, SpartanToken

__all__ = ["AuthenticatedPlayer"]


@dataclass(frozen=True)
class AuthenticatedPlayer:
    """A signed-in player.

    Attributes:
        player_id: The account as ``xuid(…)``; empty where Xbox does not tell.
        gamertag: The gamertag; empty where Xbox does not tell.
        spartan_token: What Halo's services take.
        clearance_token: What most of them want besides.
        xbl_authorization_header_value: The ``Authorization`` for calls to Xbox.
    """

    player_id: str
    gamertag: str
    spartan_token: SpartanToken
    clearance_token: ClearanceToken
    xbl_authorization_header_value: str = field(repr=False)

    @property
    def is_valid(self) -> bool:
        """Whether the Spartan token has not expired, by this machine's clock."""
        return self.spartan_token.expires_at > datetime.now(UTC)
