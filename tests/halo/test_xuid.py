from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.errors import InvalidXuidError
from bot.halo.xuid import unwrap_xuid, wrap_xuid, wrap_xuid_or_gamertag, xuid_of_player_id

XUID = 2533274800000001
SPELLINGS = [XUID, str(XUID), f"xuid({XUID})", f" XUID({XUID})\n"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_xuid_is_understood(spelling: str | int) -> None:
    assert unwrap_xuid(spelling) == XUID
    assert wrap_xuid(spelling) == f"xuid({XUID})"
    assert wrap_xuid_or_gamertag(spelling) == f"xuid({XUID})"


@pytest.mark.parametrize(
    "number",
    [0, -1, -XUID, True, 123, 10**16, "123", "", "xuid(123)", "xuid()", "bid(1.0)", "²" * 16, "٣" * 16],
)
def test_what_does_not_have_16_digits_is_no_xuid(number: str | int) -> None:
    with pytest.raises(InvalidXuidError):
        unwrap_xuid(number)
    with pytest.raises(ValueError, match="16 digits"):
        wrap_xuid(number)


@pytest.mark.parametrize("player", [0, 7, 10**16, "", "  ", ".", "..", " .. "])
def test_some_input_can_be_neither_xuid_nor_gamertag(player: str | int) -> None:
    with pytest.raises(InvalidXuidError):
        wrap_xuid_or_gamertag(player)


@pytest.mark.parametrize("gamertag", ["MyGamertag", "Two Words", "Ünï çode#1234", "123", "xuid(12)", "../x"])
def test_any_other_text_is_a_gamertag(gamertag: str) -> None:
    assert wrap_xuid_or_gamertag(f" {gamertag} ") == gamertag


@given(st.integers(10**15, 10**16 - 1))
def test_wrapping_can_be_undone(xuid: int) -> None:
    assert unwrap_xuid(wrap_xuid(xuid)) == xuid


@given(st.text())
def test_no_text_ends_in_anything_but_an_answer_or_the_documented_error(text: str) -> None:
    try:
        player = wrap_xuid_or_gamertag(text)
    except InvalidXuidError:
        assert not text.strip().strip(".")
    else:
        assert player == player.strip()
        assert player.strip(".")


def test_a_player_id_of_a_match_has_an_xuid_only_if_it_is_a_persons() -> None:
    assert xuid_of_player_id(f"xuid({XUID})") == XUID
    assert xuid_of_player_id("bid(1.0)") is None
    assert xuid_of_player_id("xuid(1)") is None
