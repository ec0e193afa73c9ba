"""A leaderboard's picture beyond its looks: hostile gamerpics, bars, and what makes two pictures one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.draw.easel import Easel
from bot.draw.fingerprint import fingerprint
from bot.draw.leaderboard import Leaderboard
from bot.draw.leaderboard_card import leaderboard_card
from bot.draw.leaderboard_portraits import round_portrait
from bot.draw.lettering import Lettering
from bot.draw.studio import Studio
from bot.stats.leaderboard import Question
from bot.stats.leaderboard_metrics import METRICS
from tests.english import ENGLISH

from .leaderboard_scenes import ARENA, Somebody, board_page, leaderboard_scenes, portrait

QUESTION = Question(metric=METRICS["kills"])
BOARD_PX = 852


def card(*values: int, caller: int = 0, **pictures: bytes) -> Leaderboard:
    everybody = [Somebody(at=n, value=value, gamertag=f"Spartan {n}") for n, value in enumerate(values)]
    page = board_page(QUESTION, everybody, caller=caller)
    portraits = {
        row.xuid: pictures[f"n{row.user_id - 1000}"]
        for row in page.rows
        if f"n{row.user_id - 1000}" in pictures
    }
    return leaderboard_card(page, ARENA, portraits, ENGLISH)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("size_px", [16, 64, 424])
def test_a_gamerpic_becomes_a_disc(kind: str, size_px: int):
    disc = round_portrait(portrait(120, size_px, kind), 36)

    assert disc is not None
    with Image.open(io.BytesIO(disc)) as image:
        assert (image.size, image.mode) == ((36, 36), "RGBA")
        opacity = [image.getchannel("A").getpixel(at) for at in ((0, 0), (35, 0), (18, 18), (18, 1))]
    assert opacity[:2] == [0, 0]
    assert opacity[2:] == [255, 255]


@pytest.mark.parametrize(
    "picture",
    [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"GIF89a" + bytes(50), portrait(1)[:200], portrait(1, 1500)],
)
def test_what_is_no_gamerpic_is_none(picture: bytes):
    assert round_portrait(picture, 36) is None


def test_a_hostile_gamerpic_leaves_the_initial_in_its_place(easel: Easel):
    assert easel.svg(card(3, 2, n0=b"\x89PNG broken")) == easel.svg(card(3, 2))


def test_bars_are_as_long_as_values_are_great(lettering: Lettering):
    rows = card(8, 4, 0, -8).lay_out(lettering)["rows"]

    assert isinstance(rows, list)
    assert [row.bar_px for row in rows] == [BOARD_PX, BOARD_PX / 2, 0, 0]


def test_the_same_page_for_somebody_who_is_not_on_it_is_the_same_picture():
    assert fingerprint(card(3, 2, caller=5)) == fingerprint(card(3, 2, caller=6))
    assert fingerprint(card(3, 2, caller=1000)) != fingerprint(card(3, 2, caller=6))
    assert fingerprint(card(3, 2)) != fingerprint(card(3, 2, n0=portrait(5)))


def test_a_page_is_drawn_once_for_all_who_ask(studio: Studio):
    page = card(31, 17, 4)
    before = studio.drawn

    pictures = [future.result(timeout=60) for future in [studio.draw(replace(page)) for _ in range(12)]]

    assert len(set(pictures)) == 1
    assert studio.drawn == before + 1


@pytest.mark.parametrize(
    "name", ["leaderboard-csr", "leaderboard-long-de", "leaderboard-long-ja", "leaderboard-hostile"]
)
def test_nothing_runs_into_its_neighbour(name: str, lettering: Lettering):
    layout: Mapping[str, Any] = leaderboard_scenes()[name].lay_out(lettering)
    rows, columns, start = layout["rows"], layout["columns"], layout["name_start"]

    for row in rows:
        value_start = columns.value_end - row.value.width_px
        name_end = (row.mark_middle + 8) if row.mark_middle else start + row.name.width_px
        assert name_end < value_start
    title, subtitle = layout["title"], layout["subtitle"]
    assert max(title.width_px, subtitle.width_px) <= BOARD_PX
