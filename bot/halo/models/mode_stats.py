"""The numbers that only some modes have; a part that a mode lacks is None in `Stats`.

All are counts or durations of one player or team. See `bot.halo.models.stats`.
"""

from __future__ import annotations

import datetime as dt

from bot.halo.models.base import PascalCaseModel

__all__ = [
    "BombStats",
    "CaptureTheFlagStats",
    "EliminationStats",
    "ExtractionStats",
    "InfectionStats",
    "OddballStats",
    "PveStats",
    "PvpStats",
    "ServiceRecordEliminationStats",
    "ServiceRecordPveStats",
    "ServiceRecordPvpStats",
    "ServiceRecordZonesStats",
    "StockpileStats",
    "VipStats",
    "ZonesStats",
]


class BombStats(PascalCaseModel):
    """What a player or team did with the bomb (Assault)."""

    bomb_carriers_killed: int = 0
    bomb_defusals: int = 0
    bomb_defusers_killed: int = 0
    bomb_detonations: int = 0
    bomb_pick_ups: int = 0
    bomb_plants: int = 0
    bomb_returns: int = 0
    kills_as_bomb_carrier: int = 0
    time_as_bomb_carrier: dt.timedelta = dt.timedelta()


class CaptureTheFlagStats(PascalCaseModel):
    """What a player or team did with the flags."""

    flag_capture_assists: int = 0
    flag_captures: int = 0
    flag_carriers_killed: int = 0
    flag_grabs: int = 0
    flag_returners_killed: int = 0
    flag_returns: int = 0
    flag_secures: int = 0
    flag_steals: int = 0
    kills_as_flag_carrier: int = 0
    kills_as_flag_returner: int = 0
    time_as_flag_carrier: dt.timedelta = dt.timedelta()


class ServiceRecordEliminationStats(PascalCaseModel):
    """Elimination modes, as a service record counts them."""

    allies_revived: int = 0
    elimination_assists: int = 0
    eliminations: int = 0
    enemy_revives_denied: int = 0
    executions: int = 0
    kills_as_last_player_standing: int = 0
    last_players_standing_killed: int = 0
    rounds_survived: int = 0
    times_revived_by_ally: int = 0


class EliminationStats(ServiceRecordEliminationStats):
    """Elimination modes, in one match."""

    lives_remaining: int | None = None
    elimination_order: int = 0


class ExtractionStats(PascalCaseModel):
    """What a player or team did at extraction sites."""

    extraction_conversions_completed: int = 0
    extraction_conversions_denied: int = 0
    extraction_initiations_completed: int = 0
    extraction_initiations_denied: int = 0
    successful_extractions: int = 0


class InfectionStats(PascalCaseModel):
    """What a player did as a Spartan and as one of the infected."""

    alphas_killed: int = 0
    spartans_infected: int = 0
    spartans_infected_as_alpha: int = 0
    kills_as_last_spartan_standing: int = 0
    last_spartans_standing_infected: int = 0
    rounds_as_alpha: int = 0
    rounds_as_last_spartan_standing: int = 0
    rounds_finished_as_infected: int = 0
    rounds_survived_as_spartan: int = 0
    rounds_survived_as_last_spartan_standing: int = 0
    time_as_last_spartan_standing: dt.timedelta = dt.timedelta()
    infected_killed: int = 0


class OddballStats(PascalCaseModel):
    """What a player or team did with the skull; ticks are seconds that scored."""

    kills_as_skull_carrier: int = 0
    longest_time_as_skull_carrier: dt.timedelta = dt.timedelta()
    skull_carriers_killed: int = 0
    skull_grabs: int = 0
    time_as_skull_carrier: dt.timedelta = dt.timedelta()
    skull_scoring_ticks: int = 0


class ZonesStats(PascalCaseModel):
    """Zones of one match: Strongholds, King of the Hill, Total Control, Land Grab."""

    stronghold_captures: int = 0
    stronghold_defensive_kills: int = 0
    stronghold_offensive_kills: int = 0
    stronghold_secures: int = 0
    stronghold_occupation_time: dt.timedelta = dt.timedelta()
    stronghold_scoring_ticks: int = 0


class ServiceRecordZonesStats(PascalCaseModel):
    """Zones, as a service record counts them; the same things under other keys."""

    zone_captures: int = 0
    zone_defensive_kills: int = 0
    zone_offensive_kills: int = 0
    zone_secures: int = 0
    total_zone_occupation_time: dt.timedelta = dt.timedelta()
    zone_scoring_ticks: int = 0


class StockpileStats(PascalCaseModel):
    """What a player or team did with power seeds."""

    kills_as_power_seed_carrier: int = 0
    power_seeds_deposited: int = 0
    power_seeds_stolen: int = 0
    power_seed_carriers_killed: int = 0
    time_as_power_seed_carrier: dt.timedelta = dt.timedelta()
    time_as_power_seed_driver: dt.timedelta = dt.timedelta()


class ServiceRecordPvpStats(PascalCaseModel):
    """Fights against players, as a service record counts them."""

    kills: int = 0
    deaths: int = 0
    assists: int = 0


class PvpStats(ServiceRecordPvpStats):
    """Fights against players, in one match; KDA is kills + assists / 3 − deaths, truncated to 2 decimals."""

    kda: float = 0.0


class ServiceRecordPveStats(PascalCaseModel):
    """Fights against AI enemies, by their kind, as a service record counts them."""

    kills: int = 0
    deaths: int = 0
    assists: int = 0
    marine_kills: int = 0
    grunt_kills: int = 0
    jackal_kills: int = 0
    elite_kills: int = 0
    brute_kills: int = 0
    hunter_kills: int = 0
    skimmer_kills: int = 0
    sentinel_kills: int = 0
    boss_kills: int = 0


class PveStats(ServiceRecordPveStats):
    """Fights against AI enemies, by their kind, in one match; ``kda`` as in `PvpStats`."""

    kda: float = 0.0


class VipStats(PascalCaseModel):
    """What a player or team did as the VIP and against the other one."""

    kills_as_vip: int = 0
    longest_time_as_vip: dt.timedelta = dt.timedelta()
    max_killing_spree_as_vip: int = 0
    time_as_vip: dt.timedelta = dt.timedelta()
    times_selected_as_vip: int = 0
    vip_assists: int = 0
    vip_kills: int = 0
