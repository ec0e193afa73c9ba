"""Every kind of answer, with a small body of our own."""

from __future__ import annotations

from bot.halo.models import discovery_ugc, economy, gamecms_hacs, profile, skill, stats
from tests.halo.models.kind import Kind

__all__ = ["KINDS"]

_ID = "00000000-0000-4000-8000-00000000000{}"
_WHEN = {"ISO8601Date": "2024-05-06T07:08:09.123Z"}
_TEXT = {"status": "Test", "value": "Cadet", "translations": {"de-DE": "Kadett"}}
_REWARDS = {
    "InventoryRewards": [{"InventoryItemPath": "a/b.json", "Amount": 1, "Type": "ArmorCoating"}],
    "CurrencyRewards": [{"CurrencyPath": "c/d.json", "Amount": 250}],
}
_CSR = {
    "Value": 1319,
    "MeasurementMatchesRemaining": 0,
    "Tier": "Diamond",
    "TierStart": 1300,
    "SubTier": 2,
    "NextTier": "Diamond",
    "NextTierStart": 1350,
    "NextSubTier": 3,
    "InitialMeasurementMatches": 5,
}
_CORE = {
    "Score": 25,
    "Kills": 12,
    "Deaths": 9,
    "KDA": 4.33,
    "AverageKDA": 2.5,
    "AverageLifeDuration": "PT31.5S",
    "Accuracy": 48.21,
    "Medals": [{"NameId": 622331684, "Count": 2, "TotalPersonalScoreAwarded": 0}],
    "PersonalScores": [{"NameId": 1024030246, "Count": 12, "TotalPersonalScoreAwarded": 1200}],
}
_STATS = {
    "CoreStats": _CORE,
    "PvpStats": {"Kills": 12, "Deaths": 9, "Assists": 5, "KDA": 4.33},
    "OddballStats": {"SkullGrabs": 3, "TimeAsSkullCarrier": "PT1M2.5S"},
}
_MATCH_INFO = {
    "StartTime": "2024-05-06T07:08:09.123Z",
    "Duration": "P1DT2H3M4.1234567S",
    "LifecycleMode": 3,
    "GameVariantCategory": 18,
    "MapVariant": {"AssetKind": 2, "AssetId": _ID.format(1), "VersionId": _ID.format(2)},
    "Playlist": None,
    "PlaylistExperience": 2,
    "TeamsEnabled": True,
    "GameplayInteraction": 1,
}
_ASSET = {
    "AssetId": _ID.format(1),
    "VersionId": _ID.format(2),
    "PublicName": "Aquarius",
    "Files": {"Prefix": "https://files.test/a/", "FileRelativePaths": ["images/hero.png"]},
    "AssetHome": 1,
    "AssetStats": {"PlaysRecent": 7, "AverageRating": 3.5},
    "InspectionResult": 50,
    "CloneBehavior": 0,
}

_MATCH = {
    "MatchId": _ID.format(9),
    "MatchInfo": _MATCH_INFO,
    "Teams": [{"TeamId": 0, "Outcome": 2, "Rank": 1, "Stats": _STATS}],
    "Players": [
        {
            "PlayerId": "xuid(2533274800000001)",
            "PlayerType": 1,
            "LastTeamId": 0,
            "Outcome": 2,
            "ParticipationInfo": {"FirstJoinedTime": "2024-05-06T07:08:10Z", "TimePlayed": "PT9M1.5S"},
            "PlayerTeamStats": [{"TeamId": 0, "Stats": _STATS}],
        },
        {"PlayerId": "bid(1.0)", "PlayerType": 2, "BotAttributes": {"Difficulty": 4}, "Outcome": 3},
    ],
}

