"""How numbers are written in a language; the symbols are those of the Unicode CLDR, which Babel holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Self, cast

from babel import Locale

__all__ = ["NumberStyle"]

_MINUS: Final = "−"
# Ordinals by CLDR's ordinal category, of a masculine noun (place). CLDR itself has no patterns for them.
_ORDINALS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"one": "{}st", "two": "{}nd", "few": "{}rd", "other": "{}th"},
    "de": {"other": "{}."},
    "fr": {"one": "{}er", "other": "{}e"},
    "es": {"other": "{}.º"},
    "pt": {"other": "{}º"},
    "ja": {"other": "{}位"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """A language's way with numbers.

    ``ungrouped_below`` is the magnitude under which no thousands are set apart: Spanish writes 1234 but
    12.345. Signs are the true minus.
    """

    locale: Locale
    group: str
    point: str
    percent_sign: str
    ungrouped_below: int
    ordinals: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, locale: Locale) -> Self:
        """Read the style of a locale."""
        by_system = cast("Mapping[str, Any]", locale.number_symbols)
        symbols = by_system.get("latn", by_system)
        return cls(
            locale=locale,
            group=symbols["group"],
            point=symbols["decimal"],
            percent_sign=locale.percent_formats[None].suffix[0],
            # CLDR's minimumGroupingDigits, which Babel does not hold: 2 for the Spanish of Spain.
            ungrouped_below=10_000 if str(locale) == "es_ES" else 1_000,
            ordinals=_ORDINALS[locale.language],
        )

    def count(self, value: int) -> str:
        """A whole number, grouped: 12,345 and −3."""
        return self._localise(f"{value:,}", value)

    def decimal(self, value: Decimal | float, places: int = 2) -> str:
        """A number with fixed decimals: 13.66 and −1.66. The value is already rounded as it should be."""
        return self._localise(f"{value:,.{places}f}", value)

    def percent(self, value: Decimal, places: int = 2) -> str:
        """A percentage, 54.32 being 54.32%."""
        return f"{self.decimal(value, places)}{self.percent_sign}"

    def signed(self, value: int) -> str:
        """A change: +12, −8 and ±0."""
        return f"{'+' if value > 0 else '' if value else '±'}{self.count(value)}"

    def ordinal(self, place: int) -> str:
        """A place: 1st, 2nd, 23rd."""
        patterns = self.ordinals
        return patterns.get(self.locale.ordinal_form(place), patterns["other"]).format(place)

    def _localise(self, written: str, value: Decimal | float) -> str:
        group = "" if abs(value) < self.ungrouped_below else self.group
        symbols = {",": group, ".": self.point, "-": _MINUS}
        return "".join(symbols.get(character, character) for character in written)
