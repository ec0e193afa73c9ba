"""The pictures have the sizes that the service promises, and each medal looks like itself."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from bot.playground.world import World
from bot.playground.world.art import Gallery
from bot.playground.world.career import CAREER_RANKS
from bot.playground.world.medals import MEDALS


def opened(picture: bytes | None) -> Image.Image:
    assert picture is not None
    return Image.open(BytesIO(picture))


@pytest.mark.parametrize("cell_px", [72, 128, 256])
def test_a_sheet_has_sixteen_cells_in_a_row(cell_px: int):
    sheet = opened(Gallery().medal_sheet(cell_px))

    assert sheet.size == (16 * cell_px, 10 * cell_px)
    assert sheet.mode == "RGBA"


def test_every_medal_fills_its_cell_and_no_two_are_alike():
    sheet = opened(Gallery().medal_sheet(72))
    cells: set[bytes] = set()
    for medal in MEDALS:
        row, column = divmod(medal.sprite_index, 16)
        cell = sheet.crop((column * 72, row * 72, column * 72 + 72, row * 72 + 72))
        left, top, right, bottom = cell.getchannel("A").getbbox() or (0, 0, 0, 0)
        assert 0 < left < 12 < 60 < right < 72
        assert 0 < top < 12 < 60 < bottom < 72
        cells.add(cell.tobytes())

    assert len(cells) == len(MEDALS)


def test_every_career_rank_has_an_icon_in_three_folders():
    gallery = Gallery()
    icon = CAREER_RANKS[100].icon

    assert opened(gallery.rank_icon(icon)).size == (200, 280)
    assert gallery.rank_icon(icon.replace("ProgressWidget", "CelebrationMoment")) == gallery.rank_icon(icon)
    assert gallery.rank_icon("career_rank/ProgressWidget/none.png") is None


@pytest.mark.parametrize(
    ("name", "there"), [("diamond_6", True), ("onyx_1", True), ("unranked_0", True), ("gold_7", False)]
)
def test_csr_icons_exist_for_real_tiers_only(name: str, there: bool):
    picture = Gallery().csr_icon(name)

    assert (picture is not None) == there
    assert not there or opened(picture).size == (128, 128)


def test_maps_and_players_have_pictures_of_their_own():
    world = World(1, datetime(2026, 1, 1, tzinfo=UTC), matches=1)
    gallery = Gallery()
    one, other = world.people[:2]

    assert opened(gallery.asset_picture("Aquarius", 190, "hero")).size == (1280, 720)
    assert opened(gallery.asset_picture("Aquarius", 190, "thumbnail")).size == (480, 270)
    assert gallery.asset_picture("Aquarius", 190, "other") is None
    assert opened(gallery.gamerpic(one.xuid, one.hue, 64)).size == (64, 64)
    assert gallery.gamerpic(one.xuid, one.hue, 64) != gallery.gamerpic(other.xuid, other.hue, 64)
