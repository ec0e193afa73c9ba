"""Service records as the stats service writes them."""

from __future__ import annotations

from typing import Any

from bot.playground.halo.wire.match_json import (
    write_medals,
    write_objective,
    write_personal_scores,
    write_pve,
)
from bot.playground.halo.wire.moments import write_duration
from bot.playground.world.objectives import Objective
from bot.playground.world.plan import Outcome
from bot.playground.world.records import ServiceRecord

__all__ = ["write_record"]

_OTHER_NAMES = {
    "StrongholdCaptures": "ZoneCaptures",
    "StrongholdDefensiveKills": "ZoneDefensiveKills",
    "StrongholdOffensiveKills": "ZoneOffensiveKills",
    "StrongholdSecures": "ZoneSecures",
    "StrongholdOccupationTime": "TotalZoneOccupationTime",
    "StrongholdScoringTicks": "ZoneScoringTicks",
}
_LEFT_OUT = frozenset({"LivesRemaining", "EliminationOrder"})


def write_record(record: ServiceRecord, *, filtered: bool) -> dict[str, Any]:
    """A player's sums; what can be asked for further is only told without a filter."""
    answer: dict[str, Any] = {
        "Subqueries": _write_subqueries(record, filtered=filtered),
        "TimePlayed": write_duration(record.played, digits=6),
        "MatchesCompleted": record.matches,
        "Wins": record.outcomes[Outcome.WIN],
        "Losses": record.outcomes[Outcome.LOSS],
        "Ties": record.outcomes[Outcome.TIE],
        "CoreStats": _write_core(record),
    }
    for key, (_, objective) in record.blocks.items():
        answer[key] = write_objective(_renamed(objective))
    if record.matches:
        own, game = record.tally, record.against_the_game
        answer["PvpStats"] = {
            "Kills": own.kills - game.kills,
            "Deaths": own.deaths - game.deaths,
            "Assists": own.assists - game.assists,
        }
        answer["PveStats"] = write_pve(game)
    return answer


def _renamed(objective: Objective) -> Objective:
    return {_OTHER_NAMES.get(name, name): value for name, value in objective.items() if name not in _LEFT_OUT}


def _write_subqueries(record: ServiceRecord, *, filtered: bool) -> dict[str, Any]:
    if filtered or not record.matches:
        return dict.fromkeys(
            ("SeasonIds", "GameVariantCategories", "IsRanked", "PlaylistAssetIds", "GameplayInteractions")
        )
    kinds = record.kinds
    return {
        "SeasonIds": sorted({f"Csr/Seasons/{kind.season}.json" for kind in kinds if kind.season}),
        "GameVariantCategories": sorted({kind.category for kind in kinds}),
        "IsRanked": sorted({kind.ranked for kind in kinds}),
        "PlaylistAssetIds": sorted({str(kind.playlist) for kind in kinds if kind.playlist}),
        "GameplayInteractions": None,
    }


def _write_core(record: ServiceRecord) -> dict[str, Any]:
    tally = record.tally
    return {
        "Score": record.score,
        "PersonalScore": sum(points for _, points in record.personal_scores.values()),
        "RoundsWon": record.rounds_won,
        "RoundsLost": record.rounds_lost,
        "RoundsTied": record.rounds_tied,
        "Kills": tally.kills,
        "Deaths": tally.deaths,
        "Assists": tally.assists,
        "AverageKDA": float(record.kda_sum / record.matches) if record.matches else 0.0,
        "Suicides": tally.suicides,
        "Betrayals": tally.betrayals,
        "GrenadeKills": tally.grenade_kills,
        "HeadshotKills": tally.headshot_kills,
        "MeleeKills": tally.melee_kills,
        "PowerWeaponKills": tally.power_weapon_kills,
        "ShotsFired": tally.shots_fired,
        "ShotsHit": tally.shots_hit,
        "Accuracy": 100 * tally.shots_hit / tally.shots_fired if tally.shots_fired else 0.0,
        "DamageDealt": tally.damage_dealt,
        "DamageTaken": tally.damage_taken,
        "CalloutAssists": tally.callout_assists,
        "VehicleDestroys": tally.vehicle_destroys,
        "DriverAssists": tally.driver_assists,
        "Hijacks": tally.hijacks,
        "EmpAssists": 0,
        "MaxKillingSpree": tally.max_killing_spree,
        "Medals": write_medals(record.medals),
        "PersonalScores": write_personal_scores(record.personal_scores),
        "Spawns": tally.spawns,
        "ObjectivesCompleted": 0,
    }
