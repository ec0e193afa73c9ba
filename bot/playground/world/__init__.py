"""A simulated Halo world, generated from a seed: players, matches, ranks and art. No I/O, no clock of its own."""

from __future__ import annotations

from bot.playground.world.world import World

__all__ = ["World"]
