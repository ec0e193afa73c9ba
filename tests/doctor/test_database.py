"""The doctor on the database, which it leaves as it is and whose password it shows nobody."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from bot.doctor import Finding, Verdict, check_all
from bot.doctor import sqlite_file as sqlite_file_check
from bot.store import Address, open_store
from bot.store.database import WRITER_LOCK
from tests.doctor.conftest import case_of, found, named
from tests.store.conftest import make_database
from tests.store.postgres import PostgresMissingError, run_postgres
from tests.store.scenes import ADA, OLIVE, join

Settings = dict[str, object]
SECRET = "secret-word"


async def look(settings: Settings, **others: object) -> Finding:
    return (await found(case_of(settings, **others), named("Database")))["Database"]


def file_of(settings: Settings) -> Path:
    folder = settings["data_dir"]
    assert isinstance(folder, Path)
    return folder / "adjutant.sqlite"


async def fill(settings: Settings) -> Path:
    """A database with somebody in it."""
    file = file_of(settings)
    async with open_store(Address.of_file(file)) as store:
        await join(store, ADA, OLIVE)
    return file


def spoil(file: Path, place: int, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        opened.write(content)


async def test_a_database_that_the_first_start_makes_is_not_made(given_settings: Settings) -> None:
    finding = await look(given_settings)

    assert finding == Finding("Database", Verdict.FINE, "none yet: the first start makes it")
    assert not file_of(given_settings).exists()


async def test_a_database_in_use_is_looked_at_and_left_as_it_is(given_settings: Settings) -> None:
    file = file_of(given_settings)
    async with open_store(Address.of_file(file)) as store:
        await join(store, ADA, OLIVE)
        finding = await look(given_settings)
        await join(store, ADA, OLIVE)
        with closing(sqlite3.connect(file)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
            # A reader or writer that was left behind would keep this from finishing.
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    assert finding.verdict is Verdict.FINE
    assert "takes writes, version 0002" in finding.found
    assert "adjutant_doctor" not in tables
    assert busy == 0


async def test_an_older_version_s_database_waits_for_the_next_start(
    given_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def head(_: ScriptDirectory) -> str:
        return "9998"

    await fill(given_settings)
    monkeypatch.setattr(ScriptDirectory, "get_current_head", head)

    finding = await look(given_settings)

    assert finding.verdict is Verdict.FINE
    assert "of version 0002: the next start brings it to 9998" in finding.found


async def test_a_later_version_s_database_is_told(given_settings: Settings) -> None:
    file = await fill(given_settings)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert "later version of Adjutant" in finding.found
    assert finding.remedy.startswith("Use that version")


async def test_tables_of_another_program_are_named(given_settings: Settings) -> None:
    with closing(sqlite3.connect(file_of(given_settings))) as db, db:
        db.execute("CREATE TABLE totals (mine)")
        db.execute("CREATE TABLE others (mine)")

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert finding.found.endswith("another program has made totals")
    assert "ADJUTANT_DATABASE_URL" in finding.remedy


async def test_an_empty_file_is_filled_by_the_first_start(given_settings: Settings) -> None:
    file_of(given_settings).touch()

    finding = await look(given_settings)

    assert finding.verdict is Verdict.FINE
    assert "empty, the first start makes its tables" in finding.found


@pytest.mark.parametrize("is_a_database", [True, False], ids=["a page overwritten", "no database"])
async def test_a_damaged_database_is_told_and_not_touched(
    given_settings: Settings, is_a_database: bool
) -> None:
    file = await fill(given_settings)
    if is_a_database:
        spoil(file, 3 * 4096, b"\xff" * 8192)
    else:
        file.write_bytes(b"a letter to somebody " * 300)
    before = file.read_bytes()

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert finding.found.endswith("the database is damaged")
    assert "adjutant restore" in finding.remedy
    assert file.read_bytes() == before


async def test_a_locked_database_may_be_free_later(
    given_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await fill(given_settings)
    monkeypatch.setattr("bot.doctor.database.BUSY_S", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        finding = await look(given_settings)

    assert finding.verdict is Verdict.TROUBLE
    assert "locked by somebody else" in finding.found
    assert finding.remedy == "Try again."
    assert (await look(given_settings)).verdict is Verdict.FINE


async def test_a_database_that_may_only_be_read_is_told(given_settings: Settings) -> None:
    """By its own header it is from a future SQLite that would let us read: nobody's rights are in it."""
    file = await fill(given_settings)
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    spoil(file, 18, b"\x03")

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert "cannot be written" in finding.found
    assert "right" in finding.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
async def test_another_user_s_database_is_told(given_settings: Settings) -> None:
    file = await fill(given_settings)
    file.chmod(0o400)

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert "read-only" in finding.found


async def test_a_full_disk_is_told(given_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(given_settings)

    def full(*_: object, **__: object) -> object:
        return Path("/dev/full").open("wb")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)

    finding = await look(given_settings)

    assert finding.verdict is Verdict.MEND
    assert "no space left" in finding.found
    assert "ake room" in finding.remedy


