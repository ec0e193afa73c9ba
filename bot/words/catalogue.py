"""The catalogues: ``.po`` files in the package, read as they are, so that nothing has to be compiled."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.words.phrase import COUNT, Phrase

__all__ = ["DOMAIN", "look_up", "read_catalogue"]

DOMAIN = "adjutant"


def read_catalogue(folder: str | None) -> NullTranslations:
    """Read a language's catalogue by its folder's name; None is English, which needs none.

    A text without a translation, or with one that is marked fuzzy, stays English.
    """
    if folder is None:
        return NullTranslations()
    source = files("bot.words") / "locales" / folder / "LC_MESSAGES" / f"{DOMAIN}.po"
    catalogue = read_po(BytesIO(source.read_bytes()), locale=folder)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def look_up(catalogue: NullTranslations, phrase: Phrase) -> str:
    """Return the pattern of a phrase, in the plural form that its count asks for."""
    if phrase.plural is None:
        if phrase.context is None:
            return catalogue.gettext(phrase.text)
        return catalogue.pgettext(phrase.context, phrase.text)
    number = phrase.values[COUNT]
    if not isinstance(number, int):
        raise TypeError(f"The count of {phrase.text!r} is no whole number")
    return catalogue.ngettext(phrase.text, phrase.plural, abs(number))
