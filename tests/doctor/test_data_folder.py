"""The doctor on the data folder and the cache in it, neither of which it changes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor import Verdict
from bot.halo.transport.cache import open_session
from tests.doctor.conftest import case_of, found, named


async def test_a_folder_that_is_not_there_yet_is_not_made(
    given_settings: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "later" / "data"

    finding = (await found(case_of(given_settings, data_dir=path), named("Data folder")))["Data folder"]

    assert finding.verdict is Verdict.FINE
    assert "is made at the first start" in finding.found
    assert not path.parent.exists()


@pytest.mark.parametrize("place", ["file", "file/data"])
async def test_a_folder_that_cannot_be_one(
    given_settings: dict[str, object], tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").touch()

    finding = (await found(case_of(given_settings, data_dir=tmp_path / place), named("Data folder")))[
        "Data folder"
    ]

    assert finding.verdict is Verdict.MEND
    assert "ADJUTANT_DATA_DIR" in finding.remedy


async def test_too_little_space_for_the_cache_to_grow(
    given_settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 300 * 2**20

    def disk_usage(_: Path) -> tuple[int, int, int]:
        return shutil._ntuple_diskusage(2**40, 2**40 - free, free)

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)

    small = await found(case_of(given_settings, cache_max_mb=100), named("Data folder"))
    large = await found(case_of(given_settings, cache_max_mb=512), named("Data folder"))

    assert small["Data folder"].verdict is Verdict.FINE
    assert large["Data folder"].verdict is Verdict.MEND
    assert "ADJUTANT_CACHE_MAX_MB" in large["Data folder"].remedy


def cache_file(given_settings: dict[str, object]) -> Path:
    folder = given_settings["data_dir"]
    assert isinstance(folder, Path)
    return folder / "cache.sqlite"


async def test_a_cache_in_use_is_read_and_left_as_it_is(given_settings: dict[str, object]) -> None:
    path = cache_file(given_settings)
    async with open_session(path):
        with closing(sqlite3.connect(path)) as db:
            db.execute("INSERT INTO responses VALUES ('key', x'00')")
            db.commit()
            finding = (await found(case_of(given_settings), named("Cache")))["Cache"]
            # A reader that was left behind would keep this from finishing.
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    assert finding.verdict is Verdict.FINE
    assert "1 answers" in finding.found
    assert busy == 0


@pytest.mark.parametrize("content", [b"no database at all", None], ids=["no database", "a page overwritten"])
async def test_a_damaged_cache_is_told(given_settings: dict[str, object], content: bytes | None) -> None:
    path = cache_file(given_settings)
    if content is None:
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE responses (key PRIMARY KEY, value)")
            db.executemany("INSERT INTO responses VALUES (?, ?)", [(str(n), b"x" * 900) for n in range(200)])
            db.commit()
        with path.open("r+b") as file:
            file.seek(3 * 4096)
            file.write(b"\xff" * 8192)
    else:
        path.write_bytes(content)
    before = path.read_bytes()

    finding = (await found(case_of(given_settings), named("Cache")))["Cache"]

    assert finding.verdict is Verdict.MEND
    assert "is damaged" in finding.found
    assert "Nothing but speed is lost" in finding.remedy
    assert path.read_bytes() == before
