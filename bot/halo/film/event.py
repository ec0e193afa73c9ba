"""What a film tells about one moment of one player."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["EventType", "HighlightEvent"]

EventType = Literal["kill", "death", "medal", "mode"]


class HighlightEvent(NamedTuple):
    """A kill, a death, a medal, or something that counts in the mode, such as a flag capture.

    Attributes:
        xuid: Who it happened to; the key to everything else about the player.
        gamertag: What the player was called then. It comes from the film and is not to be trusted.
        type_hint: The byte that tells the type; of a medal it is the sorting weight.
        is_medal: Whether a medal was given.
        event_type: What happened.
        time_ms: Milliseconds since the match began.
        medal_value: The byte that tells the medal.
        medal_name: The medal's English name; None for other events, and for medals unheard of.
    """

    xuid: int
    gamertag: str
    type_hint: int
    is_medal: bool
    event_type: EventType
    time_ms: int
    medal_value: int
    medal_name: str | None
