"""What a match's own JSON says, counted by hand: none of the bot's models or sums has a part in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.playground.halo.wire.match_json import write_match
from bot.playground.world import World

__all__ = ["body_of", "counts_for_boards", "matches_of", "medals_of", "people_of", "sums_of", "totals_of"]

PERFECT = 1512363953
OBJECTIVE_TIMES = {
    "CaptureTheFlagStats": "TimeAsFlagCarrier",
    "OddballStats": "TimeAsSkullCarrier",
    "ZonesStats": "StrongholdOccupationTime",
    "StockpileStats": "TimeAsPowerSeedCarrier",
    "VipStats": "TimeAsVip",
}
CORE = {
    "kills": "Kills",
    "deaths": "Deaths",
    "assists": "Assists",
    "headshots": "HeadshotKills",
    "shots": "ShotsFired",
    "hits": "ShotsHit",
    "damage": "DamageDealt",
}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?")


def body_of(world: World, match_id: UUID) -> dict[str, Any]:
    """A match as the service would say it."""
    match = world.match(match_id)
    assert match is not None
    return write_match(world.catalogue, match)


def people_of(body: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    """The humans of a match by XUID."""
    humans = (player for player in body["Players"] if player["PlayerType"] == 1)
    return {int(player["PlayerId"][5:-1]): player for player in humans}


def sums_of(player: Mapping[str, Any]) -> dict[str, int]:
    """A player's numbers in a match, over all teams the player was on."""
    parts = [part["Stats"] for part in player["PlayerTeamStats"]]
    core = [part["CoreStats"] for part in parts]
    medals = _medals(core)
    objective = [
        part[model][time] for part in parts for model, time in OBJECTIVE_TIMES.items() if part.get(model)
    ]
    return {
        **{name: sum(part[key] for part in core) for name, key in CORE.items()},
        "perfects": medals[PERFECT],
        "played_ms": _ticks(player["ParticipationInfo"]["TimePlayed"]) // 10_000,
        "objective_ms": sum(_ticks(text) // 10 for text in objective) // 1_000,
        "longest_spree": max(part["MaxKillingSpree"] for part in core),
        "outcome": player["Outcome"],
    }


def medals_of(player: Mapping[str, Any]) -> dict[int, int]:
    """The medals that a player earned in a match."""
    return dict(_medals([part["Stats"]["CoreStats"] for part in player["PlayerTeamStats"]]))


def counts_for_boards(body: Mapping[str, Any]) -> bool:
    """Whether it was matchmade, and people against people."""
    info = body["MatchInfo"]
    sides = {player["LastTeamId"] for player in people_of(body).values()}
    against_the_game = info["GameplayInteraction"] == 2 or info["PlaylistExperience"] in {4, 6}
    return info["LifecycleMode"] == 3 and not against_the_game and len(sides) > 1


def matches_of(world: World, xuids: Iterable[int], until: datetime) -> set[UUID]:
    """All that these players have played and let others see."""
    visible = [xuid for xuid in xuids if (it := world.player_by_xuid(xuid)) and not it.hides_matches]
    return {plan.match_id for xuid in visible for plan in world.matches_of(xuid, until=until)}


def totals_of(world: World, match_ids: Iterable[UUID], xuids: Iterable[int]) -> dict[int, Counter[str]]:
    """The sums of these players over what counts of these matches, with ``matches`` and ``wins``."""
    totals: dict[int, Counter[str]] = {xuid: Counter() for xuid in xuids}
    for match_id in match_ids:
        body = body_of(world, match_id)
        if counts_for_boards(body):
            for xuid, player in people_of(body).items():
                if xuid in totals:
                    totals[xuid].update(sums_of(player))
                    totals[xuid].update(matches=1, wins=int(player["Outcome"] == 2))
    return totals


def _medals(core: Iterable[Mapping[str, Any]]) -> Counter[int]:
    earned: Counter[int] = Counter()
    for part in core:
        for medal in part["Medals"]:
            earned[medal["NameId"]] += medal["Count"]
    return earned


def _ticks(text: str) -> int:
    """A length of time in units of 100 ns."""
    found = _DURATION.fullmatch(text)
    assert found is not None, text
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    fraction = int((found[4] or "0").ljust(7, "0")[:7])
    return ((hours * 60 + minutes) * 60 + seconds) * 10_000_000 + fraction
