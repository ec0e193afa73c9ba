"""Maps, variants, playlists, pairs and searches as the discovery service writes them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.playground.halo.wire.moments import write_date
from bot.playground.world.catalogue import Asset, AssetKind
from bot.playground.world.playlists import Playlist

__all__ = ["UGC_HOST", "write_map", "write_pair", "write_playlist", "write_search", "write_variant"]

UGC_HOST = "blobs-infiniteugc.svc.halowaypoint.com"
_PICTURES = ["images/hero.png", "images/screenshot1.png", "images/thumbnail.png"]
_STUDIO_CONTENT = 50


def _write_asset(asset: Asset) -> dict[str, Any]:
    path = f"/ugcstorage/{asset.kind.name.replace('_', '').lower()}/{asset.asset_id}/{asset.version_id}/"
    plays = _plays(asset)
    return {
        "AssetId": str(asset.asset_id),
        "VersionId": str(asset.version_id),
        "PublicName": asset.name,
        "Description": asset.description,
        "Files": {
            "Prefix": f"https://{UGC_HOST}{path}",
            "FileRelativePaths": _PICTURES if asset.pictured else [],
            "PrefixEndpoint": {
                "AuthorityId": "iUgcFiles",
                "Path": path,
                "QueryString": None,
                "RetryPolicyId": "linearretry",
                "TopicName": "",
                "AcknowledgementTypeId": 0,
                "AuthenticationLifetimeExtensionSupported": False,
                "ClearanceAware": False,
            },
        },
        "Contributors": [],
        "AssetHome": 1,
        "AssetStats": {
            "PlaysRecent": plays // 20,
            "PlaysAllTime": plays,
            "Favorites": plays // 900,
            "Likes": 0,
            "Bookmarks": 0,
            "ParentAssetCount": len(asset.links),
            "AverageRating": 1 + plays % 401 / 100,
            "NumberOfRatings": plays // 1_200,
        },
        "InspectionResult": _STUDIO_CONTENT,
        "CloneBehavior": 0,
        "Order": 0,
    }


def _plays(asset: Asset) -> int:
    return zlib.crc32(asset.asset_id.bytes) % 4_000_000


def write_map(asset: Asset) -> dict[str, Any]:
    """A map."""
    objects = _plays(asset) % 900
    custom = {
        "NumOfObjectsOnMap": objects,
        "TagLevelId": -(_plays(asset) + 1),
        "IsBaked": True,
        "HasNodeGraph": False,
    }
    return {"CustomData": custom, "Tags": ["343i"], "PrefabLinks": [], **_write_asset(asset)}


def write_variant(asset: Asset) -> dict[str, Any]:
    """A game variant with the engine's variant behind it."""
    return {
        "CustomData": {"KeyValues": {}},
        "Tags": ["343i", "arena"],
        "EngineGameVariantLink": _write_asset(asset.links[0]),
        **_write_asset(asset),
    }


def write_pair(asset: Asset) -> dict[str, Any]:
    """A map-mode pair with its map (null once deleted) and its variant."""
    place, variant = asset.links
    return {
        "CustomData": {},
        "Tags": [],
        "MapLink": None if place.deleted else _write_asset(place),
        "UgcGameVariantLink": _write_asset(variant),
        **_write_asset(asset),
    }


def write_playlist(asset: Asset, playlist: Playlist, rotation: Sequence[Asset]) -> dict[str, Any]:
    """A playlist with its rotation."""
    size = playlist.team_size or 4
    custom = {
        "PlaylistEntries": [
            {"MapModePairAssetId": str(pair.asset_id), "Metadata": {"Weight": 1.0}} for pair in rotation
        ],
        "Strategy": 0,
        "MinTeams": 2,
        "MinTeamSize": size,
        "MaxTeams": 2,
        "MaxTeamSize": size,
        "MaxTeamImbalance": 0,
        "MaxSplitscreenPlayersAllowed": 4,
        "AllowFriendJoinInProgress": False,
        "AllowMatchmakingJoinInProgress": not playlist.ranked,
        "AllowBotJoinInProgress": False,
        "ExitExperienceDurationSec": 30,
        "FireteamLeaderKickAllowed": False,
        "DisableMidgameChat": False,
        "AllowedDeviceInputs": [0],
        "BotDifficulty": 0,
        "MinFireteamSize": 1,
        "MaxFireteamSize": size,
    }
    entries = [{"Metadata": {"Weight": 100.0}, **_write_asset(pair)} for pair in rotation]
    return {"CustomData": custom, "Tags": [], "RotationEntries": entries, **_write_asset(asset)}


def write_search(assets: Sequence[Asset], start: int, count: int, now: datetime) -> dict[str, Any]:
    """A page of a search."""
    page = assets[start : start + count]
    return {
        "Tags": [{"Tag": "343i", "Count": len(assets)}],
        "EstimatedTotal": len(assets),
        "Start": start,
        "Count": count,
        "ResultCount": len(page),
        "Results": [_write_hit(asset, now) for asset in page],
        "Links": {},
    }


def _write_hit(asset: Asset, now: datetime) -> dict[str, Any]:
    full = _write_asset(asset)
    published = now - timedelta(days=30 + _plays(asset) % 900)
    stats = full["AssetStats"]
    return {
        "AssetId": full["AssetId"],
        "AssetVersionId": full["VersionId"],
        "Name": asset.name,
        "Description": asset.description,
        "AssetKind": int(asset.kind),
        "Tags": ["343i"],
        "ThumbnailUrl": f"{full['Files']['Prefix']}images/thumbnail.png",
        "ReferencedAssets": [str(link.asset_id) for link in asset.links],
        "OriginalAuthor": f"aaid({asset.asset_id})",
        "Likes": stats["PlaysAllTime"] // 500,
        "Bookmarks": 0,
        "PlaysRecent": stats["PlaysRecent"],
        "NumberOfObjects": _plays(asset) % 900 if asset.kind is AssetKind.MAP else 0,
        "DateCreatedUtc": write_date(published - timedelta(days=40)),
        "DateModifiedUtc": write_date(published - timedelta(days=2)),
        "DatePublishedUtc": write_date(published),
        "HasNodeGraph": False,
        "ReadOnlyClones": False,
        "PlaysAllTime": stats["PlaysAllTime"],
        "Contributors": [],
        "ParentAssetCount": stats["ParentAssetCount"],
        "AverageRating": stats["AverageRating"],
        "NumberOfRatings": stats["NumberOfRatings"],
    }
