"""Customization, career ranks and reward tracks as the economy service writes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.playground.halo.wire.cms_json import OPERATION_TRACKS
from bot.playground.halo.wire.moments import write_date
from bot.playground.world.career import career_progress
from bot.playground.world.people import Player

__all__ = [
    "write_appearance",
    "write_career_rank",
    "write_career_ranks",
    "write_customization",
    "write_operations",
]

_WEAPONS = ("Sidekick", "AR", "BR", "Commando", "SPnKr", "Sniper", "Shotgun", "Hydra", "Bandit")
_VEHICLES = ("Warthog", "Mongoose", "Scorpion", "Wasp", "RazorBack", "Gungoose", "Rockethog")


def write_career_rank(player: Player) -> dict[str, Any]:
    """One player's career."""
    rank, partial, top = career_progress(player.career_experience)
    return {
        "CurrentProgress": {"Rank": rank, "PartialProgress": partial, "HasReachedMaxRank": top},
        "SpartanId": f"spartan-{player.xuid % 10_000}",
    }


def write_career_ranks(players: list[Player]) -> dict[str, Any]:
    """Many players' careers."""
    return {
        "RewardTracks": [
            {"Id": player.player_id, "ResultCode": 0, "Result": write_career_rank(player)}
            for player in players
        ]
    }


def write_operations(player: Player) -> dict[str, Any]:
    """A player's battle passes: the first done, the second under way, the third not owned."""
    progress = ((6, 0, True), (player.xuid % 6, player.xuid % 1000, False), (0, 0, False))
    return {
        "ActiveOperationRewardTrackPath": f"RewardTracks/Operations/{OPERATION_TRACKS[1]}.json",
        "OperationRewardTracks": [
            {
                "RewardTrackPath": f"RewardTracks/Operations/{name}.json",
                "IsOwned": rank > 0 or partial > 0,
                "CurrentProgress": {"Rank": rank, "PartialProgress": partial, "HasReachedMaxRank": top},
            }
            for name, (rank, partial, top) in zip(OPERATION_TRACKS, progress, strict=True)
        ],
    }


def write_appearance(player: Player, now: datetime) -> dict[str, Any]:
    """What a player shows of themselves, the service tag among it."""
    return {
        "LastModifiedDateUtc": write_date(now - timedelta(days=player.hue)),
        "ActionPosePath": "Inventory/Spartan/ActionPoses/101-000-playground.json",
        "BackdropImagePath": "Inventory/Spartan/BackdropImages/103-000-playground.json",
        "Emblem": {
            "EmblemPath": "Inventory/Spartan/Emblems/104-001-playground.json",
            "ConfigurationId": player.hue,
        },
        "ServiceTag": player.service_tag,
        "IntroEmotePath": None,
        "PlayerTitlePath": None,
    }


def write_customization(player: Player, now: datetime) -> dict[str, Any]:
    """Everything a player wears and carries."""
    dates = {
        "FirstModifiedDateUtc": write_date(now - timedelta(days=400)),
        "LastModifiedDateUtc": write_date(now - timedelta(days=player.hue)),
        "IsEquipped": True,
        "IsDefault": True,
    }
    return {
        "ArmorCores": {"ArmorCores": [_armor(dates)]},
        "SpartanBody": {
            "LastModifiedDateUtc": dates["LastModifiedDateUtc"],
            **dict.fromkeys(("LeftArm", "RightArm", "LeftLeg", "RightLeg"), "None"),
            "BodyType": "Medium",
            "VoicePath": "Inventory/Spartan/Voices/105-000-playground.json",
        },
        "Appearance": write_appearance(player, now),
        "WeaponCores": {"WeaponCores": [_weapon(name, dates) for name in _WEAPONS]},
        "AiCores": {"AiCores": [_ai(dates)]},
        "VehicleCores": {"VehicleCores": [_vehicle(name, dates) for name in _VEHICLES]},
    }


def _core(kind: str, name: str) -> dict[str, Any]:
    return {"CorePath": f"Cores/{kind}/{name}.json", "CoreId": name, "CoreType": name}


def _armor(dates: dict[str, Any]) -> dict[str, Any]:
    worn = (
        "Coating",
        "Glove",
        "Helmet",
        "KneePad",
        "LeftShoulderPad",
        "RightShoulderPad",
        "Visor",
        "WristAttachment",
    )
    bare = ("HelmetAttachment", "ChestAttachment", "ArmorFx", "MythicFx", "HipAttachment")
    theme: dict[str, Any] = {
        **dates,
        "ThemePath": "Inventory/Armor/Themes/007-001-playground.json",
        **{f"{part}Path": f"Inventory/Armor/{part}s/playground.json" for part in worn},
        **dict.fromkeys((f"{part}Path" for part in bare), ""),
        "Emblems": [],
        "ArmorFxPaths": None,
    }
    return {**_core("ArmorCores", "Armor"), "IsEquipped": True, "Themes": [theme]}


def _weapon(name: str, dates: dict[str, Any]) -> dict[str, Any]:
    theme: dict[str, Any] = {
        **dates,
        "ThemePath": f"Inventory/Weapon/Themes/{name}.json",
        "CoatingPath": f"Inventory/Weapon/Coatings/{name}.json",
        "Emblems": [
            {"Path": "Inventory/Weapon/Emblems/playground.json", "LocationId": -1, "ConfigurationId": -2}
        ],
        **dict.fromkeys(
            (
                "DeathFxPath",
                "AmmoCounterColorPath",
                "StatTrackerPath",
                "WeaponCharmPath",
                "AlternateGeometryRegionPath",
            ),
            "",
        ),
    }
    return {**_core("Weapon", f"Weapon{name}"), "Themes": [theme]}


def _ai(dates: dict[str, Any]) -> dict[str, Any]:
    theme: dict[str, Any] = {
        **dates,
        "ThemePath": "Inventory/Ai/Themes/playground.json",
        "ModelPath": "Inventory/Ai/Models/playground.json",
        "ColorPath": "Inventory/Ai/Colors/playground.json",
    }
    return {**_core("Ai", "Ai"), "IsEquipped": True, "Themes": [theme]}


def _vehicle(name: str, dates: dict[str, Any]) -> dict[str, Any]:
    theme: dict[str, Any] = {
        **dates,
        "ThemePath": f"Inventory/Vehicle/Themes/{name}.json",
        "CoatingPath": f"Inventory/Vehicle/Coatings/{name}.json",
        **dict.fromkeys(("HornPath", "VehicleFxPath", "VehicleCharmPath", "AlternateGeometryRegionPath"), ""),
        "Emblems": [],
    }
    return {**_core("Vehicle", f"Vehicle{name}"), "Themes": [theme]}
