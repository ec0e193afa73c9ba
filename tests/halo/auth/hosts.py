"""The simulated sign-in hosts, with short words for what these tests order and look at."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth import AzureApp
from bot.halo.auth.oauth import SCOPE
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.playground.halo.request_log import LoggedRequest
from bot.playground.halo.signin.codes import CodeRequest
from bot.playground.world import World

__all__ = ["SECRET", "Seen", "SignIn", "until"]

SECRET = "playground-"
"""Stands in every token, so that one search finds them all."""

LIVE = "login.live.com/oauth20_token.srf"
CONSUMERS = "login.microsoftonline.com/consumers/oauth2/v2.0"
USER = "user.auth.xboxlive.com/user/authenticate"
XSTS = "xsts.auth.xboxlive.com/xsts/authorize"
SPARTAN = "settings.svc.halowaypoint.com/spartan-token"
CLEARANCE = "settings.svc.halowaypoint.com/oban/flight-configurations/titles/hi/audiences/RETAIL/active"
HALO_PARTY = "https://prod.xsts.halowaypoint.com/"


@dataclass(frozen=True)
class Seen:
    """A request: where it went without the stand-in's origin, and what it brought; header names in lower case."""

    target: str
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)


class SignIn:
    """A simulated Halo of which only the sign-in matters, at the time of a clock of one's own."""

    def __init__(self, world: World, now: Callable[[], float]) -> None:
        self.service = HaloService(world, clock=lambda: datetime.fromtimestamp(now(), UTC))
        self.desk = self.service.sign_in
        self.change = self.desk.change

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[SignIn]:
        async with self.service.running():
            yield self

    @property
    def origin(self) -> str:
        return self.service.origin

    @property
    def newest(self) -> str:
        """The refresh token that was issued last."""
        return self.desk.refresh_tokens.newest

    @property
    def targets(self) -> list[str]:
        return self.service.log.targets()

    @property
    def seen(self) -> list[Seen]:
        return [Seen(request.target, request.headers, _read(request)) for request in self.service.log]

    @property
    def exchanged(self) -> list[Seen]:
        """The forms that were sent for tokens."""
        return [seen for seen in self.seen if seen.target in {LIVE, f"{CONSUMERS}/token"}]

    def revoke(self) -> None:
        """No refresh token that was handed out is good any more; the newest was handed to nobody."""
        self.desk.revoke()
        self.desk.sign_in()

    def fails(self, target: str, status: int = 503, times: int | None = None, /, **body: Any) -> None:
        """Answer one of the steps with a status from now on, or so many times."""
        host, _, path = target.partition("/")
        self.service.faults.add(
            Fault(
                kind=FaultKind.STATUS,
                host=host,
                path=f"/{path}",
                status=status,
                times=times,
                body=json.dumps(body),
            )
        )

    def works(self) -> None:
        """Answer every step again."""
        self.service.faults.clear()

    def hold(self, target: str = "*/*") -> Callable[[], None]:
        """Keep the answers of a step (or of all) back; returns what lets them go."""
        host, _, path = target.partition("/")
        number = self.service.faults.add(Fault(kind=FaultKind.HOLD, host=host, path=f"/{path}"))
        return lambda: self.service.faults.remove(number)

    def access_token(self) -> str:
        return self.desk.access.issue(timedelta(hours=1))

    def user_token(self) -> str:
        return self.desk.users.issue(timedelta(hours=1))

    def xsts_token(self) -> str:
        return self.desk.xsts_halo.issue(timedelta(hours=1))

    def code(self, app: AzureApp) -> str:
        """The code that a browser brought back to an application."""
        request = CodeRequest(client_id=app.client_id, redirect_uri=app.redirect_uri, scope=SCOPE)
        return self.desk.codes.issue(request, timedelta(minutes=10))

    async def authorize(self, url: str, session: ClientSession) -> URL:
        """Do what a person does at the sign-in page; returns where the browser is sent."""
        async with session.get(url, allow_redirects=False) as response:
            assert response.status == 302, await response.text()
            return URL(response.headers["Location"])


def _read(request: LoggedRequest) -> Any:
    is_json = request.headers.get("content-type", "").startswith("application/json")
    return json.loads(request.body) if is_json else request.form


async def until(condition: Callable[[], bool]) -> None:
    """Return when something over loopback has happened."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise TimeoutError
