"""What a request brings: its JSON and its files, before anything was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.playground.discord.model import Json

__all__ = ["Body", "Upload"]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request (`files[n]`)."""

    filename: str
    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Body:
    """A request's JSON object and its files by their number."""

    json: Json
    files: Mapping[int, Upload] = field(default_factory=dict[int, Upload])
