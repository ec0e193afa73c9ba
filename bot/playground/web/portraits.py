"""Faces for people and servers, drawn as SVG: initials on a colour that stays the same."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from xml.sax.saxutils import escape

__all__ = ["portrait", "server_icon"]

_SIZE_PX = 128
# What XML takes in no form at all, and what would turn the direction of reading.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_EMBLEM = (
    '<path d="M64 22 98 36v26c0 22-14 36-34 45C44 98 30 84 30 62V36z" fill="#fff" fill-opacity=".94"/>'
    '<path d="M45 80 64 40l19 40-8 0-11-24-11 24z" fill="{color}"/>'
)


def portrait(name: str, snowflake: int, *, bot: bool = False) -> str:
    """The picture of a person, or of the bot, which has an emblem instead of initials."""
    color = _color(snowflake)
    inner = _EMBLEM.format(color="#3b4fd8") if bot else _initials(name, 2)
    return _picture("#3b4fd8" if bot else color, inner)


def server_icon(name: str, snowflake: int) -> str:
    """The picture of a server."""
    return _picture(_color(snowflake), _initials(name, 3))


def _picture(color: str, inner: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE_PX} {_SIZE_PX}" width="{_SIZE_PX}" '
        f'height="{_SIZE_PX}"><rect width="{_SIZE_PX}" height="{_SIZE_PX}" fill="{color}"/>{inner}</svg>'
    )


def _initials(name: str, most: int) -> str:
    words = _UNFIT.sub("", name).split()
    letters = "".join(word[0] for word in words[:most]).upper() or "?"
    size = 52 if len(letters) < 3 else 40
    return (
        f'<text x="64" y="66" fill="#fff" font-family="system-ui, sans-serif" font-size="{size}" font-weight="600" '
        f'text-anchor="middle" dominant-baseline="central">{escape(letters)}</text>'
    )


def _color(snowflake: int) -> str:
    # Ids that follow each other, or were made together, get colours far apart.
    hue = (snowflake ^ snowflake >> 22) * 2_654_435_761 % 2**32 % 360
    red, green, blue = hls_to_rgb(hue / 360, 0.42, 0.48)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
