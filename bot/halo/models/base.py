"""The base of every model: how keys map to names, and what becomes of a key that is missing or null.

One rule holds for all models: **null means the field's default**, exactly as if the key were absent. A field
with a default therefore never fails on what a service leaves out, and a model is written with plain types.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

from bot.halo.models.alternatives import UsualReader
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

    _usual: ClassVar[UsualReader]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Give each model a reader of its own for usual bodies."""
        super().__pydantic_init_subclass__(**kwargs)
        cls._usual = UsualReader(cls)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read a body, first as if it were a usual one.

        Args:
            json_data: The body.
            **options: Pydantic's own; with any of them nothing but the whole schema is used.

        Raises:
            ValidationError: The body does not fit the model.
        """
        if not options:
            try:
                return cls._usual.read(json_data)
            except ValidationError:
                pass
        return super().model_validate_json(json_data, **options)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler, /) -> CoreSchema:
        """Compile the rule about nulls into the fields of this model."""
        schema = handler(source)
        let_null_be_default(handler.resolve_ref_schema(schema), handler.resolve_ref_schema)
        return schema


class PascalCaseModel(HaloModel):
    """A model whose JSON keys are ``PascalCase``."""

    model_config = ConfigDict(alias_generator=_pascal_case)


class CamelCaseModel(HaloModel):
    """A model whose JSON keys are ``camelCase``."""

    model_config = ConfigDict(alias_generator=to_camel)
