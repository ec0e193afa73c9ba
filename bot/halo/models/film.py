"""The film of a match: a manifest of chunks that lie in public storage."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.refdata import FilmChunkType, FilmStatus

__all__ = [
    "Film",
    "FilmChunk",
    "FilmCustomData",
]


class FilmChunk(PascalCaseModel):
    """A part of a film, a file of its own of compressed data."""

    index: int = 0
    chunk_start_time_offset_milliseconds: int = 0
    duration_milliseconds: int = 0
    chunk_size: int = 0
    file_relative_path: str = ""
    chunk_type: FilmChunkType = FilmChunkType.NONE


class FilmCustomData(PascalCaseModel):
    """What a film consists of; lengths are in milliseconds."""

    film_length: int = 0
    chunks: tuple[FilmChunk, ...] = ()
    has_game_ended: bool = False
    manifest_refresh_seconds: int = 0
    match_id: UUID | None = None
    film_major_version: int = 0


class Film(PascalCaseModel):
    """The film of a match; it expires some weeks after the match."""

    film_status_bond: FilmStatus = FilmStatus.UNKNOWN
    custom_data: FilmCustomData = Field(default_factory=FilmCustomData)
    blob_storage_path_prefix: str = ""
    asset_id: UUID

    @property
    def highlight_events_url(self) -> str | None:
        """The public address of the highlight events, or None while the film has none."""
        for chunk, url in reversed(self.get_chunks_and_urls()):
            if chunk.chunk_type is FilmChunkType.HIGHLIGHT_EVENTS:
                return url
        return None

    def get_chunks_and_urls(self) -> list[tuple[FilmChunk, str]]:
        """Every chunk with its public address, in the order of their index.

        The first is the header, the last of a finished film the highlight events; those between hold 20
        seconds of play each. The addresses take no token and must be given none.
        """
        prefix = self.blob_storage_path_prefix
        if prefix and not prefix.endswith("/"):
            prefix += "/"
        ordered = sorted(self.custom_data.chunks, key=lambda chunk: chunk.index)
        return [(chunk, prefix + chunk.file_relative_path.lstrip("/")) for chunk in ordered]
