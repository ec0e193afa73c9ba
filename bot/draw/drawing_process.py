"""What runs inside a drawing process: the start, and the jobs it does.

Functions here are sent by name, and keep what is dear to build (fonts, templates, the last sprite sheets)
for the life of their process.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from multiprocessing import connection, parent_process

from bot.draw.card import Card
from bot.draw.easel import Easel
from bot.draw.fonts import find_faces
from bot.draw.medal_strip import MedalStrip, StripMedal
from bot.draw.sprites import SpriteSheet

__all__ = ["cut_in_process", "draw_in_process", "prepare_process", "warm_process"]

_SAMPLE = MedalStrip(
    language="",
    title="0123456789 ×−",
    hint="",
    medals=(StripMedal(name="AaZz 月", count="1", difficulty=0, sprite=None),),
)


def prepare_process() -> None:
    """Leave interrupts to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def warm_process(deadline_s: float) -> None:
    """Load fonts and templates and draw a first picture, so that the next one is fast.

    Raises:
        FontMissingError: A font package is missing.
    """
    draw_in_process(_SAMPLE, deadline_s)


def draw_in_process(card: Card, deadline_s: float) -> bytes:
    """Draw a card as a PNG file; the process dies rather than take longer than the deadline."""
    with _deadline(deadline_s):
        return _easel().draw(card)


def cut_in_process(
    sheet: bytes, columns: int, size_px: int, indices: Sequence[int], deadline_s: float
) -> tuple[bytes | None, ...]:
    """Cut sprites as :func:`bot.draw.sprites.cut_sprites` does, remembering the decoded sheet."""
    with _deadline(deadline_s):
        image = _sheet(sheet)
        if image is None:
            return (None,) * len(indices)
        return tuple(image.cut(columns=columns, size_px=size_px, index=index) for index in indices)


@cache
def _easel() -> Easel:
    return Easel(find_faces())


@lru_cache(maxsize=1)
def _sheet(sheet: bytes) -> SpriteSheet | None:
    return SpriteSheet.read(sheet)


@contextmanager
def _deadline(seconds: float) -> Generator[None]:
    """End the process when the block takes too long; this works although the renderer holds the GIL."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - not a file, a place to lose text
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
