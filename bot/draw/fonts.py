"""Where the fonts are, which characters they have, and how wide those are.

Fonts come from installed packages, never from the system's configuration, so that a picture looks the
same everywhere. Noto Sans (one file, every weight) covers Latin, Greek, Cyrillic, Vietnamese and
Devanagari; one Noto Sans CJK face covers Chinese, Japanese and Korean.
"""

from __future__ import annotations

import os
import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Final

from PIL import ImageFont

__all__ = ["Face", "FontMissingError", "find_faces"]

# Widths are measured at the size of one em in font units, where hinting rounds nothing away.
_EM_PX: Final = 1000
# Debian's collection: its first face has Japanese forms, which the single file does not have.
_DEBIAN_CJK: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_UNICODE_FULL: Final = (3, 10)


class FontMissingError(RuntimeError):
    """A font package that pictures need is not installed, or does not hold the font it should."""


class Face:
    """One font file as the renderer and the layout see it.

    Attributes:
        family: The name that SVG knows the face by.
        path: The file.
    """

    def __init__(self, family: str, path: Path, *, variable: bool) -> None:
        self.family = family
        self.path = path
        self._variable = variable
        self._starts, self._ends = _character_ranges(path)
        self._measure = lru_cache(maxsize=8192)(self._advance)
        self._weighted = lru_cache(maxsize=16)(self._open)

    def covers(self, character: str) -> bool:
        """Tell whether the face has a glyph of its own for the character."""
        place = bisect_right(self._starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self._ends[place]

    def advance_em(self, character: str, weight: int) -> float:
        """Return the width of a character in em at a weight of 100 to 900."""
        return self._measure(character, weight if self._variable else 400)

    def _advance(self, character: str, weight: int) -> float:
        return self._weighted(weight).getlength(character) / _EM_PX

    def _open(self, weight: int) -> ImageFont.FreeTypeFont:
        font = ImageFont.truetype(self.path, _EM_PX, layout_engine=ImageFont.Layout.BASIC)
        if self._variable:
            font.set_variation_by_axes([weight, 100])
        return font


@dataclass(frozen=True, slots=True)
class _Packaged:
    """A font file inside an installed distribution."""

    distribution: str
    file_name: str

    def locate(self) -> Path:
        try:
            files = metadata.files(self.distribution) or []
        except metadata.PackageNotFoundError as error:
            raise FontMissingError(f"The font package {self.distribution} is not installed") from error
        found = (Path(os.fspath(file.locate())) for file in files if file.name == self.file_name)
        path = next((path for path in found if path.is_file()), None)
        if path is None:
            raise FontMissingError(f"The package {self.distribution} does not hold {self.file_name}")
        return path


_SANS: Final = _Packaged("fontpkg-noto-sans", "NotoSans[wdth,wght].ttf")
_CJK: Final = _Packaged("cvttf-notosanscjk-regular", "NotoSansCJKtc-Regular.otf")


def find_faces(cjk_collection: Path = _DEBIAN_CJK) -> tuple[Face, ...]:
    """Open the faces of this installation, in the order in which they are tried for a character.

    Args:
        cjk_collection: A Noto Sans CJK collection whose first face is Japanese; where it is absent, the
            packaged face with Traditional Chinese forms takes its place.

    Raises:
        FontMissingError: A font package is missing.
    """
    sans = Face("Noto Sans", _SANS.locate(), variable=True)
    if cjk_collection.is_file():
        return sans, Face("Noto Sans CJK JP", cjk_collection, variable=False)
    return sans, Face("Noto Sans CJK TC", _CJK.locate(), variable=False)


def _character_ranges(path: Path) -> tuple[list[int], list[int]]:
    """Read the first and last code points of each run of characters that a font maps to glyphs.

    The source is the OpenType ``cmap`` table, subtable format 12, which every Noto font has.
    """
    data = memoryview(path.read_bytes())
    font = struct.unpack_from(">I", data, 12)[0] if data[:4].tobytes() == b"ttcf" else 0
    table = _table(data, font, b"cmap")
    (subtables,) = struct.unpack_from(">H", data, table + 2)
    for number in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * number)
        if (platform, encoding) == _UNICODE_FULL:
            (groups,) = struct.unpack_from(">I", data, table + offset + 12)
            runs = struct.iter_unpack(">III", data[table + offset + 16 :][: 12 * groups])
            starts, ends, _ = zip(*runs, strict=True)
            return list(starts), list(ends)
    raise FontMissingError(f"{path.name} does not say which characters it has")


def _table(data: memoryview, font: int, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", data, font + 4)
    for number in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, font + 12 + 16 * number)
        if name == tag:
            return offset
    raise FontMissingError(f"The font has no table {tag.decode()}")
