"""Names cannot write markdown, however they are put together."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.texts import name

SPECIAL = "\\*_~`|[]()<>#-@ "


@pytest.mark.parametrize(
    "raw", ["[a](https://x.example) **b** [c](https://y.example)", "# big", "> quote", "- item", "\\*a*"]
)
def test_no_markdown_is_left_between_two_links_or_at_a_lines_start(raw: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*(?:\*|\[|^[#>-])", name(raw))


@given(st.text(alphabet=SPECIAL + "ab1", max_size=40))
def test_every_special_character_stands_behind_a_backslash_of_its_own(raw: str) -> None:
    written = name(raw)

    assert not re.search(r"[*_~`|\[\]<>#]", re.sub(r"\\.", "", written))
    assert not written.startswith("-")


@given(st.text(alphabet=SPECIAL + "ab1", min_size=1, max_size=40).filter(lambda raw: raw.strip()))
def test_nothing_but_backslashes_is_added(raw: str) -> None:
    assert re.sub(r"\\(.)", r"\1", name(raw)) == raw.strip()
