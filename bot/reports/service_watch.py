"""How Halo's services have answered whoever asked them. It asks nothing itself, so it knows at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.halo.errors import Fault, HaloConnectionError, HaloError, RateLimitedError
from bot.halo.transport.outcome import Outcome
from bot.stats.status import HaloStatus, Service, ServiceStatus, Trouble, TroubleKind

__all__ = ["ServiceWatch"]

_HOSTS: Final = MappingProxyType(
    {
        "halostats.svc.halowaypoint.com": Service.MATCHES,
        "skill.svc.halowaypoint.com": Service.RANKS,
        "profile.svc.halowaypoint.com": Service.PLAYERS,
        "gamecms-hacs.svc.halowaypoint.com": Service.SEASONS_AND_MEDALS,
        "discovery-infiniteugc.svc.halowaypoint.com": Service.MAPS_AND_MODES,
        "economy.svc.halowaypoint.com": Service.SERVICE_TAGS,
    }
)
# First match wins.
_KINDS: Final[tuple[tuple[type[HaloError], TroubleKind], ...]] = (
    (HaloConnectionError, TroubleKind.SILENT),
    (RateLimitedError, TroubleKind.BUSY),
    (HaloError, TroubleKind.FAILING),
)


class ServiceWatch:
    """Remembers of each service when it last answered, and since when it does not.

    Args:
        now: The time of day.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._services = {service: ServiceStatus(service) for service in Service}
        self._sign_in: Trouble | None = None

    def note(self, outcome: Outcome) -> None:
        """Take notice of how a request ended; of other hosts than the services' nothing is kept.

        To refuse what was asked is to answer. A sign-in that failed says nothing of the service that was to be
        asked, and whoever answers has taken the bot's tokens.
        """
        error, service = outcome.error, _HOSTS.get(outcome.host)
        if service is None:
            return
        if error is not None and (error.fault is Fault.OPERATOR or error.step is not None):
            self._sign_in = self._worse(self._sign_in, error)
        elif error is not None and error.fault is Fault.SERVICE:
            known = self._services[service]
            self._services[service] = replace(known, trouble=self._worse(known.trouble, error))
        else:
            self._services[service] = ServiceStatus(service, answered_at=self._now())
            self._sign_in = None

    def status(self) -> HaloStatus:
        """Return what is known now."""
        return HaloStatus(tuple(self._services.values()), self._sign_in)

    def _worse(self, known: Trouble | None, error: HaloError) -> Trouble:
        """Return the trouble as it is now; it began when it first was there."""
        kind = next(kind for cause, kind in _KINDS if isinstance(error, cause))
        if error.fault is Fault.OPERATOR:
            kind = TroubleKind.OPERATOR
        return Trouble(kind, self._now() if known is None else known.since)
