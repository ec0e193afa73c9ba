"""Maps, modes, playlists and map-mode pairs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.refdata import (
    AssetHome,
    CloneBehavior,
    InspectionResult,
    PlaylistBotDifficulty,
    PlaylistDeviceInput,
    PlaylistEntrySelectionStrategy,
)
from bot.halo.models.values import ReadOnlyDict, empty_mapping

__all__ = [
    "Asset",
    "AssetFiles",
    "AssetStats",
    "Map",
    "MapCustomData",
    "MapModePair",
    "OnlineUriReference",
    "Playlist",
    "PlaylistCustomData",
    "PlaylistEntry",
    "RotationEntry",
    "RotationWeight",
    "UgcGameVariant",
    "UgcGameVariantCustomData",
]


class OnlineUriReference(PascalCaseModel):
    """Where files lie, in the terms of the game's endpoint manifest."""

    authority_id: str = ""
    path: str = ""
    query_string: str | None = None
    retry_policy_id: str = ""
    topic_name: str = ""
    acknowledgement_type_id: int = 0
    authentication_lifetime_extension_supported: bool = False
    clearance_aware: bool = False


class AssetFiles(PascalCaseModel):
    """Public files of an asset: ``prefix`` + one of the relative paths (``images/hero.png``, ``images/thumbnail.jpg`` …) is an address."""

    prefix: str = ""
    file_relative_paths: tuple[str, ...] = ()
    prefix_endpoint: OnlineUriReference = Field(default_factory=OnlineUriReference)


class AssetStats(PascalCaseModel):
    """How often an asset was played and liked."""

    plays_recent: int = 0
    plays_all_time: int = 0
    favorites: int = 0
    likes: int = 0
    bookmarks: int = 0
    parent_asset_count: int = 0
    average_rating: float | None = None
    number_of_ratings: int = 0


class Asset(PascalCaseModel):
    """One version of a map, mode, playlist or pair; its content never changes."""

    asset_id: UUID
    version_id: UUID
    public_name: str = ""
    description: str = ""
    files: AssetFiles = Field(default_factory=AssetFiles)
    contributors: tuple[str, ...] = ()
    asset_home: AssetHome = AssetHome.UNKNOWN
    asset_stats: AssetStats = Field(default_factory=AssetStats)
    inspection_result: InspectionResult = InspectionResult.UNKNOWN
    clone_behavior: CloneBehavior = CloneBehavior.DEFAULT
    order: int = 0


class MapCustomData(PascalCaseModel):
    """What only maps have."""

    num_of_objects_on_map: int = 0
    tag_level_id: int = 0
    is_baked: bool = False
    has_node_graph: bool = False


class Map(Asset):
    """A map; `prefab_links` are what it is built of."""

    custom_data: MapCustomData = Field(default_factory=MapCustomData)
    tags: tuple[str, ...] = ()
    prefab_links: tuple[Asset, ...] | None = None


class RotationWeight(PascalCaseModel):
    """How likely an entry is to be picked, relative to the others."""

    weight: float = 0.0


class RotationEntry(Asset):
    """A map-mode pair in rotation, in full."""

    metadata: RotationWeight = Field(default_factory=RotationWeight)


class PlaylistEntry(PascalCaseModel):
    """A map-mode pair of a playlist, by its id."""

    map_mode_pair_asset_id: str = ""
    metadata: RotationWeight = Field(default_factory=RotationWeight)


class PlaylistCustomData(PascalCaseModel):
    """The rules of a playlist."""

    playlist_entries: tuple[PlaylistEntry, ...] = ()
    strategy: PlaylistEntrySelectionStrategy = PlaylistEntrySelectionStrategy.WEIGHTED
    min_teams: int = 0
    min_team_size: int = 0
    max_teams: int = 0
    max_team_size: int = 0
    max_team_imbalance: int = 0
    max_splitscreen_players_allowed: int = 0
    allow_friend_join_in_progress: bool = False
    allow_matchmaking_join_in_progress: bool = False
    allow_bot_join_in_progress: bool = False
    exit_experience_duration_sec: int = 0
    fireteam_leader_kick_allowed: bool = False
    disable_midgame_chat: bool = False
    allowed_device_inputs: tuple[PlaylistDeviceInput, ...] = ()
    bot_difficulty: PlaylistBotDifficulty = PlaylistBotDifficulty.AUTOMATIC
    min_fireteam_size: int = 0
    max_fireteam_size: int = 0


class Playlist(Asset):
    """A playlist with its rules and rotation."""

    custom_data: PlaylistCustomData = Field(default_factory=PlaylistCustomData)
    tags: tuple[str, ...] = ()
    rotation_entries: tuple[RotationEntry, ...] = ()


class MapModePair(Asset):
    """A mode on a map, as playlists use it."""

    custom_data: ReadOnlyDict[Any, Any] = Field(default_factory=empty_mapping)
    tags: tuple[str, ...] = ()
    map_link: Asset | None = None
    ugc_game_variant_link: Asset | None = None


class UgcGameVariantCustomData(PascalCaseModel):
    """What only modes have."""

    key_values: ReadOnlyDict[Any, Any] = Field(default_factory=empty_mapping)


class UgcGameVariant(Asset):
    """A mode, and the engine mode it is made of."""

    custom_data: UgcGameVariantCustomData = Field(default_factory=UgcGameVariantCustomData)
    tags: tuple[str, ...] = ()
    engine_game_variant_link: Asset | None = None
