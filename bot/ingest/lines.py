"""From what Halo says of a match to what is stored of it. Pure: nothing is fetched here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.halo.models.refdata import (
    GameplayInteraction,
    LifecycleMode,
    MedalNameId,
    Outcome,
    PlaylistExperience,
)
from bot.halo.models.stats import CoreStats, MatchInfo, MatchStats, PlayerStats, Stats
from bot.halo.xuid import xuid_of_player_id
from bot.stats.clock import bounded
from bot.stats.modes import mode_for
from bot.stats.participants import core_parts, parts_of
from bot.store import Line, Match

__all__ = ["OBJECTIVE_TIMES", "is_pvp", "match_of"]

#: What counts as time at the objective: a sub-model of `Stats` and its field.
OBJECTIVE_TIMES: Final = (
    ("capture_the_flag_stats", "time_as_flag_carrier"),
    ("oddball_stats", "time_as_skull_carrier"),
    ("zones_stats", "stronghold_occupation_time"),
    ("stockpile_stats", "time_as_power_seed_carrier"),
    ("vip_stats", "time_as_vip"),
)

_MS: Final = timedelta(milliseconds=1)
_AGAINST_THE_GAME: Final = frozenset({PlaylistExperience.PVE, PlaylistExperience.PVE_BOTS})
_LONGEST_PATH: Final = 128
_OUTCOMES: Final = frozenset({Outcome.TIE, Outcome.WIN, Outcome.LOSS, Outcome.DID_NOT_FINISH})
_MOST_CATEGORY: Final = 2**15 - 1
_MOST_MEDAL_ID: Final = 2**32 - 1
_MOST_OF_A_MEDAL: Final = 2**16 - 1


def match_of(stats: MatchStats, *, ranked: bool) -> Match:
    """Return a match as it is stored, with a line for every human who took part, leavers included.

    Args:
        stats: The match.
        ranked: Whether its playlist has CSR, which the match itself does not say.

    Raises:
        ValueError: No match is like that: it has no time, a player twice, or impossible numbers.
    """
    info = stats.match_info
    lines = tuple(line for player in stats.players if (line := _line(player)) is not None)
    if len({line.xuid for line in lines}) < len(lines):
        raise ValueError("a player is in the match twice")
    matchmade = info.lifecycle_mode == LifecycleMode.MATCHMADE
    category = int(info.game_variant_category)
    return Match(
        match_id=stats.match_id,
        ended_at=_ended_at(info),
        mode_category=category if 0 <= category <= _MOST_CATEGORY else 0,
        playlist_id=info.playlist.asset_id if info.playlist else None,
        season_id=info.season_id if info.season_id and len(info.season_id) <= _LONGEST_PATH else None,
        matchmade=matchmade,
        pvp=is_pvp(stats),
        ranked=ranked and matchmade,
        lines=lines,
    )


def is_pvp(stats: MatchStats) -> bool:
    """Whether people fought people: no Firefight, and no lobby in which all opponents were bots.

    The mode and the playlist say so for Firefight and Bot Bootcamp. A playlist of another kind that found too
    few people fills a whole side with bots, so there have to be people on two sides; bots beside them do not
    matter.
    """
    info, mode = stats.match_info, mode_for(stats.match_info.game_variant_category)
    if info.gameplay_interaction == GameplayInteraction.PVE or (mode is not None and mode.is_pve):
        return False
    if info.playlist_experience in _AGAINST_THE_GAME:
        return False
    people = [player for player in stats.players if _xuid(player) is not None]
    return len({player.last_team_id for player in people}) > 1


def _xuid(player: PlayerStats) -> int | None:
    return xuid_of_player_id(player.player_id) if player.is_human else None


def _ended_at(info: MatchInfo) -> datetime:
    if info.end_time is not None:
        return info.end_time
    if info.start_time is None:
        raise ValueError("a match without a time")
    return info.start_time + bounded(info.duration)


def _line(player: PlayerStats) -> Line | None:
    """Sum a player over the teams they were on; None for a bot."""
    xuid = _xuid(player)
    if xuid is None:
        return None
    core = core_parts(player)
    medals = _medals(core)

    def total(read: Callable[[CoreStats], int]) -> int:
        return sum(read(part) for part in core)

    return Line(
        xuid=xuid,
        outcome=int(player.outcome if player.outcome in _OUTCOMES else Outcome.NONE),
        kills=total(lambda c: c.kills),
        deaths=total(lambda c: c.deaths),
        assists=total(lambda c: c.assists),
        headshots=total(lambda c: c.headshot_kills),
        perfects=medals.get(MedalNameId.PERFECT, 0),
        shots=total(lambda c: c.shots_fired),
        hits=total(lambda c: c.shots_hit),
        damage=total(lambda c: c.damage_dealt),
        played_ms=bounded(player.participation_info.time_played) // _MS,
        objective_ms=_objective_time(parts_of([player])) // _MS,
        longest_spree=max((part.max_killing_spree for part in core), default=0),
        medals=medals,
    )


def _medals(core: Iterable[CoreStats]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for part in core:
        for medal in part.medals:
            counts[int(medal.name_id)] += medal.count
    earned = {medal_id: count for medal_id, count in counts.items() if count > 0}
    if any(not 0 <= medal_id <= _MOST_MEDAL_ID or n > _MOST_OF_A_MEDAL for medal_id, n in earned.items()):
        raise ValueError("an impossible medal")
    return earned


def _objective_time(parts: Iterable[Stats]) -> timedelta:
    spent = timedelta()
    for part in parts:
        for source, field in OBJECTIVE_TIMES:
            if (own := getattr(part, source)) is not None:
                spent += bounded(getattr(own, field))
    return spent
