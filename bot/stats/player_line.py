"""One player's line of a match report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.halo.models.refdata import BOT_NAMES, MedalNameId, Outcome, PlayerType
from bot.halo.models.stats import CoreStats, PlayerStats
from bot.stats.clock import MatchClock, bounded
from bot.stats.match_report import CsrChange, PlayerLine
from bot.stats.numbers import accuracy, kda
from bot.stats.objectives import Objective
from bot.stats.participants import core_parts, parts_of, player_xuid

__all__ = ["player_line"]

_TICK = timedelta.resolution


def player_line(
    player: PlayerStats,
    *,
    gamertags: Mapping[int, str],
    subject_xuid: int,
    in_team: bool,
    clock: MatchClock,
    objectives: Sequence[Objective],
    csr: CsrChange | None,
) -> PlayerLine:
    """Sum a player's match over the teams they were on.

    Args:
        player: The player's statistics.
        gamertags: Gamertags by XUID.
        subject_xuid: Whose report this is.
        in_team: Whether the match has teams; in free-for-all a team id means nothing.
        clock: The match's times.
        objectives: The objectives to report, the same for everybody.
        csr: The player's CSR before and after, when known.
    """
    parts, core = parts_of([player]), core_parts(player)

    def total(read: Callable[[CoreStats], int]) -> int:
        return sum(read(part) for part in core)

    kills, deaths, assists = total(lambda c: c.kills), total(lambda c: c.deaths), total(lambda c: c.assists)
    hit, fired = total(lambda c: c.shots_hit), total(lambda c: c.shots_fired)
    xuid = player_xuid(player.player_id)
    is_bot = player.player_type == PlayerType.BOT or player.player_id.startswith("bid(")
    presence = clock.presence(
        player.participation_info, is_bot=is_bot, did_finish=player.outcome != Outcome.DID_NOT_FINISH
    )
    return PlayerLine(
        player_id=player.player_id,
        xuid=xuid,
        gamertag=_name(player.player_id, xuid, gamertags, is_bot=is_bot),
        is_bot=is_bot,
        is_subject=xuid == subject_xuid,
        team_id=player.last_team_id if in_team else None,
        rank=player.rank,
        outcome=player.outcome,
        personal_score=total(lambda c: c.personal_score),
        kills=kills,
        deaths=deaths,
        assists=assists,
        kda=kda(kills, deaths, assists),
        shots_hit=hit,
        shots_fired=fired,
        accuracy=accuracy(hit, fired),
        headshot_kills=total(lambda c: c.headshot_kills),
        perfect_kills=sum(m.count for c in core for m in c.medals if m.name_id == MedalNameId.PERFECT),
        damage_dealt=total(lambda c: c.damage_dealt),
        damage_taken=total(lambda c: c.damage_taken),
        max_killing_spree=max((part.max_killing_spree for part in core), default=0),
        average_life=_average_life(core),
        time_played=bounded(player.participation_info.time_played),
        objective=tuple(stat for objective in objectives for stat in objective.measure(parts)),
        joined_after=presence.joined_after,
        left_after=presence.left_after,
        csr=csr,
    )


def _name(player_id: str, xuid: int | None, gamertags: Mapping[int, str], *, is_bot: bool) -> str:
    """Return a bot's or a player's name, or "" for one that has none."""
    if is_bot:
        return BOT_NAMES.get(player_id, "")
    return "" if xuid is None else gamertags.get(xuid, "").strip()


def _average_life(core: Sequence[CoreStats]) -> timedelta | None:
    """Return the mean life over a player's parts of a match, each weighing as much as it has lives."""
    lives = [(bounded(part.average_life_duration) // _TICK, max(part.spawns, 1)) for part in core]
    lived = [(ticks, spawns) for ticks, spawns in lives if ticks]
    if not lived:
        return None
    return sum(ticks * spawns for ticks, spawns in lived) // sum(spawns for _, spawns in lived) * _TICK
