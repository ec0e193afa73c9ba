"""A turn: one interaction from its defer to its answer, which always comes.

Everything that a command, button or modal shows goes through here, so that a deferred interaction can
be ended by whoever notices that it has not been: the error surface, the deadline, or the shutdown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO
from typing import Any, Final

import aiohttp
import discord
from discord import ui

from bot.ui.failure import Action, Failure
from bot.ui.limits import fit
from bot.ui.speech import language_of
from bot.words.language import Language
from bot.words.phrase import Phrase

__all__ = ["TROUBLE", "Card", "Document", "Picture", "Turn", "answer_failure"]

KEY: Final = "adjutant.turn"
VIEW_SECONDS: Final = 15 * 60
FAILURE_COLOUR: Final = 0xE5534B
DELIVERY_S: Final = 20.0
ALREADY_ACKNOWLEDGED: Final = 40060
TROUBLE: Final = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

AnyInteraction = discord.Interaction[Any]
ActionButton = Callable[[Action, Language], ui.Item[Any] | None]


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


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be saved, with what is in it said in a few words."""

    filename: str
    content: bytes
    description: str


class NumberedFile(discord.File):
    """A file whose number is sent as Discord's API description has it: a snowflake, which is a text."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """The file's entry among the attachments of a message."""
        return {**super().to_dict(index), "id": str(index)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An answer: an embed, its pictures and its buttons, and files to be saved."""

    embed: discord.Embed
    pictures: Sequence[Picture] = ()
    items: Sequence[ui.Item[Any]] = ()
    documents: Sequence[Document] = ()

    def files(self) -> list[discord.File]:
        """Fresh files: discord.py consumes them when they are sent."""
        contents = [
            *((p.filename, p.png, p.alt) for p in self.pictures),
            *((d.filename, d.content, d.description) for d in self.documents),
        ]
        return [NumberedFile(BytesIO(data), name, description=text[:1024]) for name, data, text in contents]

    def view(self) -> ui.View:
        """Fresh buttons. They are dynamic items, which outlive this view and the process."""
        view = ui.View(timeout=VIEW_SECONDS)
        for item in self.items:
            view.add_item(item)
        return view


@dataclass(eq=False, slots=True)
class Turn:
    """The state of one deferred interaction.

    ``over`` is set once Discord has taken an answer or a failure. ``task`` is what works on the answer:
    whoever ends the turn from outside cancels it first.
    """

    interaction: AnyInteraction
    shape: Shape
    button: ActionButton | None
    task: asyncio.Task[Any] | None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _is_deferred: bool = False
    _is_noticed: bool = False
    _is_answered: bool = False
    _is_aside: bool = False

    @classmethod
    async def open(
        cls, interaction: AnyInteraction, *, private: bool = False, button: ActionButton | None = None
    ) -> Turn:
        """Defer a new answer; ``private`` decides for good whether only the caller sees it."""
        turn = cls._attach(interaction, Shape.PRIVATE if private else Shape.PUBLIC, button)
        await turn._defer(lambda: interaction.response.defer(ephemeral=private, thinking=True))
        return turn

    @classmethod
    async def open_update(cls, interaction: AnyInteraction, *, button: ActionButton | None = None) -> Turn:
        """Defer an edit of the message whose component was used."""
        turn = cls._attach(interaction, Shape.UPDATE, button)
        await turn._defer(interaction.response.defer)
        return turn

    @classmethod
    def _attach(cls, interaction: AnyInteraction, shape: Shape, button: ActionButton | None) -> Turn:
        turn = cls(interaction, shape, button, asyncio.current_task())
        interaction.extras[KEY] = turn
        return turn

    @property
    def language(self) -> Language:
        """The language of whoever asked."""
        return language_of(self.interaction)

    @staticmethod
    def of(interaction: AnyInteraction) -> Turn | None:
        """The turn of an interaction, None when it was never deferred."""
        return interaction.extras.get(KEY)

    async def answer(self, card: Card) -> None:
        """Show the card. After the turn was ended otherwise nothing more is shown.

        Raises:
            discord.HTTPException: Discord refused the card; the turn is still open.
            TimeoutError: Discord did not take it in time.
        """
        if not self._is_aside:
            await self._edit(card)
            self._is_answered = True
            self.over.set()

    async def amend(self, card: Card) -> None:
        """Show a fuller card in the place of the one that was answered."""
        if self._is_answered:
            await self._edit(card)

    async def notice(self, words: Phrase) -> None:
        """Say something to whoever waits, where the answer will stand; once, and only if a new answer is awaited."""
        if self.over.is_set() or self._is_noticed or self.shape is Shape.UPDATE:
            return
        self._is_noticed = True
        await self.interaction.edit_original_response(
            embed=discord.Embed(description=self.language.say(words)),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def fail(self, failure: Failure) -> None:
        """End the turn with a failure that only the caller sees; the first one counts."""
        await self.turn_aside(_failure_card(failure, self.language, self.button))

    async def turn_aside(self, card: Card) -> None:
        """End the turn with something else than its answer, which only the caller sees; the first one counts."""
        if self._is_aside:
            return
        self._is_aside = True
        try:
            await self._show(card)
        finally:
            self.over.set()

    async def _show(self, card: Card) -> None:
        if not self._is_deferred and await _respond(self.interaction, card):
            return
        if self._is_answered or self.shape is Shape.UPDATE:
            await _follow_up(self.interaction, card)
        elif self.shape is Shape.PRIVATE:
            await self._edit(card)
        else:
            await self._replace(card)

    async def _replace(self, card: Card) -> None:
        """A public "thinking…" cannot become private: it goes, and the failure follows it."""
        try:
            await _persist(self.interaction.delete_original_response)
        except TROUBLE:
            # It is still there, so it has to say something: better in public than nothing.
            await self._edit(card)
            return
        await _follow_up(self.interaction, card)

    async def _defer(self, defer: Callable[[], Awaitable[object]]) -> None:
        try:
            await defer()
        except discord.HTTPException as refused:
            # Discord had taken it already, and only its receipt was lost on the way.
            if refused.code != ALREADY_ACKNOWLEDGED:
                raise
        self._is_deferred = True

    async def _edit(self, card: Card) -> None:
        await _persist(
            lambda: self.interaction.edit_original_response(
                embed=fit(card.embed),
                attachments=card.files(),
                view=card.view() if card.items else None,
                allowed_mentions=discord.AllowedMentions.none(),
            )
        )


async def answer_failure(interaction: AnyInteraction, failure: Failure) -> None:
    """Tell the caller of a failure, whatever state the interaction is in.

    Autocomplete can tell nothing: it ends without choices.
    """
    if interaction.type is discord.InteractionType.autocomplete:
        if not interaction.response.is_done():
            await interaction.response.autocomplete([])
        return
    turn = Turn.of(interaction)
    if turn is not None:
        await turn.fail(failure)
        return
    card = _failure_card(failure, language_of(interaction), None)
    if interaction.response.is_done() or not await _respond(interaction, card):
        await _follow_up(interaction, card)


def _failure_card(failure: Failure, language: Language, button: ActionButton | None) -> Card:
    embed = discord.Embed(
        title=language.say(failure.title), description=language.say(failure.text), colour=FAILURE_COLOUR
    )
    items = [item for action in failure.actions if button and (item := button(action, language))]
    return Card(embed=fit(embed), items=items)


async def _respond(interaction: AnyInteraction, card: Card) -> bool:
    """Answer directly; False when Discord has taken another response before."""
    try:
        await _persist(
            lambda: interaction.response.send_message(
                embed=card.embed, view=card.view() if card.items else discord.utils.MISSING, ephemeral=True
            )
        )
    except discord.HTTPException as refused:
        if refused.code != ALREADY_ACKNOWLEDGED:
            raise
        return False
    except discord.InteractionResponded:
        return False
    return True


async def _follow_up(interaction: AnyInteraction, card: Card) -> None:
    await _persist(
        lambda: interaction.followup.send(
            embed=card.embed,
            view=card.view() if card.items else discord.utils.MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
    )


async def _persist(call: Callable[[], Awaitable[object]]) -> None:
    """Ask Discord, and once more where the line broke: what is asked here may be asked twice."""
    try:
        async with asyncio.timeout(DELIVERY_S):
            await call()
    except (aiohttp.ClientError, ConnectionError):
        async with asyncio.timeout(DELIVERY_S):
            await call()
