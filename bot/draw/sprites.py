"""Cutting single medals out of a sprite sheet, and fitting them to their place."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image

__all__ = ["SpriteSheet", "cut_sprites", "fit_sprite"]

# The largest sheet of Halo's is 16 columns of 256 px by some ten rows; a bomb claims more than this.
_MOST_PIXELS: Final = 16_000_000
# Speed over size: a sprite lives in memory and in one picture.
_COMPRESSION: Final = 1


class SpriteSheet:
    """A decoded sheet of square sprites, numbered row by row."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image

    @classmethod
    def read(cls, png: bytes) -> SpriteSheet | None:
        """Decode a sheet; None for what is no PNG file, is broken, or too large to be one."""
        image = _decode(png)
        return cls(image) if image else None

    def cut(self, *, columns: int, size_px: int, index: int) -> bytes | None:
        """Return one sprite as a PNG file; None when its cell is not wholly on the sheet."""
        if columns < 1 or size_px < 1 or index < 0:
            return None
        row, column = divmod(index, columns)
        left, top = column * size_px, row * size_px
        if left + size_px > self._image.width or top + size_px > self._image.height:
            return None
        return _encode(self._image.crop((left, top, left + size_px, top + size_px)))


def cut_sprites(
    sheet: bytes, *, columns: int, size_px: int, indices: Sequence[int]
) -> tuple[bytes | None, ...]:
    """Cut sprites out of a sheet that is decoded once.

    Args:
        sheet: A PNG file.
        columns: Cells in a row.
        size_px: Width and height of a cell.
        indices: Cells to cut; cell ``n`` is in column ``n mod columns`` and row ``n div columns``.

    Returns:
        A PNG file for each index; None where the cell is outside of the sheet or the sheet is broken.
    """
    image = SpriteSheet.read(sheet)
    if image is None:
        return (None,) * len(indices)
    return tuple(image.cut(columns=columns, size_px=size_px, index=index) for index in indices)


def fit_sprite(sprite: bytes, size_px: int) -> bytes | None:
    """Scale a sprite to the size it is drawn at; None when it is broken.

    The renderer then copies it pixel by pixel, which is three times as fast as its own scaling and, as
    every pixel of the original counts, smoother.
    """
    image = _decode(sprite)
    return _encode(image.resize((size_px, size_px), Image.Resampling.LANCZOS)) if image else None


def _decode(png: bytes) -> Image.Image | None:
    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            return image.convert("RGBA")
    except Exception:
        # A decoder that is fed hostile bytes may raise anything.
        return None


def _encode(image: Image.Image) -> bytes:
    png = BytesIO()
    image.save(png, "PNG", compress_level=_COMPRESSION)
    return png.getvalue()
