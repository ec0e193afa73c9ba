"""Discord's limits, in one place, and the ways to stay within them.

Source: Discord's documentation; totals that its API description cannot express stand here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import discord

__all__ = [
    "BUTTON_LABEL",
    "CHOICES",
    "CHOICE_LENGTH",
    "CUSTOM_ID",
    "EMBED_DESCRIPTION",
    "EMBED_TOTAL",
    "FIELD_VALUE",
    "FILE_BYTES",
    "clip",
    "fit",
    "join_within",
]

CONTENT = 2000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_AUTHOR = 256
EMBED_FOOTER = 2048
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
EMBED_TOTAL = 6000
FILE_BYTES = 10 * 1024 * 1024
ALT_TEXT = 1024
CUSTOM_ID = 100
BUTTON_LABEL = 80
CHOICES = 25
CHOICE_LENGTH = 100


def clip(text: str, limit: int) -> str:
    """Shorten a text to ``limit`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def join_within(
    lines: Iterable[str], limit: int, *, separator: str = "\n", more: Callable[[int], str] = "… +{}".format
) -> str:
    """Join as many whole lines as fit into ``limit`` characters; ``more`` words how many are left out."""
    kept = list(lines)
    total = len(kept)
    while kept:
        left = total - len(kept)
        text = separator.join([*kept, more(left)] if left else kept)
        if len(text) <= limit:
            return text
        kept.pop()
    return ""


def fit(embed: discord.Embed) -> discord.Embed:
    """Clip an embed in place to every limit: each part's own, then the 6,000 characters in all.

    Whole fields go first, from the last one; then the description is cut.
    """
    embed.title = clip(embed.title, EMBED_TITLE) if embed.title else embed.title
    embed.description = clip(embed.description, EMBED_DESCRIPTION) if embed.description else None
    if embed.author.name is not None:
        author = clip(embed.author.name or "?", EMBED_AUTHOR)
        embed.set_author(name=author, url=embed.author.url, icon_url=embed.author.icon_url)
    if embed.footer.text is not None:
        embed.set_footer(text=clip(embed.footer.text, EMBED_FOOTER), icon_url=embed.footer.icon_url)
    for index, field in enumerate(embed.fields[:EMBED_FIELDS]):
        embed.set_field_at(
            index,
            name=clip(field.name or "\u200b", FIELD_NAME),
            value=clip(field.value or "\u200b", FIELD_VALUE),
            inline=bool(field.inline),
        )
    while len(embed.fields) > EMBED_FIELDS or (len(embed) > EMBED_TOTAL and embed.fields):
        embed.remove_field(len(embed.fields) - 1)
    over = len(embed) - EMBED_TOTAL
    if over > 0 and embed.description:
        embed.description = clip(embed.description, max(1, len(embed.description) - over))
    return embed
