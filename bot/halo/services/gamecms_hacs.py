"""The game's content management: medals, calendars, reward tracks, playlist settings and images."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from yarl import URL

from bot.halo.models.gamecms_hacs import (
    CareerRewardTrack,
    CsrSeasonCalendar,
    MedalMetadata,
    OperationRewardTrack,
    PlaylistConfiguration,
    SeasonCalendar,
)
from bot.halo.responses import ImageResponse, JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.endpoint import endpoint, path_segments, uuid_text

__all__ = ["GameCmsHacsService"]

_HOST: Final = "gamecms-hacs.svc.halowaypoint.com"
_RAW: Final = ModelParser(dict[str, Any])
_CAREER: Final = ModelParser(CareerRewardTrack)
_CSR_SEASONS: Final = ModelParser(CsrSeasonCalendar)
_MEDALS: Final = ModelParser(MedalMetadata)
_OPERATION: Final = ModelParser(OperationRewardTrack)
_PLAYLIST: Final = ModelParser(PlaylistConfiguration)
_SEASONS: Final = ModelParser(SeasonCalendar)


class GameCmsHacsService(BaseService):
    """Files that are the same for everybody.

    Paths are relative, as other answers give them; one with an empty, ``.`` or ``..`` part is a `ValueError`,
    and one at which nothing lies a `NotFoundError`. Pictures are PNG or JPEG, as stored.
    """

    async def get_progression_file(self, relative_path: str) -> JsonResponse[dict[str, Any]]:
        """Any file about progression, as the service says it."""
        return await self._get_json(_progression(relative_path), _RAW)

    async def get_waypoint_file(self, relative_path: str) -> JsonResponse[dict[str, Any]]:
        """Any JSON file of the Waypoint site, as the service says it."""
        return await self._get_json(_file("Waypoint/file", relative_path), _RAW)

    async def get_waypoint_image(self, relative_path: str) -> ImageResponse:
        """Any picture of the Waypoint site, such as a sheet of medals by the path in the medal metadata."""
        return await self._get_image(_file("Waypoint/file", relative_path))

    async def get_medal_metadata(self) -> JsonResponse[MedalMetadata]:
        """All medals that the service knows, with their names in many languages; matches have others too."""
        return await self._get_json(_file("Waypoint/file", "medals/metadata.json"), _MEDALS)

    async def get_csr_season_calendar(self) -> JsonResponse[CsrSeasonCalendar]:
        """The CSR seasons so far."""
        return await self._get_json(_progression("Csr/Calendars/CsrSeasonCalendar.json"), _CSR_SEASONS)

    async def get_season_calendar(self) -> JsonResponse[SeasonCalendar]:
        """The operations and events so far, with the CSR season of each operation."""
        url = _file("progression/file", "calendars/seasons/seasoncalendar.json")
        return await self._get_json(url, _SEASONS)

    async def get_career_reward_track(self) -> JsonResponse[CareerRewardTrack]:
        """All career ranks, lowest first, with the experience that each takes and its icons' paths."""
        return await self._get_json(_progression("RewardTracks/CareerRanks/careerRank1.json"), _CAREER)

    async def get_operation_reward_track(self, reward_track_path: str) -> JsonResponse[OperationRewardTrack]:
        """An operation, by a path such as ``RewardTracks/Operations/S05OpPassM01.json``."""
        return await self._get_json(_progression(reward_track_path), _OPERATION)

    async def get_playlist_configuration(
        self, playlist_id: str | UUID
    ) -> JsonResponse[PlaylistConfiguration]:
        """Which version of a playlist is played now, and whether it has CSR.

        Raises:
            ValueError: ``playlist_id`` is no UUID.
        """
        url = _file("multiplayer/file", f"playlists/assets/{uuid_text(playlist_id)}.json")
        return await self._get_json(url, _PLAYLIST)

    async def get_image(self, relative_path: str) -> ImageResponse:
        """A picture, such as ``career_rank/ProgressWidget/272_Hero.png``."""
        return await self._get_image(_file("images/file", relative_path))


def _progression(relative_path: str) -> URL:
    return _file("Progression/file", relative_path)


def _file(shelf: str, relative_path: str) -> URL:
    return endpoint(_HOST, "hi", *path_segments(shelf), *path_segments(relative_path))
