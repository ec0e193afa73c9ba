"""The state that buttons and menus carry in their custom id: which board is shown, and which page of it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bot.stats.leaderboard import BoardWindow, Question
from bot.stats.leaderboard_metrics import METRICS

__all__ = ["MOST_MATCHES", "Shown", "decode_playlist", "encode_playlist"]

MOST_MATCHES = 9_999
_FARTHEST_PAGE = 99_999
_USUAL, _NO_MEDAL, _EVERY_PLAYLIST = 0, 0, "-"
_METRICS = "|".join(METRICS)
_WINDOWS = "".join(window.value for window in BoardWindow)


@dataclass(frozen=True, slots=True)
class Shown:
    """A board and a page of it."""

    question: Question
    page: int = 1

    PATTERN: ClassVar[str] = (
        rf"(?P<metric>{_METRICS}):(?P<medal>[0-9]{{1,10}}):(?P<playlist>-|[A-Za-z0-9_-]{{22}}):"
        rf"(?P<window>[{_WINDOWS}]):(?P<least>[0-9]{{1,4}}):(?P<page>[0-9]{{1,5}})"
    )

    def encode(self) -> str:
        """As a part of a custom id: at most 65 characters."""
        asked = self.question
        parts = (
            asked.metric.key,
            asked.medal_id or _NO_MEDAL,
            encode_playlist(asked.playlist_id),
            asked.window.value,
            asked.min_matches or _USUAL,
            min(self.page, _FARTHEST_PAGE),
        )
        return ":".join(map(str, parts))

    @classmethod
    def decode(cls, match: re.Match[str]) -> Shown:
        """From a match of :attr:`PATTERN`."""
        question = Question(
            metric=METRICS[match["metric"]],
            medal_id=int(match["medal"]) or None,
            playlist_id=decode_playlist(match["playlist"]),
            window=BoardWindow(match["window"]),
            min_matches=int(match["least"]) or None,
        )
        return cls(question, int(match["page"]))


def encode_playlist(playlist_id: UUID | None) -> str:
    """Write a playlist in 22 characters; all of them together as a dash."""
    if playlist_id is None:
        return _EVERY_PLAYLIST
    return base64.urlsafe_b64encode(playlist_id.bytes).decode().rstrip("=")


def decode_playlist(text: str) -> UUID | None:
    """Read what :func:`encode_playlist` wrote."""
    return None if text == _EVERY_PLAYLIST else UUID(bytes=base64.urlsafe_b64decode(text + "=="))
