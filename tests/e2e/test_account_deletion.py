"""To delete one's data deletes all of it, and nothing of anybody else's."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path
from types import BuiltinFunctionType, CoroutineType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest
import pytest_asyncio

from bot.app import AdjutantBot
from bot.playground.stage import connect_bot
from bot.playground.world.people import Player
from bot.store import Counter, Store, Window
from tests.e2e.table import House, eventually, open_house, title_of

pytestmark = pytest.mark.usefixtures("discord_api")


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble() -> None:
    """The stand-ins here live for one test."""


def traces(folder: Path, player: Player) -> dict[str, int]:
    """How often files hold a player's XUID, in any way it is written, or gamertag."""
    needles = (
        str(player.xuid).encode(),
        player.xuid.to_bytes(8, "big"),
        player.xuid.to_bytes(8, "big").lstrip(b"\0"),
        player.gamertag.encode(),
        player.gamertag.casefold().replace(" ", "").encode(),
    )
    files = (path for path in folder.iterdir() if path.is_file())
    found = {path.name: sum(path.read_bytes().count(needle) for needle in needles) for path in files}
    return {name: count for name, count in found.items() if count}


def named_in_database(folder: Path, xuids: set[int]) -> set[int]:
    """Which of these XUIDs the database's files hold, as text or number, free pages and the log among them."""
    content = b"".join(path.read_bytes() for path in folder.glob("adjutant.sqlite*"))
    return {xuid for xuid in xuids if str(xuid).encode() in content or xuid.to_bytes(8, "big") in content}


MEMORIES = ("identities", "lookups", "last_match", "accounts", "csr", "ingest", "gamerpics", "halo")
# What is not looked into: ways out of what the reports remember, to the interpreter, the libraries and the store,
# whose own memory its own tests look after, and what is being done at this moment.
ELSEWHERE = (
    "asyncio",
    "_asyncio",
    "concurrent",
    "sqlalchemy",
    "aiosqlite",
    "discord",
    "structlog",
    "logging",
)
SKIPPED = (type, ModuleType, FunctionType, MethodType, BuiltinFunctionType, CoroutineType, FrameType, Store)


def held_in(root: object, player: Player) -> list[str]:
    """What a resource holds, however deep, that names the player."""
    seen: dict[int, object] = {}
    waiting: list[object] = [root]
    found: list[str] = []
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, SKIPPED) or type(thing).__module__.startswith(ELSEWHERE):
            continue
        seen[id(thing)] = thing
        if names(thing, player):
            found.append(repr(thing)[:80])
        waiting += gc.get_referents(thing)
    return found


def names(thing: object, player: Player) -> bool:
    match thing:
        case int():
            return thing == player.xuid
        case str():
            return player.gamertag in thing or str(player.xuid) in thing
        case bytes():
            return str(player.xuid).encode() in thing or player.gamertag.encode() in thing
        case _:
            return False


async def totals(bot: AdjutantBot, house: House) -> dict[int, tuple[Any, ...]]:
    lines = await bot.resources.store.boards.totals(
        house.towns.arena.id, (Counter.KILLS, Counter.WINS, Counter.DAMAGE), Window()
    )
    return {line.user_id: (line.matches, *line.values) for line in lines}


async def test_nothing_of_somebody_remains_and_everything_of_the_others(house: House) -> None:
    # The first one is the account that the bot itself is signed in with.
    kept, gone = house.resident(0), house.resident(1)
    folder = house.settings.data_dir
    async with connect_bot(house.settings) as bot:
        ada, eve = house.table(bot, house.towns.ada), house.table(bot, house.eve)
        store = bot.resources.store
        for table, player in ((ada, gone), (eve, kept)):
            await table.link(player.gamertag)
            await table.ask("lastmatch")
        await eve.ask("lastmatch", player=gone.gamertag)
        await eve.click(await eve.ask("lastmatch", player=ada.user.mention), "Scoreboard")
        await ada.click(await ada.ask("account"), "Verify")

        async def is_fetched() -> bool:
            accounts = [await store.accounts.of_user(it.user.id) for it in (ada, eve)]
            return all(it is not None and it.matches and it.refreshed_at for it in accounts)

        await eventually(is_fetched)
        before = await totals(bot, house)
        shared = [it.match_id for it in house.halo.world.matches_of(gone.xuid)]
        everybody = {it.xuid for it in house.halo.world.people}
        assert named_in_database(folder, everybody) == {gone.xuid, kept.xuid}
        assert {name.partition(".")[0] for name in traces(folder, gone)} == {"adjutant", "cache"}
        assert all(held_in(getattr(bot.resources, part), gone) for part in ("last_match", "halo", "lookups"))

        done = await ada.click(await ada.ask("unlink"), "Yes, delete it all")
        assert title_of(done) == "I have forgotten you"
        await store.erasure.scrub()

        assert traces(folder, gone) == {}
        assert named_in_database(folder, everybody) == {kept.xuid}

        async def is_forgotten() -> bool:
            """Also by what was being done for the player at that moment."""
            return not any(held_in(getattr(bot.resources, part), gone) for part in MEMORIES)

        await eventually(is_forgotten)
        assert await totals(bot, house) == {eve.user.id: before[eve.user.id]}
        lines = [line for match_id in shared for line in await store.matches.lines(match_id)]
        assert lines
        assert gone.xuid not in {line.xuid for line in lines}
        assert kept.gamertag in await ada.offered("")
        assert gone.gamertag not in await eve.offered("")
