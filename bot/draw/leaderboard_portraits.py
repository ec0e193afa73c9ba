"""Gamerpics as round pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

__all__ = ["round_portrait"]

# The largest gamerpic is 1080 px wide; a bomb claims more than this.
_MOST_PIXELS: Final = 2_000_000
_FINER: Final = 4
# Speed over size: it lives in one picture.
_COMPRESSION: Final = 1


def round_portrait(picture: bytes, size_px: int) -> bytes | None:
    """Scale a PNG or JPEG file to a disc of this width, as a PNG file; None for what is no such file."""
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS or not min(image.size):
                return None
            square = image.convert("RGBA").resize((size_px, size_px), Image.Resampling.LANCZOS)
    except Exception:
        # A decoder that is fed hostile bytes may raise anything.
        return None
    mask = Image.new("L", (size_px * _FINER, size_px * _FINER))
    ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
    disc = Image.new("RGBA", square.size)
    disc.paste(square, mask=mask.resize(square.size, Image.Resampling.LANCZOS))
    png = BytesIO()
    disc.save(png, "PNG", compress_level=_COMPRESSION)
    return png.getvalue()
