"""The base of every model: how keys map to names, and what becomes of a key that is missing or null.

One rule holds for all models: **null means the field's default**, exactly as if the key were absent. A field
with a default therefore never fails on what a service leaves out, and a model is written with plain types.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

from bot.halo.models.null_rule import let_null_be_default

__all__ = ["CamelCaseModel", "HaloModel", "PascalCaseModel"]


_ACRONYMS: Final[Mapping[str, str]] = MappingProxyType({"kda": "KDA"})


def _pascal_case(name: str) -> str:
    """The JSON key of a field: ``average_kda`` is ``AverageKDA``."""
    return "".join(_ACRONYMS.get(word, word.capitalize()) for word in name.split("_"))


class HaloModel(BaseModel):
    """A frozen answer of a service; keys that it does not know are ignored.

    It is built from Python data (``Model(**json_dict)``, ``model_validate``), from a body's bytes
    (``model_validate_json``, about twice as fast) or by field names.
    """

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler, /) -> CoreSchema:
        """Compile the rule about nulls into the fields of this model."""
        schema = handler(source)
        let_null_be_default(handler.resolve_ref_schema(schema))
        return schema


class PascalCaseModel(HaloModel):
    """A model whose JSON keys are ``PascalCase``."""

    model_config = ConfigDict(alias_generator=_pascal_case)


class CamelCaseModel(HaloModel):
    """A model whose JSON keys are ``camelCase``."""

    model_config = ConfigDict(alias_generator=to_camel)
