from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.draw.lettering import Lettering

ANY_TEXT = st.text(st.characters(), max_size=60)
# The first use of a font takes its time.
WITHOUT_DEADLINE = settings(deadline=None)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("nul\x00 esc\x1b[0m", "nul esc[0m"),
        ("a\u202eb\u2066c\ufeffd", "abcd"),
        ("two\n lines\u2028 \t here ", "two lines here"),
        ("e" + "\u0301" * 50 + "x", "é\u0301\u0301x"),
        ("lone \ud800", "lone"),
        ("\u3164", "□"),
        ("\u200b\u200d", "□"),
        ("   ", ""),
        ("", ""),
        ("ไทย", "□□□"),
        ("مرحبا", "□□□□□"),
        ("😀", "□"),
        ("❤\ufe0f", "❤"),
        ("月の光 Отряд Ελλ 한국 हिन्दी", "月の光 Отряд Ελλ 한국 हिन्दी"),
    ],
)
def test_what_cannot_be_drawn_is_dropped_or_a_visible_box(
    lettering: Lettering, hostile: str, shown: str
) -> None:
    assert lettering.clean(hostile).replace("❤", "□") == shown.replace("❤", "□")


def test_runs_change_where_the_font_changes(lettering: Lettering) -> None:
    line = lettering.line("月の光 Spartan", 19)

    assert [run.text for run in line.runs] == ["月の光", " Spartan"]
    assert line.runs[0].family is not None
    assert line.runs[1].family is None


def test_numerals_are_all_as_wide_in_every_weight(lettering: Lettering) -> None:
    for weight in (400, 600, 700, 800):
        assert len({round(lettering.width_px(digit, 18, weight), 3) for digit in "0123456789"}) == 1


def test_bold_is_wider(lettering: Lettering) -> None:
    widths = [lettering.width_px("Spartan", 18, weight) for weight in (400, 600, 700, 800)]

    assert widths == sorted(set(widths))


def test_a_long_name_ends_in_an_ellipsis(lettering: Lettering) -> None:
    line = lettering.line("WWWWWWWWWWWWWWW", 19, 500, 120)

    assert line.text.startswith("WWW")
    assert line.text.endswith("W…")
    assert line.width_px <= 120


def test_a_name_that_fits_is_not_shortened(lettering: Lettering) -> None:
    assert lettering.line("Ember Fox 7", 19, 500, 200).text == "Ember Fox 7"


def test_words_are_kept_together_on_two_lines(lettering: Lettering) -> None:
    lines = lettering.lines("Return to Sender", 14, 500, 80, 2)

    assert [line.text for line in lines] == ["Return to", "Sender"]


def test_japanese_breaks_between_characters(lettering: Lettering) -> None:
    lines = lettering.lines("マスタースナイパー", 14, 500, 80, 2)

    assert "".join(line.text for line in lines) == "マスタースナイパー"
    assert len(lines) == 2


def test_japanese_starts_no_line_with_what_belongs_to_the_one_before(lettering: Lettering) -> None:
    lines = lettering.lines("マスタースナイパー", 14, 500, 8 * 14, 2)

    assert [line.text for line in lines] == ["マスタースナイ", "パー"]


def test_a_word_too_long_for_a_line_goes_on_behind_a_hyphen(lettering: Lettering) -> None:
    lines = lettering.lines("Meisterscharfschützin", 14, 500, 110, 3, split_words=True)

    assert len(lines) == 2
    assert lines[0].text.endswith("-")
    assert "".join(line.text.removesuffix("-") for line in lines) == "Meisterscharfschützin"


def test_a_names_own_ellipsis_is_no_cut(lettering: Lettering) -> None:
    lines = lettering.lines("Wait… what", 14, 500, 60, 3, split_words=True)

    assert [line.text for line in lines] == ["Wait…", "what"]


@pytest.mark.parametrize("fitting", [40, 30, 24])
def test_a_long_line_is_set_smaller_before_it_is_cut(lettering: Lettering, fitting: int) -> None:
    title = "Eskalation auf Aquarius"
    within_px = lettering.width_px(title, fitting, 800) + 0.5

    line, size = lettering.fitted(title, range(40, 23, -2), 800, within_px)

    assert (line.text, size) == (title, fitting)


def test_a_line_that_fits_in_no_size_is_cut_in_the_last(lettering: Lettering) -> None:
    line, size = lettering.fitted("Eskalation auf Aquarius", range(40, 23, -2), 800, 90)

    assert size == 24
    assert line.text.endswith("…")
    assert line.width_px <= 90


@WITHOUT_DEADLINE
@given(text=ANY_TEXT, size=st.integers(8, 72), within=st.floats(0, 500), split_words=st.booleans())
def test_no_line_is_wider_than_its_place(
    lettering: Lettering, text: str, size: int, within: float, split_words: bool
) -> None:
    assert lettering.line(text, size, 700, within).width_px <= within + 1e-6
    for line in lettering.lines(text, size, 400, within, 3, split_words=split_words):
        assert line.width_px <= within + 1e-6


@WITHOUT_DEADLINE
@given(ANY_TEXT)
def test_cleaning_what_is_clean_changes_nothing(lettering: Lettering, text: str) -> None:
    clean = lettering.clean(text)

    assert lettering.clean(clean) == clean


def test_a_column_is_as_wide_as_the_widest_of_its_texts_in_its_own_weight(lettering: Lettering) -> None:
    texts = [("1,372", 400), ("1,372", 800), ("5", 800)]

    assert lettering.widest_px(texts, 20) == lettering.width_px("1,372", 20, 800)
    assert lettering.widest_px([], 20) == 0
