"""What boards are read from, in three parts: what was read of one may be used again until its version is another.

A version is a random number that a transaction stores together with what it changes. So it is seen at once with
the change, by every process, and a backup that is restored brings its own back.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from enum import StrEnum

__all__ = ["Topic", "new_versions"]


class Topic(StrEnum):
    """A part of the data that changes at its own pace."""

    MEMBERS = "members"
    TOTALS = "totals"
    RANKS = "ranks"


def new_versions(topics: Collection[Topic]) -> list[dict[str, str | int]]:
    """Return rows for `bot.store.tables.VersionRow`."""
    return [{"topic": topic.value, "value": secrets.randbits(63)} for topic in topics]
