"""How long an answer waits for what it can do without."""

from __future__ import annotations

from typing import Final

__all__ = ["OPTIONAL_S"]

OPTIONAL_S: Final = 6.0
"""Names, medals and skill are worth a wait, but not a long one: the numbers do not need them."""