async def test_a_database_that_takes_too_long_to_read_is_no_task_for_anybody(
    given_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(given_settings)
    monkeypatch.setattr(sqlite_file_check, "CHECK_S", -1.0)
    monkeypatch.setattr(sqlite_file_check, "STEPS_BETWEEN_LOOKS", 1)

    finding = await look(given_settings)

    assert finding.verdict is Verdict.TROUBLE
    assert "could not be read through" in finding.found


async def test_a_file_in_a_folder_that_is_not_there(given_settings: Settings, tmp_path: Path) -> None:
    finding = await look(given_settings, database_url=f"sqlite:///{tmp_path}/missing/store.sqlite")

    assert finding.verdict is Verdict.MEND
    assert f"{tmp_path}/missing is not there" in finding.found
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://ada:{SECRET}@host/name",
        f"postgresql://ada:{SECRET}@host:port/name",
        f"postgresql://ada:{SECRET}@127.0.0.1:1/name",
        f"postgresql://ada@127.0.0.1:1/name?password={SECRET}",
        f"postgresql://ada:{SECRET}@127.0.0.1:1/name?no_such_option={SECRET}",
        f"postgresql://ada:{SECRET}@127.0.0.1:1/name?sslmode={SECRET}",
    ],
)
async def test_whatever_is_wrong_with_an_address_its_secret_is_not_shown(
    given_settings: Settings, url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    finding = await look(given_settings, database_url=url)

    assert finding.verdict in (Verdict.MEND, Verdict.TROUBLE)
    assert finding.remedy
    output = capfd.readouterr()
    assert SECRET not in f"{finding}{output.out}{output.err}"


async def test_an_address_that_cannot_be_read_keeps_it_waiting(given_settings: Settings) -> None:
    case = case_of(given_settings)
    case = type(case)(settings=case.settings, invalid={"database_url": "It cannot be read."})

    ((finding,),) = await check_all(case, named("Database"))

    assert finding.verdict is Verdict.NOT_REACHED
    assert "ADJUTANT_DATABASE_URL" in finding.found


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    try:
        with run_postgres() as address:
            yield address
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
async def served(postgres: str) -> str:
    """The address of an empty database of PostgreSQL's."""
    return f"{postgres}/{await make_database(postgres)}"


async def told_to(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def test_postgresql_is_looked_at_and_left_as_it_is(given_settings: Settings, served: str) -> None:
    name = served.rpartition("/")[2]

    empty = await look(given_settings, database_url=served)
    async with open_store(Address.parse(served)) as store:
        await join(store, ADA, OLIVE)
        in_use = await look(given_settings, database_url=served)
        await join(store, ADA, OLIVE)

    assert empty.verdict is Verdict.FINE
    assert empty.found == f"PostgreSQL's {name} on 127.0.0.1: empty, the first start makes its tables"
    assert in_use.verdict is Verdict.FINE
    assert in_use.found == f"PostgreSQL's {name} on 127.0.0.1: takes writes, version 0002"


async def test_a_name_or_user_that_postgresql_does_not_know_is_the_operators(
    given_settings: Settings, postgres: str, served: str
) -> None:
    nobody = served.replace("adjutant@", f"nobody:{SECRET}@")

    for url in (f"{postgres}/nobody_made_this", nobody):
        finding = await look(given_settings, database_url=url)
        assert finding.verdict is Verdict.MEND
        assert "refuses the sign-in" in finding.found
        assert "user, password and database name" in finding.remedy
        assert SECRET not in str(finding)


async def test_a_postgresql_that_may_only_be_read_is_told(given_settings: Settings, served: str) -> None:
    async with open_store(Address.parse(served)):
        pass
    name = served.rpartition("/")[2]
    await told_to(served, f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    finding = await look(given_settings, database_url=served)

    assert finding.verdict is Verdict.MEND
    assert "cannot be written" in finding.found


async def test_a_row_that_somebody_holds_in_postgresql_is_not_waited_for_for_ever(
    given_settings: Settings, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(Address.parse(served)):
        pass
    monkeypatch.setattr("bot.doctor.database.BUSY_S", 1.0)
    other = await asyncpg.connect(served)
    async with other.transaction():
        await other.execute("LOCK TABLE alembic_version")
        finding = await look(given_settings, database_url=served)
    await other.close()

    assert finding.verdict is Verdict.TROUBLE
    assert "locked by somebody else" in finding.found


async def test_a_bot_that_writes_to_postgresql_does_not_make_the_doctor_wait(
    given_settings: Settings, served: str
) -> None:
    async with open_store(Address.parse(served)):
        pass
    other = await asyncpg.connect(served)
    await other.execute("SELECT pg_advisory_lock($1)", WRITER_LOCK)

    finding = await look(given_settings, database_url=served)
    await other.close()

    assert finding.verdict is Verdict.FINE


async def test_two_doctors_at_once_do_not_disturb_each_other(given_settings: Settings) -> None:
    await fill(given_settings)

    findings = await asyncio.gather(*(look(given_settings) for _ in range(3)))

    assert {finding.verdict for finding in findings} == {Verdict.FINE}
