"""The manifest of a film as the discovery service writes it."""

from __future__ import annotations

from typing import Any

from bot.playground.halo.film_archive import Film
from bot.playground.halo.wire.asset_json import UGC_HOST

__all__ = ["write_film"]

_STATUS = {True: 1, False: 2}
_REFRESH_S = 30


def write_film(film: Film) -> dict[str, Any]:
    """A film, complete or still being shot."""
    return {
        "FilmStatusBond": _STATUS[film.complete],
        "CustomData": {
            "FilmLength": film.length_ms,
            "Chunks": [
                {
                    "Index": index,
                    "ChunkStartTimeOffsetMilliseconds": chunk.start_ms,
                    "DurationMilliseconds": chunk.duration_ms,
                    "ChunkSize": chunk.size,
                    "FileRelativePath": f"/filmChunk{index}",
                    "ChunkType": int(chunk.kind),
                }
                for index, chunk in enumerate(film.chunks)
            ],
            "HasGameEnded": film.complete,
            "ManifestRefreshSeconds": _REFRESH_S,
            "MatchId": str(film.match_id),
            "FilmMajorVersion": film.version,
        },
        "BlobStoragePathPrefix": f"https://{UGC_HOST}/ugcstorage/film/{film.asset_id}/{film.session_id}/",
        "AssetId": str(film.asset_id),
    }
