"""Tokens with the times at which they want to be replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.halo.auth.halo import ClearanceToken
from bot.halo.auth.player import AuthenticatedPlayer
from bot.halo.transport.tokens import Tokens

__all__ = ["Lease"]

_EARLY_S: Final = 300.0
_CLEARANCE_S: Final = 3600.0
_SHORTEST_S: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The tokens of a signed-in player, for a time. All times are seconds since the Unix epoch.

    Attributes:
        player: Whom they were given to.
        tokens: The tokens.
        expires_s: When Halo stops taking the Spartan token.
        renew_s: When to renew everything: 5 minutes before that.
        clearance_s: When to ask for the clearance again.
    """

    player: AuthenticatedPlayer
    tokens: Tokens
    expires_s: float
    renew_s: float
    clearance_s: float

    @classmethod
    def begin(cls, player: AuthenticatedPlayer, now: float) -> Lease:
        """Return a lease that begins now.

        Tokens that seem to be at their end already mean that this machine's clock is wrong. They are
        taken for good for 5 minutes: a 401 tells the truth earlier.
        """
        expires_s = player.spartan_token.expires_at.timestamp()
        return cls(
            player=player,
            tokens=Tokens(player.spartan_token.token, player.clearance_token.token),
            expires_s=max(expires_s, now + _SHORTEST_S),
            renew_s=max(expires_s - _EARLY_S, now + _SHORTEST_S),
            clearance_s=now + _CLEARANCE_S,
        )

    def with_clearance(self, clearance: ClearanceToken, now: float) -> Lease:
        """Return the same lease with a clearance that was answered now."""
        return replace(
            self,
            player=replace(self.player, clearance_token=clearance),
            tokens=replace(self.tokens, clearance=clearance.token),
            clearance_s=now + _CLEARANCE_S,
        )

    @property
    def due_s(self) -> float:
        """When something is to be asked for again."""
        return min(self.renew_s, self.clearance_s)
