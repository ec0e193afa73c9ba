"""A simulated Halo service: every endpoint of the client, with faults that can be switched on."""

from __future__ import annotations

from bot.playground.halo.faults import Fault, FaultBook, FaultKind
from bot.playground.halo.gate import Leak
from bot.playground.halo.service import HaloService, run_halo_service
from bot.playground.halo.signin import Credentials, SignInDesk, SignInStop

__all__ = [
    "Credentials",
    "Fault",
    "FaultBook",
    "FaultKind",
    "HaloService",
    "Leak",
    "SignInDesk",
    "SignInStop",
    "run_halo_service",
]
