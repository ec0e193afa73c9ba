"""The process that gets killed: ingest from a simulated Halo into a file, until somebody ends it.

``python -m tests.ingest.chaos_worker ORIGIN DATABASE SHARE AHEAD_S`` with both tokens in the environment.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session
from bot.ingest import Ingest
from bot.ingest.work import refresh
from bot.store import Address, open_store

__all__ = ["LEASE"]

# Longer than any step of a job takes, shorter than a new process needs to begin.
LEASE = timedelta(seconds=3)


async def main(origin: str, database: Path, share: int, ahead: timedelta) -> None:
    def now() -> datetime:
        return datetime.now(UTC) + ahead

    async with open_session(None) as session, open_store(Address.of_file(database)) as store:
        halo = HaloInfiniteClient(
            session, os.environ["SPARTAN"], os.environ["CLEARANCE"], 1_000, origin=origin
        )
        ingest = Ingest(store, halo, now=now, share=share, lease=LEASE)
        tracked = await store.players.tracked()
        # Nobody waits three minutes here for the next look.
        await store.jobs.add(*(refresh(it.xuid, now()) for it in tracked if it.refreshed_at is not None))
        await ingest.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), timedelta(seconds=float(sys.argv[4]))))
