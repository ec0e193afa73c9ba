"""Ranks out of matches: what the service says of a player's CSR before and after each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.halo.models.refdata import SkillResultCode
from bot.halo.models.skill import CsrContainer, MatchSkill, PlaylistCsrResult, RankRecap
from bot.halo.xuid import xuid_of_player_id
from bot.stats.csr import has_csr, standing_of
from bot.stats.csr_rank import rank_of
from bot.stats.match_report import CsrStanding
from bot.store import Match, Rank, Store

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
    """Store the ranks before a match, as of its beginning, and those after it, as of its end.

    So the days before a first link are filled, and the minutes before an answer about the playlist, in whatever
    order matches come in. A match tells no peaks: the store carries on those that were known.
    """
    if match.playlist_id is None or match.season_id is None:
        return
    ours = {xuid: recaps[xuid] for xuid in recaps.keys() & set(linked)}
    moments = ((started_at, _before), (match.ended_at, _after))
    for at, container_of in moments:
        ranks = {xuid: _rank(container_of(recap)) for xuid, recap in ours.items()}
        told = {xuid: rank for xuid, rank in ranks.items() if rank is not None}
        if told and at is not None:
            await store.snapshots.add(match.playlist_id, match.season_id, told, at, has_peaks=False)


def _before(recap: RankRecap) -> CsrContainer:
    return recap.pre_match_csr


def _after(recap: RankRecap) -> CsrContainer:
    return recap.post_match_csr


def _rank(container: CsrContainer) -> Rank | None:
    """Return a rank without peaks; None where there is neither CSR nor placement."""
    standing = standing_of(container)
    if standing.value is None and not standing.placement_total:
        return None
    return Rank(
        current=standing.value,
        season_max=None,
        all_time_max=None,
        placement_left=_left(standing),
        placement_matches=standing.placement_total,
    )


def _left(standing: CsrStanding) -> int:
    return 0 if standing.value is not None else standing.placement_total - standing.placement_done
