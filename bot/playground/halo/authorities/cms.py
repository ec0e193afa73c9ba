"""``gamecms-hacs``: metadata, calendars, reward tracks, images; paths are read without regard to case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.playground.halo.answers import FILE_MAX_AGE_S, Refusal, answer_json, answer_png
from bot.playground.halo.stage import Stage, read_uuid
from bot.playground.halo.wire import cms_json
from bot.playground.world.playlists import PLAYLISTS

__all__ = ["CmsAuthority"]

_HOST = "/gamecms-hacs.svc.halowaypoint.com"
_SHEETS = {
    "medals/images/medal_sheet_sm.png": 72,
    "medals/images/medal_sheet_med.png": 128,
    "medals/images/medal_sheet_xl.png": 256,
}


class CmsAuthority:
    """Answers for files that the game's makers publish."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._progression: dict[str, Callable[[], dict[str, Any]]] = {
            "csr/calendars/csrseasoncalendar.json": lambda: cms_json.write_csr_calendar(stage.world.seasons),
            "calendars/seasons/seasoncalendar.json": lambda: cms_json.write_season_calendar(
                stage.world.seasons
            ),
            "rewardtracks/careerranks/careerrank1.json": cms_json.write_career_track,
        }
        self._operations = {
            f"rewardtracks/operations/{name.lower()}.json": name for name in cms_json.OPERATION_TRACKS
        }

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [
            web.get(_HOST + "/hi/{area:[Ww]aypoint}/file/{path:.+}", self._waypoint),
            web.get(_HOST + "/hi/{area:[Pp]rogression}/file/{path:.+}", self._progression_file),
            web.get(_HOST + "/hi/images/file/{path:.+}", self._image),
            web.get(_HOST + "/hi/multiplayer/file/playlists/assets/{playlist}.json", self._playlist),
        ]

    async def _waypoint(self, request: web.Request) -> web.Response:
        path = request.match_info["path"].lower()
        if path == "medals/metadata.json":
            return answer_json(cms_json.write_medal_metadata(), max_age_s=FILE_MAX_AGE_S)
        if path not in _SHEETS:
            raise Refusal(404, "FileNotFound")
        return answer_png(await asyncio.to_thread(self._stage.gallery.medal_sheet, _SHEETS[path]))

    async def _progression_file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"].lower()
        if write := self._progression.get(path):
            return answer_json(write(), max_age_s=FILE_MAX_AGE_S)
        if name := self._operations.get(path):
            return answer_json(cms_json.write_operation_track(name))
        raise Refusal(404, "FileNotFound")

    async def _image(self, request: web.Request) -> web.Response:
        picture = await asyncio.to_thread(self._stage.gallery.rank_icon, request.match_info["path"])
        if picture is None:
            raise Refusal(404, "FileNotFound")
        return answer_png(picture)

    async def _playlist(self, request: web.Request) -> web.Response:
        asset_id = read_uuid(request.match_info["playlist"])
        for playlist in PLAYLISTS.values():
            if playlist.asset_id == asset_id:
                asset = self._stage.world.catalogue.playlist(playlist)
                return answer_json(cms_json.write_playlist_configuration(playlist, asset))
        raise Refusal(404, "FileNotFound")
