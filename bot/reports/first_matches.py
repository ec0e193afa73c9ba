"""What fetches the matches of linked players, as the reports of accounts see it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.store import NewJob

__all__ = ["Ingesting", "Progress"]


class Progress(Protocol):
    """How far the first fetching of somebody's matches has come; ``total`` is None until it is known."""

    @property
    def done(self) -> int:
        """How many matches are there."""
        ...

    @property
    def total(self) -> int | None:
        """How many there will be."""
        ...

    @property
    def finished(self) -> bool:
        """Whether this is the last word."""
        ...


class Ingesting(Protocol):
    """What fetches the matches of linked players."""

    def first_work(self, xuid: int, *, server_id: int | None) -> tuple[NewJob, ...]:
        """Return what has to be queued with a new link."""
        ...

    def begun(self, xuid: int) -> None:
        """Note that it is queued."""
        ...

    def progress(self, xuid: int) -> AsyncGenerator[Progress]:
        """Follow that."""
        ...
