"""``economy``: careers, battle passes and what players wear."""

from __future__ import annotations

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.stage import Stage, listed, read_xuid
from bot.playground.halo.wire import economy_json
from bot.playground.world.people import Player

__all__ = ["EconomyAuthority"]

_HOST = "/economy.svc.halowaypoint.com"
_BATCH = 32


class EconomyAuthority:
    """Answers for what players own."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        player = _HOST + "/hi/players/{player}"
        track = "{track:[Cc]areer[Rr]ank1}"
        return [
            web.get(player + "/rewardtracks/operations", self._operations),
            web.get(player + "/rewardtracks/careerranks/" + track, self._career_rank),
            web.get(player + "/customization", self._customization),
            web.get(player + "/customization/appearance", self._appearance),
            web.get(_HOST + "/hi/careerranks/" + track, self._career_ranks),
        ]

    def _player(self, request: web.Request, *, own: bool = False) -> Player:
        player = self._stage.player(request.match_info["player"])
        if own and not self._stage.is_owner(player):
            raise Refusal(403, "NotYourOwn")
        return player

    async def _operations(self, request: web.Request) -> web.Response:
        return answer_json(economy_json.write_operations(self._player(request)))

    async def _career_rank(self, request: web.Request) -> web.Response:
        """Reported to answer only for the signed-in account; the batch endpoint knows everybody."""
        return answer_json(economy_json.write_career_rank(self._player(request, own=True)))

    async def _career_ranks(self, request: web.Request) -> web.Response:
        xuids = [read_xuid(xuid) for xuid in listed(request.query.getall("players", []))][:_BATCH]
        found = [self._stage.world.player_by_xuid(xuid) for xuid in xuids]
        players = [player for player in found if player is not None and player.plays]
        return answer_json(economy_json.write_career_ranks(players))

    async def _customization(self, request: web.Request) -> web.Response:
        player = self._player(request, own=request.query.get("view") == "private")
        return answer_json(economy_json.write_customization(player, self._stage.world.began_at))

    async def _appearance(self, request: web.Request) -> web.Response:
        return answer_json(economy_json.write_appearance(self._player(request), self._stage.world.began_at))
