"""What the stats authority answers: histories, matches, service records."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.core_stats import (
    CoreStats,
    MatchResultMedalStats,
    MatchResultPersonalScoreStats,
    ServiceRecordCoreStats,
)
from bot.halo.models.mode_stats import (
    BombStats,
    CaptureTheFlagStats,
    EliminationStats,
    ExtractionStats,
    InfectionStats,
    OddballStats,
    PveStats,
    PvpStats,
    ServiceRecordEliminationStats,
    ServiceRecordPveStats,
    ServiceRecordPvpStats,
    ServiceRecordZonesStats,
    StockpileStats,
    VipStats,
    ZonesStats,
)
from bot.halo.models.refdata import (
    AssetKind,
    BotDifficulty,
    GameplayInteraction,
    GameVariantCategory,
    LifecycleMode,
    MatchVisibility,
    Outcome,
    PlayerType,
    PlaylistExperience,
)
from bot.halo.models.values import Moment
from bot.halo.xuid import xuid_of_player_id

__all__ = [
    "Asset",
    "BombStats",
    "BotAttributes",
    "CaptureTheFlagStats",
    "CoreStats",
    "EliminationStats",
    "ExtractionStats",
    "InfectionStats",
    "MatchCount",
    "MatchHistory",
    "MatchHistoryResult",
    "MatchInfo",
    "MatchPrivacy",
    "MatchResultMedalStats",
    "MatchResultPersonalScoreStats",
    "MatchStats",
    "OddballStats",
    "ParticipationInfo",
    "PlayerStats",
    "PlayerTeamStats",
    "PveStats",
    "PvpStats",
    "ServiceRecord",
    "ServiceRecordCoreStats",
    "ServiceRecordEliminationStats",
    "ServiceRecordPveStats",
    "ServiceRecordPvpStats",
    "ServiceRecordSubqueries",
    "ServiceRecordZonesStats",
    "Stats",
    "StockpileStats",
    "TeamStats",
    "VipStats",
    "ZonesStats",
]


class MatchCount(PascalCaseModel):
    """How many matches a player has played, by how they came about."""

    custom_matches_played_count: int = 0
    matches_played_count: int = 0
    matchmade_matches_played_count: int = 0
    local_matches_played_count: int = 0


class Asset(PascalCaseModel):
    """Which version of a map, mode, playlist or pair a match was played on; see `discovery_ugc` for the rest."""

    asset_kind: AssetKind = AssetKind.UNKNOWN
    asset_id: UUID
    version_id: UUID


class MatchInfo(PascalCaseModel):
    """When, where and how a match was played.

    Times are in UTC; ``playable_duration`` is ``duration`` without intro and outro. Playlist, experience,
    pair and season are None in custom games.
    """

    start_time: Moment | None = None
    end_time: Moment | None = None
    duration: dt.timedelta = dt.timedelta()
    lifecycle_mode: LifecycleMode | None = None
    game_variant_category: GameVariantCategory = GameVariantCategory.UNKNOWN
    level_id: UUID | None = None
    map_variant: Asset | None = None
    ugc_game_variant: Asset | None = None
    clearance_id: UUID | None = None
    playlist: Asset | None = None
    playlist_experience: PlaylistExperience | None = None
    playlist_map_mode_pair: Asset | None = None
    season_id: str | None = None
    playable_duration: dt.timedelta = dt.timedelta()
    teams_enabled: bool = False
    team_scoring_enabled: bool = False
    gameplay_interaction: GameplayInteraction = GameplayInteraction.UNKNOWN


class MatchHistoryResult(PascalCaseModel):
    """A match in one player's history."""

    match_id: UUID
    match_info: MatchInfo = Field(default_factory=MatchInfo)
    last_team_id: int | None = None
    outcome: Outcome = Outcome.UNKNOWN
    rank: int = 0
    present_at_end_of_match: bool = False


class MatchHistory(PascalCaseModel):
    """A page of a player's history, newest first; up to 25 matches.

    A hidden history is an empty page, just like that of somebody who never played.
    """

    start: int = 0
    count: int = 0
    result_count: int = 0
    results: tuple[MatchHistoryResult, ...] = ()


class Stats(PascalCaseModel):
    """The numbers of one player or team: the core ones, and those of the mode that was played."""

    core_stats: CoreStats = Field(default_factory=CoreStats)
    bomb_stats: BombStats | None = None
    capture_the_flag_stats: CaptureTheFlagStats | None = None
    elimination_stats: EliminationStats | None = None
    extraction_stats: ExtractionStats | None = None
    infection_stats: InfectionStats | None = None
    oddball_stats: OddballStats | None = None
    zones_stats: ZonesStats | None = None
    stockpile_stats: StockpileStats | None = None
    pvp_stats: PvpStats | None = None
    pve_stats: PveStats | None = None
    vip_stats: VipStats | None = None


