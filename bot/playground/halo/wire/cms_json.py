"""Medal metadata, calendars, reward tracks and playlist configurations as the CMS writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from bot.playground.halo.wire.moments import write_date
from bot.playground.world.calendar import Season
from bot.playground.world.career import CAREER_RANKS, CareerRank
from bot.playground.world.catalogue import Asset
from bot.playground.world.medals import DIFFICULTIES, MEDAL_TYPES, MEDALS, Medal
from bot.playground.world.playlists import Playlist

__all__ = [
    "OPERATION_TRACKS",
    "write_career_track",
    "write_csr_calendar",
    "write_medal_metadata",
    "write_operation_track",
    "write_playlist_configuration",
    "write_season_calendar",
]

OPERATION_TRACKS = ("S05OpPassL01", "S05OpPassM01", "S05OpPassM02")
_SHEETS = {"small": ("sm", 72), "medium": ("med", 128), "extra-large": ("xl", 256)}
_NO_REWARDS: dict[str, Any] = {"InventoryRewards": [], "CurrencyRewards": []}
_TRANSLATIONS = {
    "Double Kill": {
        "de-DE": "Doppelschlag",
        "fr-FR": "Doublé",
        "es-ES": "Doble baja",
        "pt-BR": "Duas baixas",
        "ja-JP": "2 連続キル",
    },
    "Triple Kill": {
        "de-DE": "Dreifachschlag",
        "fr-FR": "Triplé",
        "es-ES": "Triple baja",
        "pt-BR": "Três baixas",
        "ja-JP": "3 連続キル",
    },
    "Killing Spree": {
        "de-DE": "Siegeszug",
        "fr-FR": "Série",
        "es-ES": "Racha",
        "pt-BR": "Sequência",
        "ja-JP": "連勝",
    },
    "Perfect": {
        "de-DE": "Makellos",
        "fr-FR": "Parfait",
        "es-ES": "Perfecto",
        "pt-BR": "Perfeito",
        "ja-JP": "完璧",
    },
}


def write_medal_metadata() -> dict[str, Any]:
    """All medals, by name: their order here says nothing of their cells in the sheets."""
    return {
        "difficulties": list(DIFFICULTIES),
        "types": list(MEDAL_TYPES),
        "sprites": {
            name: {"path": f"medals/images/medal_sheet_{short}.png", "columns": 16, "size": size}
            for name, (short, size) in _SHEETS.items()
        },
        "medals": [_write_medal(medal) for medal in sorted(MEDALS, key=lambda medal: medal.name)],
    }


def _write_medal(medal: Medal) -> dict[str, Any]:
    return {
        "name": {"value": medal.name, "translations": _TRANSLATIONS.get(medal.name, {})},
        "description": {"value": medal.description, "translations": {}},
        "spriteIndex": medal.sprite_index,
        "sortingWeight": medal.sorting_weight,
        "difficultyIndex": medal.difficulty,
        "typeIndex": medal.type,
        "personalScore": medal.personal_score,
        "nameId": medal.name_id,
    }


def write_csr_calendar(seasons: Sequence[Season]) -> dict[str, Any]:
    """When each CSR season starts and ends."""
    return {
        "Seasons": [
            {
                "CsrSeasonFilePath": season.path,
                "StartDate": write_date(season.starts_at),
                "EndDate": write_date(season.ends_at),
            }
            for season in seasons
        ]
    }


def write_season_calendar(seasons: Sequence[Season]) -> dict[str, Any]:
    """Seasons with their operation tracks, and an event in each."""
    return {
        "Seasons": [
            {
                "CsrSeasonFilePath": season.path,
                "OperationTrackPath": f"RewardTracks/Operations/{OPERATION_TRACKS[at % len(OPERATION_TRACKS)]}.json",
                "SeasonMetadata": f"Seasons/Season{at + 1}.json",
                "StartDate": write_date(season.starts_at),
                "EndDate": write_date(season.ends_at),
            }
            for at, season in enumerate(seasons)
        ],
        "Events": [
            {
                "RewardTrackPath": f"RewardTracks/Events/Rituals/ritual{at + 1}.json",
                "StartDate": write_date(season.starts_at + timedelta(days=7)),
                "EndDate": write_date(season.starts_at + timedelta(days=14)),
            }
            for at, season in enumerate(seasons)
        ],
        "CareerRank": {"RewardTrackPath": "RewardTracks/CareerRanks/careerrank1.json"},
    }


def write_career_track() -> dict[str, Any]:
    """The career's ranks with what each costs and which icons it has."""
    return {
        "TrackId": "careerRank1",
        "Ranks": [_write_career_rank(rank) for rank in CAREER_RANKS],
        "Name": _text("Career Rank"),
        "Description": _text("Personal score moves you up."),
        "OperationNumber": 1,
        "DateRange": _text(""),
        "IsRitual": False,
        "SummaryImagePath": "",
        "WeekNumber": None,
        "XpPerRank": 1000,
    }


