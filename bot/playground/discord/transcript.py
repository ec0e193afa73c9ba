"""A record of every request that a bot made, for tests to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["RecordedFile", "RecordedRequest", "Transcript"]


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file as it came, without its bytes."""

    field: str
    filename: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request and how it ended. `template` is the path as Discord's API description writes it.

    `body` is the JSON that came, alone or as `payload_json`; None when there was none. `at` is the
    monotonic clock's time of arrival and `took_ms` the time until the answer stood. No header is kept.
    """

    method: str
    template: str | None
    path: str
    query: Mapping[str, str]
    body: Any
    files: tuple[RecordedFile, ...]
    status: int
    at: float
    took_ms: float


class Transcript:
    """The requests so far, oldest first; recording can be switched off."""

    def __init__(self, *, recording: bool = True) -> None:
        self.recording = recording
        self.requests: list[RecordedRequest] = []

    def add(self, request: RecordedRequest) -> None:
        """Keep a request, if recording."""
        if self.recording:
            self.requests.append(request)

    def of(self, method: str, template: str) -> list[RecordedRequest]:
        """Return the requests to one endpoint."""
        return [item for item in self.requests if (item.method, item.template) == (method, template)]
