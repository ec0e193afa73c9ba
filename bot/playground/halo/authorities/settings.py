"""Halo's part of the sign-in: Spartan tokens and the clearance."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.bodies import read_object
from bot.playground.halo.signin import SignInDesk, SignInStop
from bot.playground.halo.stage import Stage
from bot.playground.halo.wire.moments import write_date, write_duration

__all__ = ["SettingsHost"]

_HOST: Final = "/settings.svc.halowaypoint.com"
_ON_THE_WAY: Final = timedelta(seconds=10)
"""By how much less a token says that it lasts than until its end."""


class SettingsHost:
    """Answers for ``settings``."""

    def __init__(self, stage: Stage, desk: SignInDesk) -> None:
        self._stage = stage
        self._desk = desk

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.post(_HOST + "/spartan-token", self._spartan_token),
            web.get(_HOST + "/oban/flight-configurations/titles/hi/audiences/RETAIL/active", self._clearance),
        ]

    async def _spartan_token(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        self._stop(SignInStop.SPARTAN)
        if body.get("Audience") != "urn:343:s3:services" or body.get("MinVersion") != "4":
            raise Refusal(400, "InvalidRequest")
        match body.get("Proof"):
            case [{"Token": token, "TokenType": "Xbox_XSTSv3"}] if self._desk.xsts_halo.takes(token):
                life = self._desk.rules.spartan_life
            case _:
                raise Refusal(401, "InvalidProof")
        return answer_json(
            {
                "ExpiresUtc": write_date(self._stage.clock() + life),
                "SpartanToken": self._desk.halo.issue_spartan(life),
                "TokenDuration": write_duration(max(timedelta(0), life - _ON_THE_WAY)),
            },
            status=201,
        )

    async def _clearance(self, request: web.Request) -> web.Response:
        self._stop(SignInStop.CLEARANCE)
        if not self._desk.halo.takes_spartan(request.headers.get("x-343-authorization-spartan")):
            raise Refusal(401, "Unauthorized")
        return answer_json({"FlightConfigurationId": self._desk.halo.clearance})

    def _stop(self, step: SignInStop) -> None:
        if (status := self._desk.rules.refusals.get(step)) is not None:
            raise Refusal(status, "Ordered")
