"""Texts that are marked for translation where they stand, and worded later, in the language of whoever reads.

The English text is the key of the catalogues. ``make translations`` finds every call of :func:`phrase`,
:func:`phrases` and :func:`term` with literal texts in it; nothing else is translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

__all__ = ["COUNT", "AnyOf", "Phrase", "Value", "phrase", "phrases", "term"]

COUNT: Final = "count"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives, worded as a list: "A, B or C". They are shown as they are, so escape what players named."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text in English, with the values for its ``{placeholders}``.

    ``plural`` is the English text for counts other than one; the value called ``count`` decides.
    ``context`` tells apart what English words alike and other languages do not.
    """

    text: str
    plural: str | None = None
    context: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict[str, "Value"])

    def bind(self, **values: Value) -> Phrase:
        """Fill placeholders: texts stay as they are, numbers and lengths of time are worded by the language."""
        return replace(self, values={**self.values, **values})


Value = str | int | Decimal | timedelta | AnyOf | Phrase


def phrase(text: str, /, **values: Value) -> Phrase:
    """Mark a text."""
    return Phrase(text, values=values)


def phrases(one: str, many: str, /, **values: Value) -> Phrase:
    """Mark a text that depends on a number, which has to be the value ``count`` when it is worded."""
    return Phrase(one, plural=many, values=values)


def term(context: str, text: str, /, **values: Value) -> Phrase:
    """Mark a text whose place decides what it means, such as a column head or a command's name."""
    return Phrase(text, context=context, values=values)
