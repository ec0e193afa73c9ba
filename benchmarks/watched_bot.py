"""The bot with a watch on its event loop: every pause, and when it ended, goes to a file."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from bot.config import load_settings
from bot.logs import configure_logs
from bot.run import run

__all__ = ["PAUSES"]

PAUSES = "ADJUTANT_BENCH_PAUSES"
STEP_S = 0.001


async def _watch(pauses: list[tuple[float, float]]) -> None:
    while True:
        before = time.monotonic()
        await asyncio.sleep(STEP_S)
        after = time.monotonic()
        pauses.append((after, (after - before - STEP_S) * 1000))


async def main() -> None:
    settings = load_settings()
    configure_logs(settings.log_level, secrets=settings.secrets().values())
    pauses: list[tuple[float, float]] = []
    watch = asyncio.create_task(_watch(pauses))
    try:
        await run(settings)
    finally:
        watch.cancel()
        await asyncio.to_thread(_save, pauses)


def _save(pauses: list[tuple[float, float]]) -> None:
    lines = (f"{when!r} {pause_ms!r}" for when, pause_ms in pauses)
    Path(os.environ[PAUSES]).write_text("\n".join(lines), "ascii")


if __name__ == "__main__":
    asyncio.run(main())
