"""A simulated Halo service: every endpoint of the client, with faults that can be switched on."""

from __future__ import annotations

from bot.playground.halo.faults import Fault, FaultBook, FaultKind
from bot.playground.halo.gate import Credentials, Leak
from bot.playground.halo.service import HaloService, run_halo_service

__all__ = ["Credentials", "Fault", "FaultBook", "FaultKind", "HaloService", "Leak", "run_halo_service"]
