from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.texts import name, plain


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
