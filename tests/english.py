"""English, for the tests that read what is said."""

from __future__ import annotations

from bot.words.language import ENGLISH_CODE, language_for

__all__ = ["ENGLISH", "say"]

ENGLISH = language_for(ENGLISH_CODE)
say = ENGLISH.say
