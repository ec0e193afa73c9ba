"""What `/metrics` shows of the work in the background."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import generate_latest

from bot.health import Metrics
from bot.ingest import Ingest
from bot.store import Backlog
from tests.ingest.conftest import NOW, House


def shown(metrics: Metrics) -> set[str]:
    return set(generate_latest(metrics.registry).decode().splitlines())


async def test_the_work_is_counted(house: House) -> None:
    metrics = Metrics()
    house.ingest = Ingest(house.store, house.halo, now=house.now, clock=house.clock, meter=metrics.ingest)
    xuid = house.xuid("Tin Marshal")
    broken = house.played(xuid)[-1]
    house.fail(f"/hi/matches/{broken}/stats", 404)
    await house.link(xuid)

    await house.ingest.work_off()

    lines = shown(metrics)
    assert f"adjutant_ingest_matches_total {len(house.played(xuid)) - 1}.0" in lines
    assert f'adjutant_ingest_requests_total{{what="stats"}} {len(house.played(xuid))}.0' in lines
    assert 'adjutant_ingest_failures_total{error="NotFoundError",kind="match"} 1.0' in lines
    assert not any(str(xuid) in line for line in lines)


def test_what_waits_is_shown_until_it_does_not() -> None:
    metrics = Metrics()
    metrics.ingest.waiting([Backlog("refresh", 3, 7, NOW - timedelta(seconds=90), in_hand=2)], NOW)

    assert {
        'adjutant_ingest_jobs{kind="refresh",state="due"} 3.0',
        'adjutant_ingest_jobs{kind="refresh",state="later"} 7.0',
        'adjutant_ingest_jobs{kind="refresh",state="in_hand"} 2.0',
        'adjutant_ingest_lag_seconds{kind="refresh"} 90.0',
    } <= shown(metrics)

    metrics.ingest.waiting([Backlog("refresh", 0, 0, None, in_hand=1)], NOW)

    assert {
        'adjutant_ingest_jobs{kind="refresh",state="due"} 0.0',
        'adjutant_ingest_jobs{kind="refresh",state="in_hand"} 1.0',
        'adjutant_ingest_lag_seconds{kind="refresh"} 0.0',
    } <= shown(metrics)

    metrics.ingest.waiting([], NOW)

    assert {
        'adjutant_ingest_jobs{kind="refresh",state="due"} 0.0',
        'adjutant_ingest_lag_seconds{kind="refresh"} 0.0',
    } <= shown(metrics)
