"""Whether the body of an answer is what its endpoint answers.

It is judged before anything stores it: an HTML page with a 200 and a ``Cache-Control`` would
otherwise stay in the cache for a day.
"""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator, core_schema

from bot.halo.errors import PayloadError

__all__ = ["Expectation", "check_payload", "holds_results"]

Expectation = Literal["json", "binary"]
"""JSON of any shape, or bytes such as a picture."""

_JSON: Final[TypeAdapter[Any]] = TypeAdapter(Any)
# Reads all of an object, as most answers are, without making anything of it: four times as fast.
_WHOLE: Final = SchemaValidator(
    core_schema.union_schema(
        [core_schema.typed_dict_schema({}), core_schema.any_schema()], mode="left_to_right"
    )
)
_HTML_TYPES: Final = ("text/html", "application/xhtml")
_HTML_STARTS: Final = (b"<!doctype html", b"<html")


def check_payload(body: bytes, content_type: str, expect: Expectation, endpoint: str) -> None:
    """Raise unless a body is of the expected kind and whole.

    Raises:
        PayloadError: It is empty, an HTML page, or not the JSON that was expected.
    """
    if not body:
        raise PayloadError(endpoint, "the body is empty")
    if content_type.lower().startswith(_HTML_TYPES) or body.lstrip()[:20].lower().startswith(_HTML_STARTS):
        raise PayloadError(endpoint, "an HTML page instead of an answer")
    if expect == "json" and not _is_whole(body):
        raise PayloadError(endpoint, "the body is not valid JSON")


def holds_results(body: bytes) -> bool:
    """Tell whether a 404 still answers for some of the players it was asked for (CSR and skill)."""
    try:
        data = _JSON.validate_json(body)
    except ValidationError:
        return False
    if not isinstance(data, dict):
        return False
    entries = cast("dict[str, Any]", data).get("Value")
    if not isinstance(entries, list):
        return False
    return any(
        isinstance(entry, dict) and cast("dict[str, Any]", entry).get("Result") is not None
        for entry in cast("list[Any]", entries)
    )


def _is_whole(body: bytes) -> bool:
    try:
        _WHOLE.validate_json(body)
    except ValidationError:
        return False
    return True
