"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Finding", "Verdict"]


class Verdict(Enum):
    """How it stands, in a word that reads well without colour; and the colour for where there is one."""

    FINE = ("ok", "green")
    OFF = ("off", "dim")
    MEND = ("mend", "bold red")
    TROUBLE = ("trouble", "yellow")
    NOT_REACHED = ("not reached", "dim")

    def __init__(self, word: str, style: str) -> None:
        self.word = word
        self.style = style


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        what: What was looked at.
        verdict: ``MEND`` is for the operator, ``TROUBLE`` may pass by itself, ``NOT_REACHED`` waits for
            something else in the report.
        found: What was seen; never a token.
        remedy: What to do about it.
    """

    what: str
    verdict: Verdict
    found: str = ""
    remedy: str = ""
