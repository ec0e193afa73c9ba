"""The Halo tokens that were given out by hand."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Credentials"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a caller may show without any sign-in. The values are made up: no real service takes them."""

    spartan: str = "playground-spartan"
    clearance: str = "playground-clearance"
