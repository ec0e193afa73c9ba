"""How numbers, names and times are written: everything that a player named is made harmless here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

import discord

__all__ = ["ago", "count", "decimal", "duration", "moment", "name", "plain", "signed"]

# Line breaks and direction marks would let a gamertag rearrange the text around it.
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# discord.py's own escaping takes everything between two links for one, and escapes neither's inside.
MARKDOWN = re.compile(r"[\\*_~`|\[\]<>#]|^-")


def plain(text: str) -> str:
    """Write a name where Discord renders no markdown (authors, footers, buttons)."""
    return UNSEEN.sub("", text).strip() or "?"


def name(text: str) -> str:
    """Write a name that a player chose: no markdown, no mention, no invisible characters."""
    return discord.utils.escape_mentions(MARKDOWN.sub(r"\\\g<0>", plain(text)))


def count(value: int) -> str:
    """A whole number, grouped: 12,345 and −3."""
    return f"{value:,}".replace("-", "−")


def decimal(value: Decimal | float, places: int = 2) -> str:
    """A number with fixed decimals: 13.66 and −1.66. The value is already rounded as it should be."""
    return f"{value:,.{places}f}".replace("-", "−")


def signed(value: int) -> str:
    """A change: +12, −8 and ±0."""
    return f"+{value:,}" if value > 0 else f"−{-value:,}" if value < 0 else "±0"


def duration(value: timedelta) -> str:
    """A length of time, whole seconds, truncated: ``9 min 42 s``, ``1 h 2 min``, ``35 s``."""
    seconds = max(0, int(value.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def ago(value: datetime) -> str:
    """A moment as Discord's relative timestamp, which ticks."""
    return discord.utils.format_dt(value, "R")


def moment(value: datetime) -> str:
    """A moment as Discord's short date and time, in each reader's own zone."""
    return discord.utils.format_dt(value, "f")
