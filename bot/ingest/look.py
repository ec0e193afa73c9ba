"""What looks at a player's history have to remember from one to the next, beside as of when all is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.ingest.place import End

__all__ = ["Look"]


@dataclass(frozen=True, slots=True)
class Look:
    """The payload of a ``refresh`` job.

    Attributes:
        is_first: Nothing of the history has ever been shown: when it is, all of it is new.
        end: What seems to be its end, and is not confirmed to be.
        shut: How often in a row nothing was shown of a history that has been seen before.
        again_at: When to look at such a one again, whoever asks for it earlier,
        as_of: as long as all is there as of that moment and no later one.
    """

    is_first: bool = False
    end: End | None = None
    shut: int = 0
    again_at: datetime | None = None
    as_of: datetime | None = None

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Look:
        """Read it from a job."""
        return cls(
            is_first=bool(payload.get("first", False)),
            end=End.of(payload),
            shut=int(payload.get("shut", 0)),
            again_at=_moment(payload.get("again_at")),
            as_of=_moment(payload.get("as_of")),
        )

    def payload(self) -> dict[str, Any]:
        """Return it for a job."""
        return {
            **({"first": True} if self.is_first else {}),
            **({} if self.end is None else self.end.payload()),
            **({"shut": self.shut} if self.shut else {}),
            **({} if self.again_at is None else {"again_at": self.again_at.isoformat()}),
            **({} if self.as_of is None else {"as_of": self.as_of.isoformat()}),
        }

    def rests_until(self, since: datetime | None, now: datetime) -> datetime | None:
        """Return when to look again if it is too early; ``since``: as of when all is there."""
        is_early = self.again_at is not None and now < self.again_at and since == self.as_of
        return self.again_at if is_early else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
