"""The regulars of the playground's first server: linked members, so that its boards are alive from the start."""

from __future__ import annotations

from bot.playground.regulars.cast import Regular, join_regulars
from bot.playground.regulars.past import Regulars

__all__ = ["Regular", "Regulars", "join_regulars"]
