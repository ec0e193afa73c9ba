"""What a person is told about their own account: links, proof, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

__all__ = ["Checked", "Kept", "KeptLink", "Linked", "Name", "Proof", "ProofOutcome", "XboxAccount"]


@dataclass(frozen=True, slots=True)
class XboxAccount:
    """Who somebody is in Halo."""

    xuid: int
    gamertag: str
    gamerpic_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A link that stands.

    Attributes:
        account: Whom the user is linked to.
        is_verified: Whether the user has proved it.
        is_new: False where this very link was there before.
        replaced: The gamertag of the account that was linked before, and is not any more.
        boards_left: On how many servers somebody else holds the account, so that the user left the board there.
    """

    account: XboxAccount
    is_verified: bool
    is_new: bool
    replaced: str | None = None
    boards_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A code to be set as service tag: until when, and how often one may look."""

    account: XboxAccount
    code: str
    expires_at: datetime
    checks_left: int


class ProofOutcome(Enum):
    """What a look at the service tag found; the values are those of :class:`bot.store.Outcome`."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found, the tag that the account had then, and the code that is still open, if it is."""

    account: XboxAccount
    tag: str
    outcome: ProofOutcome
    checks_left: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A gamertag and since when it was known."""

    gamertag: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLink:
    """A user's link as it is stored."""

    xuid: int
    gamertag: str | None
    linked_at: datetime
    verified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that is kept of a user.

    Attributes:
        link: The link, if there is one.
        names: The linked player's gamertags, newest first.
        server_ids: On whose boards the user is.
        matches, snapshots, jobs, codes: How many of each are stored.
        refreshed_at: When the matches were last looked for.
        look_ups: Gamertags that the user looked up, newest first; in memory only.
        holder_id: The member who holds the account in this server instead of the user.
        is_disputed: Somebody else has proved to own the account, and the user has not, or has longer ago.
    """

    link: KeptLink | None = None
    names: tuple[Name, ...] = ()
    server_ids: tuple[int, ...] = ()
    matches: int = 0
    snapshots: int = 0
    jobs: int = 0
    codes: int = 0
    refreshed_at: datetime | None = None
    look_ups: tuple[str, ...] = ()
    holder_id: int | None = None
    is_disputed: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is kept."""
        return self.link is None and not self.codes and not self.look_ups
