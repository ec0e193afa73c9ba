"""Addresses of the services, built so that nothing a player typed can change their structure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote
from uuid import UUID

from yarl import URL

__all__ = ["bare_season_id", "endpoint", "path_segments", "uuid_text"]

_KEPT_AS_IS = "()"


def endpoint(host: str, *segments: str, query: Sequence[tuple[str, str]] = ()) -> URL:
    """The address of ``segments`` on ``host``, each percent-encoded as one part of the path.

    Raises:
        ValueError: A segment is empty, ``.`` or ``..``, which no encoding keeps from being resolved.
    """
    for segment in segments:
        if segment in {"", ".", ".."}:
            raise ValueError(f"Not a part of a path: {segment!r}")
    path = "".join(f"/{quote(segment, safe=_KEPT_AS_IS, errors='replace')}" for segment in segments)
    url = URL.build(scheme="https", host=host, path=path, encoded=True)
    return url.with_query(list(query)) if query else url


def path_segments(relative_path: str) -> list[str]:
    """The parts of a file's path as the services give it, with or without a leading slash."""
    return relative_path.lstrip("/").split("/")


def uuid_text(identifier: str | UUID) -> str:
    """The canonical form of an id of a match, an asset or a version.

    Raises:
        ValueError: It is not shaped like a UUID.
    """
    if isinstance(identifier, UUID):
        return str(identifier)
    try:
        return str(UUID(identifier))
    except ValueError:
        raise ValueError(f"Not a UUID: {identifier[:40]!r}") from None


def bare_season_id(season_id: str) -> str:
    """``CsrSeason5-1``, from that or from a path such as ``Csr/Seasons/CsrSeason5-1.json``."""
    return PurePosixPath(season_id).stem
