"""What every picture must hold to, whatever it is given."""

from __future__ import annotations

import pickle
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.draw.easel import Easel
from bot.draw.fingerprint import fingerprint
from bot.draw.medal_strip import MedalStrip, StripMedal
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_card import scoreboard_card
from bot.halo.models.refdata import Tier
from bot.words.language import LANGUAGES, language_for

from .match_reports import csr, player, report
from .scenes import ENGLISH, arena, scene, scene_names, strip

ANY_TEXT = st.text(st.characters(), max_size=60)
EACH_DRAWS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def colours(png: bytes) -> set[str]:
    with Image.open(BytesIO(png)) as image:
        found = image.convert("RGB").getcolors(maxcolors=2**24) or []
    return {"#" + bytes(colour).hex() for _, colour in found if isinstance(colour, tuple)}


def size(png: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(png)) as image:
        return image.size


@EACH_DRAWS
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_text_makes_a_scoreboard_fail(easel: Easel, name: str, mode: str, place: str) -> None:
    card = scoreboard_card(
        report((player(name, 1, (1, 1, 1, 1, 1, 1)),), mode=mode, map_name=place, playlist=name),
        ENGLISH,
        footer=mode,
    )
    ET.fromstring(easel.svg(card))  # noqa: S314 - our own document
    assert size(easel.draw(card))[0] == 1200


@EACH_DRAWS
@given(ANY_TEXT, ANY_TEXT, st.binary(max_size=40), st.integers(0, 10**9))
def test_no_text_or_sprite_makes_a_strip_fail(
    easel: Easel, name: str, title: str, sprite: bytes, count: int
) -> None:
    medal = StripMedal(name=name, count=str(count), difficulty=count, sprite=sprite)
    card = MedalStrip(language="ja", title=title, hint=title, medals=(medal, medal))
    ET.fromstring(easel.svg(card))  # noqa: S314 - our own document
    assert easel.draw(card).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", scene_names())
def test_cards_survive_the_way_to_another_process(name: str) -> None:
    card = scene(name)
    copy = pickle.loads(pickle.dumps(card))  # noqa: S301 - our own bytes

    assert copy == card
    assert hash(copy) == hash(card)
    assert fingerprint(copy) == fingerprint(card)


def test_different_cards_have_different_fingerprints() -> None:
    assert len({fingerprint(scene(name)) for name in scene_names()}) == len(scene_names())


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("sub_tier", [None, 1, 6])
def test_every_tier_has_an_icon_in_its_colour(easel: Easel, tier: Tier, sub_tier: int | None) -> None:
    line = player("A", 1, (1, 1, 1, 1, 1, 1), csr=csr(tier, sub_tier, 0))
    png = easel.draw(scoreboard_card(report((line,)), ENGLISH, footer=""))

    assert PALETTE.tier(tier) in colours(png)


def test_every_tier_has_a_colour_of_its_own() -> None:
    assert len({PALETTE.tier(tier) for tier in Tier}) == len(Tier)


def test_a_sprite_is_drawn_and_a_missing_one_has_a_placeholder(easel: Easel) -> None:
    green = BytesIO()
    Image.new("RGBA", (128, 128), "#00ff00").save(green, "PNG")
    medal = StripMedal(name="Perfect", count="1", difficulty=3, sprite=green.getvalue())

    drawn = colours(easel.draw(MedalStrip(language="ja", title="1", hint="", medals=(medal,))))
    missing = colours(
        easel.draw(MedalStrip(language="ja", title="1", hint="", medals=(replace(medal, sprite=None),)))
    )

    assert "#00ff00" in drawn
    assert PALETTE.medal(3) not in drawn
    assert PALETTE.medal(3) in missing


@pytest.mark.parametrize("code", ["de", "ja"])
def test_a_picture_says_what_language_it_is_in(easel: Easel, code: str) -> None:
    cards = (scoreboard_card(arena(), language_for(code), footer=""), replace(strip(1), language=code))

    for card in cards:
        root = ET.fromstring(easel.svg(card))  # noqa: S314 - our own document
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == code


def test_the_same_match_in_another_language_is_another_picture() -> None:
    cards = [scoreboard_card(arena(), language_for(code), footer="") for code in LANGUAGES]

    assert len({fingerprint(card) for card in cards}) == len(cards)


def test_a_strip_needs_a_medal() -> None:
    with pytest.raises(ValueError, match="needs a medal"):
        MedalStrip(language="ja", title="0 medals", hint="", medals=())


@pytest.mark.parametrize("count", [1, 2, 5, 6, 11, 20, 21, 42, 43, 64])
def test_strips_of_any_length_stay_within_a_readable_shape(easel: Easel, count: int) -> None:
    width, height = size(easel.draw(strip(count)))

    assert 400 <= width <= 1300
    assert height <= width


def test_the_caller_has_the_accent(easel: Easel) -> None:
    card = scoreboard_card(arena(), ENGLISH, footer="")
    sides = tuple(
        replace(side, rows=tuple(replace(row, is_subject=False) for row in side.rows)) for side in card.sides
    )

    assert PALETTE.accent in colours(easel.draw(card))
    assert PALETTE.accent not in colours(easel.draw(replace(card, sides=sides)))


def test_names_never_reach_into_the_numbers(easel: Easel) -> None:
    """The strip of sheet before the first number is empty, however long the names are."""
    lines = tuple(player("W" * 40, n + 1, (1, 1, 1, 1, 1, 1), is_bot=True) for n in range(3))
    png = easel.draw(replace(scoreboard_card(report(lines), ENGLISH, footer=""), heads=("",) * 7))
    with Image.open(BytesIO(png)) as image:
        row = image.convert("L").crop((24, 240, 1176, 280))
        bright = [x for x in range(row.width) if max(row.crop((x, 0, x + 1, row.height)).tobytes()) > 150]
    gaps = [after - before for before, after in pairwise(bright)]
    assert max(gaps) >= 14
