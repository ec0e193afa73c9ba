"""Checks message components and modals, and numbers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from bot.playground.discord.form import Form, Path
from bot.playground.discord.limits import (
    COMPONENT_COUNTS,
    COMPONENT_TEXTS,
    LEGACY_ROWS,
    MODAL_PARTS,
    MODAL_TEXTS,
    SELECT_OPTION_TEXTS,
    V2_COMPONENTS,
)
from bot.playground.discord.model import Json

__all__ = ["EmojiKnown", "check_components", "check_modal", "numbered", "walk"]

EmojiKnown = Callable[[int], bool]

_ROW, _BUTTON, _STRING_SELECT, _TEXT_INPUT, _LABEL = 1, 2, 3, 4, 18
_SELECTS = (3, 5, 6, 7, 8)
_LINK, _PREMIUM = 5, 6
_TEXT_STYLES = (1, 2)
_CHILD_LISTS = ("components",)
_CHILD_SINGLES = ("component", "accessory")
_IN_MESSAGE: Mapping[bool, tuple[int, ...]] = {False: (_ROW,), True: (_ROW, 9, 10, 12, 13, 14, 17)}
_IN_PARENT: Mapping[int, tuple[int, ...]] = {
    _ROW: (_BUTTON, *_SELECTS),
    9: (10,),
    17: (_ROW, 9, 10, 12, 13, 14),
    _LABEL: (_TEXT_INPUT, *_SELECTS, 19, 21, 22, 23),
}


def _children(component: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, Json]]:
    for key in _CHILD_LISTS:
        items = component.get(key)
        if isinstance(items, list):
            for index, item in enumerate(cast("list[object]", items)):
                if isinstance(item, dict):
                    yield (*path, key, index), cast("Json", item)
    for key in _CHILD_SINGLES:
        if isinstance(item := component.get(key), dict):
            yield (*path, key), cast("Json", item)


def walk(components: list[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Yield every component, parents first, with its place in the body."""
    for index, component in enumerate(components):
        yield from _walk_one(component, (*path, index))


