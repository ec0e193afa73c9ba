"""The pictures of a match. A picture that cannot be drawn is left out: the embed says the same in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

import structlog

from bot.draw.medal_strip import MedalStrip, StripMedal
from bot.draw.scoreboard_card import scoreboard_card
from bot.draw.studio import Studio
from bot.reports.medal_art import MedalArt, SpriteSheet
from bot.stats.match_report import MatchReport, MedalTally
from bot.ui.match_text import medal_kinds, medals_alt, scoreboard_alt
from bot.ui.turn import Picture
from bot.words.language import Language
from bot.words.match_words import medal_name
from bot.words.phrase import phrase

__all__ = ["Pictures"]

log = structlog.stdlib.get_logger("adjutant.pictures")

T = TypeVar("T")

PATIENCE_S = 10.0
SHEET_AGE_S = 3600.0
SHEET_ROWS = 16


class Pictures:
    """Draws in the studio's processes, which keep what they drew and cut.

    Args:
        studio: Where it is drawn.
        art: Where the medal sheet comes from.
        time: A clock in seconds that never goes back.
    """

    def __init__(self, studio: Studio, art: MedalArt, *, time: Callable[[], float]) -> None:
        self._studio = studio
        self._art = art
        self._time = time
        self._sheet: asyncio.Task[SpriteSheet | None] | None = None
        self._asked_at = 0.0

    def prepare(self) -> asyncio.Task[SpriteSheet | None]:
        """Start fetching the medal sheet, so that it is there when a match's medals are known."""
        task, age = self._sheet, self._time() - self._asked_at
        failed = task is not None and task.done() and (task.cancelled() or task.result() is None)
        if task is None or failed or age > SHEET_AGE_S:
            self._asked_at = self._time()
            task = self._sheet = asyncio.create_task(self._fetch(), name="medal-sheet")
        return task

    async def close(self) -> None:
        """End what still runs."""
        if self._sheet:
            self._sheet.cancel()
            await asyncio.gather(self._sheet, return_exceptions=True)

    async def medal_strip(self, medals: Sequence[MedalTally], language: Language) -> Picture | None:
        """The player's medals as a strip; None when there are none."""
        if not medals:
            return None
        sprites = await self._sprites([m.sprite_index for m in medals if m.sprite_index is not None])
        drawn = tuple(
            StripMedal(
                name=language.say(medal_name(medal)),
                count=language.numbers.count(medal.count),
                difficulty=medal.difficulty,
                sprite=None if medal.sprite_index is None else sprites.get(medal.sprite_index),
            )
            for medal in medals
        )
        title = phrase(
            "{medals}, {total} in all",
            medals=medal_kinds(medals),
            total=sum(medal.count for medal in medals),
        )
        card = MedalStrip(
            language=language.code,
            title=language.say(title),
            hint=language.say(phrase("rarest first")),
            medals=drawn,
        )
        alt = medals_alt(medals, language)
        png = await self._finished(self._studio.draw(card))
        return Picture("medals.png", png, alt) if png else None

    async def scoreboard(self, report: MatchReport, language: Language) -> Picture | None:
        """Every player of the match."""
        footer = phrase("Adjutant · match {reference}", reference=str(report.match_id)[:8])
        card = scoreboard_card(report, language, footer=language.say(footer))
        png = await self._finished(self._studio.draw(card))
        return Picture("scoreboard.png", png, scoreboard_alt(report, language)) if png else None

    async def _fetch(self) -> SpriteSheet | None:
        """Fetch the sheet, and have every sprite cut in the background: the studio keeps them."""
        sheet = await self._art.sheet()
        if sheet is not None:
            everything = range(sheet.columns * SHEET_ROWS)
            self._studio.cut(sheet.png, columns=sheet.columns, size_px=sheet.size_px, indices=everything)
        return sheet

    async def _sprites(self, indices: Sequence[int]) -> dict[int, bytes | None]:
        sheet = await asyncio.shield(self.prepare())
        if sheet is None or not indices:
            return {}
        wanted = sorted(set(indices))
        future = self._studio.cut(sheet.png, columns=sheet.columns, size_px=sheet.size_px, indices=wanted)
        return dict(zip(wanted, await self._finished(future) or (), strict=False))

    async def _finished(self, future: Future[T]) -> T | None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await asyncio.wrap_future(future)
        except Exception as error:
            log.warning("picture not drawn", reason=type(error).__name__, exc_info=error)
            return None
