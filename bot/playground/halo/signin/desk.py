"""The state of the sign-in as a whole, and what can be ordered of it while it runs."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.playground.halo.signin.codes import AuthorizationCodes
from bot.playground.halo.signin.credentials import Credentials
from bot.playground.halo.signin.devices import Device, Devices, DeviceState
from bot.playground.halo.signin.halo_tokens import HaloTokens
from bot.playground.halo.signin.mint import Mint
from bot.playground.halo.signin.refresh_tokens import RefreshTokens
from bot.playground.halo.signin.rules import SignInRules

__all__ = ["SignInDesk"]


class SignInDesk:
    """Everything that the sign-in hosts know.

    Attributes:
        rules: The rules in force.
        first_refresh_token: What to begin with where nobody signs in: ``playground-refresh-1``.
        refresh_tokens, codes, devices, access, users, xsts_xbox, xsts_halo, halo: What was given out.
    """

    def __init__(
        self, credentials: Credentials, clock: Callable[[], datetime], rng: random.Random | None = None
    ) -> None:
        self.rules = SignInRules()
        self.clock = clock
        self.refresh_tokens = RefreshTokens(clock)
        self.codes = AuthorizationCodes(clock)
        self.devices = Devices(clock, rng or random.Random())  # noqa: S311 - codes of a game
        self.access = Mint("playground-access", clock)
        self.users = Mint("playground-user", clock)
        self.xsts_xbox = Mint("playground-xsts-xbox", clock)
        self.xsts_halo = Mint("playground-xsts-halo", clock)
        self.halo = HaloTokens(credentials, clock)
        self.first_refresh_token = self.sign_in()

    def change(self, **rules: Any) -> SignInRules:
        """Change some of the rules, for what is asked from now on.

        Raises:
            ValueError: There is no such rule, or it cannot be that.
        """
        self.rules = SignInRules.model_validate(self.rules.model_dump() | rules)
        return self.rules

    def sign_in(self) -> str:
        """Somebody signs in elsewhere: return a refresh token that any application may use first."""
        return self.refresh_tokens.issue(None, self.rules.refresh_life)

    def expire(self) -> None:
        """Let every Halo token end now, by hand or of a sign-in: calls get a 401, and a renewal helps."""
        self.halo.expire()

    def revoke(self) -> None:
        """Refuse every refresh token: whoever has to renew has to sign in anew. Halo tokens last on."""
        self.refresh_tokens.revoke()

    def approve(self, user_code: str) -> Device:
        """Somebody types a user code and says yes.

        Raises:
            KeyError: Nobody waits with such a code.
        """
        return self.devices.decide(user_code, approve=True)

    def decline(self, user_code: str) -> Device:
        """Somebody types a user code and says no.

        Raises:
            KeyError: Nobody waits with such a code.
        """
        return self.devices.decide(user_code, approve=False)

    def waiting(self) -> list[Device]:
        """The devices whose user code nobody has typed yet, the oldest first."""
        now = self.clock()
        return [
            device for device in self.devices if device.state is DeviceState.PENDING and device.ends_at > now
        ]
