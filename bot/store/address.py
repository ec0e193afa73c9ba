"""Where the database is: what ``ADJUTANT_DATABASE_URL`` may say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreAddressError

__all__ = ["Address"]

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A database on SQLite or PostgreSQL. Its ``repr`` and ``str`` show no password."""

    url: URL

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``sqlite:///folder/file``, ``sqlite:////absolute/file`` or ``postgresql://user:password@host/name``.

        Raises:
            StoreAddressError: It is none of these; the message does not show it.
        """
        try:
            url = make_url(text.strip())
        except (ArgumentError, ValueError):
            raise StoreAddressError("The database's address is not a URL.") from None
        driver = _DRIVERS.get(url.drivername)
        if driver is None:
            raise StoreAddressError("The database's address has to begin with sqlite:// or postgresql://.")
        if driver.startswith("sqlite") and (not url.database or url.database == ":memory:" or url.query):
            raise StoreAddressError("The database's address has to name a file: sqlite:///folder/file.")
        if driver.startswith("postgresql") and not url.database:
            raise StoreAddressError("The database's address has to name a database: postgresql://host/name.")
        return cls(_with_ssl(url.set(drivername=driver)))

    @classmethod
    def of_file(cls, path: Path) -> Address:
        """Return the address of an SQLite file."""
        return cls(URL.create("sqlite+aiosqlite", database=str(path)))

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return Path(self.url.database or "") if self.url.drivername.startswith("sqlite") else None

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def _with_ssl(url: URL) -> URL:
    """Take libpq's ``sslmode`` too: asyncpg calls it ``ssl``."""
    mode = url.query.get("sslmode")
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode}) if mode else url
