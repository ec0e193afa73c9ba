"""Which stored answers are about somebody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeAlias
from urllib.parse import quote

__all__ = ["About", "Meant", "everything"]

_XUID: Final = re.compile(rb"(?<![0-9])[0-9]{16}(?![0-9])")


Meant: TypeAlias = Callable[[object], bool]
"""Tells of a stored value whether it is meant."""


def everything(_value: object) -> bool:
    """Mean every answer, whoever it is about."""
    return True


class About:
    """Tells whether bytes name any of some players, by XUID or by gamertag.

    Gamertags count where a whole value or address part is one, so that a gamertag which is an everyday word
    does not stand for half of all answers.
    """

    def __init__(self, xuids: Collection[int], gamertags: Collection[str]) -> None:
        self._xuids = frozenset(str(xuid).encode() for xuid in xuids)
        words = sorted({word for gamertag in gamertags for word in _written(gamertag)})
        self._gamertags = re.compile(b"|".join(map(re.escape, words)), re.IGNORECASE) if words else None

    def __call__(self, value: object) -> bool:
        """Search a stored value, or any other bytes; anything else names nobody."""
        if not isinstance(value, bytes):
            return False
        if any(found.group() in self._xuids for found in _XUID.finditer(value)):
            return True
        return self._gamertags is not None and self._gamertags.search(value) is not None


def _written(gamertag: str) -> Iterator[bytes]:
    """Yield the ways in which an address or a JSON text has a gamertag."""
    for spelling in {gamertag, gamertag.replace(" ", "")}:
        if spelling.strip():
            yield f"gt({spelling})".encode()
            yield f"gt({quote(spelling)})".encode()
            yield json.dumps(spelling).encode()
            yield json.dumps(spelling, ensure_ascii=False).encode()
