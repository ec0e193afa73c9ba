"""A language: its words and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from types import MappingProxyType
from typing import Final

from babel import Locale
from babel.lists import format_list

from bot.words.catalogue import look_up, read_catalogue
from bot.words.numbers import NumberStyle
from bot.words.phrase import AnyOf, Phrase, Value, phrase, term

__all__ = ["ENGLISH_CODE", "LANGUAGES", "Dialect", "Language", "language_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A language as Discord offers it.

    ``folder`` names its catalogue (None: English), ``locale`` the CLDR's number forms, ``halo`` what Halo's
    services call it.
    """

    folder: str | None
    locale: str
    halo: str


ENGLISH_CODE: Final = "en-US"
#: By Discord's code. The two Spanishes share their words, not their numbers.
LANGUAGES: Final[Mapping[str, Dialect]] = MappingProxyType(
    {
        ENGLISH_CODE: Dialect(folder=None, locale="en_US", halo="en-US"),
        "de": Dialect(folder="de", locale="de_DE", halo="de-DE"),
        "fr": Dialect(folder="fr", locale="fr_FR", halo="fr-FR"),
        "es-ES": Dialect(folder="es", locale="es_ES", halo="es-ES"),
        "es-419": Dialect(folder="es", locale="es_419", halo="es-MX"),
        "pt-BR": Dialect(folder="pt_BR", locale="pt_BR", halo="pt-BR"),
        "ja": Dialect(folder="ja", locale="ja_JP", halo="ja-JP"),
    }
)


class Language:
    """Words phrases, and writes numbers, lists and times.

    Attributes:
        code: Discord's code of the language.
        halo: Halo's code of it, for ``Accept-Language`` and the medal metadata.
        numbers: How it writes numbers.
    """

    def __init__(self, code: str, dialect: Dialect, catalogue: NullTranslations) -> None:
        self.code = code
        self.halo = dialect.halo
        self.numbers = NumberStyle.of(Locale.parse(dialect.locale))
        self._locale = self.numbers.locale
        self._catalogue = catalogue

    @property
    def is_english(self) -> bool:
        """Whether nothing is translated."""
        return self.code == ENGLISH_CODE

    def say(self, words: Phrase | str, **values: Value) -> str:
        """Word a phrase; a name, which is a text already, stays as it is."""
        if isinstance(words, str):
            return words
        filled = words.bind(**values) if values else words
        pattern = look_up(self._catalogue, filled)
        if not filled.values:
            return pattern
        return pattern.format_map({key: self._write(value) for key, value in filled.values.items()})

    def duration(self, value: timedelta) -> str:
        """A length of time, whole seconds, truncated: ``9 min 42 s``, ``1 h 2 min``, ``35 s``."""
        total = max(0, int(value.total_seconds()))
        hours, rest = divmod(total, 3600)
        minutes, seconds = divmod(rest, 60)
        if hours:
            return self.say(phrase("{hours} h {minutes} min", hours=hours, minutes=minutes))
        if minutes:
            return self.say(phrase("{minutes} min {seconds} s", minutes=minutes, seconds=seconds))
        return self.say(phrase("{seconds} s", seconds=seconds))

    def tenths(self, value: timedelta) -> str:
        """A short time in seconds with one decimal: ``31.5 s``."""
        return self.say(phrase("{seconds} s", seconds=self.numbers.decimal(value.total_seconds(), places=1)))

    def day(self, moment: datetime) -> str:
        """A moment in UTC, labelled as such: a picture has no reader's clock."""
        utc = moment.astimezone(UTC)
        return self.say(
            phrase(
                "{weekday} {day} {month} {year}, {time} UTC",
                weekday=self._locale.days["format"]["wide"][utc.weekday()],
                day=str(utc.day),
                month=self._locale.months["format"]["wide"][utc.month],
                year=str(utc.year),
                time=f"{utc:%H:%M}",
            )
        )

    def series(self, items: Iterable[str]) -> str:
        """Items one after the other: ``A, B, C``."""
        return self.say(term("between the items of a list", ", ")).join(items)

    def _write(self, value: Value) -> str:
        match value:
            case str():
                return value
            case int():
                return self.numbers.count(value)
            case Decimal():
                return self.numbers.decimal(value, places=max(-int(value.as_tuple().exponent), 0))
            case timedelta():
                return self.duration(value)
            case AnyOf():
                return format_list(value.items, style="or", locale=self._locale)
            case Phrase():
                return self.say(value)


def language_for(code: str) -> Language:
    """Return the language of one of Discord's codes; English for those that Adjutant does not speak."""
    return _read(code if code in LANGUAGES else ENGLISH_CODE)


@cache
def _read(code: str) -> Language:
    dialect = LANGUAGES[code]
    return Language(code, dialect, read_catalogue(dialect.folder))
