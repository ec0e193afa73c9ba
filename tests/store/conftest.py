"""A new database for every test, on both backends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from uuid import uuid4

import asyncpg
import pytest

from bot.store import Address, Store, open_store
from tests.store.postgres import PostgresMissingError, run_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database's name."""
    try:
        with run_postgres() as address:
            yield address
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where an empty database is, or can be made."""
    if request.param == "sqlite":
        return Address.of_file(tmp_path / "store.sqlite")
    server: str = request.getfixturevalue("postgres")
    return Address.parse(f"{server}/{asyncio.run(make_database(server))}")


@pytest.fixture
async def store(address: Address) -> AsyncIterator[Store]:
    async with open_store(address, random=Random(5)) as store:  # noqa: S311 - codes of a test
        yield store


async def make_database(server: str) -> str:
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return name
