"""The published client that figures are held against: spnkr. No other module knows it.

Only `make bench` installs it, so it is imported when it is asked for, and has no types here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from aiohttp import ClientSession
from yarl import URL

__all__ = [
    "client_of_reference",
    "is_reference_here",
    "parser_of_reference",
    "read_film_by_reference",
    "read_match_film_by_reference",
]


def is_reference_here() -> bool:
    """Tell whether it is installed."""
    return find_spec("spnkr") is not None


def parser_of_reference(model: str, *, is_list: bool = False) -> Callable[[bytes], Any]:
    """Return what it does with a body, from the bytes on.

    ``model`` names a class by module and name, as in ``stats.MatchStats``; a body is one, or a list of them.
    """
    module, _, name = model.rpartition(".")
    make = getattr(import_module(f"spnkr.models.{module}"), name)
    if is_list:
        return lambda body: [make(**entry) for entry in json.loads(body.decode())]
    return lambda body: make(**json.loads(body.decode()))


def read_film_by_reference(data: bytes, version: int) -> list[Any]:
    """Return the highlight events that it finds in a film's chunk."""
    return list(import_module("spnkr.film.highlight_events").read(data, version))


async def read_match_film_by_reference(client: Any, match_id: str) -> list[Any]:
    """Return the same for a match, over the wire."""
    events: list[Any] = await import_module("spnkr.film").read_highlight_events(client, match_id)
    return events


def client_of_reference(
    session: ClientSession,
    origin: str,
    requests_per_second: int = 5,
    *,
    tokens: tuple[str, str] = ("spartan", "clearance"),
) -> Any:
    """Return a client of its kind whose requests go to ``{origin}/host/path`` instead of ``https://host/path``."""
    client: Any = import_module("spnkr").HaloInfiniteClient(
        _Detour(session, origin), *tokens, requests_per_second=requests_per_second
    )
    return client


class _Detour:
    """What it uses of a session, with other addresses."""

    def __init__(self, session: ClientSession, origin: str) -> None:
        self._session = session
        self._origin = origin
        self.headers = session.headers

    def get(self, url: str, **options: Any) -> Any:
        there = URL(url)
        return self._session.get(f"{self._origin}/{there.host}{there.raw_path_qs}", **options)
