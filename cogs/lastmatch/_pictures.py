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
from bot.ui.match_text import scoreboard_alt
from bot.ui.texts import count
from bot.ui.turn import Picture

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

    async def medal_strip(self, medals: Sequence[MedalTally]) -> Picture | None:
        """The player's medals as a strip; None when there are none."""
        if not medals:
            return None
        sprites = await self._sprites([m.sprite_index for m in medals if m.sprite_index is not None])
        drawn = tuple(
            StripMedal(
                name=medal.name,
                count=medal.count,
                difficulty=medal.difficulty,
                sprite=None if medal.sprite_index is None else sprites.get(medal.sprite_index),
            )
            for medal in medals
        )
        total = sum(medal.count for medal in medals)
        kinds = "1 medal" if len(medals) == 1 else f"{count(len(medals))} medals"
        card = MedalStrip(title=f"{kinds}, {count(total)} in all", hint="rarest first", medals=drawn)
        alt = f"{kinds}: " + ", ".join(f"{medal.count}× {medal.name}" for medal in medals)
        png = await self._finished(self._studio.draw(card))
        return Picture("medals.png", png, alt) if png else None

    async def scoreboard(self, report: MatchReport) -> Picture | None:
        """Every player of the match."""
        card = scoreboard_card(report, footer=f"Adjutant · match {str(report.match_id)[:8]}")
        png = await self._finished(self._studio.draw(card))
        return Picture("scoreboard.png", png, scoreboard_alt(report)) if png else None

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
