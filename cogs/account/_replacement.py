"""Which link is to be put in the place of which other one, as a button carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

__all__ = ["Replacement"]

WRITTEN = re.compile(r"(?P<new>[0-9]{1,20})(?::(?P<old>[0-9]{1,19}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Two accounts by XUID. What somebody has said yes to is this pair, and no other.

    ``old`` is None on buttons of earlier versions, which did not name it.
    """

    new: str
    old: int | None

    def encode(self) -> str:
        """Write it in at most 40 characters."""
        return self.new if self.old is None else f"{self.new}:{self.old}"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read what :meth:`encode` wrote. Anything else is taken for what to link, and will be told to be unknown."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            return cls(text, None)
        return cls(found["new"], int(found["old"]) if found["old"] else None)
