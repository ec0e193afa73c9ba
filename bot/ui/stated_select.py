"""Select menus about something that their custom id names, as :mod:`bot.ui.stated_button` has buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

import discord
from discord import ui

from bot.ui.control_ids import NEVER, ControlIds, State
from bot.ui.limits import CHOICES
from bot.ui.owned_select import OwnedSelect

__all__ = ["StatedSelect"]

StateT = TypeVar("StateT", bound=State)


class StatedSelect(OwnedSelect, Generic[StateT], template=NEVER):
    """Base of a kind of menu; a subclass names its custom ids as ``ids``, and what a choice does.

    Attributes:
        action: The letter of which menu of its kind this is.
        owner_id: Who may choose.
        state: What it is about.
    """

    ids: ClassVar[ControlIds[Any]]

    def __init_subclass__(cls, *, ids: ControlIds[Any]) -> None:
        super().__init_subclass__(template=ids.template)
        cls.ids = ids

    def __init__(self, item: ui.Select[Any], action: str, owner_id: int, state: StateT) -> None:
        super().__init__(item)
        self.action = action
        self.owner_id = owner_id
        self.state = state

    @classmethod
    def of(
        cls,
        action: str,
        owner_id: int,
        state: StateT,
        options: Iterable[discord.SelectOption],
        *,
        placeholder: str,
        row: int,
    ) -> Self:
        """Make a menu with as many of these options as Discord takes."""
        select = ui.Select[Any](
            custom_id=cls.ids.write(action, owner_id, state),
            placeholder=placeholder,
            options=[*options][:CHOICES],
            row=row,
        )
        return cls(select, action, owner_id, state)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the menu of the message, also of an earlier process."""
        return cls(cast("ui.Select[Any]", item), *cls.ids.read(match))
