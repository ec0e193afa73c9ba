"""Microsoft's, Xbox's and Halo's sign-in hosts as they behave, on a loopback port."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from yarl import URL

__all__ = ["SECRET", "Seen", "SignIn", "until"]

SECRET = "SECRET"
"""Stands in every token, so that one search finds them all."""

LIVE = "login.live.com/oauth20_token.srf"
CONSUMERS = "login.microsoftonline.com/consumers/oauth2/v2.0"
USER = "user.auth.xboxlive.com/user/authenticate"
XSTS = "xsts.auth.xboxlive.com/xsts/authorize"
SPARTAN = "settings.svc.halowaypoint.com/spartan-token"
CLEARANCE = "settings.svc.halowaypoint.com/oban/flight-configurations/titles/hi/audiences/RETAIL/active"


@dataclass(frozen=True)
class Seen:
    """A request: where it went without the stand-in's origin, and what it brought."""

    method: str
    target: str
    headers: dict[str, str]
    body: Any


Hook = Callable[[Seen], web.Response | None]


class SignIn:
    """The whole chain. A refresh token stays valid until its successor is first used.

    ``hook`` sees every request first and may answer it; ``hold`` keeps answers back until it is set.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.origin = ""
        self.seen: list[Seen] = []
        self.life = timedelta(hours=4)
        self.prefix = "d="
        self.claims = {"gtg": "Ember Fox", "xid": "2533274800000001"}
        self.device_answers: list[str] = []
        self.hook: Hook = lambda _seen: None
        self.hold: asyncio.Event | None = None
        self.most_user_calls = 0
        self.clearances = itertools.count(1)
        self._user_calls = 0
        self._numbers = itertools.count(1)
        self._challenges: dict[str, str] = {}
        self.newest = self._number("refresh")
        self._previous = ""

    @property
    def targets(self) -> list[str]:
        return [seen.target for seen in self.seen]

    def revoke(self) -> None:
        """No refresh token that was handed out is good any more."""
        self.newest, self._previous = self._number("refresh"), ""

    def fails(self, target: str, status: int = 503, **body: Any) -> None:
        """Answer one of the steps with a status from now on."""
        self.hook = lambda seen: web.json_response(body, status=status) if seen.target == target else None

    def works(self) -> None:
        self.hook = lambda _seen: None

    def _number(self, name: str) -> str:
        return f"{SECRET}-{name}-{next(self._numbers)}"

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[SignIn]:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        body = await request.json() if is_json else dict(await request.post())
        seen = Seen(request.method, request.path.removeprefix("/"), dict(request.headers), body)
        self.seen.append(seen)
        if self.hold is not None:
            await self.hold.wait()
        if (answer := self.hook(seen)) is not None:
            return answer
        if seen.target == USER:
            return await self._user(body)
        answers = {
            LIVE: self._token,
            f"{CONSUMERS}/token": self._token,
            f"{CONSUMERS}/devicecode": self._device_code,
            XSTS: self._xsts,
            SPARTAN: self._spartan,
            CLEARANCE: self._clearance,
        }
        answer_to = answers.get(seen.target)
        return answer_to(seen) if answer_to else web.Response(status=404)

    def _token(self, seen: Seen) -> web.Response:
        form = seen.body
        match form.get("grant_type"):
            case "refresh_token":
                if form["refresh_token"] not in {self.newest, self._previous}:
                    return _refusal("invalid_grant", f"The token {form['refresh_token']} is expired.")
                if form["refresh_token"] == self.newest:
                    self._previous = ""
            case "authorization_code":
                challenge = self._challenges.get(form["code"])
                digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
                if challenge is not None and challenge != base64.urlsafe_b64encode(digest).decode().rstrip(
                    "="
                ):
                    return _refusal("invalid_grant", "The verifier is wrong.")
            case "urn:ietf:params:oauth:grant-type:device_code":
                if self.device_answers and (error := self.device_answers.pop(0)) != "ok":
                    return _refusal(error, "…")
            case _:
                return _refusal("unsupported_grant_type", "…")
        self._previous = self._previous or self.newest
        self.newest = self._number("refresh")
        return web.json_response(
            {"token_type": "bearer", "access_token": self._number("access"), "refresh_token": self.newest}
        )

    def _device_code(self, _seen: Seen) -> web.Response:
        return web.json_response(
            {
                "user_code": "ABCD-EFGH",
                "device_code": f"{SECRET}-device",
                "verification_uri": "https://microsoft.com/link",
                "expires_in": 900,
                "interval": 5,
            }
        )

    def authorize(self, url: str) -> URL:
        """Do what a person does at the sign-in page; returns where the browser is sent."""
        query = URL(url).query
        code = self._number("code")
        self._challenges[code] = query["code_challenge"]
        return URL(query["redirect_uri"]).with_query(code=code, state=query["state"])

    async def _user(self, body: Any) -> web.Response:
        self._user_calls += 1
        self.most_user_calls = max(self.most_user_calls, self._user_calls)
        await asyncio.sleep(0.01)
        self._user_calls -= 1
        if not body["Properties"]["RpsTicket"].startswith(f"{self.prefix}{SECRET}-access"):
            return web.Response(status=401)
        return self._xbox_token("user", {"uhs": "1234"})

    def _xsts(self, _seen: Seen) -> web.Response:
        return self._xbox_token("xsts", {**self.claims, "uhs": "1234"})

    def _xbox_token(self, name: str, claims: dict[str, str]) -> web.Response:
        return web.json_response({"Token": self._number(name), "DisplayClaims": {"xui": [claims]}})

    def _spartan(self, _seen: Seen) -> web.Response:
        moment = datetime.fromtimestamp(self.now(), UTC) + self.life
        expires = {"ISO8601Date": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        return web.json_response({"SpartanToken": self._number("spartan"), "ExpiresUtc": expires}, status=201)

    def _clearance(self, _seen: Seen) -> web.Response:
        return web.json_response({"FlightConfigurationId": f"{SECRET}-clearance-{next(self.clearances)}"})


def _refusal(error: str, description: str) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=400)


async def until(condition: Callable[[], bool]) -> None:
    """Return when something over loopback has happened."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise TimeoutError
