"""Null means the field's default: the rule, compiled into a model's schema.

The alternatives stand behind the field's own schema and are tried from left to right, so a value that fits
never reaches them, and nothing runs in Python until a null or a fraction is there.
"""

from __future__ import annotations

import math
from typing import Any, cast

from pydantic_core import CoreSchema, core_schema

from bot.halo.models.alternatives import has_alternatives, with_alternatives

__all__ = ["let_null_be_default"]


def let_null_be_default(model: Any) -> None:
    """Let every field of a model's core schema that has a default read null as that default."""
    fields = _fields_of(model)
    for field in fields.values():
        if field["schema"]["type"] == "default":
            _add_alternatives(cast("core_schema.WithDefaultSchema", field["schema"]))


def _fields_of(schema: Any) -> dict[str, core_schema.ModelField]:
    """The fields inside a model's schema, whatever wraps them."""
    while schema["type"] != "model-fields":
        schema = schema["schema"]
    return schema["fields"]


def _add_alternatives(field: core_schema.WithDefaultSchema) -> None:
    """Give a field with a default the alternatives that are tried when its own schema refuses a value."""
    value = field["schema"]
    if value["type"] == "nullable" or has_alternatives(value):
        return  # null is a value of its own here; or a schema that pydantic kept from an earlier use
    others = [_null_to(field)]
    if value["type"] == "int":
        others.append(core_schema.no_info_after_validator_function(_truncated, core_schema.float_schema()))
    field["schema"] = with_alternatives(value, others)


def _null_to(field: core_schema.WithDefaultSchema) -> CoreSchema:
    """A schema that accepts null alone and gives the field's default for it."""
    factory: Any = field.get("default_factory")
    default: Any = field.get("default")

    def to_default(_: object) -> Any:
        return factory() if factory is not None else default

    null_only = core_schema.none_schema()
    return core_schema.chain_schema([null_only, core_schema.no_info_plain_validator_function(to_default)])


def _truncated(value: float) -> int:
    """A count that arrived as a fraction; a count that is no number at all is 0."""
    return int(value) if math.isfinite(value) else 0
