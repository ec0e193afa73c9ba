"""Enumerations that keep a value they do not know instead of failing on it.

The game adds modes, medals and codes with every update. ``Outcome(99)`` is a member named ``UNKNOWN_99``
whose value is 99: it compares, hashes, pickles and prints like any other, but is not listed by
``list(Outcome)``, and nothing remembers it, so that no input can make an enumeration grow.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Self

__all__ = ["OpenIntEnum", "OpenStrEnum", "OpenValueEnum"]

_MAX_NUMBER = 2**63
_MAX_NAME = 40


class OpenIntEnum(IntEnum):
    """An enumeration of numbers that also takes numbers it does not list."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        number = _whole_number(value)
        if number is None:
            return None
        known = cls._value2member_map_.get(number)
        if isinstance(known, cls):
            return known
        member = int.__new__(cls, number)
        member._name_ = f"UNKNOWN_{number}"
        member._value_ = number
        return member


class OpenStrEnum(StrEnum):
    """An enumeration of words that also takes words it does not list."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value[:_MAX_NAME]}"
        member._value_ = value
        return member


class OpenValueEnum(Enum):
    """An enumeration over numbers whose members are not numbers themselves; equal by value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        number = _whole_number(value)
        if number is None:
            return None
        known = cls._value2member_map_.get(number)
        if isinstance(known, cls):
            return known
        member = object.__new__(cls)
        member._name_ = f"UNKNOWN_{number}"
        member._value_ = number
        return member

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self.value == getattr(other, "value", None))

    def __hash__(self) -> int:
        return hash(self._value_)


def _whole_number(value: object) -> int | None:
    """The number that ``value`` spells, also as ``12.0`` or ``"12"``; None for anything else."""
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and len(value) < _MAX_NAME:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and -_MAX_NUMBER <= value < _MAX_NUMBER:
        return value
    return None
