"""``/healthz`` and ``/metrics``."""

from __future__ import annotations

import socket

import pytest
from aiohttp import ClientSession

from bot.health import Metrics, is_healthy, serve_health


async def test_health_follows_readiness() -> None:
    ready = False
    registry = Metrics().registry
    async with serve_health("127.0.0.1", 0, registry=registry, is_ready=lambda: ready) as port:
        assert not await is_healthy(port)
        ready = True
        assert await is_healthy(port)

    assert not await is_healthy(port)


async def test_metrics_are_prometheus_text() -> None:
    metrics = Metrics()
    metrics.interactions.labels("component").inc()
    metrics.failures.labels("PlayerUnknown").inc(2)
    metrics.guilds.set(3)
    async with (
        serve_health("127.0.0.1", 0, registry=metrics.registry, is_ready=lambda: True) as port,
        ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        text = await response.text()

    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert 'adjutant_interactions_total{kind="component"} 1.0' in text
    assert 'adjutant_failures_total{kind="PlayerUnknown"} 2.0' in text
    assert "adjutant_guilds 3.0" in text


async def test_two_bots_in_a_process_count_for_themselves() -> None:
    first, second = Metrics(), Metrics()
    first.guilds.set(1)

    assert second.registry.get_sample_value("adjutant_guilds") == 0


async def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match=r"."):
        async with serve_health(
            "127.0.0.1", taken.getsockname()[1], registry=Metrics().registry, is_ready=lambda: True
        ):
            pass
