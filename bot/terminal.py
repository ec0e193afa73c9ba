"""What commands that talk to their operator share: a console that neither breaks nor can be made to."""

from __future__ import annotations

import sys

from rich.console import Console

__all__ = ["is_lively", "open_console", "plain"]


def open_console() -> Console:
    """Return a console on standard output; what its encoding does not have becomes a question mark."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(markup=False, highlight=False, emoji=False)


def is_lively(console: Console) -> bool:
    """Whether a display that moves makes sense: on a terminal, and on one that can move its cursor."""
    return console.is_terminal and not console.is_dumb_terminal


def plain(text: str, limit: int = 600) -> str:
    """Return a text from elsewhere as one line without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[:limit]).split())
