"""A player's rank in one playlist: now, at its best, and how it has moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.halo.models.refdata import Tier
from bot.halo.models.skill import CsrContainer, PlaylistCsrResult
from bot.stats.csr import CsrProgress, progress_of, standing_at, standing_of
from bot.stats.match_report import CsrStanding

__all__ = ["NEVER_PLAYED", "CsrRank", "rank_of", "rank_of_values"]

_SUB_TIER_POINTS: Final = 50
_UNRANKED: Final = CsrStanding(value=None, tier=Tier.UNRANKED, sub_tier=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsrRank:
    """A standing with its peaks, each None where there is none; ``progress`` as in :func:`progress_of`."""

    current: CsrStanding
    progress: CsrProgress | None
    season_peak: CsrStanding | None
    all_time_peak: CsrStanding | None

    @property
    def is_ranked(self) -> bool:
        """Whether there is a rank now, rather than a placement or nothing."""
        return self.current.value is not None

    @property
    def is_played_this_season(self) -> bool:
        """Whether a match was played in the season that this is of."""
        return self.is_ranked or self.season_peak is not None or self.current.placement_done > 0

    @property
    def is_ever_played(self) -> bool:
        """Whether the playlist was ever played, in this season or before."""
        return self.is_played_this_season or self.all_time_peak is not None


NEVER_PLAYED: Final = CsrRank(current=_UNRANKED, progress=None, season_peak=None, all_time_peak=None)


def rank_of(result: PlaylistCsrResult | None) -> CsrRank:
    """Read the service's answer for a player; None, where it has none, means never played."""
    if result is None:
        return NEVER_PLAYED
    return CsrRank(
        current=standing_of(result.current),
        progress=progress_of(result.current),
        season_peak=_peak(result.season_max),
        all_time_peak=_peak(result.all_time_max),
    )


def rank_of_values(
    *,
    current: int | None,
    season_max: int | None,
    all_time_max: int | None,
    placement_left: int,
    placement_matches: int,
) -> CsrRank:
    """Build a rank from plain numbers, as they are stored; tiers and progress follow from the scale."""
    if current is None:
        done = min(max(placement_matches - placement_left, 0), placement_matches)
        standing = CsrStanding(
            value=None,
            tier=Tier.UNRANKED,
            sub_tier=None,
            placement_done=done,
            placement_total=placement_matches,
        )
    else:
        standing = standing_at(current)
    return CsrRank(
        current=standing,
        progress=_progress_at(standing),
        season_peak=None if season_max is None else standing_at(season_max),
        all_time_peak=None if all_time_max is None else standing_at(all_time_max),
    )


def _peak(container: CsrContainer) -> CsrStanding | None:
    peak = standing_of(container)
    return None if peak.value is None else peak


def _progress_at(standing: CsrStanding) -> CsrProgress | None:
    if standing.value is None or standing.sub_tier is None:
        return None
    done = standing.value % _SUB_TIER_POINTS
    missing = _SUB_TIER_POINTS - done
    return CsrProgress(
        fraction=done / _SUB_TIER_POINTS, missing=missing, next=standing_at(standing.value + missing)
    )
