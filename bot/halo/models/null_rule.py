"""Null means the field's default: the rule, compiled into a model's schema.

So does an enumeration's value of another kind: a word where numbers were, or a number where words were.

The alternatives stand behind the field's own schema and are tried from left to right, so a value that fits
never reaches them, and nothing runs in Python until a null, a fraction or such a value is there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

from pydantic_core import CoreSchema, core_schema

from bot.halo.models.alternatives import has_alternatives, with_alternatives

__all__ = ["let_null_be_default"]


Resolve = Callable[[CoreSchema], CoreSchema]
"""Gives the schema that a reference stands for, and any other one as it is."""


def let_null_be_default(model: Any, resolve: Resolve) -> None:
    """Let every field of a model's core schema that has a default read null as that default."""
    fields = _fields_of(model)
    for field in fields.values():
        if field["schema"]["type"] == "default":
            _add_alternatives(cast("core_schema.WithDefaultSchema", field["schema"]), resolve)


def _fields_of(schema: Any) -> dict[str, core_schema.ModelField]:
    """The fields inside a model's schema, whatever wraps them."""
    while schema["type"] != "model-fields":
        schema = schema["schema"]
    return schema["fields"]


def _add_alternatives(field: core_schema.WithDefaultSchema, resolve: Resolve) -> None:
    """Give a field with a default the alternatives that are tried when its own schema refuses a value."""
    value = field["schema"]
    if has_alternatives(value):
        return  # a schema that pydantic kept from an earlier use
    others: list[CoreSchema] = []
    if value["type"] != "nullable":  # else null is a value of its own
        others.append(_to_default(core_schema.none_schema(), field))
    if value["type"] == "int":
        others.append(core_schema.no_info_after_validator_function(_truncated, core_schema.float_schema()))
    if _is_enum(value, resolve):
        others.append(_to_default(_plain_value(), field))
    if others:
        field["schema"] = with_alternatives(value, others)


def _is_enum(schema: Any, resolve: Resolve) -> bool:
    """Tell whether a schema is that of an enumeration, be it nullable or not."""
    inner = schema["schema"] if schema["type"] == "nullable" else schema
    return resolve(inner)["type"] == "enum"


def _to_default(accepted: CoreSchema, field: core_schema.WithDefaultSchema) -> CoreSchema:
    """A schema that gives the field's default for whatever ``accepted`` accepts."""
    factory: Any = field.get("default_factory")
    default: Any = field.get("default")

    def to_default(_: object) -> Any:
        return factory() if factory is not None else default

    return core_schema.chain_schema([accepted, core_schema.no_info_plain_validator_function(to_default)])


def _plain_value() -> CoreSchema:
    """A schema that accepts a word, a number or a truth value."""
    return core_schema.union_schema(
        [core_schema.str_schema(), core_schema.float_schema(), core_schema.bool_schema()],
        mode="left_to_right",
    )


def _truncated(value: float) -> int:
    """A count that arrived as a fraction; a count that is no number at all is 0."""
    return int(value) if math.isfinite(value) else 0
