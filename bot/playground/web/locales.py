"""The languages of Discord's client."""

from __future__ import annotations

__all__ = ["LOCALES"]

LOCALES = {
    "en-US": "English (US)",
    "en-GB": "English (UK)",
    "bg": "Bulgarian",
    "zh-CN": "Chinese (China)",
    "zh-TW": "Chinese (Taiwan)",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "no": "Norwegian",
    "pl": "Polish",
    "pt-BR": "Portuguese (Brazil)",
    "ro": "Romanian",
    "ru": "Russian",
    "es-ES": "Spanish (Spain)",
    "es-419": "Spanish (Latin America)",
    "sv-SE": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
"""Name by code, as ``interaction.locale`` carries it."""
