from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.draw.csr_board import CsrBoard
from bot.draw.csr_card import csr_card
from bot.draw.csr_card_parts import Bar, Movement
from bot.draw.easel import Easel
from bot.draw.fingerprint import fingerprint
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_parts import TierIcon, Tone
from bot.stats.csr_rank import CsrRank
from bot.stats.csr_sheet import CsrSheet
from bot.words.language import LANGUAGES, language_for
from tests.english import ENGLISH

from .csr_scenes import ASKED_AT, arena_sheet, csr_scenes, placement, ranked, row, sheet
from .test_pictures import colours

SVG = "{http://www.w3.org/2000/svg}"
ANY_TEXT = st.text(st.characters(), max_size=60)


def card_of(it: CsrSheet) -> CsrBoard:
    return csr_card(it, ENGLISH)


def shown(easel: Easel, card: CsrBoard) -> list[str]:
    root = ET.fromstring(easel.svg(card))  # noqa: S314 - our own document
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_a_row_says_where_one_stands_and_how_far_it_is_to_the_next_rank() -> None:
    arena, slayer, doubles, snipers = card_of(arena_sheet()).rows

    assert (arena.name, arena.rank, arena.value) == ("Ranked Arena", "Diamond 4", "1,372")
    assert arena.icon == TierIcon(tier="Diamond", sub_tier=4)
    assert arena.bar == Bar(part=22 / 50, text="28 to Diamond 5")
    assert arena.season_peak is not None
    assert (arena.season_peak.value, arena.season_peak.rank) == ("1,421", "Diamond 5")
    assert arena.movements[0] == Movement(text="+12 in 24 h", tone=Tone.GOOD)
    assert slayer.movements[0] == Movement(text="−9 in 24 h", tone=Tone.BAD)
    assert (doubles.rank, doubles.value, doubles.bar) == ("Onyx", "1,586", Bar(part=1.0, text=""))
    assert (snipers.rank, snipers.value) == ("In placement", "6/10")
    assert snipers.bar == Bar(part=0.6, text="4 placement matches to go")
    assert snipers.season_peak is None


@pytest.mark.parametrize(
    ("rank", "title", "value", "has_bar"),
    [
        (placement(0, 5, 900), "Not played this season", "0/5", True),
        (placement(0, 0, 900), "Not played this season", "–", False),
        (placement(5, 5), "In placement", "5/5", True),
    ],
)
def test_what_is_no_rank_says_what_it_is(rank: CsrRank, title: str, value: str, has_bar: bool) -> None:
    (only,) = card_of(sheet(row(0, rank))).rows

    assert (only.rank, only.value, only.bar is not None) == (title, value, has_bar)
    assert only.icon.tier == ""


def test_a_season_that_is_over_has_final_ranks_and_no_way_to_go() -> None:
    card = card_of(replace(arena_sheet(), is_current_season=False))

    assert card.subtitle == "Final ranks · Season 13-2, ended Tuesday 12 January 2027, 17:00 UTC"
    assert all(it.bar is None for it in card.rows)
    assert card.rows[-1].rank == "Placement not finished"


def test_what_is_not_live_says_of_when_it_is_in_utc_and_nothing_else_does(easel: Easel) -> None:
    mixed = card_of(sheet(row(0, ranked(1300, 1300, 1300)), row(1, ranked(900, 900, 900), known_at=ASKED_AT)))

    assert [it.mark for it in mixed.rows] == ["", "last known Sunday 22 November 2026, 18:05 UTC"]
    root = ET.fromstring(easel.svg(mixed))  # noqa: S314 - our own document
    dashed = [it for it in root.iter(f"{SVG}rect") if it.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_what_is_missing_is_noted() -> None:
    card = card_of(sheet(row(0, ranked(1, 1, 1)), waiting=2, unanswered=1))

    assert card.note == "2 playlists still to come · No answer for 1 playlist"


def test_a_card_needs_a_playlist() -> None:
    with pytest.raises(ValueError, match="needs a playlist"):
        card_of(sheet())


@pytest.mark.parametrize("count", range(1, 13))
def test_cards_of_any_length_hold_every_row(easel: Easel, count: int) -> None:
    rows = [row(number % 8, ranked(1000 + number, 1100, 1200)) for number in range(count)]
    card = card_of(sheet(*rows))

    texts = shown(easel, card)
    assert all(f"{1000 + number:,}" in texts for number in range(count))
    with Image.open(BytesIO(easel.draw(card))) as image:
        assert image.width == 1200
        assert image.height <= 116 + 46 + count * 124


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_no_language_loses_a_word_of_what_counts(easel: Easel, code: str) -> None:
    """Heads, ranks, ways and changes are whole in every language: only names may be cut."""
    language = language_for(code)
    rows = [
        row(n, it, -1234, 1234) for n, it in enumerate((ranked(1399, 1399, 1399), placement(0, 10, 1499)))
    ]
    card = csr_card(sheet(*rows, waiting=7, unanswered=7), language)

    assert not [text for text in shown(easel, card) if "…" in text]


def test_every_language_has_a_picture_of_its_own() -> None:
    assert len({fingerprint(csr_card(arena_sheet(), language_for(code))) for code in LANGUAGES}) == len(
        LANGUAGES
    )


def test_every_tier_has_its_colour(easel: Easel) -> None:
    for value in (100, 400, 700, 1000, 1300, 1600):
        card = card_of(sheet(row(0, ranked(value, value, value))))
        assert PALETTE.tier(card.rows[0].icon.tier) in colours(easel.draw(card))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT, ANY_TEXT, st.integers(-5, 10**9), st.integers(-(10**9), 10**9))
def test_no_name_or_number_makes_a_card_fail(
    easel: Easel, gamertag: str, playlist: str, value: int, change: int
) -> None:
    it = sheet(row(0, ranked(value, value, value), change, change, name=playlist), gamertag=gamertag)
    card = card_of(it)

    ET.fromstring(easel.svg(card))  # noqa: S314 - our own document
    assert easel.draw(card).startswith(b"\x89PNG")


def test_names_never_reach_into_the_numbers(easel: Easel) -> None:
    card = card_of(sheet(row(0, ranked(1372, 1372, 1372), name="W" * 200)))
    with Image.open(BytesIO(easel.draw(card))) as image:
        strip = image.convert("L").crop((508, 130, 522, 190))
    assert max(strip.tobytes()) < 100


def test_the_scenes_are_cards_of_their_own() -> None:
    assert len({fingerprint(card) for card in csr_scenes().values()}) == len(csr_scenes())
