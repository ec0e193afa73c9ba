"""Small match bodies in the service's own shape, to be parsed by the real models."""

from __future__ import annotations

from typing import Any

from bot.halo.models.skill import MatchSkill
from bot.halo.models.stats import MatchStats

MATCH_ID = "00000000-0000-4000-8000-000000000001"
ASSET_ID = "00000000-0000-4000-8000-000000000002"
PLAYLIST_ID = "00000000-0000-4000-8000-000000000003"
ME = 2533274800000001
START = "2026-11-21T20:00:00Z"


def xuid(number: int) -> str:
    return f"xuid({number})"


def asset(kind: int, asset_id: str = ASSET_ID) -> dict[str, Any]:
    return {"AssetKind": kind, "AssetId": asset_id, "VersionId": ASSET_ID}


def published(name: str, prefix: str = "", paths: tuple[str, ...] = ()) -> dict[str, Any]:
    """An asset as the discovery service describes it."""
    files = {"Prefix": prefix, "FileRelativePaths": list(paths)}
    return {"AssetId": ASSET_ID, "VersionId": ASSET_ID, "PublicName": name, "Files": files}


def core(**numbers: Any) -> dict[str, Any]:
    return {"CoreStats": numbers}


def player(
    number: int = ME,
    *,
    team: int = 0,
    rank: int = 1,
    parts: list[dict[str, Any]] | None = None,
    participation: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A human player; ``parts`` are the statistics for each team they were on."""
    stats = [core()] if parts is None else parts
    return {
        "PlayerId": xuid(number),
        "PlayerType": 1,
        "LastTeamId": team,
        "Outcome": 2,
        "Rank": rank,
        "ParticipationInfo": participation or {"TimePlayed": "PT10M"},
        "PlayerTeamStats": [{"TeamId": team, "Stats": part} for part in stats],
        **more,
    }


def bot(bot_id: str = "bid(0.0)", **more: Any) -> dict[str, Any]:
    return player(**more) | {"PlayerId": bot_id, "PlayerType": 2}


def team(team_id: int, *, rank: int = 1, outcome: int = 2, **numbers: Any) -> dict[str, Any]:
    return {"TeamId": team_id, "Outcome": outcome, "Rank": rank, "Stats": core(**numbers)}


def match(
    *players: dict[str, Any], teams: tuple[dict[str, Any], ...] = (), category: int = 6, **info: Any
) -> MatchStats:
    """Ten minutes of play after an intro of half a minute; matchmade unless ``info`` says otherwise."""
    match_info = {
        "StartTime": START,
        "EndTime": "2026-11-21T20:10:30Z",
        "Duration": "PT10M",
        "PlayableDuration": "PT9M58.5S",
        "LifecycleMode": 3,
        "GameVariantCategory": category,
        "MapVariant": asset(2),
        "UgcGameVariant": asset(6),
        "Playlist": asset(3, PLAYLIST_ID),
        **info,
    }
    body = {"MatchId": MATCH_ID, "MatchInfo": match_info, "Teams": list(teams), "Players": list(players)}
    return MatchStats.model_validate(body)


def csr(value: int, tier: str = "", sub_tier: int = 0, **more: Any) -> dict[str, Any]:
    return {"Value": value, "Tier": tier, "SubTier": sub_tier, **more}


def skill(
    before: dict[str, Any], after: dict[str, Any], number: int = ME, code: int = 0, **more: Any
) -> MatchSkill:
    recap = {"PreMatchCsr": before, "PostMatchCsr": after}
    value = {"Id": xuid(number), "ResultCode": code, "Result": {"RankRecap": recap, **more}}
    return MatchSkill.model_validate({"Value": [value]})
