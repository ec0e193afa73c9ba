"""Buttons about something that their custom id names, such as a match or a page of a board."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

import discord
from discord import ui

from bot.ui.control_ids import NEVER, ControlIds, State
from bot.ui.limits import BUTTON_LABEL, clip
from bot.ui.owned_button import OwnedButton
from bot.ui.speech import language_of
from bot.words.language import Language
from bot.words.phrase import Phrase

__all__ = ["Look", "StatedButton"]

StateT = TypeVar("StateT", bound=State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a button looks: what is written on it if nothing else is, its colour, and its row; None is where it fits."""

    label: Phrase
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    row: int | None = None


class StatedButton(OwnedButton, Generic[StateT], template=NEVER):
    """Base of a kind of button; a subclass names its custom ids as ``ids``, how its buttons look and what they do.

    Attributes:
        action: The letter of what this button does.
        owner_id: Who may press it.
        state: What it is about.
    """

    ids: ClassVar[ControlIds[Any]]

    def __init_subclass__(cls, *, ids: ControlIds[Any] | None = None) -> None:
        super().__init_subclass__(template=ids.template if ids else NEVER)
        if ids:
            cls.ids = ids

    def __init__(
        self,
        action: str,
        owner_id: int,
        state: StateT,
        language: Language,
        *,
        label: Phrase | None = None,
        disabled: bool = False,
    ) -> None:
        look = self.look(action, state)
        super().__init__(
            ui.Button(
                label=clip(language.say(label or look.label), BUTTON_LABEL),
                custom_id=self.ids.write(action, owner_id, state),
                style=look.style,
                disabled=disabled,
                row=look.row,
            )
        )
        self.action = action
        self.owner_id = owner_id
        self.state = state

    @classmethod
    def look(cls, action: str, state: StateT) -> Look:
        """Return how the button looks that does ``action``."""
        raise NotImplementedError

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state back, also from a message of an earlier process."""
        return cls(*cls.ids.read(match), language_of(interaction))
