"""Who gets in: tokens on Halo's hosts, none anywhere else, and as many requests as the service allows."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.guard import Guard
from bot.playground.halo.answers import Refusal, answer_refusal
from bot.playground.halo.request_log import LoggedRequest, RequestLog, split_target
from bot.playground.halo.signin import HaloTokens

__all__ = ["CONTROL", "CREDENTIAL_HOSTS", "Gate", "Leak"]

CONTROL = "_control"
"""Where the service's own controls are; no simulated host."""
CREDENTIAL_HOSTS = frozenset(
    f"{name}.svc.halowaypoint.com"
    for name in ("halostats", "skill", "profile", "discovery-infiniteugc", "gamecms-hacs", "economy")
)
"""The only hosts that both tokens may go to."""
_SPARTAN, _CLEARANCE = "x-343-authorization-spartan", "343-clearance"
_SPARTAN_ALONE = ("settings.svc.halowaypoint.com", "/oban/")
_AT_ONCE: Final = {"user.auth.xboxlive.com": 2}


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

    The service's own controls are behind the guard instead.

    ``limits`` says how many requests a second a host takes before it answers 429, ``"*"`` is for all others;
    ``at_once`` does so for requests under way, and ``most_at_once`` tells how many there have been.
    """

    def __init__(
        self, tokens: HaloTokens, log: RequestLog, guard: Guard, monotonic: Callable[[], float]
    ) -> None:
        self.leaks: list[Leak] = []
        self.limits: dict[str, int] = {}
        self.at_once: dict[str, int] = dict(_AT_ONCE)
        self.most_at_once: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()
        self._tokens = tokens
        self._log = log
        self._guard = guard
        self._monotonic = monotonic
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    async def handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets a request through to the host, or answers for it."""
        host, path = split_target(request)
        if host == CONTROL:
            return await self._guard.protect(handler)(request)
        entry = LoggedRequest(
            host=host,
            method=request.method,
            path=path,
            query=request.query_string,
            started_s=self._monotonic(),
            address=request.raw_path.removeprefix("/"),
            headers={name.lower(): ", ".join(request.headers.getall(name)) for name in request.headers},
        )
        self._log.add(entry)
        self._look_for_leaks(host, path, {**request.headers, "query": request.query_string})
        self._under_way[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self._under_way[host])
        try:
            entry.body = await request.read()
            response = await self._answer(host, entry.started_s, request, handler)
        finally:
            self._under_way[host] -= 1
        entry.status = response.status
        return response

    async def _answer(
        self, host: str, now: float, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        if self._exceeds_rate(host, now) or self._under_way[host] > self.at_once.get(
            host, self._under_way[host]
        ):
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
        if not self._tokens.take(request.headers.get(_SPARTAN), request.headers.get(_CLEARANCE)):
            raise Refusal(401, "Unauthorized")

    def _look_for_leaks(self, host: str, path: str, headers: Mapping[str, str]) -> None:
        if host in CREDENTIAL_HOSTS:
            return
        for name, value in headers.items():
            allowed = (
                name.lower() == _SPARTAN and host == _SPARTAN_ALONE[0] and path.startswith(_SPARTAN_ALONE[1])
            )
            named = name.lower() in {_SPARTAN, _CLEARANCE}
            if not allowed and (named or any(token in value for token in self._tokens.secrets)):
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
