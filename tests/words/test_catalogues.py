"""Every catalogue says everything, in the form in which it is needed, and nothing else."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from bot.words.catalogue import DOMAIN
from bot.words.language import LANGUAGES
from tests.words.source import ROOMS, ROOT, Marked, marked_texts

FOLDERS = sorted({dialect.folder for dialect in LANGUAGES.values() if dialect.folder})
LOCALES = ROOT / "bot/words/locales"
# As in the Makefile.
KEYWORDS = {"phrase": None, "phrases": (1, 2), "term": ((1, "c"), 2)}
# Marks that Discord renders, and what it must not lose: bold, code, small print, quotes, links, timestamps.
MARKS = re.compile(r"\*\*|__|`|~~|\|\||^-# |^> |^#+ |\]\(|<t:|<@|https?://", re.MULTILINE)
SYMBOLS = re.compile("[·→×©]")
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
# Discord's limits of the places that a context stands for.
LONGEST = {
    "button": 80,
    "choice": 100,
    "command": 32,
    "description": 100,
    "form description": 100,
    "form label": 45,
    "form title": 45,
    "option": 32,
    # No limit of Discord's: what a picture has room for.
    "scoreboard": 24,
    "scoreboard column": 12,
    "team": 16,
}
# English words that a language shares with English.
SHARED_WORDS = 3


@cache
def catalogue(folder: str) -> Catalog:
    with (LOCALES / folder / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=folder, abort_invalid=True)


def messages(folder: str) -> Iterator[tuple[Marked, Message, tuple[str, ...]]]:
    """What a catalogue holds: the text, the message, and its translations."""
    for message in catalogue(folder):
        if message.id:
            yield _marked(message), message, _forms(message)


def _marked(message: Message) -> Marked:
    text, plural = message.id if isinstance(message.id, tuple) else (message.id, None)
    return Marked(message.context, str(text), plural)


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string),)


def each(folder: str, fault: Callable[[Marked, str], object]) -> list[str]:
    """The texts with a translation that has a fault."""
    return [
        f"{marked.text!r} → {form!r}: {found}"
        for marked, _, forms in messages(folder)
        for form in forms
        if (found := fault(marked, form))
    ]


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_missing_and_nothing_is_obsolete(folder: str) -> None:
    held = {marked for marked, _, _ in messages(folder)}

    assert marked_texts() - held == set(), "run make translations, then translate"
    assert held - marked_texts() == set(), "run make translations"
    assert not catalogue(folder).obsolete


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_left_empty_or_fuzzy(folder: str) -> None:
    assert not catalogue(folder).fuzzy
    assert [marked for marked, message, forms in messages(folder) if message.fuzzy or not all(forms)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_is_a_form_for_each_plural(folder: str) -> None:
    held = catalogue(folder)
    expected = get_plural(folder)

    assert (held.num_plurals, held.plural_expr) == (expected.num_plurals, expected.plural_expr)
    for marked, _, forms in messages(folder):
        assert len(forms) == (held.num_plurals if marked.plural else 1), marked


@pytest.mark.parametrize("folder", FOLDERS)
def test_placeholders_are_kept(folder: str) -> None:
    def lost(marked: Marked, form: str) -> object:
        return placeholders(marked.text) != placeholders(form)

    assert each(folder, lost) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_markdown_symbols_and_line_breaks_are_kept(folder: str) -> None:
    def changed(marked: Marked, form: str) -> object:
        return any(
            Counter(kind.findall(marked.text)) != Counter(kind.findall(form)) for kind in (MARKS, SYMBOLS)
        ) or marked.text.count("\n") != form.count("\n")

    # A Japanese title separates mode and map by a point where others have a word between them.
    allowed = {"{mode} on {map}", "{outcome} · {mode} on {map}", "Scoreboard of {mode} on {map}"}
    faults = each(folder, lambda marked, form: marked.text not in allowed and changed(marked, form))
    assert faults == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_translation_begins_or_ends_in_spaces_that_the_text_lacks(folder: str) -> None:
    def spaced(marked: Marked, form: str) -> object:
        return marked.context != "between the items of a list" and form != form.strip()

    assert each(folder, spaced) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_fits_its_place(folder: str) -> None:
    def too_long(marked: Marked, form: str) -> object:
        return len(form) > LONGEST.get(marked.context or "", 1024)

    assert each(folder, too_long) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_of_commands_and_options_are_as_discord_takes_them(folder: str) -> None:
    def refused(marked: Marked, form: str) -> object:
        named = marked.context in {"command", "option"}
        return named and not (COMMAND_NAME.fullmatch(form) and form == form.lower())

    assert each(folder, refused) == []
    for context in ("command", "option"):
        names = [forms[0] for marked, _, forms in messages(folder) if marked.context == context]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_sentence_is_left_in_english(folder: str) -> None:
    def copied(marked: Marked, form: str) -> object:
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", marked.text))
        return len(words) > SHARED_WORDS and form == marked.text

    # The name of a mode, which some languages keep.
    assert [fault for fault in each(folder, copied) if "King of the Hill" not in fault] == []


def test_english_plurals_and_singulars_have_the_same_placeholders() -> None:
    pairs = [(marked.text, marked.plural) for marked in marked_texts() if marked.plural]

    assert pairs
    assert all(placeholders(one) == placeholders(many) for one, many in pairs)
    assert all("count" in placeholders(one) for one, _ in pairs)


def test_the_tool_finds_every_text_that_the_source_marks() -> None:
    found: set[Marked] = set()
    for room in ROOMS:
        extracted = extract_from_dir(str(ROOT / room), [("**.py", "python")], keywords=KEYWORDS)
        for _, _, text, _, context in extracted:
            one, many = text if isinstance(text, tuple) else (text, None)
            found.add(Marked(context, one, many))

    # A marker inside of an f-string, or among the values of another one, is not found.
    assert marked_texts() - found == set()
    assert found - marked_texts() == set()
