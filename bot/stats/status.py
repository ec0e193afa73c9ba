"""How the bot is doing: Halo's services, the work behind the commands, a server's board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from bot.stats.leaderboard import Freshness

__all__ = [
    "BoardStatus",
    "HaloStatus",
    "Service",
    "ServiceStatus",
    "Status",
    "Trouble",
    "TroubleKind",
    "Unreadable",
    "Waiting",
]


class Service(StrEnum):
    """Halo's authorities, by what players have of them."""

    MATCHES = "matches"
    RANKS = "ranks"
    PLAYERS = "players"
    SEASONS_AND_MEDALS = "seasons_and_medals"
    MAPS_AND_MODES = "maps_and_modes"
    SERVICE_TAGS = "service_tags"


class TroubleKind(Enum):
    """What is wrong: no answers, errors instead, too many questions, or nobody who is signed in."""

    SILENT = "silent"
    FAILING = "failing"
    BUSY = "busy"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing has gone well since then."""

    kind: TroubleKind
    since: datetime


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """One of Halo's services, as it last behaved.

    Attributes:
        service: Which.
        answered_at: When it last answered; None: not since the bot was started.
        trouble: What is wrong with it; None: nothing, or it has not been asked.
    """

    service: Service
    answered_at: datetime | None = None
    trouble: Trouble | None = None

    @property
    def was_asked(self) -> bool:
        """Whether anything is known of it."""
        return self.answered_at is not None or self.trouble is not None


@dataclass(frozen=True, slots=True)
class HaloStatus:
    """Halo's services, and what keeps the bot from signing in to them, if anything does."""

    services: Sequence[ServiceStatus]
    sign_in: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of a kind that waits or is being done.

    Attributes:
        kind: Which work.
        due: How much of it should be done now.
        later: How much of it has its time to come.
        first_at: When the first of all that was, or will be, due; None if nothing waits.
        in_hand: How much of it is being done.
    """

    kind: str
    due: int
    later: int
    first_at: datetime | None
    in_hand: int = 0


@dataclass(frozen=True, slots=True)
class BoardStatus:
    """How many members a server's board has, and how old what is known of them is."""

    members: int
    fresh: Freshness


class Unreadable:
    """What stands for a part whose database cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All of it.

    Attributes:
        started_at: Since when the bot runs.
        halo: Halo's services.
        work: What waits and what is being done, in no order.
        board: The server's board; None where there is none.
    """

    started_at: datetime
    halo: HaloStatus
    work: Sequence[Waiting] | Unreadable
    board: BoardStatus | Unreadable | None
