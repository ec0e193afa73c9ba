from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.draw.sprites import cut_sprites, fit_sprite


def colour_of(cell: int) -> tuple[int, int, int, int]:
    return (cell * 7 % 256, cell * 31 % 256, cell, 255)


def sheet_of(columns: int, rows: int, size_px: int = 8) -> bytes:
    sheet = Image.new("RGBA", (columns * size_px, rows * size_px))
    for cell in range(columns * rows):
        box = (cell % columns * size_px, cell // columns * size_px)
        sheet.paste(colour_of(cell), (*box, box[0] + size_px, box[1] + size_px))
    png = BytesIO()
    sheet.save(png, "PNG")
    return png.getvalue()


def colours(png: bytes | None) -> object:
    assert png is not None
    with Image.open(BytesIO(png)) as image:
        return image.convert("RGBA").getcolors()


def bomb(width: int, height: int) -> bytes:
    """A PNG file that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_each_index_gives_its_own_cell() -> None:
    sheet = sheet_of(columns=16, rows=10)

    sprites = cut_sprites(sheet, columns=16, size_px=8, indices=range(160))

    assert [colours(sprite) for sprite in sprites] == [[(64, colour_of(cell))] for cell in range(160)]


def test_sprites_come_in_the_order_asked_for_and_as_often() -> None:
    sprites = cut_sprites(sheet_of(columns=4, rows=2), columns=4, size_px=8, indices=(5, 0, 5))

    assert [colours(sprite) for sprite in sprites] == [[(64, colour_of(cell))] for cell in (5, 0, 5)]


@pytest.mark.parametrize("index", [8, 99, -1, 10**30])
def test_a_cell_outside_of_the_sheet_is_none_and_spoils_no_other(index: int) -> None:
    outside, inside = cut_sprites(sheet_of(columns=4, rows=2), columns=4, size_px=8, indices=(index, 7))

    assert outside is None
    assert colours(inside) == [(64, colour_of(7))]


@pytest.mark.parametrize(
    "sheet",
    [
        b"",
        b"<html>503</html>",
        b"GIF89a" + bytes(50),
        sheet_of(columns=4, rows=2)[:-40],
        bomb(60_000, 60_000),
        bomb(13_000, 13_000),
        bomb(3_000, 3_000),
    ],
    ids=["empty", "html", "gif", "truncated", "bomb", "smaller bomb", "no pixels"],
)
def test_a_broken_sheet_gives_no_sprite_and_no_error(sheet: bytes) -> None:
    assert cut_sprites(sheet, columns=4, size_px=8, indices=(0, 1)) == (None, None)


@pytest.mark.parametrize(("columns", "size_px"), [(0, 8), (-4, 8), (4, 0), (4, -8)])
def test_measures_that_make_no_sense_give_no_sprite(columns: int, size_px: int) -> None:
    assert cut_sprites(sheet_of(4, 2), columns=columns, size_px=size_px, indices=(0,)) == (None,)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(noise: bytes) -> None:
    sheet = sheet_of(columns=2, rows=2)
    assert cut_sprites(noise, columns=2, size_px=8, indices=(0,)) == (None,)
    assert len(cut_sprites(sheet[:60] + noise, columns=2, size_px=8, indices=(0,))) == 1
    assert fit_sprite(noise, 20) is None
