"""The kinds of value that several models share: moments in UTC, read-only mappings, dates in a wrapper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from bot.halo.models.alternatives import with_alternatives
from bot.halo.models.base import PascalCaseModel

__all__ = ["Date", "Moment", "ReadOnlyDict", "empty_mapping"]

K = TypeVar("K")
V = TypeVar("V")


class _FrozenMapping(Mapping[K, V]):
    """A mapping that cannot be changed, so that a frozen model can be shared between callers."""

    __slots__ = ("_entries",)

    def __init__(self, entries: dict[K, V]) -> None:
        self._entries = entries

    def __getitem__(self, key: K) -> V:
        return self._entries[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(frozenset(self._entries))

    def __repr__(self) -> str:
        return repr(self._entries)


class _ReadOnly:
    """Reads a JSON object into a mapping that cannot be changed, leaving out entries of another kind.

    A key or value that is null or does not fit is one that this version of the client does not know;
    it must not take the known ones with it.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys, values = (handler.generate_schema(part) for part in get_args(source))
        known_only = core_schema.dict_schema(
            core_schema.with_default_schema(keys, on_error="omit"),
            core_schema.with_default_schema(values, on_error="omit"),
        )
        return core_schema.no_info_after_validator_function(
            _FrozenMapping[Any, Any],
            with_alternatives(core_schema.dict_schema(keys, values), [known_only]),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )


ReadOnlyDict = Annotated[Mapping[K, V], _ReadOnly()]
"""A JSON object with keys and values of one kind each; never changes."""


def empty_mapping() -> Mapping[Any, Any]:
    """What a JSON object that is missing reads as."""
    return _FrozenMapping[Any, Any]({})


class _Utc:
    """Reads a time stamp with or without a fraction, a ``Z`` or an offset, as an aware time in UTC."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        any_time = handler(source)
        return core_schema.union_schema(
            [
                core_schema.datetime_schema(tz_constraint=0),
                core_schema.no_info_after_validator_function(_to_utc, any_time),
            ],
            mode="left_to_right",
        )


def _to_utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("no such time in UTC") from error


Moment = Annotated[dt.datetime, _Utc()]
"""A time stamp, always aware and in UTC."""


class Date(PascalCaseModel):
    """A time stamp that stands in an object of its own."""

    value: Moment | None = Field(default=None, alias="ISO8601Date")
