"""``skill``: CSR in a playlist, and what a match says of its players' skill."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.stage import Stage, listed, read_uuid, read_xuid
from bot.playground.halo.wire.skill_json import write_csr, write_entry, write_match_skill
from bot.playground.world.calendar import Season, find_season
from bot.playground.world.playlists import PLAYLISTS, Playlist

__all__ = ["SkillAuthority"]

_HOST = "/skill.svc.halowaypoint.com"
_BATCH = 32


class SkillAuthority:
    """Answers for ranks. An invalid XUID among others makes a 404 whose body still holds the others' results."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.get(_HOST + "/hi/matches/{match}/skill", self._match_skill),
            web.get(_HOST + "/hi/playlist/{playlist}/csrs", self._csrs),
        ]

    async def _match_skill(self, request: web.Request) -> web.Response:
        now = self._stage.pass_time()
        plan = self._stage.world.plan(read_uuid(request.match_info["match"]))
        xuids = _read_players(request)
        if plan is None or plan.ends_at + self._stage.skill_delay > now:
            raise Refusal(404, "MatchNotFound")
        entries: list[dict[str, Any]] = []
        for xuid in xuids:
            skill = self._stage.world.skill(plan.match_id, xuid)
            entries.append(write_entry(xuid, write_match_skill(skill) if skill else None))
        return _answer(entries)

    async def _csrs(self, request: web.Request) -> web.Response:
        playlist = _ranked_playlist(request)
        xuids = _read_players(request)[:_BATCH]
        season = self._season(request.query.get("season"))
        world, until = self._stage.world, self._stage.pass_time() - self._stage.skill_delay
        entries: list[dict[str, Any]] = []
        for xuid in xuids:
            known = world.player_by_xuid(xuid) is not None
            standing = world.ladder.standing(playlist.key, season.season_id, xuid, until)
            entries.append(write_entry(xuid, write_csr(standing) if known else None))
        return _answer(entries)

    def _season(self, wanted: str | None) -> Season:
        """The season by its bare id. The path form is accepted and means nothing, as in the real service."""
        current = self._stage.world.season_at(self._stage.clock())
        if wanted is None or "/" in wanted:
            return current
        season = find_season(self._stage.world.seasons, wanted)
        if season is None or season.starts_at > current.starts_at:
            raise Refusal(404, "NoLadderInSeason")
        return season


def _ranked_playlist(request: web.Request) -> Playlist:
    asset_id = read_uuid(request.match_info["playlist"])
    for playlist in PLAYLISTS.values():
        if playlist.asset_id == asset_id and playlist.ranked:
            return playlist
    raise Refusal(404, "PlaylistHasNoLadder")


def _read_players(request: web.Request) -> list[int]:
    """The XUIDs asked for; a bot's id is none, and fails them all."""
    players = listed(request.query.getall("players", []))
    if not players:
        raise Refusal(400, "NoPlayers")
    return [read_xuid(player) for player in players]


def _answer(entries: list[dict[str, Any]]) -> web.Response:
    complete = all(entry["ResultCode"] == 0 for entry in entries)
    return answer_json({"Value": entries}, status=200 if complete else 404)
