"""The picture of a page. One that cannot be drawn is left out: the embed says the same in words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.draw.leaderboard_card import leaderboard_card
from bot.draw.studio import Studio
from bot.stats.leaderboard import BoardPage
from bot.ui.leaderboard_embed import leaderboard_alt
from bot.ui.turn import Picture
from bot.words.language import Language
from bot.words.leaderboard_words import BoardNames

__all__ = ["FILE_NAME", "draw_page"]

log = structlog.stdlib.get_logger("adjutant.leaderboard")

FILE_NAME = "leaderboard.png"
PATIENCE_S = 10.0


async def draw_page(
    studio: Studio, page: BoardPage, names: BoardNames, portraits: Mapping[int, bytes], language: Language
) -> Picture | None:
    """Draw a page with the gamerpics that are there; equal ones are drawn once, also for many who ask at once."""
    card = leaderboard_card(page, names, portraits, language)
    try:
        async with asyncio.timeout(PATIENCE_S):
            png = await asyncio.wrap_future(studio.draw(card))
    except Exception as error:
        log.warning("picture not drawn", reason=type(error).__name__, exc_info=error)
        return None
    return Picture(FILE_NAME, png, leaderboard_alt(page, names, language))
