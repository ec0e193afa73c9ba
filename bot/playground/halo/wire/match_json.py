"""Match history, match stats and match counts as the stats service writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.playground.halo.wire.moments import write_duration, write_moment
from bot.playground.world.catalogue import Asset, Catalogue, derive_id
from bot.playground.world.match import Line, Match, Showing
from bot.playground.world.modes import Sides
from bot.playground.world.objectives import Objective
from bot.playground.world.plan import Outcome, Plan, Seat
from bot.playground.world.tally import Tally

__all__ = [
    "write_counts",
    "write_history",
    "write_match",
    "write_medals",
    "write_objective",
    "write_personal_scores",
    "write_pve",
]

_BEFORE_PLAY = timedelta(milliseconds=29_690)
_CREATURES = {
    "MarineKills": 0.0, "GruntKills": 0.5, "JackalKills": 0.18, "EliteKills": 0.1, "BruteKills": 0.12,
    "HunterKills": 0.01, "SkimmerKills": 0.05, "SentinelKills": 0.0,
}  # fmt: skip


def write_history(
    catalogue: Catalogue, start: int, count: int, plans: Sequence[tuple[Plan, Seat, int]]
) -> dict[str, Any]:
    """One page of a player's history: plans with the player's seat and rank."""
    return {
        "Start": start,
        "Count": count,
        "ResultCount": len(plans),
        "Results": [
            {
                "MatchId": str(plan.match_id),
                "MatchInfo": write_info(catalogue, plan),
                "LastTeamId": seat.team,
                "Outcome": int(seat.outcome),
                "Rank": rank,
                "PresentAtEndOfMatch": seat.left >= 1,
            }
            for plan, seat, rank in plans
        ],
        "Links": {},
    }


def write_counts(matchmade: int, custom: int, local: int) -> dict[str, Any]:
    """How many matches a player has."""
    return {
        "CustomMatchesPlayedCount": custom,
        "MatchesPlayedCount": matchmade + custom + local,
        "MatchmadeMatchesPlayedCount": matchmade,
        "LocalMatchesPlayedCount": local,
    }


def write_info(catalogue: Catalogue, plan: Plan) -> dict[str, Any]:
    """What history and stats both say of a match."""
    playlist = plan.playlist
    return {
        "StartTime": write_moment(plan.starts_at),
        "EndTime": write_moment(plan.ends_at),
        "Duration": write_duration(
            plan.playable + timedelta(microseconds=700), digits=6, extra=str(1 + plan.index % 9)
        ),
        "LifecycleMode": plan.lifecycle.value,
        "GameVariantCategory": plan.mode.category,
        "LevelId": str(derive_id("level", plan.place.name)),
        "MapVariant": _reference(catalogue.place(plan.place)),
        "UgcGameVariant": _reference(catalogue.variant(plan.mode)),
        "ClearanceId": str(derive_id("clearance")),
        "Playlist": _reference(catalogue.playlist(playlist)) if playlist else None,
        "PlaylistExperience": playlist.experience if playlist else None,
        "PlaylistMapModePair": _reference(catalogue.pair(plan.mode, plan.place)) if playlist else None,
        "SeasonId": f"Csr/Seasons/{plan.season}.json" if plan.season else None,
        "PlayableDuration": write_duration(plan.playable),
        "TeamsEnabled": plan.has_teams,
        "TeamScoringEnabled": plan.has_teams,
        "GameplayInteraction": 2 if plan.mode.sides is Sides.TOGETHER else 1,
    }


def _reference(asset: Asset) -> dict[str, Any]:
    return {"AssetKind": int(asset.kind), "AssetId": str(asset.asset_id), "VersionId": str(asset.version_id)}


def write_match(catalogue: Catalogue, match: Match) -> dict[str, Any]:
    """A match's stats."""
    plan = match.plan
    better = sorted(
        (result.outcome for result in plan.results), key=lambda outcome: outcome is not Outcome.WIN
    )
    return {
        "MatchId": str(plan.match_id),
        "MatchInfo": write_info(catalogue, plan),
        "Teams": [
            {
                "TeamId": line.team,
                "Outcome": int(plan.results[line.team].outcome),
                "Rank": better.index(plan.results[line.team].outcome) + 1,
                "Stats": _write_stats(match, line, for_team=True),
            }
            for line in match.teams
        ],
        "Players": [_write_player(match, showing) for showing in match.showings],
    }


def _write_player(match: Match, showing: Showing) -> dict[str, Any]:
    seat = showing.seat
    return {
        "PlayerId": seat.player_id,
        "PlayerType": 1 if seat.player else 2,
        "BotAttributes": None if seat.player else {"Difficulty": 1 + (seat.bot or 0) % 5},
        "LastTeamId": seat.team,
        "Outcome": int(seat.outcome),
        "Rank": showing.rank,
        "ParticipationInfo": _write_participation(match, seat),
        "PlayerTeamStats": [
            {"TeamId": line.team, "Stats": _write_stats(match, line, for_team=False)}
            for line in showing.lines
        ],
    }


