"""What a value may be instead of what it usually is, and reading without it.

A schema that is ready for nulls, fractions and odd entries takes about a tenth longer than one that is not, even
for a body that has none of them, as nearly all have. So a body is first read by a copy of the schema
that has no alternatives. Whatever the copy takes the whole schema takes in the same way, since it tries the
alternatives last; what the copy refuses is read anew by the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic_core import CoreSchema, SchemaValidator, core_schema

__all__ = ["UsualReader", "has_alternatives", "with_alternatives"]

_MARK: Final = "alternatives"


def with_alternatives(usual: CoreSchema, others: Sequence[CoreSchema]) -> CoreSchema:
    """A schema that tries ``others``, in this order, where a value does not fit ``usual``."""
    return core_schema.union_schema([usual, *others], mode="left_to_right", metadata={_MARK: True})


def has_alternatives(schema: CoreSchema) -> bool:
    """Tell whether a schema was made by `with_alternatives`."""
    return bool((schema.get("metadata") or {}).get(_MARK))


class UsualReader:
    """Reads the usual bodies of a model; any other one fails as if it were wrong.

    Args:
        model: The model, whose schema has to be complete when the first body is read.
    """

    def __init__(self, model: type[BaseModel]) -> None:
        self._model = model

    @cached_property
    def read(self) -> Callable[[str | bytes | bytearray], Any]:
        """What reads a body; made when it is first asked for, which takes some milliseconds."""
        schema = _without_alternatives(self._model.__pydantic_core_schema__)
        # The validators that pydantic keeps of the models inside are those of the whole schema.
        return SchemaValidator(schema, _use_prebuilt=False).validate_json


def _without_alternatives(part: Any) -> Any:
    """A copy of a schema, or of a part of one, in which every value is what it usually is."""
    if isinstance(part, dict):
        schema = cast("dict[str, Any]", part)
        if has_alternatives(cast("CoreSchema", part)):
            return _without_alternatives(schema["choices"][0])
        return {key: _without_alternatives(value) for key, value in schema.items()}
    if isinstance(part, list):
        return [_without_alternatives(value) for value in cast("list[Any]", part)]
    return part
