from __future__ import annotations

import struct
from pathlib import Path

import pytest

from bot.draw.fonts import Face, FontMissingError, find_faces


@pytest.fixture(scope="module")
def faces() -> tuple[Face, ...]:
    return find_faces(cjk_collection=Path("absent"))


@pytest.mark.parametrize(
    ("characters", "covered"),
    [
        ("नőѪ", (True, False)),
        ("月の한", (False, True)),
        ("Az09Жω−×…·", (True, True)),
        ("ไع😀\U0010ffff", (False, False)),
    ],
)
def test_each_face_knows_which_characters_it_has(
    faces: tuple[Face, ...], characters: str, covered: tuple[bool, bool]
) -> None:
    for face, expected in zip(faces, covered, strict=True):
        assert {face.covers(character) for character in characters} == {expected}


def test_a_collection_is_preferred_and_read_from_its_first_face(
    faces: tuple[Face, ...], tmp_path: Path
) -> None:
    collection = tmp_path / "collection.ttc"
    collection.write_bytes(as_collection(faces[1].path.read_bytes()))

    japanese = find_faces(cjk_collection=collection)[1]

    assert japanese.path == collection
    assert japanese.family == "Noto Sans CJK JP"
    assert japanese.covers("月")
    assert not japanese.covers("ไ")
    assert japanese.advance_em("月", 700) == pytest.approx(1.0)


def test_a_font_without_a_character_map_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttf"
    empty.write_bytes(struct.pack(">IHHHH", 0x10000, 0, 0, 0, 0))

    with pytest.raises(FontMissingError, match="no table cmap"):
        find_faces(cjk_collection=empty)


def as_collection(font: bytes) -> bytes:
    """Wrap one font as a collection of one: its tables move by the length of the new header."""
    header = struct.pack(">4sIII", b"ttcf", 0x10000, 1, 16)
    moved = bytearray(font)
    (tables,) = struct.unpack_from(">H", font, 4)
    for place in range(12, 12 + 16 * tables, 16):
        (offset,) = struct.unpack_from(">I", font, place + 8)
        struct.pack_into(">I", moved, place + 8, offset + len(header))
    return header + bytes(moved)
