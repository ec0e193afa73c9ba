"""Kill ingest again and again, let it finish, and compare what is stored with what was played.

``make chaos`` kills it fifty times, ``make test`` three times.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.cache import open_session
from bot.ingest import Ingest
from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.playground.world.booking import Twist
from bot.playground.world.people import Player
from bot.store import Address, Counter, Duties, Store, Window, open_store
from tests.ingest.truth import matches_of, totals_of

__all__ = ["Chaos", "Report", "run_chaos"]

ROOT = Path(__file__).parents[2]
SERVER = 333_333_333_333_333_333
PATIENCE_S = 120.0
WHILE_KILLED, TO_THE_END = 60, 1_000
LONGEST_LIFE_S = 2.0
BETWEEN = timedelta(minutes=13)
ALONE, TOGETHER, TOGETHER_IN = 15, 35, ("btb_slayer", "big_team_battle", Twist.NONE)
EVENING_EVERY, EVENINGS_AFTER = 5, 2
COUNTERS = {
    "wins": Counter.WINS,
    "kills": Counter.KILLS,
    "deaths": Counter.DEATHS,
    "assists": Counter.ASSISTS,
    "headshots": Counter.HEADSHOTS,
    "perfects": Counter.PERFECTS,
    "shots": Counter.SHOTS,
    "hits": Counter.HITS,
    "damage": Counter.DAMAGE,
    "played_ms": Counter.PLAYED_MS,
    "objective_ms": Counter.OBJECTIVE_MS,
}
UNFINISHED = """
    SELECT count(*) FROM jobs
    WHERE kind IN ('backfill', 'match') OR leased_until IS NOT NULL
        OR (kind IN ('refresh', 'older') AND due_at <= ?)
