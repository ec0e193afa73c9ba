"""Films of every version, at every bit offset, whole and broken."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.errors import FilmReadError
from bot.halo.film.event import HighlightEvent
from bot.halo.film.highlight_events import read
from tests.halo.film.films import (
    ALICE,
    BOB,
    CAROL,
    GAMERTAGS,
    bits_of,
    bytes_of,
    death,
    film,
    kill,
    medal,
    mode,
)

VERSIONS = [*range(30, 45), 60]
FIGHT = [
    mode(CAROL, 9_000),
    kill(ALICE, 40_000),
    death(BOB, 40_001),
    medal(ALICE, 40_002, code=108, weight=101),
]


def _filmed(make: Callable[[int, int], HighlightEvent], xuid: int, time_ms: int) -> HighlightEvent:
    return make(xuid, time_ms)


_events = st.builds(
    _filmed,
    st.sampled_from([kill, death, mode, medal]),
    st.sampled_from([ALICE, BOB, CAROL]),
    st.integers(0, 3_600_000) | st.sampled_from([12_000, 24_001, 48_002, 96_007]),
)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_film_of_every_version_is_read(version: int) -> None:
    assert read(film(FIGHT, version), version) == FIGHT


@pytest.mark.parametrize("lead_bits", [*range(8), 1201])
def test_events_are_found_at_every_bit_offset(lead_bits: int) -> None:
    assert read(film(FIGHT, lead_bits=lead_bits), 41) == FIGHT


@given(st.lists(_events, max_size=12), st.sampled_from(VERSIONS), st.integers(0, 40))
def test_what_was_filmed_is_what_is_read(events: list[HighlightEvent], version: int, lead_bits: int) -> None:
    assert read(film(events, version, lead_bits), version) == events


@pytest.mark.parametrize("time_ms", [12_000, 24_000, 24_001, 48_003, 96_005])
@pytest.mark.parametrize("make", [kill, death, mode])
@pytest.mark.parametrize("version", [31, 39])
def test_a_time_that_looks_like_an_end_is_read_as_the_time(
    make: Callable[[int, int], HighlightEvent], time_ms: int, version: int
) -> None:
    events = [kill(BOB, 11_000), make(ALICE, time_ms), death(CAROL, 13_000)]

    assert read(film(events, version), version) == events


@pytest.mark.parametrize("gamertag", ["Sixteen letters\N{LATIN SMALL LETTER A WITH MACRON}", "\u0432" * 16])
@pytest.mark.parametrize("version", VERSIONS)
def test_no_letter_of_a_gamertag_is_mistaken_for_a_medal_at_such_a_time(gamertag: str, version: int) -> None:
    event = kill(ALICE, 12_000)._replace(gamertag=gamertag)

    assert read(film([event], version), version) == [event]


def test_a_gamertag_that_is_no_text_spoils_nothing_else() -> None:
    event = kill(ALICE, 7)._replace(gamertag="Alice")
    letter, no_letter = bits_of(b"i\x00c"), bits_of(b"\x00\xd8c")
    content = bits_of(zlib.decompress(film([event])))
    assert content.count(letter) == 1

    events = read(zlib.compress(bytes_of(content.replace(letter, no_letter))), 41)

    assert events == [event._replace(gamertag="Al\N{REPLACEMENT CHARACTER}ce")]


def test_a_film_without_events_is_empty() -> None:
    assert read(film([]), 41) == []
    assert read(zlib.compress(b""), 41) == []
    assert read(zlib.compress(b"\xc0"), 41) == []


def test_given_gamertags_win_over_those_in_the_film() -> None:
    events = read(film(FIGHT), 41, {ALICE: "Renamed"})

    assert [event.gamertag for event in events] == [GAMERTAGS[CAROL], "Renamed", GAMERTAGS[BOB], "Renamed"]


def test_a_gamertag_where_a_later_version_has_it_elsewhere_spoils_nothing_else() -> None:
    moved = read(film(FIGHT, 40), 42, GAMERTAGS)

    assert moved == FIGHT


def test_a_medal_nobody_has_seen_has_no_name() -> None:
    (event,) = read(film([medal(ALICE, 5, code=254, weight=77)]), 41)

    assert (event.event_type, event.medal_value, event.medal_name) == ("medal", 254, None)


def test_numbers_that_cannot_be_an_xuid_start_no_event() -> None:
    outside = [kill(ALICE, 1)._replace(xuid=xuid) for xuid in (1_999_999_999_999_999, 3_000_000_000_000_001)]

    assert read(film([*outside, kill(BOB, 2)]), 41) == [kill(BOB, 2)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "breaks off"),
        (b"not zlib", "not zlib"),
        (film(FIGHT)[:-8], "breaks off"),
        (film([kill(ALICE, 1)._replace(type_hint=33)]), "unknown type"),
        (zlib.compress(zlib.decompress(film(FIGHT))[:-250]), "no end"),
        (zlib.compress(ALICE.to_bytes(8, "little") + b"\x2d\xc0\x00\x00\x2e\xe0"), "too short"),
        (zlib.compress(ALICE.to_bytes(8, "little") + b"\x2d\xc0" + bytes(3000) + b"\x2e\xe0"), "no end"),
        (zlib.compress(bytes(33 * 2**20)), "too large"),
        (zlib.compress((ALICE.to_bytes(8, "little") + b"\x2d\xc0") * 70_000), "more events"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_film_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(FilmReadError, match=reason):
        read(data, 41)


def _survives(data: bytes, version: int) -> None:
    try:
        events = read(data, version)
    except FilmReadError:
        return
    assert all(event.event_type in {"kill", "death", "mode", "medal"} for event in events)


@given(st.binary(max_size=400), st.integers(-1, 100))
def test_any_bytes_end_in_events_or_the_one_error(content: bytes, version: int) -> None:
    _survives(content, version)
    _survives(zlib.compress(content), version)


@given(st.data())
@settings(max_examples=60)
def test_bits_turned_over_end_in_events_or_the_one_error(data: st.DataObject) -> None:
    content = bytearray(zlib.decompress(film(FIGHT, 37)))
    heads = [i for i, byte in enumerate(content) if byte not in {0, 255}]
    for at in data.draw(st.lists(st.sampled_from(heads), max_size=8)):
        content[at] ^= 1 << data.draw(st.integers(0, 7))

    _survives(zlib.compress(bytes(content), 1), data.draw(st.sampled_from(VERSIONS)))


@given(st.data())
def test_a_truncated_film_ends_in_events_or_the_one_error(data: st.DataObject) -> None:
    whole = film(FIGHT, 37)
    _survives(whole[: data.draw(st.integers(0, len(whole)))], 37)
    content = zlib.decompress(whole)
    _survives(zlib.compress(content[: data.draw(st.integers(0, len(content)))], 1), 37)
