"""Text that fits: cleaned, cut into runs of one font each, measured and shortened.

Names come from players and are hostile input. What SVG cannot hold and what would escape its place
(control characters, text direction overrides, floods of combining marks) is dropped; a character that no
font has becomes a visible box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.draw.fonts import Face

__all__ = ["Lettering", "Line", "Run"]

_BOX: Final = "□"
_ELLIPSIS: Final = "…"
_HYPHEN: Final = "-"
_MOST_MARKS: Final = 2
_MOST_CHARACTERS: Final = 400
# Blank although Unicode calls them letters or symbols.
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
# Japanese typography lets none of these begin a line.
_NEVER_FIRST: Final = frozenset("ー々、。，．・：；！？）」』】〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_VARIATION_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font, ``start_px`` into its line; ``family`` is None for the main font."""

    text: str
    family: str | None
    start_px: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, safe to draw, with the width it takes at the size it was measured for."""

    runs: tuple[Run, ...]
    width_px: float

    @property
    def text(self) -> str:
        """What will be read."""
        return "".join(run.text for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)


class Lettering:
    """Sets text in the given faces; the first is the main one, the others fill its gaps."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)

    def line(self, text: str, size_px: float, weight: int = 400, within_px: float = float("inf")) -> Line:
        """Set one line of at most ``within_px``; an ellipsis replaces what is too much."""
        letters = [(letter, self._face(letter)) for letter in self.clean(text)]
        widths = [self._width(letter, face, size_px, weight) for letter, face in letters]
        if sum(widths) > within_px:
            letters, widths = self._shorten(letters, widths, size_px, weight, within_px)
        return Line(tuple(self._runs(letters, widths)), sum(widths))

    def lines(
        self,
        text: str,
        size_px: float,
        weight: int,
        within_px: float,
        most: int,
        *,
        split_words: bool = False,
    ) -> tuple[Line, ...]:
        """Break a text between words (or CJK characters) into at most ``most`` lines; the last takes the rest.

        With ``split_words`` a word that is wider than a line goes on in the next one, behind a hyphen.
        """
        rest = self.clean(text)
        rows: list[Line] = []
        while rest:
            end = len(rest) if len(rows) == most - 1 else self._break(rest, size_px, weight, within_px)
            row = self.line(rest[:end], size_px, weight, within_px)
            kept = row.text.removesuffix(_ELLIPSIS)
            is_cut = row.text != self.clean(rest[:end])
            if split_words and is_cut and kept and len(rows) < most - 1:
                end = len(kept)
                row = self.line(kept + _HYPHEN, size_px, weight, within_px)
            rows.append(row)
            rest = rest[end:].lstrip()
        return tuple(rows)

    def fitted(self, text: str, sizes: Iterable[int], weight: int, within_px: float) -> tuple[Line, int]:
        """Set a line in the first of the sizes in which it is whole, or else shortened in the last."""
        line, size_px = self.line("", 1), 1
        for size_px in sizes:
            line = self.line(text, size_px, weight, within_px)
            if line.text == self.clean(text):
                break
        return line, size_px

    def width_px(self, text: str, size_px: float, weight: int = 400) -> float:
        """Return the width of a text that is not shortened."""
        return self.line(text, size_px, weight).width_px

    def widest_px(self, texts: Iterable[tuple[str, int]], size_px: float) -> float:
        """Return how wide a column is that has to hold these texts, each with its weight, whole."""
        return max((self.width_px(text, size_px, weight) for text, weight in texts), default=0.0)

    def clean(self, text: str) -> str:
        """Return what can be drawn of a text, in one line without outer spaces."""
        composed = unicodedata.normalize("NFC", text[:_MOST_CHARACTERS])
        shown = "".join(self._shown(composed))
        words = " ".join(shown.split())
        return words or (_BOX if text.strip() else "")

    def _shown(self, text: str) -> Iterator[str]:
        marks = 0
        for character in text:
            category = unicodedata.category(character)
            marks = marks + 1 if category[0] == "M" else 0
            if category[0] == "Z" or character in "\t\r\n":
                yield " "
            elif _is_dropped(character, category):
                continue
            elif category[0] == "M":
                if marks <= _MOST_MARKS and self._covered(character):
                    yield character
            else:
                yield character if self._covered(character) else _BOX

    def _covered(self, character: str) -> bool:
        return any(face.covers(character) for face in self._faces)

    def _face(self, character: str) -> Face:
        return next((face for face in self._faces if face.covers(character)), self._faces[0])

    def _width(self, character: str, face: Face, size_px: float, weight: int) -> float:
        return face.advance_em(character, weight) * size_px

    def _break(self, text: str, size_px: float, weight: int, within_px: float) -> int:
        """Return where the first line ends: the last place to break that fits, or else the first there is."""
        last = 0
        taken_px = 0.0
        for place, character in enumerate(text):
            face = self._face(character)
            breaks = character == " " or (face is not self._faces[0] and character not in _NEVER_FIRST)
            if place and breaks:
                if taken_px > within_px:
                    return last or place
                last = place
            taken_px += self._width(character, face, size_px, weight)
        return (last or len(text)) if taken_px > within_px else len(text)

    def _shorten(
        self,
        letters: list[tuple[str, Face]],
        widths: list[float],
        size_px: float,
        weight: int,
        within_px: float,
    ) -> tuple[list[tuple[str, Face]], list[float]]:
        """Drop letters from the end until the rest and an ellipsis fit; nothing if not even that does."""
        dots = self._face(_ELLIPSIS)
        dots_px = self._width(_ELLIPSIS, dots, size_px, weight)
        if dots_px > within_px:
            return [], []
        kept = len(letters)
        left_px = sum(widths)
        while kept and (left_px + dots_px > within_px or letters[kept - 1][0] == " "):
            kept -= 1
            left_px -= widths[kept]
        return [*letters[:kept], (_ELLIPSIS, dots)], [*widths[:kept], dots_px]

    def _runs(self, letters: Iterable[tuple[str, Face]], widths: Iterable[float]) -> Iterator[Run]:
        start_px = 0.0
        for face, group in groupby(zip(letters, widths, strict=True), key=lambda item: item[0][1]):
            items = list(group)
            family = None if face is self._faces[0] else face.family
            yield Run("".join(letter for (letter, _), _ in items), family, round(start_px, 2))
            start_px += sum(width for _, width in items)


def _is_dropped(character: str, category: str) -> bool:
    return (
        category in {"Cc", "Cf", "Cs", "Me"}
        or character in _INVISIBLE
        or any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)
    )
