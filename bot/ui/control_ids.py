"""What a control's custom id says: which kind of control it is, what it does, for whom, and about what.

A message stays usable for as long as it stands, through every restart, so what was written once has to be read
for good: a new kind of control gets a prefix of its own, and no letter changes its meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, NamedTuple, Protocol, Self, TypeVar

__all__ = ["NEVER", "ControlIds", "Held", "State"]

#: The template of a base class, of which no control is made.
NEVER: Final = r"(?!)"
OWNER: Final = r"(?P<owner>[0-9]{15,20})"


class State(Protocol):
    """What a control is about, as a part of its custom id. The pattern's groups are not named action or owner."""

    PATTERN: ClassVar[str]

    def encode(self) -> str:
        """Write it so that :attr:`PATTERN` matches."""
        ...

    @classmethod
    def decode(cls, match: re.Match[str]) -> Self:
        """Read it from a match of :attr:`PATTERN`."""
        ...


StateT = TypeVar("StateT", bound=State)


class Held(NamedTuple):
    """What a custom id holds: the letter of what is to be done, who may do it, and the :class:`State`."""

    action: str
    owner_id: int
    state: Any


@dataclass(frozen=True, slots=True)
class ControlIds(Generic[StateT]):
    """The custom ids of one kind of control: ``prefix:action:owner:state``.

    Attributes:
        prefix: Two letters that no other kind has.
        actions: The letters of what such a control can do; empty where it does one thing, and no letter is written.
        state: What it is about.
    """

    prefix: str
    actions: str
    state: type[StateT]

    @property
    def template(self) -> str:
        """The pattern of all of them."""
        action = f"(?P<action>[{self.actions}]):" if self.actions else ""
        return f"{self.prefix}:{action}{OWNER}:{self.state.PATTERN}"

    def write(self, action: str, owner_id: int, state: StateT) -> str:
        """Return the custom id of a control."""
        parts = (self.prefix, *([action] if self.actions else []), str(owner_id), state.encode())
        return ":".join(parts)

    def read(self, match: re.Match[str]) -> Held:
        """Return what a custom id holds, by its match of :attr:`template`."""
        groups: dict[str, Any] = match.groupdict()
        return Held(groups.get("action", ""), int(groups["owner"]), self.state.decode(match))
