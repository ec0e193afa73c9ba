"""Checks the body of a message that is created or edited."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any, cast

from bot.playground.discord.checks.components import EmojiKnown, check_components
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.form import Form, Path
from bot.playground.discord.limits import (
    ALT_TEXT,
    CONTENT,
    EMBED_CHARACTERS,
    EMBED_TEXTS,
    EMBEDS,
    FIELD_TEXTS,
    FIELDS,
    FILE_BYTES,
    FILES,
)
from bot.playground.discord.model import Json, MessageFlag
from bot.playground.discord.uploads import Upload

__all__ = ["check_message"]

_PARTS = ("author", "footer", "image", "thumbnail", "video")
_HTTP = ("http://", "https://")
_HTTP_OR_FILE = (*_HTTP, "attachment://")


def check_message(
    body: Json,
    files: Mapping[int, Upload],
    *,
    flags: int,
    emoji_known: EmojiKnown,
    kept: Container[int] = (),
    at: Path = (),
) -> None:
    """Raise `DiscordError` when Discord would refuse this message body.

    `flags` are the message's flags after the request, `kept` the ids of the files it has already;
    `at` is where in the request the body stands.
    """
    if any(len(upload.content) > FILE_BYTES for upload in files.values()):
        raise DiscordError(Refusal.FILE_TOO_LARGE)
    inner = Form()
    v2 = bool(flags & MessageFlag.COMPONENTS_V2)
    inner.text(body.get("content"), ("content",), CONTENT)
    _check_embeds(inner, body.get("embeds"))
    check_components(inner, body.get("components"), v2=v2, emoji_known=emoji_known)
    _check_attachments(inner, body, files, kept)
    if v2:
        for key in ("content", "embeds"):
            if body.get(key):
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                inner.add((key,), code, f"The {key} field cannot be used with MessageFlags.IS_COMPONENTS_V2.")
    try:
        inner.finish()
    except DiscordError as error:
        nested = error.errors
        for step in reversed(at):
            nested = {str(step): nested}
        raise DiscordError(error.refusal, nested) from None


def _check_attachments(form: Form, body: Json, files: Mapping[int, Upload], kept: Container[int]) -> None:
    old = 0
    for index, item in enumerate(form.objects(body.get("attachments"), ("attachments",))):
        place = ("attachments", index)
        form.text(item.get("description"), (*place, "description"), ALT_TEXT)
        number = str(item.get("id", ""))
        if not number.isdecimal():
            form.add((*place, "id"), "NUMBER_TYPE_COERCE", f'Value "{number}" is not snowflake.')
        elif int(number) not in files:
            old += 1
            if int(number) not in kept:
                form.add(
                    (*place, "id"), "ATTACHMENT_NOT_FOUND", f'Attachment data for ID "{number}" not found'
                )
    form.count(range(old + len(files)), ("files",), FILES)


def _check_embeds(form: Form, value: object) -> None:
    embeds = form.objects(value, ("embeds",))
    form.count(embeds, ("embeds",), EMBEDS)
    characters = 0
    for index, embed in enumerate(embeds):
        place = ("embeds", index)
        for key in _PARTS:
            if not isinstance(embed.get(key) or {}, dict):
                form.add((*place, key), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        for keys, rule in EMBED_TEXTS.items():
            form.text(_at(embed, keys), (*place, *keys), rule)
        fields = form.objects(embed.get("fields"), (*place, "fields"))
        form.count(fields, (*place, "fields"), FIELDS)
        for number, field in enumerate(fields):
            form.texts(field, (*place, "fields", number), FIELD_TEXTS)
        _check_urls(form, embed, place)
        _check_color(form, embed, place)
        _check_timestamp(form, embed, place)
        if not any(
            embed.get(key)
            for key in ("title", "description", "author", "footer", "fields", "image", "thumbnail")
        ):
            form.add((*place, "description"), "BASE_TYPE_REQUIRED", "This field is required")
        characters += _characters(embed, fields)
    if characters > EMBED_CHARACTERS:
        message = f"Embed size exceeds maximum size of {EMBED_CHARACTERS}"
        form.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _check_color(form: Form, embed: Json, place: Path) -> None:
    form.number(embed.get("color"), (*place, "color"), 0, 0xFFFFFF)


def _check_timestamp(form: Form, embed: Json, place: Path) -> None:
    moment = embed.get("timestamp")
    if moment is None:
        return
    try:
        datetime.fromisoformat(str(moment))
    except ValueError:
        message = f'Could not parse "{moment}". Should be ISO8601.'
        form.add((*place, "timestamp"), "DATE_TIME_TYPE_PARSE", message)


def _check_urls(form: Form, embed: Json, place: Path) -> None:
    links = {
        ("url",): _HTTP,
        ("image", "url"): _HTTP_OR_FILE,
        ("thumbnail", "url"): _HTTP_OR_FILE,
        ("author", "url"): _HTTP,
        ("author", "icon_url"): _HTTP_OR_FILE,
        ("footer", "icon_url"): _HTTP_OR_FILE,
    }
    for keys, schemes in links.items():
        url = _at(embed, keys)
        if url is not None and not str(url).startswith(schemes):
            known = ", ".join(f"'{scheme.partition(':')[0]}'" for scheme in schemes)
            message = (
                f'Scheme "{str(url).partition(":")[0]}" is not supported. Scheme must be one of ({known}).'
            )
            form.add((*place, *keys), "URL_TYPE_INVALID_SCHEME", message)


def _at(embed: Json, keys: tuple[str, ...]) -> object:
    value: object = embed.get(keys[0])
    if len(keys) == 1:
        return value
    return _at(cast("Json", value), keys[1:]) if isinstance(value, dict) else None


def _characters(embed: Json, fields: list[Json]) -> int:
    counted: list[Any] = [_at(embed, keys) for keys in EMBED_TEXTS if keys != ("url",)]
    counted += [field.get(key) for field in fields for key in FIELD_TEXTS]
    return sum(len(text) for text in counted if isinstance(text, str))
