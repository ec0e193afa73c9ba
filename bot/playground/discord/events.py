"""What happens in the local Discord, told to whoever subscribes: the gateway, a page, a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.discord.model import Json, Message

__all__ = ["Event", "Events", "Observer"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a gateway dispatch name and its payload.

    `message` is the message concerned, if any; an ephemeral one is for `message.visible_to` only.
    """

    name: str
    data: Json
    guild_id: int | None = None
    message: Message | None = None


Observer = Callable[[Event], None]


class Events:
    """A list of observers, called in order and at once; an observer must not block."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer` for each event from now on; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def emit(self, event: Event) -> None:
        """Tell every observer."""
        for observer in tuple(self._observers):
            observer(event)
