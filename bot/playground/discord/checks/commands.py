"""Checks what an application registers as commands, and the choices it offers while somebody types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.form import Form, Path
from bot.playground.discord.limits import (
    CHOICE,
    CHOICES,
    COMMAND_CHARACTERS,
    COMMAND_TEXTS,
    COMMANDS,
    CONTEXT_MENUS_PER_TYPE,
    LOCALES,
    OPTIONS,
    TEXT_OPTION,
)
from bot.playground.discord.model import Json

__all__ = ["check_choices", "check_command", "check_commands"]

_SLASH = 1
_BOUNDS = (("min_length", "max_length"), ("min_value", "max_value"))
_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _NUMBER = 1, 2, 3, 4, 10
_WITH_CHOICES = (_STRING, _INTEGER, _NUMBER)
_NESTING: Mapping[int | None, tuple[int, ...]] = {
    None: tuple(range(1, 12)),
    _GROUP: (_SUBCOMMAND,),
    _SUBCOMMAND: tuple(range(3, 12)),
}
_COMBINING_SCRIPTS = ("DEVANAGARI", "THAI")
_BIGGEST_NUMBER = 2**53


def check_commands(bodies: Sequence[Json]) -> None:
    """Check a whole set at once, as a bulk overwrite brings it."""
    form = Form()
    seen = set[tuple[int, str]]()
    for index, body in enumerate(bodies):
        _check_body(form, body, (index,))
        key = (body.get("type") or _SLASH, str(body.get("name")))
        if key in seen:
            code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
            form.add((index, "name"), code, "Application command names must be unique")
        seen.add(key)
    form.finish()
    for kind, most in ((_SLASH, COMMANDS), (2, CONTEXT_MENUS_PER_TYPE), (3, CONTEXT_MENUS_PER_TYPE)):
        if sum((body.get("type") or _SLASH) == kind for body in bodies) > most:
            raise DiscordError(Refusal.TOO_MANY_COMMANDS)


def check_command(body: Json) -> None:
    """Check one command that is created or edited."""
    form = Form()
    _check_body(form, body, ())
    form.finish()


def check_choices(form: Form, value: object, option_type: int, path: Path) -> list[Json]:
    """Check the choices of an option or of an autocomplete answer and return them."""
    choices = form.objects(value, path)
    form.count(choices, path, CHOICES)
    names = set[object]()
    for index, choice in enumerate(choices):
        place = (*path, index)
        form.text(choice.get("name"), (*place, "name"), CHOICE)
        for locale, text in _translations(form, choice, "name", place):
            form.text(text, (*place, "name_localizations", locale), CHOICE)
        if option_type == _STRING:
            form.text(choice.get("value"), (*place, "value"), CHOICE)
        else:
            form.number(choice.get("value"), (*place, "value"), -_BIGGEST_NUMBER, _BIGGEST_NUMBER)
        if choice.get("name") in names:
            code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS"
            form.add((*place, "name"), code, "Option choice name already exists")
        names.add(choice.get("name"))
    return choices


def _check_body(form: Form, body: Json, path: Path) -> None:
    kind = body.get("type") or _SLASH
    form.choice(kind, (*path, "type"), (1, 2, 3))
    if kind == _SLASH:
        form.texts(body, path, COMMAND_TEXTS)
        _check_name(form, body.get("name"), (*path, "name"))
        _check_options(form, body.get("options"), None, (*path, "options"))
    else:
        form.text(body.get("name"), (*path, "name"), COMMAND_TEXTS["name"])
        for key in ("description", "description_localizations", "options"):
            if body.get(key):
                code = f"APPLICATION_COMMAND_CONTEXT_MENU_{key.upper()}_INVALID"
                form.add((*path, key), code, f"Context menu commands cannot have {key}")
    _check_localizations(form, body, path, slash=kind == _SLASH)
    if _characters(body) > COMMAND_CHARACTERS:
        message = f"Command exceeds maximum size ({COMMAND_CHARACTERS})"
        form.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_name(form: Form, name: object, path: Path) -> None:
    if isinstance(name, str) and name and not (name == name.lower() and all(map(_in_name, name))):
        form.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _in_name(character: str) -> bool:
    if character in "-_'" or unicodedata.category(character)[0] in "LN":
        return True
    return unicodedata.name(character, "").startswith(_COMBINING_SCRIPTS)


def _check_localizations(form: Form, body: Json, path: Path, *, slash: bool) -> None:
    for key, rule in COMMAND_TEXTS.items():
        for locale, text in _translations(form, body, key, path):
            place = (*path, f"{key}_localizations", locale)
            form.text(text, place, rule)
            if key == "name" and slash:
                _check_name(form, text, place)


def _translations(form: Form, body: Json, key: str, path: Path) -> Iterator[tuple[str, object]]:
    """Yield the translations of one text; a language that Discord's client does not speak is an error."""
    given = cast("Mapping[str, object]", body.get(f"{key}_localizations") or {})
    for locale, text in given.items():
        if locale not in LOCALES:
            message = "This locale is not supported."
            form.add((*path, f"{key}_localizations", locale), "BASE_TYPE_CHOICES", message)
        yield locale, text


def _check_options(form: Form, value: object, parent: int | None, path: Path) -> None:
    options = form.objects(value, path)
    form.count(options, path, OPTIONS)
    names = set[object]()
    optional_seen = False
    for index, option in enumerate(options):
        place = (*path, index)
        _check_option(form, option, parent, place)
        if option.get("name") in names:
            code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
            form.add((*place, "name"), code, "Option name already exists in options")
        names.add(option.get("name"))
        required = bool(option.get("required"))
        if required and optional_seen:
            message = "Required options must be placed before non-required options"
            form.add(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not required


def _check_option(form: Form, option: Json, parent: int | None, place: Path) -> None:
    form.texts(option, place, COMMAND_TEXTS)
    _check_name(form, option.get("name"), (*place, "name"))
    _check_localizations(form, option, place, slash=True)
    kind = option.get("type")
    if not form.choice(kind, (*place, "type"), _NESTING[parent]):
        return
    if kind in (_SUBCOMMAND, _GROUP):
        _check_options(form, option.get("options"), kind, (*place, "options"))
    choices = option.get("choices")
    if choices:
        check_choices(form, choices, cast("int", kind), (*place, "choices"))
    if option.get("autocomplete") and (choices or kind not in _WITH_CHOICES):
        message = "Autocomplete is only for string, integer and number options without choices"
        form.add((*place, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", message)
    if kind == _STRING:
        form.number(option.get("min_length"), (*place, "min_length"), 0, TEXT_OPTION.max_length)
        form.number(option.get("max_length"), (*place, "max_length"), 1, TEXT_OPTION.max_length)
    for low, high in _BOUNDS:
        form.span(option, place, low, high)


def _characters(node: Mapping[str, Any]) -> int:
    total = 0
    for key in COMMAND_TEXTS:
        texts: list[Any] = [node.get(key), *(node.get(f"{key}_localizations") or {}).values()]
        total += max((len(text) for text in texts if isinstance(text, str)), default=0)
    total += len(node["value"]) if isinstance(node.get("value"), str) else 0
    children: list[Any] = [*(node.get("options") or []), *(node.get("choices") or [])]
    return total + sum(_characters(cast("Json", child)) for child in children if isinstance(child, dict))
