"""Who gets in: tokens on Halo's hosts, none anywhere else, and as many requests as the service allows."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.halo.answers import Refusal, answer_refusal
from bot.playground.halo.request_log import LoggedRequest, RequestLog, split_target

__all__ = ["CONTROL", "CREDENTIAL_HOSTS", "Credentials", "Gate", "Leak"]

CONTROL = "_control"
"""Where the service's own controls are; no simulated host."""
CREDENTIAL_HOSTS = frozenset(
    f"{name}.svc.halowaypoint.com"
    for name in ("halostats", "skill", "profile", "discovery-infiniteugc", "gamecms-hacs", "economy")
)
"""The only hosts that both tokens may go to."""
_SPARTAN, _CLEARANCE = "x-343-authorization-spartan", "343-clearance"
_SPARTAN_ALONE = ("settings.svc.halowaypoint.com", "/oban/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a caller must show. The values are made up: no real service takes them."""

    spartan: str = "playground-spartan"
    clearance: str = "playground-clearance"


@dataclass(frozen=True, slots=True)
class Leak:
    """A Halo token that reached a host which must not see it; never the token itself.

    ``header`` names the header it came in, or is ``query``.
    """

    host: str
    path: str
    header: str


class Gate:
    """The middleware: logs, looks for leaks, counts against the rate, checks tokens, in this order.

    ``limits`` says how many requests a second a host takes before it answers 429; ``"*"`` is for all others.
    """

    def __init__(self, credentials: Credentials, log: RequestLog, monotonic: Callable[[], float]) -> None:
        self.credentials = credentials
        self.leaks: list[Leak] = []
        self.limits: dict[str, int] = {}
        self._log = log
        self._monotonic = monotonic
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    async def handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets a request through to the host, or answers for it."""
        host, path = split_target(request)
        if host == CONTROL:
            return await handler(request)
        entry = LoggedRequest(
            host=host,
            method=request.method,
            path=path,
            query=request.query_string,
            started_s=self._monotonic(),
        )
        self._log.add(entry)
        self._look_for_leaks(host, path, {**request.headers, "query": request.query_string})
        response = await self._answer(host, entry.started_s, request, handler)
        entry.status = response.status
        return response

    async def _answer(
        self, host: str, now: float, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        if self._exceeds_rate(host, now):
            return answer_refusal(429, "RateExceeded", headers={"Retry-After": "1"})
        try:
            if host in CREDENTIAL_HOSTS:
                self._check(request)
            return await handler(request)
        except Refusal as refusal:
            return answer_refusal(refusal.status, refusal.reason)
        except web.HTTPNotFound:
            return answer_refusal(404, "NoSuchEndpoint")
        except web.HTTPMethodNotAllowed:
            return answer_refusal(405, "MethodNotAllowed")

    def _check(self, request: web.Request) -> None:
        shown = (request.headers.get(_SPARTAN), request.headers.get(_CLEARANCE))
        if shown != (self.credentials.spartan, self.credentials.clearance):
            raise Refusal(401, "Unauthorized")

    def _look_for_leaks(self, host: str, path: str, headers: Mapping[str, str]) -> None:
        if host in CREDENTIAL_HOSTS:
            return
        tokens = (self.credentials.spartan, self.credentials.clearance)
        for name, value in headers.items():
            allowed = (
                name.lower() == _SPARTAN and host == _SPARTAN_ALONE[0] and path.startswith(_SPARTAN_ALONE[1])
            )
            named = name.lower() in {_SPARTAN, _CLEARANCE}
            if not allowed and (named or any(token in value for token in tokens)):
                self.leaks.append(Leak(host, path, name))

    def _exceeds_rate(self, host: str, now: float) -> bool:
        limit = self.limits.get(host, self.limits.get("*"))
        recent = self._recent[host]
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if limit is not None and len(recent) >= limit:
            return True
        recent.append(now)
        return False
