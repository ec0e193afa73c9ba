from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession

from bot.halo.transport.cache import clean_up, open_session
from bot.playground.halo import HaloService
from tests.halo.orders import CACHEABLE, answer
from tests.halo.transport.asking import MEDALS, Asker, everything, rows

CALENDAR = (
    "https://gamecms-hacs.svc.halowaypoint.com/hi/Progression/file/Csr/Calendars/CsrSeasonCalendar.json"
)
FILLER = ["x" * 10_000]

Make = Callable[..., Asker]


async def test_neither_tokens_nor_cookies_are_in_the_file(
    path: Path, make_asker: Make, service: HaloService
) -> None:
    answer(service, {"marked": True}, headers={**CACHEABLE, "Set-Cookie": "sid=COOKIE-SECRET"})
    async with open_session(path) as session:
        await make_asker(session).get(MEDALS)
        await session.get(
            f"{service.origin}/direct", headers={"x-343-authorization-spartan": "SPARTAN-SECRET"}
        )
        assert b"marked" in everything(path)
        assert b"SECRET" not in everything(path)
    assert b"marked" in everything(path)
    assert b"SECRET" not in everything(path)


async def test_only_its_owner_can_read_the_file(cached: CachedSession, make_asker: Make, path: Path) -> None:
    await make_asker(cached).get(MEDALS)

    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"HAL1",
        b"\x80\x04\x95",
        b"HAL1" + b"\xff" * 60,
        17,
        "text",
        None,
        b"HAL1" + bytes(16) + b"\0\0\0\x02[]",
    ],
)
async def test_a_damaged_value_is_a_miss(
    cached: CachedSession, make_asker: Make, service: HaloService, path: Path, value: object
) -> None:
    await make_asker(cached).get(MEDALS)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE responses SET value = ?", (value,))
    db.close()

    assert not (await make_asker(cached).get(MEDALS)).from_cache
    assert (await make_asker(cached).get(MEDALS)).from_cache


class Bomb:
    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("exploded",)


async def test_a_pickle_in_the_file_is_not_executed(
    cached: CachedSession,
    make_asker: Make,
    service: HaloService,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    import pickle

    monkeypatch.chdir(tmp_path)
    await make_asker(cached).get(MEDALS)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE responses SET value = ?", (pickle.dumps(Bomb()),))
    db.close()
    await make_asker(cached).get(MEDALS)

    assert not (tmp_path / "exploded").exists()


async def test_a_file_that_breaks_in_traffic_fails_no_request_and_is_reported_once(
    cached: CachedSession,
    make_asker: Make,
    service: HaloService,
    path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE responses")
    db.close()
    asker = make_asker(cached)
    await asker.get(MEDALS)
    await asker.get(CALENDAR)

    assert [record.levelno for record in caplog.records if record.name.startswith("bot.")] == [
        logging.WARNING
    ]
    assert "SECRET" not in caplog.text


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)


def obstruct(path: Path, what: str) -> None:
    path.parent.mkdir()
    if what == "file":
        path.touch(0o444)
    elif what == "folder":
        path.parent.chmod(0o555)
    else:
        path.mkdir()


async def test_a_file_that_is_no_database_is_moved_aside(
    path: Path, make_asker: Make, service: HaloService, caplog: pytest.LogCaptureFixture
) -> None:
    put(path, b"this was a diary " * 500)
    async with open_session(path) as session:
        await make_asker(session).get(MEDALS)
        assert (await make_asker(session).get(MEDALS)).from_cache

    assert path.with_name("halo.sqlite.broken").read_bytes().startswith(b"this was a diary")
    assert len([record for record in caplog.records if record.name.startswith("bot.")]) == 1


@pytest.mark.parametrize("what", ["file", "folder", "in the way"])
async def test_a_file_that_cannot_be_written_is_reported_and_done_without(
    path: Path, make_asker: Make, service: HaloService, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    obstruct(path, what)
    try:
        async with open_session(path) as session:
            asker = make_asker(session)
            await asker.get(MEDALS)
            assert (await asker.get(MEDALS)).from_cache
            assert await clean_up(session) == 0
    finally:
        path.parent.chmod(0o755)

    assert len([record for record in caplog.records if record.name.startswith("bot.")]) == 1
    assert len(service.log) == 1


async def test_without_a_path_nothing_is_written(make_asker: Make, service: HaloService) -> None:
    async with open_session(None, user_agent="adjutant") as session:
        asker = make_asker(session)
        await asker.get(MEDALS)
        assert (await asker.get(MEDALS)).from_cache
        assert not (await make_asker(session).get(MEDALS)).from_cache

    assert [request.headers["user-agent"] for request in service.log] == ["adjutant"] * 2


async def test_clean_up_drops_the_oldest_beyond_the_bound(
    path: Path, make_asker: Make, service: HaloService
) -> None:
    answer(service, FILLER, headers=CACHEABLE)
    async with open_session(path, max_bytes=60_000) as session:
        asker = make_asker(session)
        for n in range(20):
            await asker.get(f"{MEDALS}?n={n}")
        assert rows(path) == 20

        assert await clean_up(session) == 15
        assert await clean_up(session) == 0
        newest = make_asker(session)
        assert (await newest.get(f"{MEDALS}?n=19")).from_cache
        assert not (await newest.get(f"{MEDALS}?n=0")).from_cache
    assert len(everything(path)) < 120_000


async def test_clean_up_drops_what_has_expired(path: Path, make_asker: Make, service: HaloService) -> None:
    answer(service, FILLER, headers=CACHEABLE)
    async with open_session(path, hard_age=timedelta(milliseconds=1)) as session:
        await make_asker(session).get(MEDALS)
        await asyncio.sleep(0.01)
        assert await clean_up(session) == 1


async def test_clean_up_of_any_other_session_does_nothing(session: ClientSession) -> None:
    assert await clean_up(session) == 0


TRAFFIC = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.halo.transport.cache import open_session
from bot.halo.transport.clock import SystemClock
from bot.halo.transport.tokens import StaticTokens
from bot.playground.halo import run_halo_service
from bot.playground.world import World
from tests.halo.orders import CACHEABLE, answer
from tests.halo.transport.asking import Asker

async def main():
    world = World(7, datetime.now(UTC), matches=1)
    async with run_halo_service(world) as service, open_session(Path(sys.argv[1])) as session:
        answer(service, ["x" * 50_000], headers=CACHEABLE)
        tokens = StaticTokens(service.credentials.spartan, service.credentials.clearance)
        asker = Asker(session, service.origin, SystemClock(), tokens, requests_per_second=100_000)
        for n in range(1_000_000):
            await asker.get(f"https://gamecms-hacs.svc.halowaypoint.com/{n}")
            print(n, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
async def test_a_killed_process_leaves_a_cache_that_opens_again(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = Path(__file__).parents[3]
    process = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-c", TRAFFIC, str(path)], stdout=subprocess.PIPE, cwd=root
    )
    assert process.stdout is not None
    for _ in range(20):
        assert await asyncio.to_thread(process.stdout.readline), "the traffic ended by itself"
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.wait)
    process.stdout.close()

    async with open_session(path) as session:
        assert await clean_up(session) == 0
        assert rows(path) >= 20
    assert not [record for record in caplog.records if record.name.startswith("bot.")]
