"""Checks that every known key of a request holds the type of JSON it should, before anything looks closer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from bot.playground.discord.form import Form, Path

__all__ = ["check_shape"]

_DEEPEST = 40

_OBJECTS = "fields embeds components attachments options choices items"
_OBJECT = (
    "data author footer thumbnail video provider component accessory emoji media allowed_mentions message_reference "
    "name_localizations description_localizations"
)
_LISTS = "parse users roles contexts integration_types channel_types"
_TEXTS = "content title description name url proxy_url icon_url text label custom_id placeholder filename timestamp locale"
_INTEGERS = "style flags color min_values max_values min_length max_length position"
_KIND = "type"  # a number everywhere but in embeds
_FLAGS = "tts inline disabled required default spoiler autocomplete nsfw dm_permission divider focused"
_IDS = "message_id channel_id guild_id recipient_id sku_id default_member_permissions"


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in cast("list[object]", value))


def _is_id(value: object) -> bool:
    return _is_integer(value) or (isinstance(value, str) and value.isdecimal())


_Kind = tuple[Callable[[Any], bool], str, str]
_KINDS: Mapping[str, _Kind] = {
    _OBJECTS: (_is_list_of_objects, "LIST_TYPE_CONVERT", "Only iterables of dictionaries may be used here"),
    _LISTS: (
        lambda value: isinstance(value, list),
        "LIST_TYPE_CONVERT",
        "Only iterables may be used in a ListType",
    ),
    _OBJECT: (
        lambda value: isinstance(value, dict),
        "DICT_TYPE_CONVERT",
        "Only dictionaries may be used in a DictType",
    ),
    _TEXTS: (
        lambda value: isinstance(value, str),
        "STRING_TYPE_CONVERT",
        "Could not interpret the value as string.",
    ),
    _INTEGERS: (_is_integer, "NUMBER_TYPE_COERCE", "The value is not int."),
    _KIND: (
        lambda value: _is_integer(value) or isinstance(value, str),
        "NUMBER_TYPE_COERCE",
        "The value is not int.",
    ),
    _FLAGS: (lambda value: isinstance(value, bool), "BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    _IDS: (_is_id, "NUMBER_TYPE_COERCE", "The value is not snowflake."),
}
_BY_KEY: Mapping[str, _Kind] = {key: kind for keys, kind in _KINDS.items() for key in keys.split()}


def check_shape(document: object) -> None:
    """Raise `DiscordError` (50035) when a known key holds the wrong type anywhere; null is always fine."""
    form = Form()
    _check(form, document, ())
    form.finish()


def _check(form: Form, node: object, path: Path) -> None:
    if len(path) > _DEEPEST:
        form.add(path, "MODEL_TYPE_CONVERT", "The structure is too deep")
        return
    if isinstance(node, list):
        for index, item in enumerate(cast("list[object]", node)):
            _check(form, item, (*path, index))
    if isinstance(node, dict):
        for key, value in cast("dict[str, object]", node).items():
            place = (*path, key)
            kind = _BY_KEY.get(key)
            if value is not None and kind is not None and not kind[0](value):
                form.add(place, kind[1], kind[2])
            else:
                _check(form, value, place)
