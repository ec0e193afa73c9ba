"""Microsoft's, Xbox's and Halo's sign-in hosts: refresh token to Spartan token, as a small chain that works."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.gate import Credentials
from bot.playground.halo.stage import Stage
from bot.playground.halo.wire.moments import write_date, write_moment

__all__ = ["SignInHosts"]

_LIVE = "/login.live.com/oauth20_token.srf"
_CONSUMERS = "/login.microsoftonline.com/consumers/oauth2/v2.0/token"
_USER, _XSTS, _SETTINGS = (
    "/user.auth.xboxlive.com",
    "/xsts.auth.xboxlive.com",
    "/settings.svc.halowaypoint.com",
)
_ACCESS, _USER_TOKEN, _HALO_XSTS, _XBOX_XSTS, _HASH = (
    "playground-access", "playground-user", "playground-xsts-halo", "playground-xsts-xbox", "playground-hash",
)  # fmt: skip
_RELYING_PARTIES = {"http://xboxlive.com": _XBOX_XSTS, "https://prod.xsts.halowaypoint.com/": _HALO_XSTS}
_LIFE = timedelta(hours=4)


class SignInHosts:
    """Answers for the sign-in. Refresh tokens rotate: each may be used once, the first is ``playground-refresh-1``."""

    def __init__(self, stage: Stage, credentials: Callable[[], Credentials]) -> None:
        self._stage = stage
        self._credentials = credentials
        self._numbers = itertools.count(1)
        self._refresh_token = self._next_refresh_token()

    def _next_refresh_token(self) -> str:
        return f"playground-refresh-{next(self._numbers)}"

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.post(_LIVE, self._token),
            web.post(_CONSUMERS, self._token),
            web.post(_USER + "/user/authenticate", self._user_token),
            web.post(_XSTS + "/xsts/authorize", self._xsts_token),
            web.post(_SETTINGS + "/spartan-token", self._spartan_token),
            web.get(
                _SETTINGS + "/oban/flight-configurations/titles/hi/audiences/RETAIL/active", self._clearance
            ),
        ]

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        refreshed = (
            form.get("grant_type") == "refresh_token" and form.get("refresh_token") == self._refresh_token
        )
        if not refreshed and form.get("grant_type") != "authorization_code":
            error = {
                "error": "invalid_grant",
                "error_description": "The token is expired or was used before.",
            }
            return answer_json(error, status=400)
        self._refresh_token = self._next_refresh_token()
        return answer_json(
            {
                "token_type": "bearer",
                "expires_in": 3600,
                "scope": "Xboxlive.signin Xboxlive.offline_access",
                "access_token": _ACCESS,
                "refresh_token": self._refresh_token,
                "user_id": str(self._stage.owner.xuid),
            }
        )

    async def _user_token(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        if body.get("Properties", {}).get("RpsTicket") != f"d={_ACCESS}":
            raise Refusal(401, "Unauthorized")
        return answer_json(self._write_token(_USER_TOKEN, {"uhs": _HASH}))

    async def _xsts_token(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        token = _RELYING_PARTIES.get(body.get("RelyingParty", ""))
        if token is None or body.get("Properties", {}).get("UserTokens") != [_USER_TOKEN]:
            raise Refusal(401, "Unauthorized")
        owner = self._stage.owner
        claims = {
            "gtg": owner.gamertag,
            "xid": str(owner.xuid),
            "uhs": _HASH,
            "agg": "Adult",
            "usr": "",
            "utr": "",
            "prv": "",
        }
        return answer_json(self._write_token(token, claims))

    def _write_token(self, token: str, claims: dict[str, str]) -> dict[str, Any]:
        now = self._stage.clock()
        return {
            "IssueInstant": write_moment(now),
            "NotAfter": write_moment(now + _LIFE),
            "Token": token,
            "DisplayClaims": {"xui": [claims]},
        }

    async def _spartan_token(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        if body.get("Proof") != [{"Token": _HALO_XSTS, "TokenType": "Xbox_XSTSv3"}]:
            raise Refusal(401, "Unauthorized")
        return answer_json(
            {
                "ExpiresUtc": write_date(self._stage.clock() + _LIFE),
                "SpartanToken": self._credentials().spartan,
                "TokenDuration": "PT3H59M59S",
            },
            status=201,
        )

    async def _clearance(self, request: web.Request) -> web.Response:
        if request.headers.get("x-343-authorization-spartan") != self._credentials().spartan:
            raise Refusal(401, "Unauthorized")
        return answer_json({"FlightConfigurationId": self._credentials().clearance})
