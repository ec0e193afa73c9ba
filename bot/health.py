"""``/healthz`` and ``/metrics``: whether the bot is connected, and what it does, for machines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, web
from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.store import Backlog

__all__ = ["IngestMetrics", "Metrics", "serve_health"]

log = structlog.stdlib.get_logger("adjutant.health")


class Metrics:
    """The numbers that ``/metrics`` shows, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.interactions = Counter(
            "adjutant_interactions", "Interactions that arrived", ["kind"], registry=self.registry
        )
        self.failures = Counter(
            "adjutant_failures", "Answers that told of a failure", ["kind"], registry=self.registry
        )
        self.guilds = Gauge("adjutant_guilds", "Servers the bot is in", registry=self.registry)
        self.ingest = IngestMetrics(self.registry)


class IngestMetrics:
    """What the work in the background counts: a meter for `bot.ingest`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._jobs = Gauge(
            "adjutant_ingest_jobs",
            "Jobs that wait, due or for later, or are in hand",
            ["kind", "state"],
            registry=registry,
        )
        self._lag = Gauge(
            "adjutant_ingest_lag_seconds",
            "How long the longest waiting due job of a kind is due",
            ["kind"],
            registry=registry,
        )
        self._matches = Counter("adjutant_ingest_matches", "Matches stored", registry=registry)
        self._requests = Counter(
            "adjutant_ingest_requests", "Requests to Halo in the background", ["what"], registry=registry
        )
        self._failures = Counter(
            "adjutant_ingest_failures", "Work that was put off", ["kind", "error"], registry=registry
        )
        self._kinds: set[str] = set()

    def asked(self, what: str) -> None:
        """Count a request."""
        self._requests.labels(what).inc()

    def stored(self, matches: int) -> None:
        """Count new matches."""
        self._matches.inc(matches)

    def failed(self, kind: str, error: str) -> None:
        """Count a failure."""
        self._failures.labels(kind, error).inc()

    def waiting(self, backlog: Sequence[Backlog], now: datetime) -> None:
        """Show what waits and what is being done; a kind of which there is no more has nothing."""
        found = {one.kind: one for one in backlog}
        self._kinds |= found.keys()
        for kind in self._kinds:
            one = found.get(kind)
            first = one.oldest_due_at if one else None
            lag = 0.0 if first is None else (now - first).total_seconds()
            self._jobs.labels(kind, "due").set(one.due if one else 0)
            self._jobs.labels(kind, "later").set(one.later if one else 0)
            self._jobs.labels(kind, "in_hand").set(one.in_hand if one else 0)
            self._lag.labels(kind).set(max(0.0, lag))


@asynccontextmanager
async def serve_health(
    host: str, port: int, *, registry: CollectorRegistry, is_ready: Callable[[], bool]
) -> AsyncGenerator[int]:
    """Serve until the context ends; yields the port, which matters when 0 was asked for.

    ``/healthz`` is 200 while ``is_ready`` says so, else 503.

    Raises:
        OSError: The port is taken or the address is not ours.
    """

    async def healthz(_: web.Request) -> web.Response:
        ready = is_ready()
        return web.json_response({"ready": ready}, status=200 if ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        body = await asyncio.to_thread(generate_latest, registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        log.info("health served", host=host, port=address[1])
        yield address[1]
    finally:
        await runner.cleanup()


async def is_healthy(port: int) -> bool:
    """Ask the bot on this machine whether it is connected."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=5)) as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as response,
        ):
            return response.status == 200
    except (ClientError, TimeoutError):
        return False
