"""How names and moments are written: everything that a player named is made harmless here."""

from __future__ import annotations

import re
from datetime import datetime

import discord

__all__ = ["ago", "moment", "name", "plain"]

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


def ago(value: datetime) -> str:
    """A moment as Discord's relative timestamp, which ticks."""
    return discord.utils.format_dt(value, "R")


def moment(value: datetime) -> str:
    """A moment as Discord's short date and time, in each reader's own zone."""
    return discord.utils.format_dt(value, "f")
