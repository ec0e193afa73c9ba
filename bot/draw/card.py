"""What every picture is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.draw.lettering import Lettering

__all__ = ["Card"]


class Card(Protocol):
    """A frozen, hashable, picklable input that knows how it is laid out.

    Everything shown is in it, already worded: two equal cards are the same picture.
    """

    @property
    def template(self) -> str:
        """The file name of its SVG template."""
        ...

    def lay_out(self, lettering: Lettering) -> Mapping[str, object]:
        """Place everything; the result is what the template reads, ``width`` and ``height`` in px included."""
        ...
