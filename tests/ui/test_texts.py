from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.texts import count, decimal, duration, name, plain, signed


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
    assert duration(value) == text


def test_numbers_are_grouped_and_have_a_real_minus() -> None:
    assert count(12345) == "12,345"
    assert count(-3) == "−3"
    assert decimal(Decimal("-1.66")) == "−1.66"
    assert [signed(12), signed(-8), signed(0)] == ["+12", "−8", "±0"]


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("_x_~y~", r"\_x\_\~y\~"),
        ("`code`", r"\`code\`"),
        ("||secret||", r"\|\|secret\|\|"),
        ("a\nb", "ab"),
        ("evil\u202egnp", "evilgnp"),
        ("月の光 Spartan", "月の光 Spartan"),
    ],
)
def test_names_are_harmless(raw: str, written: str) -> None:
    assert name(raw) == written


@pytest.mark.parametrize(
    "raw", ["@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<:x:1>"]
)
def test_names_mention_nobody(raw: str) -> None:
    written = name(raw)

    assert "@everyone" not in written
    assert "@here" not in written
    assert "<@" not in written.replace("\\<", "")
    assert "<:" not in written.replace("\\<", "")


@given(st.text())
def test_no_name_breaks_a_line_or_is_empty(raw: str) -> None:
    assert plain(raw)
    assert "\n" not in name(raw)
