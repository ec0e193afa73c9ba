"""Shows a message as plain text, for terminals."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from bot.playground.discord.checks.components import walk
from bot.playground.discord.model import Json, Message

__all__ = ["render_text"]

_BUTTON, _STRING_SELECT, _OTHER_SELECTS, _TEXT_DISPLAY = 2, 3, (5, 6, 7, 8), 10
_BAR = "│ "
# What would move the cursor, colour the terminal or turn the reading direction.
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_EMOJI = re.compile(r"<a?:(\w{2,32}):[0-9]{1,20}>", re.ASCII)
_MOMENT = re.compile(r"<t:(-?[0-9]{1,13})(?::([tTdDfFR]))?>")
_CLOCK, _DAY, _RELATIVE = ("t", "T"), ("d", "D"), "R"
_SPANS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def render_text(message: Message, width: int = 100) -> str:
    """Return a message as lines of text: content, embeds, files with their alt text, buttons in brackets.

    Control characters that somebody put into a name are shown as replacement characters.
    """
    lines = "\n".join(line.rstrip() for line in _lines(message, width))
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", lines)


def _lines(message: Message, width: int) -> Iterator[str]:
    moment = message.created_at.strftime("%H:%M")
    yield f"{message.author.display_name}{' [APP]' if message.author.bot else ''}  {moment}"
    if message.thinking:
        yield f"{message.author.display_name} is thinking…"
    yield from _readable(message.content, message.created_at).splitlines()
    for embed in message.embeds:
        for line in _embed(embed, width - len(_BAR), message.created_at):
            yield f"{_BAR}{line}"
    for attachment in message.attachments:
        alt = f": {attachment.description}" if attachment.description else ""
        yield f"⎘ {attachment.filename} ({len(attachment.content):,} bytes){alt}"
    yield from _components(message.components)
    if message.ephemeral:
        yield "Only you can see this"


def _embed(embed: Json, width: int, now: datetime) -> Iterator[str]:
    if author := embed.get("author"):
        yield author["name"]
    if title := embed.get("title"):
        yield f"{title}  <{embed['url']}>" if embed.get("url") else title
    yield from _wrapped(_readable(embed.get("description", ""), now), width)
    for field in embed.get("fields", []):
        lines = list(_wrapped(_readable(field["value"], now), width - 2))
        if field.get("inline") and len(lines) == 1:
            yield f"{field['name']}: {lines[0]}"
            continue
        yield field["name"]
        for line in lines:
            yield f"  {line}"
    for key in ("image", "thumbnail"):
        if media := embed.get(key):
            yield f"[{key}: {media['url'].removeprefix('attachment://')}]"
    if footer := embed.get("footer"):
        yield from _wrapped(footer["text"], width)


def _readable(text: str, now: datetime) -> str:
    """Write out what Discord's clients replace: emojis by name, moments in UTC or as seen from `now`."""
    return _MOMENT.sub(partial(_moment, now), _EMOJI.sub(r":\1:", text))


def _moment(now: datetime, found: re.Match[str]) -> str:
    try:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
    except (ValueError, OverflowError, OSError):
        # Discord shows what is no moment as it was written.
        return found[0]
    if found[2] == _RELATIVE:
        return _distance(round((moment - now).total_seconds()))
    if found[2] in _DAY:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%H:%M} UTC" if found[2] in _CLOCK else f"{moment:%Y-%m-%d %H:%M} UTC"


def _distance(seconds: int) -> str:
    name, size = next((span for span in _SPANS if abs(seconds) >= span[1]), _SPANS[-1])
    count = abs(seconds) // size
    words = f"{count:,} {name}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds > 0 else f"{words} ago"


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, width) or [""]


def _components(components: list[Json]) -> Iterator[str]:
    for top in components:
        shown = [text for _, component in walk([top]) if (text := _component(component))]
        if shown:
            yield " ".join(shown)


def _component(component: Json) -> str:
    kind = component["type"]
    if kind == _BUTTON:
        emoji = component.get("emoji", {})
        label = component.get("label") or emoji.get("name", "")
        return f"({label})" if component.get("disabled") else f"[{label}]"
    if kind == _STRING_SELECT:
        chosen = [option["label"] for option in component["options"] if option.get("default")]
        return f"[{', '.join(chosen) or component.get('placeholder', 'Choose')} ▾]"
    if kind in _OTHER_SELECTS:
        return f"[{component.get('placeholder', 'Choose')} ▾]"
    return component["content"] if kind == _TEXT_DISPLAY else ""
