"""The identity of a card's content."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any, Protocol, cast

__all__ = ["fingerprint"]


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def fingerprint(content: object) -> bytes:
    """Return 16 bytes that are equal for equal cards, and for no others.

    A card is made of dataclasses, tuples, bytes, and values whose ``repr`` tells all of them.
    """
    digest = blake2b(digest_size=16)
    _feed(digest, content)
    return digest.digest()


def _feed(digest: _Hash, value: Any) -> None:
    if isinstance(value, bytes):
        digest.update(b"b%d:" % len(value))
        digest.update(value)
    elif isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        digest.update(b"t%d:" % len(items))
        for item in items:
            _feed(digest, item)
    elif is_dataclass(value):
        digest.update(b"d%s:" % type(value).__qualname__.encode())
        for field in fields(value):
            _feed(digest, getattr(value, field.name))
    else:
        text = repr(value).encode("utf-8", "surrogatepass")
        digest.update(b"r%d:" % len(text))
        digest.update(text)
