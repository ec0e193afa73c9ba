"""Ranks out of matches: what the service says of a player's CSR before and after each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from bot.halo.models.refdata import SkillResultCode
from bot.halo.models.skill import CsrContainer, MatchSkill, PlaylistCsrResult, RankRecap
from bot.halo.xuid import xuid_of_player_id
from bot.stats.csr import has_csr, standing_of
from bot.stats.csr_rank import rank_of
from bot.stats.match_report import CsrStanding
from bot.store import Match, Rank, Snapshot, Store

__all__ = ["rank_now", "recaps_of", "snapshot_recaps"]


def rank_now(result: PlaylistCsrResult) -> Rank | None:
    """Return a rank as it is stored; None for a playlist that was never played."""
    rank = rank_of(result)
    if not rank.is_ever_played:
        return None
    return Rank(
        current=rank.current.value,
        season_max=None if rank.season_peak is None else rank.season_peak.value,
        all_time_max=None if rank.all_time_peak is None else rank.all_time_peak.value,
        placement_left=_left(rank.current),
        placement_matches=rank.current.placement_total,
    )


def recaps_of(skill: MatchSkill | None) -> dict[int, RankRecap]:
    """Return what a match did to each player's CSR, by XUID, where it did something."""
    found: dict[int, RankRecap] = {}
    for value in skill.value if skill else ():
        xuid = xuid_of_player_id(value.id)
        if xuid is None or value.result is None or value.result_code not in {None, SkillResultCode.SUCCESS}:
            continue
        recap = value.result.rank_recap
        if has_csr(recap) or standing_of(recap.post_match_csr).placement_total:
            found[xuid] = recap
    return found


async def snapshot_recaps(
    store: Store,
    match: Match,
    started_at: datetime | None,
    recaps: Mapping[int, RankRecap],
    linked: Collection[int],
) -> None:
    """Store the ranks after a match, as of its end, and that until it began they were what is known.

    A match tells no peaks. Those that are known are carried on, and the next answer about the playlist has
    them right. What is older than what is known the store ignores, so this fills the days before a first
    link, and the minutes before every such answer.
    """
    if match.playlist_id is None or match.season_id is None:
        return
    before: dict[int, Rank] = {}
    after: dict[int, Rank] = {}
    for xuid in recaps.keys() & set(linked):
        known = await _known(store, xuid, match.playlist_id, match.season_id)
        if known is not None and known.rank.current == standing_of(recaps[xuid].pre_match_csr).value:
            before[xuid] = known.rank
        after[xuid] = _after(recaps[xuid].post_match_csr, None if known is None else known.rank)
    if before and started_at is not None:
        await store.snapshots.add(match.playlist_id, match.season_id, before, started_at)
    if after:
        await store.snapshots.add(match.playlist_id, match.season_id, after, match.ended_at)


async def _known(store: Store, xuid: int, playlist_id: UUID, season_id: str) -> Snapshot | None:
    snapshots = await store.snapshots.of_player(xuid)
    wanted = (playlist_id, season_id)
    return next((one for one in snapshots if (one.playlist_id, one.season_id) == wanted), None)


def _after(container: CsrContainer, known: Rank | None) -> Rank:
    standing = standing_of(container)
    return Rank(
        current=standing.value,
        season_max=_peak(None if known is None else known.season_max, standing.value),
        all_time_max=_peak(None if known is None else known.all_time_max, standing.value),
        placement_left=_left(standing),
        placement_matches=standing.placement_total,
    )


def _peak(known: int | None, value: int | None) -> int | None:
    return known if known is None or value is None else max(known, value)


def _left(standing: CsrStanding) -> int:
    return 0 if standing.value is not None else standing.placement_total - standing.placement_done
