"""Numbers, lists, times and plurals, as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.language import ENGLISH_CODE, LANGUAGES, Language, language_for
from bot.words.phrase import AnyOf, phrase, phrases, term

CODES = st.sampled_from(sorted(LANGUAGES))
MATCHES = phrases("**{player}** has only {count} match.", "**{player}** has only {count} matches.")


def lang(code: str) -> Language:
    return language_for(code)


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    for code in ("en-GB", "sv-SE", "", "de-AT", "../../etc"):
        assert language_for(code).code == ENGLISH_CODE
        assert language_for(code).say(phrase("Victory")) == "Victory"


@pytest.mark.parametrize(
    ("code", "number", "fraction", "percent"),
    [
        ("en-US", "12,345", "−1.66", "54.32%"),
        ("de", "12.345", "−1,66", "54,32\u00a0%"),
        ("fr", "12\u202f345", "−1,66", "54,32\u00a0%"),
        ("es-ES", "12.345", "−1,66", "54,32\u00a0%"),
        ("es-419", "12,345", "−1.66", "54.32%"),
        ("pt-BR", "12.345", "−1,66", "54,32%"),
        ("ja", "12,345", "−1.66", "54.32%"),
    ],
)
def test_numbers_have_the_languages_own_signs(code: str, number: str, fraction: str, percent: str) -> None:
    numbers = lang(code).numbers

    assert numbers.count(12345) == number
    assert numbers.decimal(Decimal("-1.66")) == fraction
    assert numbers.percent(Decimal("54.32")) == percent


def test_spain_groups_from_five_digits_on() -> None:
    assert lang("es-ES").numbers.count(1234) == "1234"
    assert lang("es-419").numbers.count(1234) == "1,234"
    assert lang("de").numbers.count(1234) == "1.234"


@given(CODES, st.integers(-(10**12), 10**12))
def test_a_number_keeps_its_digits_and_can_be_read_back(code: str, value: int) -> None:
    numbers = lang(code).numbers
    written = numbers.count(value)

    assert int(written.replace(numbers.group, "").replace("−", "-")) == value
    assert "-" not in written


@given(CODES, st.decimals(-(10**6), 10**6, places=2))
def test_a_decimal_keeps_its_places_and_can_be_read_back(code: str, value: Decimal) -> None:
    numbers = lang(code).numbers
    written = numbers.decimal(value)

    plain = written.replace(numbers.group, "").replace(numbers.point, ".").replace("−", "-")
    assert Decimal(plain) == value
    assert len(written.rpartition(numbers.point)[2]) == 2


@given(CODES, st.integers(-(10**6), 10**6))
def test_a_change_always_has_a_sign(code: str, value: int) -> None:
    written = lang(code).numbers.signed(value)

    assert written[0] == ("+" if value > 0 else "−" if value < 0 else "±")


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("en-US", ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "111th"]),
        ("de", ["1.", "2.", "3.", "4.", "11.", "12.", "13.", "21.", "22.", "111."]),
        ("fr", ["1er", "2e", "3e", "4e", "11e", "12e", "13e", "21e", "22e", "111e"]),
        ("es-ES", ["1.º", "2.º", "3.º", "4.º", "11.º", "12.º", "13.º", "21.º", "22.º", "111.º"]),
        ("pt-BR", ["1º", "2º", "3º", "4º", "11º", "12º", "13º", "21º", "22º", "111º"]),
        ("ja", ["1位", "2位", "3位", "4位", "11位", "12位", "13位", "21位", "22位", "111位"]),
    ],
)
def test_places_are_ordinals(code: str, places: list[str]) -> None:
    ordinal = lang(code).numbers.ordinal

    assert [ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111)] == places


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(minutes=9, seconds=42, milliseconds=999), "9 min 42 s"),
        (timedelta(seconds=35), "35 s"),
        (timedelta(hours=1, minutes=2, seconds=3), "1 h 2 min"),
        (timedelta(days=1, hours=1), "25 h 0 min"),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_durations_are_truncated_to_whole_seconds(value: timedelta, text: str) -> None:
    assert lang("en-US").duration(value) == text


def test_durations_are_in_the_language() -> None:
    value = timedelta(minutes=9, seconds=42)

    assert lang("de").duration(value) == "9 Min. 42 s"
    assert lang("ja").duration(value) == "9分42秒"
    assert lang("fr").tenths(timedelta(seconds=31.47)) == "31,5 s"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en-US", "Saturday 21 November 2026, 20:14 UTC"),
        ("de", "Samstag, 21. November 2026, 20:14 UTC"),
        ("fr", "samedi 21 novembre 2026, 20:14 UTC"),
        ("es-ES", "sábado, 21 de noviembre de 2026, 20:14 UTC"),
        ("pt-BR", "sábado, 21 de novembro de 2026, 20:14 UTC"),
        ("ja", "2026年11月21日 (土曜日) 20:14 UTC"),
    ],
)
def test_days_are_in_the_language_and_in_utc(code: str, text: str) -> None:
    assert lang(code).day(datetime(2026, 11, 21, 20, 14, tzinfo=UTC)) == text


@pytest.mark.parametrize(
    ("code", "one", "two", "three"),
    [
        ("en-US", "a", "a or b", "a, b, or c"),
        ("de", "a", "a oder b", "a, b oder c"),
        ("fr", "a", "a ou b", "a, b ou c"),
        ("es-ES", "a", "a o b", "a, b o c"),
        ("pt-BR", "a", "a ou b", "a, b ou c"),
        ("ja", "a", "aまたはb", "a、b、またはc"),
    ],
)
def test_alternatives_are_joined(code: str, one: str, two: str, three: str) -> None:
    said = [lang(code).say(phrase("{x}", x=AnyOf(tuple("abc"[:n])))) for n in (1, 2, 3)]

    assert said == [one, two, three]


@given(CODES, st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_a_series_holds_every_item_in_order(code: str, items: list[str]) -> None:
    language = lang(code)
    separator = language.say(term("between the items of a list", ", "))

    assert language.series(items) == separator.join(items)
    assert separator.strip()


@pytest.mark.parametrize(
    ("code", "count", "text"),
    [
        ("en-US", 1, "**x** has only 1 match."),
        ("en-US", 0, "**x** has only 0 matches."),
        ("de", 1, "**x** hat nur 1 Match."),
        ("de", 1234, "**x** hat nur 1.234 Matches."),
        ("fr", 0, "**x** n'a que 0 match."),
        ("fr", 2, "**x** n'a que 2 matchs."),
        ("pt-BR", 0, "**x** só tem 0 partida."),
        ("es-ES", 0, "**x** solo tiene 0 partidas."),
        ("ja", 1, "**x** の試合は 1 件しかありません。"),
    ],
)
def test_plurals_follow_the_languages_rule(code: str, count: int, text: str) -> None:
    assert lang(code).say(MATCHES, player="x", count=count) == text


@given(st.text())
def test_values_are_never_taken_for_patterns(raw: str) -> None:
    said = lang("de").say(phrase("**{player}** has never played Halo Infinite.", player=raw))

    assert said == f"**{raw}** hat noch nie Halo Infinite gespielt."


def test_a_phrase_among_the_values_is_worded_too() -> None:
    inner = term("team", "Eagle")

    assert lang("ja").say(phrase("{x}", x=inner)) == "イーグル"


def test_a_plural_without_its_count_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        lang("en-US").say(MATCHES, player="x")
    with pytest.raises(TypeError):
        lang("en-US").say(MATCHES, player="x", count="many")
