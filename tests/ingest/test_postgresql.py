"""The same on PostgreSQL: a link, its matches, its ranks, and the turns of its jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.store import Address
from tests.ingest.conftest import House
from tests.store.conftest import make_database
from tests.store.postgres import PostgresMissingError, run_postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database's name."""
    try:
        with run_postgres() as address:
            yield address
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def address(postgres: str) -> Address:
    """A new database."""
    return Address.parse(f"{postgres}/{asyncio.run(make_database(postgres))}")


async def test_a_history_comes_whole_and_is_looked_after(house: House) -> None:
    xuid = house.xuid("Tin Marshal")
    await house.link(xuid)

    await house.ingest.work_off()

    assert await house.missing(xuid) == set()
    assert await house.store.snapshots.of_player(xuid)
    house.service.log.clear()
    house.pass_time(timedelta(days=2))
    await house.ingest.tidy()
    await house.ingest.work_off()
    assert house.asked("/hi/players/*/matches") == 1
    assert house.asked("/hi/matches/*/stats") == 0
