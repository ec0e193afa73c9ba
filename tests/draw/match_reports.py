"""Reports on matches that never happened, one line each to build."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID

from bot.halo.models.refdata import GameVariantCategory, Outcome, Tier
from bot.stats.match_report import (
    CsrChange,
    CsrStanding,
    MatchReport,
    ObjectiveStat,
    PlayerLine,
    StatKind,
    TeamLine,
)

__all__ = ["csr", "flags", "held", "infected", "player", "report", "team"]

RANKED_ARENA = UUID("edfef3ac-9cbe-4fa2-b949-8f29deafd483")


def csr(tier: Tier | str, sub_tier: int | None, delta: int | None, **after: Any) -> CsrChange:
    value = None if delta is None else 1200 + delta
    standing = CsrStanding(value=value, tier=tier, sub_tier=sub_tier, **after)
    return CsrChange(before=replace(standing, value=1200), after=standing, delta=delta)


def flags(captures: int, returns: int | None = None) -> tuple[ObjectiveStat, ...]:
    stats = [("flag_captures", captures)]
    if returns is not None:
        stats.append(("flag_returns", returns))
    return tuple(ObjectiveStat(key=key, kind=StatKind.COUNT, value=value) for key, value in stats)


def held(minutes: int, seconds: int) -> tuple[ObjectiveStat, ...]:
    value = timedelta(minutes=minutes, seconds=seconds)
    return (ObjectiveStat(key="time_as_skull_carrier", kind=StatKind.DURATION, value=value),)


def infected(count: int) -> tuple[ObjectiveStat, ...]:
    keys = ("spartans_infected", "infected_killed")
    return tuple(ObjectiveStat(key=key, kind=StatKind.COUNT, value=count) for key in keys)


def player(
    gamertag: str,
    rank: int,
    numbers: tuple[int, int, int, int, float | None, int],
    *,
    team_id: int | None = None,
    **more: Any,
) -> PlayerLine:
    """A player from rank and score, kills, deaths, assists, accuracy in percent, damage."""
    score, kills, deaths, assists, accuracy, damage = numbers
    kda = Decimal(3 * kills + assists - 3 * deaths) / 3
    values: dict[str, Any] = {
        "player_id": f"xuid({rank})",
        "xuid": None,
        "is_bot": False,
        "is_subject": False,
        "outcome": Outcome.WIN,
        "shots_hit": 0,
        "shots_fired": 0,
        "headshot_kills": 0,
        "perfect_kills": 0,
        "damage_taken": 0,
        "max_killing_spree": 0,
        "average_life": None,
        "time_played": timedelta(minutes=9, seconds=42),
        "objective": (),
        "joined_after": None,
        "left_after": None,
        "csr": None,
    }
    return PlayerLine(
        gamertag=gamertag,
        rank=rank,
        team_id=team_id,
        personal_score=score,
        kills=kills,
        deaths=deaths,
        assists=assists,
        kda=kda.quantize(Decimal("0.01"), rounding=ROUND_DOWN),
        accuracy=None if accuracy is None else Decimal(str(accuracy)),
        damage_dealt=damage,
        **(values | more),
    )


def team(team_id: int, shown: int, points: int | None = None, **more: Any) -> TeamLine:
    values: dict[str, Any] = {"outcome": Outcome.LOSS, "is_subject": False}
    return TeamLine(team_id=team_id, shown=shown, points=points, **(values | more))


def report(players: tuple[PlayerLine, ...], teams: tuple[TeamLine, ...] = (), **more: Any) -> MatchReport:
    """A report whose subject is the player marked so, or the first one."""
    subject = next((line for line in players if line.is_subject), players[0])
    values: dict[str, Any] = {
        "match_id": UUID(int=7),
        "category": GameVariantCategory.MULTIPLAYER_CTF,
        "mode": "CTF",
        "map_name": "Aquarius",
        "map_image_url": None,
        "playlist_id": RANKED_ARENA,
        "playlist": "Ranked Arena",
        "is_ranked": any(line.csr for line in players),
        "is_firefight": False,
        "started_at": datetime(2026, 11, 21, 20, 14, tzinfo=UTC),
        "ended_at": datetime(2026, 11, 21, 20, 24, tzinfo=UTC),
        "duration": timedelta(minutes=9, seconds=42),
        "gamerpic_url": None,
        "place": None if teams else subject.rank,
        "contestants": len(teams) or len(players),
        "medals": (),
        "expectation": None,
        "skill_pending": False,
        "objective_columns": tuple(dict.fromkeys(s.key for p in players for s in p.objective))[:2],
    }
    return MatchReport(subject=subject, teams=teams, players=players, **(values | more))