KINDS = [
    Kind("get_match_stats", stats.MatchStats, _MATCH),
    Kind("get_match_stats_ctf", stats.MatchStats, _MATCH),
    Kind("get_match_stats_elimination", stats.MatchStats, _MATCH),
    Kind(
        "get_match_history",
        stats.MatchHistory,
        {"Start": 0, "Results": [{"MatchId": _ID.format(9), "MatchInfo": _MATCH_INFO, "Outcome": 2}]},
    ),
    Kind("get_match_count", stats.MatchCount, {"MatchesPlayedCount": 731}),
    Kind(
        "get_service_record",
        stats.ServiceRecord,
        {
            "Subqueries": {
                "GameVariantCategories": [6, 15],
                "IsRanked": [True],
                "GameplayInteractions": None,
            },
            "TimePlayed": "P17DT10H55M53.7685509S",
            "Wins": 3,
            "CoreStats": _CORE,
            "ZonesStats": {"ZoneCaptures": 4, "TotalZoneOccupationTime": "PT5M"},
        },
    ),
    Kind("get_service_record_empty", stats.ServiceRecord, {"TimePlayed": "PT0S"}),
    Kind(
        "get_match_skill",
        skill.MatchSkill,
        {
            "Value": [
                {
                    "Id": "xuid(2533274800000001)",
                    "ResultCode": 0,
                    "Result": {
                        "TeamMmr": "Infinity",
                        "RankRecap": {"PreMatchCsr": _CSR, "PostMatchCsr": _CSR},
                        "StatPerformances": {
                            "Kills": {"Count": 3, "Expected": 2.5, "StdDev": 1.5},
                            "Deaths": {"Count": 4, "Expected": 3.5, "StdDev": 0.5},
                        },
                        "TeamMmrs": {"0": 1349.5, "1": "-Infinity"},
                        "Counterfactuals": {
                            "SelfCounterfactuals": {"Kills": 4.5, "Deaths": 5.5},
                            "TierCounterfactuals": {"Bronze": {"Kills": 1.5, "Deaths": 9.5}},
                        },
                    },
                },
                {"Id": "xuid(2533274800000002)", "ResultCode": 1, "Result": None},
            ]
        },
    ),
    Kind(
        "get_playlist_csr",
        skill.PlaylistCsr,
        {
            "Value": [
                {
                    "Id": "xuid(2533274800000001)",
                    "ResultCode": 0,
                    "Result": {"Current": _CSR, "SeasonMax": _CSR, "AllTimeMax": _CSR},
                }
            ]
        },
    ),
    Kind(
        "get_user",
        profile.User,
        {"xuid": "2533274800000001", "gamertag": "Cadet", "gamerpic": {"small": "s"}},
    ),
    Kind("get_users", profile.User, {"xuid": "2533274800000001", "gamerpic": {"xlarge": "x"}}),
    Kind("get_map", discovery_ugc.Map, {**_ASSET, "CustomData": {"IsBaked": True}, "PrefabLinks": [_ASSET]}),
    Kind(
        "get_playlist",
        discovery_ugc.Playlist,
        {
            **_ASSET,
            "CustomData": {"Strategy": 1, "AllowedDeviceInputs": [1, 2], "BotDifficulty": 2},
            "RotationEntries": [{**_ASSET, "Metadata": {"Weight": 2.5}}],
        },
    ),
    Kind("get_map_mode_pair", discovery_ugc.MapModePair, {**_ASSET, "CustomData": {}, "MapLink": _ASSET}),
    Kind(
        "get_ugc_game_variant",
        discovery_ugc.UgcGameVariant,
        {**_ASSET, "CustomData": {"KeyValues": {"a": 1}}, "EngineGameVariantLink": _ASSET},
    ),
    Kind(
        "search_assets",
        discovery_ugc.AssetSearchPage,
        {
            "Tags": [{"Tag": "slayer", "Count": 3}],
            "Results": [
                {
                    "AssetId": _ID.format(1),
                    "AssetVersionId": _ID.format(2),
                    "Name": "Bastion",
                    "AssetKind": 2,
                    "DateCreatedUtc": _WHEN,
                    "AverageRating": 4.5,
                }
            ],
            "Links": {},
        },
    ),
    Kind(
        "get_film_by_match_id",
        discovery_ugc.Film,
        {
            "FilmStatusBond": 1,
            "CustomData": {"FilmMajorVersion": 39, "Chunks": [{"Index": 0, "ChunkType": 1}]},
            "BlobStoragePathPrefix": "https://films.test/x/",
            "AssetId": _ID.format(1),
        },
    ),
    Kind(
        "get_medal_metadata",
        gamecms_hacs.MedalMetadata,
        {
            "difficulties": ["normal"],
            "sprites": {"extra-large": {"path": "p.png", "columns": 16, "size": 256}},
            "medals": [
                {
                    "nameId": 622331684,
                    "name": {"value": "Double Kill", "translations": {"de-DE": "Doppelschlag"}},
                    "spriteIndex": 0,
                    "difficultyIndex": 0,
                    "typeIndex": 2,
                }
            ],
        },
    ),
    Kind(
        "get_csr_season_calendar",
        gamecms_hacs.CsrSeasonCalendar,
        {
            "Seasons": [
                {"CsrSeasonFilePath": "Csr/Seasons/CsrSeason1.json", "StartDate": _WHEN, "EndDate": _WHEN}
            ]
        },
    ),
    Kind(
        "get_season_calendar",
        gamecms_hacs.SeasonCalendar,
        {
            "Seasons": [{"SeasonMetadata": "s.json", "StartDate": _WHEN}],
            "Events": [{"RewardTrackPath": "e.json", "EndDate": _WHEN}],
            "CareerRank": {"RewardTrackPath": "c.json"},
        },
    ),
    Kind(
        "get_career_reward_track",
        gamecms_hacs.CareerRewardTrack,
        {
            "TrackId": "careerRank1",
            "Ranks": [{"Rank": 1, "FreeRewards": _REWARDS, "RankTitle": _TEXT, "RankGrade": 2}],
            "WeekNumber": None,
        },
    ),
    Kind(
        "get_operation_reward_track",
        gamecms_hacs.OperationRewardTrack,
        {"TrackId": "S05OpPassM01", "Ranks": [{"Rank": 1, "PaidRewards": _REWARDS}], "Name": _TEXT},
    ),
    Kind(
        "get_playlist_configuration",
        gamecms_hacs.PlaylistConfiguration,
        {"NameHint": "Ranked Arena", "UgcPlaylistVersion": _ID.format(2), "HasCsr": True},
    ),
    Kind("get_match_privacy", stats.MatchPrivacy, {"MatchmadeGames": 1, "OtherGames": 2}),
    Kind(
        "get_career_ranks",
        economy.CareerRanks,
        {
            "RewardTracks": [
                {
                    "Id": "xuid(2533274800000001)",
                    "ResultCode": 0,
                    "Result": {"CurrentProgress": {"Rank": 151, "HasReachedMaxRank": False}},
                }
            ]
        },
    ),
    Kind(
        "get_player_career_rank",
        economy.PlayerCareerRank,
        {"CurrentProgress": {"Rank": 151, "PartialProgress": 5200, "HasReachedMaxRank": False}},
    ),
    Kind(
        "get_player_reward_track_operations",
        economy.PlayerOperationPasses,
        {
            "ActiveOperationRewardTrackPath": "a/b.json",
            "OperationRewardTracks": [{"RewardTrackPath": "a/b.json", "CurrentProgress": {"Rank": 3}}],
        },
    ),
    Kind(
        "get_player_customization",
        economy.PlayerCustomization,
        {
            "ArmorCores": {"ArmorCores": [{"CoreId": "1", "Themes": [{"FirstModifiedDateUtc": _WHEN}]}]},
            "Appearance": {"ServiceTag": "ADJT", "Emblem": {"EmblemPath": "e.json", "ConfigurationId": -7}},
        },
    ),
]
