"""What is said more than once about linked accounts."""

from __future__ import annotations

from typing import Final

from bot.ui.command_texts import ACCOUNT, LASTMATCH, UNLINK
from bot.words.phrase import phrase, term

__all__ = ["CANCELLED", "COLOURS", "FORGOTTEN", "INSTEAD", "KEEPING", "LABELS", "UNDOING", "WHAT_FOR"]

#: Of the bar at an embed's side.
COLOURS: Final = {"plain": 0x4C8DFF, "good": 0x3FB950, "ask": 0xD29922, "bad": 0xE5534B}

#: What replaces a link says so before.
INSTEAD: Final = term("button", "Link {new} instead of {old}")

#: What the buttons do, by their letter in a custom id.
LABELS: Final = {
    "v": term("button", "Verify"),
    "c": term("button", "Check"),
    "n": term("button", "New code"),
    "r": INSTEAD,
    "k": term("button", "Keep as it is"),
    "q": term("button", "Delete it all"),
    "d": term("button", "Yes, delete it all"),
    "e": term("button", "Export as JSON"),
    "f": term("button", "Link account"),
    "l": term("button", "Retry"),
    "a": term("button", "Retry"),
    "u": term("button", "Retry"),
}

WHAT_FOR: Final = phrase(
    "`/{lastmatch}` without a player now means you, and members of servers where you use me can mention you "
    "instead of typing your gamertag.",
    lastmatch=LASTMATCH,
)
KEEPING: Final = phrase(
    "Your Discord id with this account's XUID and gamertags; your matches and ranks, as Halo shows them to "
    "everybody; and the servers in which you use me, for their boards."
)
UNDOING: Final = phrase(
    "`/{account}` shows all of it, exports it and deletes it. `/{unlink}` deletes it at once.",
    account=ACCOUNT,
    unlink=UNLINK,
)
FORGOTTEN: Final = phrase(
    "Your link, your places on boards, gamertags, ranks, look-ups and open codes are deleted. Matches in which "
    "another linked player was keep your numbers without your name."
)
CANCELLED: Final = phrase("Nothing was changed.")
