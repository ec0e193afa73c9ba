"""One interaction from the click to its last answer, and the rules on when what may be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from bot.playground.discord.model import Channel, Guild, Json, Message, User

__all__ = ["CallbackType", "Interaction", "InteractionType", "Modal"]


class InteractionType(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackType(IntEnum):
    """How an application may answer first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Modal:
    """A form that a person has before them, and the interaction that opened it."""

    custom_id: str
    title: str
    components: list[Json]
    opened_by: Interaction


@dataclass(slots=True, eq=False)
class Interaction:
    """An interaction and all that came of it. Times are in seconds; `*_ms` count from its dispatch."""

    id: int
    token: str
    type: InteractionType
    user: User
    channel: Channel
    guild: Guild | None
    data: Json
    owners: dict[str, str]
    created_at: float
    sent_at: float
    name: str | None = None
    source: Message | None = None
    force_ephemeral: bool = False
    callback: CallbackType | None = None
    original: Message | None = None
    original_deleted: bool = False
    follow_ups: list[Message] = field(default_factory=list[Message])
    modal: Modal | None = None
    choices: list[Json] | None = None
    ack_ms: float | None = None
    answer_ms: float | None = None
    edits: int = 0
    watchers: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])

    def changed(self) -> None:
        """Tell whoever waits that something came of it."""
        for watcher in tuple(self.watchers):
            watcher()