"""
LINE = """
    SELECT players.xuid FROM jobs JOIN players ON players.id = jobs.player_id
    WHERE jobs.kind = 'refresh' ORDER BY jobs.due_at DESC
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to. ``lost``, ``strange`` and ``wrong`` have to be empty.

    ``at_kills`` is how many matches were stored at each kill, so that one sees that they struck in the middle.
    """

    matches: int
    lost: set[UUID]
    strange: set[UUID]
    wrong: dict[int, dict[str, tuple[int, int]]]
    at_kills: tuple[int, ...]
    requests: int


class Chaos:
    """A simulated Halo here, a store in a file, and a process between them that does not live long."""

    def __init__(self, world: World, database: Path, xuids: tuple[int, ...], seed: int) -> None:
        self.world = world
        self.ahead = timedelta(0)
        self.service = HaloService(world, clock=self.now, stats_delay=timedelta(0), skill_delay=timedelta(0))
        self.database = database
        self.xuids = xuids
        self.rng = random.Random(seed)  # noqa: S311 - moments to kill at

    def now(self) -> datetime:
        """The time of day here and in the process: hours pass between two lives of it."""
        return datetime.now(UTC) + self.ahead

    def pass_an_evening(self) -> None:
        """Nobody looks while a player plays alone, and then longer than a page with others who are linked."""
        player = self._last_in_line()
        for alone in (True,) * ALONE + (False,) * TOGETHER:
            self.ahead += BETWEEN
            mode, playlist, twist = ("slayer", None, Twist.BOTS) if alone else TOGETHER_IN
            self.world.end_match(self.now(), lead=player, mode=mode, playlist=playlist, twist=twist)

    def _last_in_line(self) -> Player:
        """Whom the next process looks after when the others have brought what they shared."""
        line = [self.world.player_by_xuid(xuid) for (xuid,) in self._read(LINE)]
        return next((it for it in line if it is not None and not it.hides_matches), self._somebody())

    def _somebody(self) -> Player:
        player = self.world.player_by_xuid(self.rng.choice(self.xuids))
        assert player is not None
        return player

    async def prepare(self) -> None:
        """Link everybody."""
        now = self.now()
        async with open_session(None) as session, open_store(Address.of_file(self.database)) as store:
            halo = HaloInfiniteClient(session, "", "", origin=self.service.origin)
            ingest = Ingest(store, halo, now=lambda: now)
            await store.servers.add(SERVER, now)
            for xuid in self.xuids:
                duties = Duties(first=ingest.first_work(xuid, server_id=SERVER))
                await store.links.claim(xuid, xuid, "Somebody", server_id=SERVER, at=now, duties=duties)

    async def live_and_die(self) -> int:
        """Let a process work for a moment after its first request, and kill it; a match ends meanwhile."""
        async with self._process(WHILE_KILLED) as process:
            before = self.service.log.total
            await _until(lambda: self.service.log.total > before, process)
            self.service.end_match(gamertag=self._somebody().gamertag)
            await asyncio.sleep(self.rng.uniform(0, LONGEST_LIFE_S))
            process.kill()
            await process.wait()
        return len(self.stored())

    async def finish(self) -> None:
        """Let a process work until nothing is left to do."""
        async with self._process(TO_THE_END) as process:
            begun = self.service.log.total
            await _until(lambda: self.service.log.total > begun, process)
            await _until(self._is_done, process)

    async def report(self, at_kills: tuple[int, ...]) -> Report:
        """Compare the store with the world."""
        now = self.now()
        stored, played = self.stored(), matches_of(self.world, self.xuids, now)
        async with open_store(Address.of_file(self.database)) as store:
            wrong = await self._differences(store, played)
        return Report(len(stored), played - stored, stored - played, wrong, at_kills, self.service.log.total)

    def stored(self) -> set[UUID]:
        """What is in the file, by no way of ours."""
        return {UUID(bytes=row[0]) for row in self._read("SELECT match_id FROM matches")}

    async def _differences(self, store: Store, played: set[UUID]) -> dict[int, dict[str, tuple[int, int]]]:
        truth = totals_of(self.world, played, self.xuids)
        wrong: dict[int, dict[str, tuple[int, int]]] = {}
        for line in await store.boards.totals(SERVER, list(COUNTERS.values()), Window()):
            found = {"matches": line.matches, **dict(zip(COUNTERS, line.values, strict=True))}
            expected = truth[line.xuid]
            different = {name: (n, expected[name]) for name, n in found.items() if n != expected[name]}
            if different:
                wrong[line.xuid] = different
        return wrong

    def _is_done(self) -> bool:
        now = int(self.now().timestamp() * 1_000_000)
        ((left,),) = self._read(UNFINISHED, (now,))
        return left == 0

    def _read(self, query: str, values: tuple[int, ...] = ()) -> list[tuple[Any]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    @asynccontextmanager
    async def _process(self, share: int) -> AsyncGenerator[asyncio.subprocess.Process]:
        credentials = self.service.credentials
        tokens: Mapping[str, str] = {"SPARTAN": credentials.spartan, "CLEARANCE": credentials.clearance}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.ingest.chaos_worker",
            self.service.origin,
            str(self.database),
            str(share),
            str(self.ahead.total_seconds()),
            cwd=ROOT,
            env={**os.environ, **tokens, "PYTHONPATH": os.pathsep.join([str(ROOT), *_python_path()])},
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _python_path() -> list[str]:
    return list(filter(None, [os.environ.get("PYTHONPATH")]))


async def _until(condition: Callable[[], bool], process: asyncio.subprocess.Process) -> None:
    """Return when something has happened in the other process."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            assert process.returncode is None, "the process has ended by itself"
            await asyncio.sleep(0.02)


async def run_chaos(folder: Path, *, kills: int, players: int, matches: int, seed: int = 5) -> Report:
    """Link players, kill ingest so many times, let it finish and compare.

    Args:
        folder: Where the database is made.
        kills: How often the process is killed.
        players: How many players are linked: those who have played most, and one who hides it.
        matches: How many matches there are in the world.
        seed: Of the moments of the kills.
    """
    world = World(7, datetime.now(UTC), matches=matches)
    residents = sorted(world.people, key=lambda it: -len(world.matches_of(it.xuid)))
    linked = [*residents[: players - 1], next(it for it in residents if it.hides_matches)]
    chaos = Chaos(world, folder / "chaos.sqlite", tuple({it.xuid for it in linked}), seed)
    async with chaos.service.running():
        await chaos.prepare()
        at_kills: list[int] = []
        for life in range(kills):
            if life % EVENING_EVERY == 1:
                chaos.pass_an_evening()
            at_kills.append(await chaos.live_and_die())
        await chaos.finish()
        for _ in range(EVENINGS_AFTER):
            chaos.pass_an_evening()
            await chaos.live_and_die()
        await chaos.finish()
        return await chaos.report(tuple(at_kills))


def main() -> int:
    """Run it as ``make chaos`` does, and say what came of it."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(run_chaos(Path(folder), kills=kills, players=14, matches=2_500))
    sys.stdout.write(
        f"{kills} kills, at {report.at_kills} stored matches; {report.matches} in the end, "
        f"{report.requests} requests; lost {len(report.lost)}, strange {len(report.strange)}, "
        f"wrong totals {len(report.wrong)}\n"
    )
    return 1 if report.lost or report.strange or report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