def _write_participation(match: Match, seat: Seat) -> dict[str, Any]:
    late, gone, human = seat.joined > 0, seat.left < 1, seat.player is not None
    joined = match.moment(seat.joined) if late else match.plan.starts_at + _BEFORE_PLAY
    return {
        "FirstJoinedTime": write_moment(joined),
        "LastLeaveTime": write_moment(match.moment(seat.left)) if gone else None,
        "PresentAtBeginning": human and not late,
        "JoinedInProgress": human and late,
        "LeftInProgress": gone,
        "PresentAtCompletion": not gone,
        "TimePlayed": write_duration(match.plan.playable * (seat.left - seat.joined)),
        "ConfirmedParticipation": None,
    }


def _write_stats(match: Match, line: Line, *, for_team: bool) -> dict[str, Any]:
    stats: dict[str, Any] = {"CoreStats": _write_core(line)}
    if match.block is not None and line.objective is not None:
        stats[match.block.key] = write_objective(line.objective, nothing=0 if for_team else None)
    tally = line.tally
    together = match.plan.mode.sides is Sides.TOGETHER
    if together:
        stats["PveStats"] = {**write_pve(tally), "KDA": _kda(tally.kills, tally.deaths, tally.assists)}
    fought = (0, 0, 0) if together else (tally.kills, tally.deaths, tally.assists)
    stats["PvpStats"] = {"Kills": fought[0], "Deaths": fought[1], "Assists": fought[2], "KDA": _kda(*fought)}
    return stats


def _write_core(line: Line) -> dict[str, Any]:
    tally = line.tally
    return {
        "Score": line.score,
        "PersonalScore": line.personal_score,
        "RoundsWon": line.rounds_won,
        "RoundsLost": line.rounds_lost,
        "RoundsTied": line.rounds_tied,
        "Kills": tally.kills,
        "Deaths": tally.deaths,
        "Assists": tally.assists,
        "KDA": _kda(tally.kills, tally.deaths, tally.assists),
        "Suicides": tally.suicides,
        "Betrayals": tally.betrayals,
        "AverageLifeDuration": write_duration(
            timedelta(milliseconds=tally.lived_ms / max(1, tally.spawns)), digits=1
        ),
        "GrenadeKills": tally.grenade_kills,
        "HeadshotKills": tally.headshot_kills,
        "MeleeKills": tally.melee_kills,
        "PowerWeaponKills": tally.power_weapon_kills,
        "ShotsFired": tally.shots_fired,
        "ShotsHit": tally.shots_hit,
        "Accuracy": 10_000 * tally.shots_hit // tally.shots_fired / 100 if tally.shots_fired else 0.0,
        "DamageDealt": tally.damage_dealt,
        "DamageTaken": tally.damage_taken,
        "CalloutAssists": tally.callout_assists,
        "VehicleDestroys": tally.vehicle_destroys,
        "DriverAssists": tally.driver_assists,
        "Hijacks": tally.hijacks,
        "EmpAssists": 0,
        "MaxKillingSpree": tally.max_killing_spree,
        "Medals": write_medals(line.medals),
        "PersonalScores": write_personal_scores(line.personal_scores),
        "DeprecatedDamageDealt": float(tally.damage_dealt),
        "DeprecatedDamageTaken": float(tally.damage_taken),
        "Spawns": tally.spawns,
        "ObjectivesCompleted": 0,
    }


def _kda(kills: int, deaths: int, assists: int) -> float:
    """Kills + assists/3 − deaths, cut to two decimals toward zero, without ever touching a float."""
    hundredths = 300 * (kills - deaths) + 100 * assists
    return (abs(hundredths) // 3) * (-1 if hundredths < 0 else 1) / 100


def write_medals(medals: Counter[int]) -> list[dict[str, Any]]:
    """Medals with their counts."""
    return [
        {"NameId": name_id, "Count": count, "TotalPersonalScoreAwarded": 0}
        for name_id, count in medals.items()
    ]


def write_personal_scores(scores: Mapping[int, tuple[int, int]]) -> list[dict[str, Any]]:
    """Personal scores with counts and points."""
    return [
        {"NameId": name_id, "Count": count, "TotalPersonalScoreAwarded": points}
        for name_id, (count, points) in scores.items()
    ]


def write_objective(objective: Objective, *, nothing: int | None = 0) -> dict[str, Any]:
    """A mode's own statistics; ``nothing`` stands where there is no number."""
    return {
        name: write_duration(value, digits=1)
        if isinstance(value, timedelta)
        else nothing
        if value is None
        else value
        for name, value in objective.items()
    }


def write_pve(tally: Tally) -> dict[str, Any]:
    """Kills of the game's own creatures, told apart; they add up to the kills."""
    told = {name: int(tally.enemy_kills * share) for name, share in _CREATURES.items()}
    told["GruntKills"] += tally.enemy_kills - sum(told.values()) - tally.enemy_kills // 60
    return {
        "Kills": tally.enemy_kills,
        "Deaths": tally.deaths,
        "Assists": tally.assists,
        **told,
        "BossKills": tally.enemy_kills // 60,
    }