def _walk_one(component: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    yield path, component
    for child_path, child in _children(component, path):
        yield from _walk_one(child, child_path)


def numbered(components: list[Json]) -> list[Json]:
    """Return a copy in which every component has an `id`, as Discord gives one to those without."""
    copies = [_copy(component) for component in components]
    taken = {component["id"] for _, component in walk(copies) if component.get("id")}
    candidate = 0
    for _, component in walk(copies):
        if not component.get("id"):
            candidate = next(number for number in range(candidate + 1, 1 << 31) if number not in taken)
            component["id"] = candidate
    return copies


def _copy(component: Mapping[str, Any]) -> Json:
    """Copy a component with its children, without what is null."""
    copied = {key: value for key, value in component.items() if value is not None}
    for key in _CHILD_LISTS:
        if key in copied:
            copied[key] = [_copy(child) for child in copied[key]]
    for key in _CHILD_SINGLES:
        if key in copied:
            copied[key] = _copy(copied[key])
    return copied


def check_components(form: Form, value: object, *, v2: bool, emoji_known: EmojiKnown) -> list[Json]:
    """Check a message's components and return them; `v2` lifts the rule that only rows stand at the top."""
    top = form.objects(value, ("components",))
    if not v2:
        form.count(top, ("components",), LEGACY_ROWS)
    for index, component in enumerate(top):
        form.choice(component.get("type"), ("components", index, "type"), _IN_MESSAGE[v2])
    everything = list(walk(top))
    if v2:
        form.count(everything, ("components",), V2_COMPONENTS)
    for path, component in everything:
        _check_one(form, component, path, emoji_known)
    _check_unique(form, everything)
    return top


def check_modal(form: Form, data: Mapping[str, Any]) -> list[Json]:
    """Check the `data` of a modal response and return its components."""
    form.texts(data, ("data",), MODAL_TEXTS)
    path = ("data", "components")
    top = form.objects(data.get("components"), path)
    form.count(top, path, MODAL_PARTS)
    for index, component in enumerate(top):
        place = (*path, index)
        if form.choice(component.get("type"), (*place, "type"), (_ROW, 10, _LABEL)):
            _check_modal_part(form, component, place)
    everything = list(walk(top, path))
    for place, component in everything:
        form.texts(component, place, COMPONENT_TEXTS.get(component.get("type", 0), {}))
        if component.get("type") == _TEXT_INPUT:
            form.number(component.get("min_length"), (*place, "min_length"), 0, 4000)
            form.number(component.get("max_length"), (*place, "max_length"), 1, 4000)
            form.span(component, place, "min_length", "max_length")
            form.choice(component.get("style"), (*place, "style"), _TEXT_STYLES)
        if component.get("type") in _SELECTS:
            _check_modal_select(form, component, place)
    _check_unique(form, everything)
    return top


def _check_modal_select(form: Form, select: Json, place: Path) -> None:
    if select.get("type") == _STRING_SELECT:
        key, rule = COMPONENT_COUNTS[_STRING_SELECT]
        form.count(form.objects(select.get(key), (*place, key)), (*place, key), rule)
    if select.get("disabled"):
        message = "A select menu of a form cannot be disabled."
        form.add((*place, "disabled"), "MODAL_SELECT_DISABLED", message)
    if select.get("required", True) and select.get("min_values") == 0:
        message = "min_values must be at least 1 when the menu is required."
        form.add((*place, "min_values"), "NUMBER_TYPE_MIN", message)
    _check_select(form, select, place)


def _check_modal_part(form: Form, component: Json, place: Path) -> None:
    children = list(_children(component, place))
    if component["type"] == _LABEL:
        if len(children) != 1:
            form.add((*place, "component"), "BASE_TYPE_REQUIRED", "This field is required")
        for child_path, child in children:
            form.choice(child.get("type"), (*child_path, "type"), _IN_PARENT[_LABEL])
    if component["type"] == _ROW:
        if len(children) != 1:
            form.add((*place, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length.")
        for child_path, child in children:
            form.choice(child.get("type"), (*child_path, "type"), (_TEXT_INPUT,))
            if not child.get("label"):
                form.add((*child_path, "label"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_one(form: Form, component: Json, path: Path, emoji_known: EmojiKnown) -> None:
    kind = component.get("type")
    if not isinstance(kind, int):
        form.add((*path, "type"), "BASE_TYPE_REQUIRED", "This field is required")
        return
    form.texts(component, path, COMPONENT_TEXTS.get(kind, {}))
    if kind in COMPONENT_COUNTS:
        key, rule = COMPONENT_COUNTS[kind]
        form.count(form.objects(component.get(key), (*path, key)), (*path, key), rule)
    if kind in _IN_PARENT:
        for child_path, child in _children(component, path):
            if child_path[-1] != "accessory":
                form.choice(child.get("type"), (*child_path, "type"), _IN_PARENT[kind])
    if kind == _ROW:
        _check_row(form, component, path)
    if kind == _BUTTON:
        _check_button(form, component, path)
    if kind in _SELECTS:
        _check_select(form, component, path)
    _check_emojis(form, component, path, emoji_known)


def _check_row(form: Form, row: Json, path: Path) -> None:
    kinds = [child.get("type") for _, child in _children(row, path)]
    if len(kinds) > 1 and any(kind in _SELECTS for kind in kinds):
        code = "COMPONENT_LAYOUT_WIDTH_EXCEEDED"
        form.add((*path, "components"), code, "The specified component exceeds the maximum width")


def _check_button(form: Form, button: Json, path: Path) -> None:
    style = button.get("style")
    if not form.choice(style, (*path, "style"), (1, 2, 3, 4, _LINK, _PREMIUM)):
        return
    needed = {_LINK: "url", _PREMIUM: "sku_id"}.get(cast("int", style), "custom_id")
    if not button.get(needed):
        form.add((*path, needed), "BASE_TYPE_REQUIRED", "This field is required")
    if needed == "url" and button.get("custom_id"):
        form.add(
            path,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and url cannot both be specified",
        )
    if style != _PREMIUM and not button.get("label") and not button.get("emoji"):
        form.add(
            (*path, "label"), "BUTTON_COMPONENT_INVALID_LABEL_EMOJI", "A button must have a label or emoji"
        )


def _check_select(form: Form, select: Json, path: Path) -> None:
    form.number(select.get("min_values"), (*path, "min_values"), 0, 25)
    form.number(select.get("max_values"), (*path, "max_values"), 1, 25)
    form.span(select, path, "min_values", "max_values")
    _check_defaults(form, select, path)
    if select.get("type") != _STRING_SELECT:
        return
    options = form.objects(select.get("options"), (*path, "options"))
    seen = set[object]()
    for index, option in enumerate(options):
        place = (*path, "options", index)
        form.texts(option, place, SELECT_OPTION_TEXTS)
        if option.get("value") in seen:
            code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
            form.add((*place, "value"), code, "The specified option value is already used")
        seen.add(option.get("value"))
    if options and (select.get("max_values") or 1) > len(options):
        form.add(
            (*path, "max_values"),
            "NUMBER_TYPE_MAX",
            f"int value should be less than or equal to {len(options)}.",
        )


def _check_defaults(form: Form, select: Json, path: Path) -> None:
    """Check how many values are chosen from the start: not more than may be."""
    kind = "options" if select.get("type") == _STRING_SELECT else "default_values"
    items = form.objects(select.get(kind), (*path, kind))
    chosen = [item for item in items if kind == "default_values" or item.get("default")]
    most = select.get("max_values") or 1
    if isinstance(most, int) and len(chosen) > most:
        code = "COMPONENT_TOO_MANY_DEFAULT_VALUES"
        form.add((*path, kind), code, f"Must be {most} or fewer in length.")


def _check_emojis(form: Form, component: Json, path: Path, emoji_known: EmojiKnown) -> None:
    options = component.get("options") if component.get("type") == _STRING_SELECT else None
    holders = [(path, component)]
    if isinstance(options, list):
        holders += [
            ((*path, "options", index), item) for index, item in enumerate(cast("list[Json]", options))
        ]
    for place, holder in holders:
        emoji = holder.get("emoji")
        if isinstance(emoji, dict):
            emoji_id = cast("Json", emoji).get("id")
            if emoji_id is not None and not (str(emoji_id).isdigit() and emoji_known(int(emoji_id))):
                form.add((*place, "emoji", "id"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")


def _check_unique(form: Form, everything: list[tuple[Path, Json]]) -> None:
    rules = (
        ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"),
        ("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"),
    )
    for key, code, message in rules:
        seen = set[object]()
        for path, component in everything:
            value = component.get(key)
            if value and value in seen:
                form.add((*path, key), code, message)
            seen.add(value)
