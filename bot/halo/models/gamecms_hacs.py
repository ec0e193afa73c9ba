"""What the game's content management answers: medals, calendars, reward tracks, playlist settings."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from bot.halo.models.base import CamelCaseModel, PascalCaseModel
from bot.halo.models.refdata import MedalDifficulty, MedalNameId, MedalType
from bot.halo.models.reward_tracks import (
    CareerRewardTrack,
    CareerRewardTrackRank,
    CurrencyReward,
    InventoryReward,
    OperationRewardTrack,
    OperationRewardTrackRank,
    RankRewards,
    TranslatableString,
    TranslatableStringWithStatus,
)
from bot.halo.models.values import Date

__all__ = [
    "CareerRank",
    "CareerRewardTrack",
    "CareerRewardTrackRank",
    "CsrSeason",
    "CsrSeasonCalendar",
    "CurrencyReward",
    "Date",
    "Event",
    "InventoryReward",
    "Medal",
    "MedalMetadata",
    "OperationRewardTrack",
    "OperationRewardTrackRank",
    "PlaylistConfiguration",
    "RankRewards",
    "Season",
    "SeasonCalendar",
    "SpriteSheet",
    "SpriteSheets",
    "TranslatableString",
    "TranslatableStringWithStatus",
]


class Medal(CamelCaseModel):
    """What there is to know about a medal; ``difficulty`` and ``sorting_weight`` order medals by rarity."""

    name_id: MedalNameId
    name: TranslatableString = Field(default_factory=TranslatableString)
    description: TranslatableString = Field(default_factory=TranslatableString)
    sprite_index: int = 0
    sorting_weight: int = 0
    difficulty: MedalDifficulty | None = Field(default=None, alias="difficultyIndex")
    type: MedalType | None = Field(default=None, alias="typeIndex")
    personal_score: int = 0


class SpriteSheet(CamelCaseModel):
    """A picture of all medals in rows of ``columns``, each ``size`` px wide; cell = (index mod columns, index div columns)."""

    path: str = ""
    columns: int = 0
    size: int = 0


class SpriteSheets(CamelCaseModel):
    """The same picture in three sizes."""

    small: SpriteSheet = Field(default_factory=SpriteSheet)
    medium: SpriteSheet = Field(default_factory=SpriteSheet)
    extra_large: SpriteSheet = Field(default_factory=SpriteSheet, alias="extra-large")


class MedalMetadata(CamelCaseModel):
    """All medals the service knows; matches have some that are not here."""

    difficulties: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sprites: SpriteSheets = Field(default_factory=SpriteSheets)
    medals: tuple[Medal, ...] = ()


class CsrSeason(PascalCaseModel):
    """A time between two resets of CSR; the stem of its path is its id, such as ``CsrSeason5-1``."""

    csr_season_file_path: str = ""
    start_date: Date = Field(default_factory=Date)
    end_date: Date = Field(default_factory=Date)


class CsrSeasonCalendar(PascalCaseModel):
    """All CSR seasons so far; the current one has the latest start that is not in the future."""

    seasons: tuple[CsrSeason, ...] = ()


class Season(PascalCaseModel):
    """An operation, with the CSR season it belongs to."""

    csr_season_file_path: str = ""
    operation_track_path: str = ""
    season_metadata: str = ""
    start_date: Date = Field(default_factory=Date)
    end_date: Date = Field(default_factory=Date)


class Event(PascalCaseModel):
    """An event with a reward track of its own; operations have replaced them since October 2023."""

    reward_track_path: str = ""
    start_date: Date = Field(default_factory=Date)
    end_date: Date = Field(default_factory=Date)


class CareerRank(PascalCaseModel):
    """Where the career rank's track lies."""

    reward_track_path: str = ""


class SeasonCalendar(PascalCaseModel):
    """All operations and events so far."""

    seasons: tuple[Season, ...] = ()
    events: tuple[Event, ...] = ()
    career_rank: CareerRank = Field(default_factory=CareerRank)


class PlaylistConfiguration(PascalCaseModel):
    """How a playlist is live: the version of its asset that is played now, and whether it has CSR."""

    name_hint: str = ""
    ugc_playlist_version: UUID | None = None
    has_csr: bool = False
    playlist_experience: str = ""