class TeamStats(PascalCaseModel):
    """A team and its numbers; there are none in free-for-all and Infection."""

    team_id: int
    outcome: Outcome = Outcome.UNKNOWN
    rank: int = 0
    stats: Stats = Field(default_factory=Stats)


class BotAttributes(PascalCaseModel):
    """What kind of bot it is."""

    difficulty: BotDifficulty = BotDifficulty.UNKNOWN


class ParticipationInfo(PascalCaseModel):
    """When a player was there.

    Bots are never present at the beginning and never join in progress. ``time_played`` is what per-minute
    rates are taken over.
    """

    first_joined_time: Moment | None = None
    last_leave_time: Moment | None = None
    present_at_beginning: bool = False
    joined_in_progress: bool = False
    left_in_progress: bool = False
    present_at_completion: bool = False
    time_played: dt.timedelta = dt.timedelta()
    confirmed_participation: bool | None = None


class PlayerTeamStats(PascalCaseModel):
    """A player's numbers while on one team."""

    team_id: int | None = None
    stats: Stats = Field(default_factory=Stats)


class PlayerStats(PascalCaseModel):
    """A player and their numbers.

    ``player_id`` is ``xuid(…)`` or ``bid(…)``. Whoever changed sides has an entry in ``player_team_stats`` for
    each team: sum the counters. The last one is ``last_team_id``; in free-for-all it is an id of their own.
    """

    player_id: str
    player_type: PlayerType = PlayerType.UNKNOWN
    bot_attributes: BotAttributes | None = None
    last_team_id: int | None = None
    outcome: Outcome = Outcome.UNKNOWN
    rank: int = 0
    participation_info: ParticipationInfo = Field(default_factory=ParticipationInfo)
    player_team_stats: tuple[PlayerTeamStats, ...] = ()

    @property
    def is_human(self) -> bool:
        """Whether a person played, not a bot."""
        return self.player_type is PlayerType.HUMAN


class MatchStats(PascalCaseModel):
    """Everything about one match; it never changes once it is there."""

    match_id: UUID
    match_info: MatchInfo = Field(default_factory=MatchInfo)
    teams: tuple[TeamStats, ...] = ()
    players: tuple[PlayerStats, ...] = ()

    @property
    def xuids(self) -> list[int]:
        """The XUIDs of the people in the match, in the service's order."""
        people = (xuid_of_player_id(player.player_id) for player in self.players if player.is_human)
        return [xuid for xuid in people if xuid is not None]


class ServiceRecordSubqueries(PascalCaseModel):
    """The values that a service record can be filtered by; None where there are none."""

    season_ids: tuple[str, ...] | None = None
    game_variant_categories: tuple[GameVariantCategory, ...] | None = None
    is_ranked: tuple[bool, ...] | None = None
    playlist_asset_ids: tuple[UUID, ...] | None = None
    gameplay_interactions: tuple[GameplayInteraction, ...] | None = None


class ServiceRecord(PascalCaseModel):
    """The sums over many matches of a player."""

    subqueries: ServiceRecordSubqueries = Field(default_factory=ServiceRecordSubqueries)
    time_played: dt.timedelta = dt.timedelta()
    matches_completed: int = 0
    wins: int = 0
    losses: int = 0
    ties: int = 0
    core_stats: ServiceRecordCoreStats = Field(default_factory=ServiceRecordCoreStats)
    bomb_stats: BombStats | None = None
    capture_the_flag_stats: CaptureTheFlagStats | None = None
    elimination_stats: ServiceRecordEliminationStats | None = None
    extraction_stats: ExtractionStats | None = None
    infection_stats: InfectionStats | None = None
    oddball_stats: OddballStats | None = None
    zones_stats: ServiceRecordZonesStats | None = None
    stockpile_stats: StockpileStats | None = None
    pvp_stats: ServiceRecordPvpStats | None = None
    pve_stats: ServiceRecordPveStats | None = None


class MatchPrivacy(PascalCaseModel):
    """Whether others may see the signed-in player's matches; a hidden history reads as an empty one."""

    matchmade_games: MatchVisibility = MatchVisibility.UNKNOWN
    other_games: MatchVisibility = MatchVisibility.UNKNOWN
