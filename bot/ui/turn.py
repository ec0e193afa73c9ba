"""A turn: one interaction from its defer to its answer, which always comes.

Everything that a command, button or modal shows goes through here, so that a deferred interaction can
be ended by whoever notices that it has not been: the error surface, the deadline, or the shutdown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO
from typing import Any, Final

import discord
from discord import ui

from bot.ui.failures import Action, Failure
from bot.ui.limits import fit

__all__ = ["Card", "Picture", "Turn", "answer_failure"]

KEY: Final = "adjutant.turn"
VIEW_SECONDS: Final = 15 * 60
FAILURE_COLOUR: Final = 0xE5534B

AnyInteraction = discord.Interaction[Any]
ActionButton = Callable[[Action], ui.Item[Any] | None]


class Shape(Enum):
    """What the defer promised."""

    PUBLIC = "public"
    PRIVATE = "private"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the name that an embed refers to and the text for those who do not see it."""

    filename: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An answer: an embed, its pictures and its buttons."""

    embed: discord.Embed
    pictures: Sequence[Picture] = ()
    items: Sequence[ui.Item[Any]] = ()

    def files(self) -> list[discord.File]:
        """Fresh files: discord.py consumes them when they are sent."""
        return [discord.File(BytesIO(p.png), p.filename, description=p.alt[:1024]) for p in self.pictures]

    def view(self) -> ui.View:
        """Fresh buttons. They are dynamic items, which outlive this view and the process."""
        view = ui.View(timeout=VIEW_SECONDS)
        for item in self.items:
            view.add_item(item)
        return view


@dataclass(eq=False, slots=True)
class Turn:
    """The state of one deferred interaction."""

    interaction: AnyInteraction
    shape: Shape
    button: ActionButton | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _noticed: bool = False

    @classmethod
    async def open(
        cls, interaction: AnyInteraction, *, private: bool = False, button: ActionButton | None = None
    ) -> Turn:
        """Defer a new answer; ``private`` decides for good whether only the caller sees it."""
        shape = Shape.PRIVATE if private else Shape.PUBLIC
        turn = cls._attach(interaction, shape, button)
        await interaction.response.defer(ephemeral=private, thinking=True)
        return turn

    @classmethod
    async def open_update(cls, interaction: AnyInteraction, *, button: ActionButton | None = None) -> Turn:
        """Defer an edit of the message whose component was used."""
        turn = cls._attach(interaction, Shape.UPDATE, button)
        await interaction.response.defer()
        return turn

    @classmethod
    def _attach(cls, interaction: AnyInteraction, shape: Shape, button: ActionButton | None) -> Turn:
        turn = cls(interaction, shape, button)
        interaction.extras[KEY] = turn
        return turn

    @staticmethod
    def of(interaction: AnyInteraction) -> Turn | None:
        """The turn of an interaction, None when it was never deferred."""
        return interaction.extras.get(KEY)

    async def answer(self, card: Card) -> None:
        """Show the card. After the turn was ended by a failure nothing more is shown."""
        if self.over.is_set():
            return
        self.over.set()
        await self._edit(card)

    async def amend(self, card: Card) -> None:
        """Show a fuller card in the place of the one that was answered."""
        await self._edit(card)

    async def notice(self, text: str) -> None:
        """Say something to whoever waits, where the answer will stand; once, and only if a new answer is awaited."""
        if self.over.is_set() or self._noticed or self.shape is Shape.UPDATE:
            return
        self._noticed = True
        await self.interaction.edit_original_response(
            embed=discord.Embed(description=text), allowed_mentions=discord.AllowedMentions.none()
        )

    async def fail(self, failure: Failure) -> None:
        """End the turn with a failure that only the caller sees."""
        if self.over.is_set():
            await _follow_up(self.interaction, failure, self.button)
            return
        self.over.set()
        if self.shape is Shape.PRIVATE:
            await self._edit(_failure_card(failure, self.button))
            return
        if self.shape is Shape.PUBLIC:
            # A public "thinking…" cannot become private: it goes, and the failure follows it.
            await self.interaction.delete_original_response()
        await _follow_up(self.interaction, failure, self.button)

    async def _edit(self, card: Card) -> None:
        await self.interaction.edit_original_response(
            embed=fit(card.embed),
            attachments=card.files(),
            view=card.view() if card.items else None,
            allowed_mentions=discord.AllowedMentions.none(),
        )


async def answer_failure(interaction: AnyInteraction, failure: Failure) -> None:
    """Tell the caller of a failure, whatever state the interaction is in."""
    turn = Turn.of(interaction)
    if turn is not None and interaction.response.is_done():
        await turn.fail(failure)
    elif not interaction.response.is_done():
        if turn is not None:
            turn.over.set()
        card = _failure_card(failure, turn.button if turn else None)
        await interaction.response.send_message(
            embed=card.embed, view=card.view() if card.items else discord.utils.MISSING, ephemeral=True
        )
    else:
        await _follow_up(interaction, failure, None)


def _failure_card(failure: Failure, button: ActionButton | None) -> Card:
    embed = discord.Embed(title=failure.title, description=failure.text, colour=FAILURE_COLOUR)
    items = [item for action in failure.actions if button and (item := button(action))]
    return Card(embed=fit(embed), items=items)


async def _follow_up(interaction: AnyInteraction, failure: Failure, button: ActionButton | None) -> None:
    card = _failure_card(failure, button)
    await interaction.followup.send(
        embed=card.embed,
        view=card.view() if card.items else discord.utils.MISSING,
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
    )
