"""Ingest is killed in the middle of its work; ``make chaos`` does this fifty times."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.chaos import run_chaos


async def test_no_match_is_lost_or_counted_twice_whenever_it_is_killed(tmp_path: Path) -> None:
    report = await run_chaos(tmp_path, kills=3, players=4, matches=700)

    assert report.matches > 100
    assert (report.lost, report.strange, report.wrong) == (set(), set(), {})
    # It was killed in the middle of its work.
    assert any(0 < stored < report.matches for stored in report.at_kills)
