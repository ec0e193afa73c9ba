"""From a card to PNG bytes: layout, SVG template, renderer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import resvg_py
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.draw.card import Card
from bot.draw.fonts import Face
from bot.draw.lettering import Lettering
from bot.draw.palette import PALETTE

__all__ = ["Easel"]


class Easel:
    """Draws cards, in one thread at a time; a process needs only one.

    The renderer maps font files into memory anew for every picture, which costs nothing measurable, and
    finds glyphs by the family of each run, so that no search for a fallback takes place.
    """

    def __init__(self, faces: Sequence[Face]) -> None:
        self._lettering = Lettering(faces)
        self._font_files = [str(face.path) for face in faces]
        self._main_family = faces[0].family
        self._templates = Environment(
            loader=PackageLoader("bot.draw", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Jinja2 declares that only its own defaults may stand here.
        shared = cast("dict[str, object]", self._templates.globals)
        shared.update(palette=PALETTE, main_family=self._main_family)

    def svg(self, card: Card) -> str:
        """Return the card as an SVG document."""
        return self._templates.get_template(card.template).render(card.lay_out(self._lettering))

    def draw(self, card: Card) -> bytes:
        """Return the card as a PNG file."""
        return resvg_py.svg_to_bytes(
            svg_string=self.svg(card),
            skip_system_fonts=True,
            font_files=self._font_files,
            font_family=self._main_family,
        )
