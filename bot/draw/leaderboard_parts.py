"""The parts of a leaderboard's input: its rows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.draw.scoreboard_parts import TierIcon, Tone

__all__ = ["BoardRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A member's line.

    Attributes:
        place: 1 and up, which colours the first three; 0 for who has none.
        rank: The place as it is written.
        name: The gamertag, or what stands for it.
        is_verified: The account has its mark.
        initial: What stands in a disc where there is no portrait; its first character is drawn.
        portrait: A gamerpic as a PNG or JPEG file, or None.
        hue: Picks the colour of that disc; any number.
        tier: A CSR's tier, which also colours the bar; None draws no icon.
        value: The number that counts.
        detail: What stands beside it, small.
        tone: What the detail means: its colour.
        share: How long the bar is, 0 to 1.
        is_caller: The line of whoever asked.
    """

    place: int
    rank: str
    name: str
    is_verified: bool
    initial: str
    portrait: bytes | None
    hue: int
    tier: TierIcon | None
    value: str
    detail: str
    tone: Tone
    share: float
    is_caller: bool
