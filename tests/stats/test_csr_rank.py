from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.models.skill import PlaylistCsrResult
from bot.stats.csr_rank import NEVER_PLAYED, CsrRank, rank_of, rank_of_values
from bot.stats.csr_sheet import CsrChanges, CsrRow, CsrSheet, order_rows
from bot.stats.playlists import RANKED_PLAYLISTS
from tests.stats.bodies import csr

PLACEMENT: dict[str, Any] = {"InitialMeasurementMatches": 10, "MeasurementMatchesRemaining": 4}
UNPLAYED: dict[str, Any] = {"InitialMeasurementMatches": 5, "MeasurementMatchesRemaining": 5}
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def result(current: dict[str, Any], season: dict[str, Any], all_time: dict[str, Any]) -> PlaylistCsrResult:
    return PlaylistCsrResult.model_validate({"Current": current, "SeasonMax": season, "AllTimeMax": all_time})


def way(value: int, start: int, following: int, **more: Any) -> dict[str, Any]:
    return csr(value, "Diamond", 2) | {"TierStart": start, "NextTierStart": following, **more}


def test_a_rank_has_its_way_and_its_peaks() -> None:
    current = way(1319, 1300, 1350, NextTier="Diamond", NextSubTier=3)
    rank = rank_of(result(current, csr(1421, "Diamond", 4), csr(1549, "Onyx", 0)))

    assert rank.is_ranked
    assert rank.progress is not None
    assert (rank.progress.missing, rank.progress.fraction) == (31, 19 / 50)
    assert (rank.progress.next.tier, rank.progress.next.sub_tier) == ("Diamond", 4)
    assert rank.season_peak is not None
    assert rank.season_peak.value == 1421
    assert rank.all_time_peak is not None
    assert rank.all_time_peak.sub_tier is None


def test_a_placement_may_have_a_peak_of_all_time() -> None:
    """As the service was seen to answer: 6 of 10 done, nothing this season, Onyx before."""
    rank = rank_of(result(csr(-1) | PLACEMENT, csr(-1) | PLACEMENT, csr(1549, "Onyx", 0) | PLACEMENT))

    assert (rank.current.placement_done, rank.current.placement_total) == (6, 10)
    assert not rank.is_ranked
    assert rank.is_played_this_season
    assert rank.season_peak is None
    assert rank.all_time_peak is not None
    assert rank.progress is None


@pytest.mark.parametrize(
    ("answer", "this_season", "ever"),
    [
        (None, False, False),
        (result(csr(-1) | UNPLAYED, csr(-1) | UNPLAYED, csr(-1) | UNPLAYED), False, False),
        (result({}, {}, {}), False, False),
        (result(csr(-1) | UNPLAYED, csr(-1), csr(900, "Gold", 0)), False, True),
        (result(csr(-1) | PLACEMENT, csr(-1), csr(-1)), True, True),
        (result(csr(900, "Gold", 0), csr(-1), csr(-1)), True, True),
    ],
)
def test_what_counts_as_played(answer: PlaylistCsrResult | None, this_season: bool, ever: bool) -> None:
    rank = rank_of(answer)

    assert rank.is_played_this_season is this_season
    assert rank.is_ever_played is ever


def test_onyx_has_no_way_to_go() -> None:
    top = csr(1586, "Onyx", 0) | {"TierStart": 1500, "NextTierStart": 1500}

    assert rank_of(result(top, top, top)).progress is None
    assert values(1586).progress is None


def values(current: int | None, left: int = 0, total: int = 5) -> CsrRank:
    return rank_of_values(
        current=current,
        season_max=current,
        all_time_max=current,
        placement_left=left,
        placement_matches=total,
    )


@given(st.integers(0, 1499))
def test_plain_numbers_tell_the_same_way_as_the_service(value: int) -> None:
    rank = values(value)

    assert rank.progress is not None
    start = value // 50 * 50
    assert rank.progress.missing == start + 50 - value
    assert rank.progress.next.value == start + 50
    assert 0 <= rank.progress.fraction < 1
    assert rank.current.sub_tier in range(1, 7)


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_stored_placement_is_never_more_than_whole(left: int, total: int) -> None:
    current = values(None, left, total).current

    assert 0 <= current.placement_done <= current.placement_total == total


def row(place: int, rank: CsrRank, known_at: datetime | None = None) -> CsrRow:
    return CsrRow(
        playlist_id=RANKED_PLAYLISTS[place],
        name="",
        rank=rank,
        changes=CsrChanges(),
        known_at=known_at,
    )


def test_ranks_come_before_placements_and_those_before_what_was_not_played() -> None:
    rows = [row(0, NEVER_PLAYED), row(1, values(None, 3)), row(2, values(10)), row(3, values(1600))]

    assert [it.playlist_id for it in order_rows(rows)] == [RANKED_PLAYLISTS[n] for n in (2, 3, 1, 0)]


def test_a_sheet_knows_what_is_live_and_what_is_oldest() -> None:
    old, older = NOW - timedelta(hours=1), NOW - timedelta(days=1)

    def sheet(*known: datetime | None, waiting: int = 0) -> CsrSheet:
        return CsrSheet(
            xuid=1,
            gamertag="A",
            gamerpic_url=None,
            season=None,
            is_current_season=True,
            rows=tuple(row(n, values(10), at) for n, at in enumerate(known)),
            waiting=waiting,
            unanswered=0,
            asked_at=NOW,
        )

    assert sheet(None, old, older).has_live
    assert sheet(None, old, older).oldest == older
    assert not sheet(old).has_live
    assert sheet(None).oldest is None
    assert not sheet(waiting=1).is_complete
