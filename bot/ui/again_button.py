"""Buttons under a question that had no answer: they ask it again, as it was or about somebody else."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Generic, Protocol, Self, TypeVar

import discord
from discord import ui

from bot.ui.account_texts import INSTEAD
from bot.ui.control_ids import State
from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.link_modal import First, Linker, LinkModal
from bot.ui.player_modal import PlayerModal
from bot.ui.speech import language_of
from bot.ui.stated_button import Look, StatedButton
from bot.words.language import Language
from bot.words.phrase import Phrase

__all__ = ["AgainButton", "PlayerAgainButton", "PlayerQuery"]

StateT = TypeVar("StateT", bound=State)

#: What stands in a custom id for what a button does.
LETTERS: Final = {
    Action.ASK_PLAYER: "p",
    Action.LOOK_UP: "n",
    Action.RETRY: "r",
    Action.CHECK_AGAIN: "c",
    Action.LINK: "l",
}
#: The letter of the button that puts one link in the place of another, and then asks. It stands under no failure.
LINK_INSTEAD: Final = "i"
LABELS: Final[dict[str, Phrase]] = {
    "": ACTION_LABELS[Action.RETRY],
    LINK_INSTEAD: INSTEAD,
    **{letter: ACTION_LABELS[action] for action, letter in LETTERS.items()},
}


class AgainButton(StatedButton[StateT], Generic[StateT]):
    """Base of the buttons under the failures of one command; a subclass says in :meth:`ask` what answers.

    Without letters in its ``ids`` there is only *Retry*.
    """

    @classmethod
    def offer(cls, owner_id: int, query: StateT, action: Action, language: Language) -> Self | None:
        """Return the button that does ``action`` for a question; None for what this command has no button for."""
        letter = LETTERS[action] if cls.ids.actions else ""
        is_offered = letter in cls.ids.actions if letter else action is Action.RETRY
        return cls(letter, owner_id, query, language) if is_offered else None

    @classmethod
    def look(cls, action: str, state: StateT) -> Look:
        """Every one of them is what to do next."""
        return Look(label=LABELS[action], style=discord.ButtonStyle.primary)

    async def ask(
        self, interaction: discord.Interaction[Any], query: StateT, first: First | None = None
    ) -> None:
        """Answer a question with a new message; ``first`` is done before, once the answer is deferred."""
        raise NotImplementedError

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Run the command as if it had been typed again."""
        await self.ask(interaction, self.state)


class PlayerQuery(State, Protocol):
    """A question about a player; None is whoever asks."""

    @property
    def player(self) -> str | None:
        """Who was named."""
        ...

    def about(self, player: str | None) -> Self:
        """Return the same question about another player."""
        ...


QueryT = TypeVar("QueryT", bound=PlayerQuery)


class PlayerAgainButton(AgainButton[QueryT], Generic[QueryT]):
    """Base of those under a question about a player: it can be asked about another one, or one's own account."""

    ACTIONS: ClassVar[str] = "".join(LETTERS.values()) + LINK_INSTEAD

    @staticmethod
    def linker(interaction: discord.Interaction[Any]) -> Linker:
        """Return what links accounts."""
        raise NotImplementedError

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form that helps, or run the command as if it had been typed again."""
        if self.action in (LETTERS[Action.ASK_PLAYER], LETTERS[Action.LOOK_UP]):
            await interaction.response.send_modal(PlayerModal(self._ask_about, language_of(interaction)))
        elif self.action == LETTERS[Action.LINK]:
            await interaction.response.send_modal(LinkModal(self._link, language_of(interaction)))
        elif self.action == LINK_INSTEAD:
            linker, which = self.linker(interaction), self.state.player or ""
            await linker.replace_then(interaction, which, self._ask_own, self._instead)
        else:
            await super().press(interaction)

    async def _ask_about(self, interaction: discord.Interaction[Any], player: str) -> None:
        await self.ask(interaction, self.state.about(player))

    async def _link(self, interaction: discord.Interaction[Any], gamertag: str) -> None:
        await self.linker(interaction).link_then(interaction, gamertag, self._ask_own, self._instead)

    async def _ask_own(self, interaction: discord.Interaction[Any], first: First) -> None:
        await self.ask(interaction, self.state.about(None), first)

    def _instead(self, which: str, label: Phrase, language: Language) -> ui.Item[Any]:
        """Make the button that replaces a link: it carries the question, with ``which`` for its player."""
        return type(self)(LINK_INSTEAD, self.owner_id, self.state.about(which), language, label=label)
