"""Who is signed in at the simulated Microsoft, Xbox and Halo: the state behind the sign-in hosts."""

from __future__ import annotations

from bot.playground.halo.signin.credentials import Credentials
from bot.playground.halo.signin.desk import SignInDesk
from bot.playground.halo.signin.devices import Device, DeviceState
from bot.playground.halo.signin.halo_tokens import HaloTokens
from bot.playground.halo.signin.rules import SignInRules, SignInStop

__all__ = ["Credentials", "Device", "DeviceState", "HaloTokens", "SignInDesk", "SignInRules", "SignInStop"]
