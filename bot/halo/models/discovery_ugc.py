"""What the UGC discovery authority answers: assets, searches, films."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.film import Film, FilmChunk, FilmCustomData
from bot.halo.models.refdata import AssetKind
from bot.halo.models.ugc_assets import (
    Asset,
    AssetFiles,
    AssetStats,
    Map,
    MapCustomData,
    MapModePair,
    OnlineUriReference,
    Playlist,
    PlaylistCustomData,
    PlaylistEntry,
    RotationEntry,
    RotationWeight,
    UgcGameVariant,
    UgcGameVariantCustomData,
)
from bot.halo.models.values import Date, ReadOnlyDict, empty_mapping

__all__ = [
    "Asset",
    "AssetFiles",
    "AssetSearchPage",
    "AssetSearchResult",
    "AssetSearchTagCount",
    "AssetStats",
    "Date",
    "Film",
    "FilmChunk",
    "FilmCustomData",
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


class AssetSearchTagCount(PascalCaseModel):
    """How many of the assets found have a tag."""

    tag: str = ""
    count: int = 0


class AssetSearchResult(PascalCaseModel):
    """An asset that a search found."""

    asset_id: UUID
    asset_version_id: UUID
    name: str = ""
    description: str = ""
    asset_kind: AssetKind = AssetKind.UNKNOWN
    tags: tuple[str, ...] = ()
    thumbnail_url: str = ""
    referenced_assets: tuple[UUID, ...] = ()
    original_author: str = ""
    likes: int = 0
    bookmarks: int = 0
    plays_recent: int = 0
    number_of_objects: int = 0
    date_created_utc: Date = Field(default_factory=Date)
    date_modified_utc: Date = Field(default_factory=Date)
    date_published_utc: Date = Field(default_factory=Date)
    has_node_graph: bool | None = None
    read_only_clones: bool = False
    plays_all_time: int = 0
    contributors: tuple[str, ...] = ()
    parent_asset_count: int = 0
    average_rating: float = 0.0
    number_of_ratings: int = 0


class AssetSearchPage(PascalCaseModel):
    """A page of what a search found; `estimated_total` counts all pages."""

    tags: tuple[AssetSearchTagCount, ...] = ()
    estimated_total: int = 0
    start: int = 0
    count: int = 0
    result_count: int = 0
    results: tuple[AssetSearchResult, ...] = ()
    links: ReadOnlyDict[Any, Any] = Field(default_factory=empty_mapping)
