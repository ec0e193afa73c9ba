"""A PostgreSQL server of the tests' own, from Debian's packages, on a loopback port nobody else uses."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["PostgresMissingError", "find_program", "run_postgres"]

# Nothing has to survive here.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")


class PostgresMissingError(Exception):
    """There is no PostgreSQL on this machine, or nobody to run it as."""


def find_program(name: str) -> Path:
    """Return where one of PostgreSQL's programs is."""
    return _programs() / name


@contextmanager
def run_postgres() -> Generator[str]:
    """Start a server with empty data; yield its address without a database's name; stop it at the end."""
    programs = _programs()
    identity = _identity()
    folder = Path(tempfile.mkdtemp(prefix="adjutant-postgres-"))
    try:
        if identity:
            shutil.chown(folder, identity["user"], identity["group"])
        data = folder / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "adjutant", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _run(initdb, folder, identity)
        port = _free_port()
        settings = [word for setting in FAST for word in ("-c", setting)]
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), *settings]
        start = [
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            folder / "log",
            "-o",
            " ".join(options),
            "start",
        ]
        _run(start, folder, identity)
        try:
            yield f"postgresql://adjutant@127.0.0.1:{port}"
        finally:
            stop = [programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"]
            _run(stop, folder, identity)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not installed:
        raise PostgresMissingError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return installed[-1].parent


def _identity() -> dict[str, str]:
    """PostgreSQL refuses to run as root: it gets its package's own user then."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise PostgresMissingError("PostgreSQL does not run as root, and there is no user postgres") from None
    return {"user": "postgres", "group": "postgres"}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _run(command: Sequence[str | Path], folder: Path, identity: Mapping[str, str]) -> None:
    # The server inherits its starter's pipes: nothing here is to wait for them.
    user, group = identity.get("user"), identity.get("group")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=user, group=group)  # noqa: S603 - our own words
