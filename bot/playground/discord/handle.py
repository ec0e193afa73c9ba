"""What a person at the client sees of one interaction, as things to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.playground.discord.interactions import Interaction, Modal
from bot.playground.discord.limits import ANSWER_WITHIN
from bot.playground.discord.model import Json, Message

__all__ = ["ApplicationDidNotRespond", "InteractionHandle"]

T = TypeVar("T")

_PATIENCE_S = 15.0


class ApplicationDidNotRespond(Exception):  # Discord's own words
    """What was waited for did not come in time."""


class InteractionHandle:
    """One interaction; every wait takes real seconds and raises `ApplicationDidNotRespond` after them."""

    def __init__(self, interaction: Interaction) -> None:
        self.interaction = interaction

    @property
    def ack_ms(self) -> float | None:
        """Milliseconds from sending the interaction to its callback; None while there is none."""
        return self.interaction.ack_ms

    @property
    def answer_ms(self) -> float | None:
        """Milliseconds from sending the interaction to the first real answer; None while there is none."""
        return self.interaction.answer_ms

    async def until(self, found: Callable[[Interaction], T | None], patience_s: float = _PATIENCE_S) -> T:
        """Return what `found` finds in the interaction, as soon as it finds something."""
        happened = asyncio.Event()
        self.interaction.watchers.append(happened.set)
        try:
            async with asyncio.timeout(patience_s):
                while (result := found(self.interaction)) is None:
                    happened.clear()
                    await happened.wait()
                return result
        except TimeoutError:
            raise ApplicationDidNotRespond("The application did not respond") from None
        finally:
            self.interaction.watchers.remove(happened.set)

    async def acknowledged(self, patience_s: float = ANSWER_WITHIN.total_seconds()) -> None:
        """Return once the application has answered in any way."""
        await self.until(lambda it: it.callback, patience_s)

    async def answer(self, patience_s: float = _PATIENCE_S) -> Message:
        """Return the answer: a message, the first edit of a thinking one, the update of the clicked one.

        Where the original was deleted, it is the follow-up that came in its place.
        """
        return await self.until(_answer, patience_s)

    async def edited(self, times: int = 1, patience_s: float = _PATIENCE_S) -> Message:
        """Return the original answer once it was edited so many times."""
        return await self.until(lambda it: it.original if it.edits >= times else None, patience_s)

    async def follow_up(self, index: int = 0, patience_s: float = _PATIENCE_S) -> Message:
        """Return a follow-up, the first by default."""
        return await self.until(
            lambda it: it.follow_ups[index] if len(it.follow_ups) > index else None, patience_s
        )

    async def modal(self, patience_s: float = ANSWER_WITHIN.total_seconds()) -> Modal:
        """Return the form that was opened."""
        return await self.until(lambda it: it.modal, patience_s)

    async def choices(self, patience_s: float = ANSWER_WITHIN.total_seconds()) -> list[Json]:
        """Return what autocomplete offers: objects with `name` and `value`."""
        return await self.until(lambda it: it.choices, patience_s)


def _answer(interaction: Interaction) -> Message | None:
    if interaction.answer_ms is None:
        return None
    if interaction.original is not None and not interaction.original.deleted:
        return interaction.original
    return interaction.follow_ups[0] if interaction.follow_ups else None
