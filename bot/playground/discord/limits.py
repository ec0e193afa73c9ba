"""Every limit that the local Discord holds a bot to, as Discord documents them (late 2026)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

__all__ = [
    "ALT_TEXT",
    "ANSWER_WITHIN",
    "CHOICE",
    "CHOICES",
    "COMMANDS",
    "COMMAND_CHARACTERS",
    "COMMAND_TEXTS",
    "COMPONENT_COUNTS",
    "COMPONENT_TEXTS",
    "CONTENT",
    "CONTEXT_MENUS_PER_TYPE",
    "EMBEDS",
    "EMBED_CHARACTERS",
    "EMBED_TEXTS",
    "EMOJIS",
    "EMOJI_BYTES",
    "FIELDS",
    "FIELD_TEXTS",
    "FILES",
    "FILE_BYTES",
    "LEGACY_ROWS",
    "LOCALES",
    "MODAL_PARTS",
    "MODAL_TEXTS",
    "OPTIONS",
    "SELECT_OPTION_TEXTS",
    "TEXT_OPTION",
    "TOKEN_LIVES",
    "USER_INSTALL_FOLLOW_UPS",
    "V2_COMPONENTS",
    "Count",
    "Text",
]


@dataclass(frozen=True, slots=True)
class Text:
    """How long a text may be, in characters. `trimmed` ones are counted without the blanks around them."""

    max_length: int
    min_length: int = 0
    required: bool = False
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many items a list may have."""

    most: int
    least: int = 0


ANSWER_WITHIN = timedelta(seconds=3)
TOKEN_LIVES = timedelta(minutes=15)
USER_INSTALL_FOLLOW_UPS = 5

CONTENT = Text(2000)
FILES = Count(10)
ALT_TEXT = Text(1024)
FILE_BYTES = 10 * 1024 * 1024

EMBEDS = Count(10)
EMBED_CHARACTERS = 6000
FIELDS = Count(25)
EMBED_TEXTS: Mapping[tuple[str, ...], Text] = {
    ("title",): Text(256),
    ("description",): Text(4096),
    ("author", "name"): Text(256),
    ("footer", "text"): Text(2048),
    ("url",): Text(2048),
}
FIELD_TEXTS: Mapping[str, Text] = {
    "name": Text(256, 1, required=True, trimmed=True),
    "value": Text(1024, 1, required=True, trimmed=True),
}

LEGACY_ROWS = Count(5)
V2_COMPONENTS = Count(40)
_CUSTOM_ID = Text(100, 1, required=True)
_SELECT = {"custom_id": _CUSTOM_ID, "placeholder": Text(150)}
COMPONENT_TEXTS: Mapping[int, Mapping[str, Text]] = {
    2: {"custom_id": Text(100, 1), "label": Text(80), "url": Text(512)},
    3: _SELECT,
    4: {"custom_id": _CUSTOM_ID, "label": Text(45, 1), "placeholder": Text(100), "value": Text(4000)},
    5: _SELECT,
    6: _SELECT,
    7: _SELECT,
    8: _SELECT,
    10: {"content": Text(4000, 1, required=True)},
    18: {"label": Text(45, 1, required=True), "description": Text(100)},
    19: {"custom_id": _CUSTOM_ID},
}
COMPONENT_COUNTS: Mapping[int, tuple[str, Count]] = {
    1: ("components", Count(5, 1)),
    3: ("options", Count(25, 1)),
    9: ("components", Count(3, 1)),
    12: ("items", Count(10, 1)),
    17: ("components", Count(39, 1)),
}
SELECT_OPTION_TEXTS: Mapping[str, Text] = {
    "label": Text(100, 1, required=True),
    "value": Text(100, 1, required=True),
    "description": Text(100),
}
MODAL_TEXTS: Mapping[str, Text] = {"title": Text(45, 1, required=True), "custom_id": _CUSTOM_ID}
MODAL_PARTS = Count(5, 1)

# fmt: off
LOCALES = frozenset((
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
))
# fmt: on
COMMANDS = 100
CONTEXT_MENUS_PER_TYPE = 15
COMMAND_CHARACTERS = 8000
OPTIONS = Count(25)
CHOICES = Count(25)
COMMAND_TEXTS: Mapping[str, Text] = {
    "name": Text(32, 1, required=True),
    "description": Text(100, 1, required=True),
}
CHOICE = Text(100, 1, required=True)
TEXT_OPTION = Text(6000)

EMOJIS = 2000
EMOJI_BYTES = 256 * 1024
