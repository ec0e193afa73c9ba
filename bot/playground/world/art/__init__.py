"""All pictures of the simulated world, drawn by code: medals, ranks, maps, gamerpics."""

from __future__ import annotations

from bot.playground.world.art.gallery import Gallery

__all__ = ["Gallery"]