def _text(value: str) -> dict[str, Any]:
    return {"status": "Test", "value": value, "translations": {}}


def _write_career_rank(rank: CareerRank) -> dict[str, Any]:
    return {
        "Rank": rank.number,
        "FreeRewards": _NO_REWARDS if rank.grade != 3 else _emblem_rewards(rank),
        "PaidRewards": _NO_REWARDS,
        "XpRequiredForRank": rank.experience,
        "RankTitle": _text(rank.title),
        "RankSubTitle": _text(rank.tier if rank.has_tier else ""),
        "RankTier": _text(str(rank.grade) if rank.has_tier else ""),
        "RankIcon": rank.icon,
        "RankLargeIcon": rank.icon.replace("ProgressWidget", "CelebrationMoment"),
        "RankAdornmentIcon": rank.icon.replace("ProgressWidget", "NameplateAdornment")
        if rank.number > 1
        else "",
        "TierType": rank.tier,
        "RankGrade": rank.grade,
    }


def _emblem_rewards(rank: CareerRank) -> dict[str, Any]:
    path = f"inventory/spartan/emblems/104-001-career-rank-{rank.number}.json"
    return {
        "InventoryRewards": [{"InventoryItemPath": path, "Amount": 1, "Type": "SpartanEmblem"}],
        "CurrencyRewards": [],
    }


def write_operation_track(name: str) -> dict[str, Any]:
    """A battle pass of six ranks whose last gives a boost."""
    return {
        "Name": {"status": "Published", "value": f"Operation {name}", "translations": {}},
        "Description": {"status": "Published", "value": "Rewards while it lasts.", "translations": {}},
        "XpPerRank": 1000,
        "BattlePassImage": f"progression/operations/{name}.png",
        "BackgroundImagePath": f"progression/operations/{name}_background.png",
        "Ranks": list(_operation_ranks()),
    }


def _operation_ranks() -> Iterator[dict[str, Any]]:
    boost: dict[str, Any] = {
        "InventoryRewards": [],
        "CurrencyRewards": [{"CurrencyPath": "Currency/xpboost.json", "Amount": 1}],
    }
    for rank in range(1, 7):
        yield {"Rank": rank, "FreeRewards": boost if rank == 6 else _NO_REWARDS, "PaidRewards": _NO_REWARDS}


def write_playlist_configuration(playlist: Playlist, asset: Asset) -> dict[str, Any]:
    """A playlist's live configuration."""
    experiences = {2: "Arena", 3: "BTB", 4: "PVE_Bots", 5: "Featured", 6: "PVE"}
    return {
        "NameHint": f"ga_{playlist.key}_crossplay",
        "UgcPlaylistVersion": str(asset.version_id),
        "HasCsr": playlist.ranked,
        "PlaylistExperience": experiences[playlist.experience],
    }
