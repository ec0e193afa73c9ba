"""A new database for every test, on both backends."""

from __future__ import annotations

import asyncio
import shutil
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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of SQLite's with this version's tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.sqlite"
    asyncio.run(_migrate(Address.of_file(file)))
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres: str) -> str:
    """The name of one of PostgreSQL's."""
    name = asyncio.run(make_database(postgres))
    asyncio.run(_migrate(Address.parse(f"{postgres}/{name}")))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where a database is without any table, or can be made."""
    if request.param == "sqlite":
        return Address.of_file(tmp_path / "store.sqlite")
    server: str = request.getfixturevalue("postgres")
    return Address.parse(f"{server}/{asyncio.run(make_database(server))}")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where a database is with this version's tables and nothing in them."""
    if request.param == "sqlite":
        file: Path = request.getfixturevalue("migrated_file")
        return Address.of_file(Path(shutil.copyfile(file, tmp_path / "store.sqlite")))
    server: str = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("migrated_database")
    return Address.parse(f"{server}/{asyncio.run(make_database(server, template=template))}")


@pytest.fixture
async def store(address: Address) -> AsyncIterator[Store]:
    # Nobody gives up because the machine is slow.
    async with open_store(address, random=Random(5), busy_s=60) as store:  # noqa: S311 - codes of a test
        yield store


async def make_database(server: str, *, template: str = "template1") -> str:
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    finally:
        await connection.close()
    return name


async def _migrate(address: Address) -> None:
    async with open_store(address):
        pass
