from __future__ import annotations

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.limits import EMBED_TOTAL, FIELD_VALUE, clip, fit, join_within

TEXT = st.text(max_size=7000)


@given(TEXT, st.integers(min_value=1, max_value=300))
def test_a_clipped_text_fits_and_keeps_its_beginning(text: str, limit: int) -> None:
    clipped = clip(text, limit)

    assert len(clipped) <= limit
    assert text.startswith(clipped.removesuffix("…"))


@given(st.lists(st.text(min_size=1, max_size=80), max_size=40), st.integers(min_value=20, max_value=500))
def test_joined_lines_fit_and_say_what_is_left_out(lines: list[str], limit: int) -> None:
    joined = join_within(lines, limit, separator="\n", more="… +{}".format)

    assert len(joined) <= limit
    if joined and "\n".join(lines) != joined:
        assert "… +" in joined


@given(
    st.text(max_size=400),
    TEXT,
    st.lists(st.tuples(st.text(max_size=400), st.text(max_size=1500)), max_size=30),
)
def test_any_embed_is_brought_within_discords_limits(
    title: str, description: str, fields: list[tuple[str, str]]
) -> None:
    embed = discord.Embed(title=title, description=description)
    for name, value in fields:
        embed.add_field(name=name, value=value)

    fit(embed)

    assert len(embed) <= EMBED_TOTAL
    assert len(embed.fields) <= 25
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert all(0 < len(field.value or "") <= FIELD_VALUE for field in embed.fields)
    assert all(0 < len(field.name or "") <= 256 for field in embed.fields)
