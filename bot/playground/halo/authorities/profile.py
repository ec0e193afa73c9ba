"""``profile`` of Halo and of Xbox: who is who."""

from __future__ import annotations

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.stage import Stage, listed, read_xuid
from bot.playground.halo.wire.profile_json import write_user, write_xbox_profile

__all__ = ["ProfileAuthority"]

_HALO, _XBOX = "/profile.svc.halowaypoint.com", "/profile.xboxlive.com"
_BATCH = 100


class ProfileAuthority:
    """Answers for gamertags, XUIDs and gamerpics."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.get(_HALO + "/users/me", self._me),
            web.get(_HALO + "/users/{player}", self._one),
            web.get(_HALO + "/users", self._many),
            web.get(_XBOX + "/users/{player}/profile/settings", self._xbox),
        ]

    async def _me(self, _: web.Request) -> web.Response:
        return answer_json(write_user(self._stage.owner))

    async def _one(self, request: web.Request) -> web.Response:
        return answer_json(write_user(self._stage.player(request.match_info["player"])))

    async def _many(self, request: web.Request) -> web.Response:
        xuids = [read_xuid(xuid) for xuid in listed(request.query.getall("xuids", []))]
        if not 0 < len(xuids) <= _BATCH:
            raise Refusal(400, "InvalidBatchSize")
        players = [self._stage.world.player_by_xuid(xuid) for xuid in xuids]
        known = [player for player in players if player is not None]
        if len(known) < len(players):
            raise Refusal(400, "UnknownXuidInBatch")
        return answer_json([write_user(player) for player in known])

    async def _xbox(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").startswith("XBL3.0 x="):
            raise Refusal(401, "Unauthorized")
        if request.headers.get("x-xbl-contract-version") not in {"2", "3"}:
            raise Refusal(400, "ContractVersion")
        player = self._stage.player(request.match_info["player"])
        return answer_json(write_xbox_profile(player, listed(request.query.getall("settings", []))))
