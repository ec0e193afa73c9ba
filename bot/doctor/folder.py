"""The data folder: there, writable, with room for what the bot keeps."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bot.config import Settings, setting
from bot.doctor.aside import aside
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict

__all__ = ["cache_path", "check_folder", "in_words", "kept_bytes", "write_sample"]

WHAT = "Data folder"
MIB = 2**20
SPARE_BYTES = 64 * MIB
SAMPLE = bytes(4096)


async def check_folder(case: Case) -> list[Finding]:
    """Write to the folder, and see how much space is left."""
    return [await aside(lambda: _look(case.settings))]


def cache_path(settings: Settings) -> Path:
    """Return where the HTTP cache is."""
    return settings.data_dir / "cache.sqlite"


def kept_bytes(path: Path) -> int:
    """Return how large the cache file is, with what has not been moved into it yet."""
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def write_sample(folder: Path) -> None:
    """Write to a folder's disk, and leave nothing there.

    Raises:
        OSError: That cannot be done.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(SAMPLE)
        file.flush()
        os.fsync(file.fileno())


def in_words(size: int) -> str:
    """Return a size in bytes for people."""
    return f"{size / 2**30:.1f} GiB" if size >= 2**30 else f"{size / MIB:.1f} MiB"


def _look(settings: Settings) -> Finding:
    path = settings.data_dir
    try:
        if not path.exists():
            return _absent(path)
        write_sample(path)
        free = shutil.disk_usage(path).free
        growth = max(0, settings.cache_max_mb * MIB - kept_bytes(cache_path(settings)))
    except OSError as error:
        return Finding(
            WHAT,
            Verdict.MEND,
            f"{path} cannot be written to ({error.strerror})",
            f"Let the bot's user write there, or name another folder in {setting('data_dir')}.",
        )
    found = f"{path} can be written to, {in_words(free)} free"
    if free >= growth + SPARE_BYTES:
        return Finding(WHAT, Verdict.FINE, found)
    remedy = f"The cache may still grow by {in_words(growth)}: make room, or lower {setting('cache_max_mb')}."
    return Finding(WHAT, Verdict.MEND, found, remedy)


def _absent(path: Path) -> Finding:
    """Judge a folder that the first start makes; the doctor does not, for it may be another user's."""
    parent = next(place for place in path.absolute().parents if place.exists())
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return Finding(WHAT, Verdict.FINE, f"{path} is made at the first start")
    found = f"{path} is not there, and cannot be made in {parent}"
    return Finding(WHAT, Verdict.MEND, found, f"Make it for the bot's user, or change {setting('data_dir')}.")
