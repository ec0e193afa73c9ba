"""A server of one handler on loopback."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler

__all__ = ["serve"]


@asynccontextmanager
async def serve(handle: Handler) -> AsyncGenerator[str]:
    """Answer every request with ``handle``; yields the origin."""
    app = web.Application()
    app.router.add_get("/{tail:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
