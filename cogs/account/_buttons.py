"""The buttons of linking, proving and deleting. They outlive a restart: all they know is their custom id."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.ui.account_texts import LABELS
from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.limits import BUTTON_LABEL, clip
from bot.ui.link_modal import LinkModal
from bot.ui.owned_button import OwnedButton
from bot.ui.speech import language_of
from bot.ui.turn import ActionButton
from bot.words.language import Language
from bot.words.phrase import Phrase

if TYPE_CHECKING:
    from cogs.account import AccountCog

__all__ = ["AccountButton", "again_button", "buttons"]

# What a button is about is an XUID, or what was typed: with all else that is within a custom id's 100 characters.
LONGEST_ABOUT = 40
STYLES = {
    "v": discord.ButtonStyle.primary,
    "c": discord.ButtonStyle.success,
    "r": discord.ButtonStyle.primary,
    "d": discord.ButtonStyle.danger,
    "q": discord.ButtonStyle.danger,
    "f": discord.ButtonStyle.primary,
}
FORM = "f"


class AccountButton(
    OwnedButton, template=r"ab:(?P<verb>[vcnrkqdeflau]):(?P<owner>[0-9]{15,20}):(?P<about>(?s:.{0,40}))"
):
    """Does what its letter says (see :data:`bot.ui.account_texts.LABELS`), about an account or what was typed."""

    def __init__(
        self, verb: str, owner_id: int, about: str, language: Language, *, label: Phrase | None = None
    ) -> None:
        kept = about if len(about) <= LONGEST_ABOUT else ""
        super().__init__(
            ui.Button(
                label=clip(language.say(label or LABELS[verb]), BUTTON_LABEL),
                custom_id=f"ab:{verb}:{owner_id}:{kept}",
                style=STYLES.get(verb, discord.ButtonStyle.secondary),
            )
        )
        self.verb = verb
        self.owner_id = owner_id
        self.about = kept

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state back, also from a message of an earlier process."""
        return cls(match["verb"], int(match["owner"]), match["about"], language_of(interaction))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form, or do the deed."""
        cog = cast("AccountCog", interaction.client.get_cog("account"))
        if self.verb == FORM:
            await interaction.response.send_modal(LinkModal(cog.answers.link, language_of(interaction)))
        else:
            await cog.answers.deeds[self.verb](interaction, self.about)


def buttons(verbs: str, owner_id: int, about: object, language: Language) -> list[AccountButton]:
    """Return a button for each letter."""
    return [AccountButton(verb, owner_id, str(about), language) for verb in verbs]


def again_button(verb: str, owner_id: int, about: object = "") -> ActionButton:
    """Return what makes the buttons under a failure: to try the deed again, or to name another account."""
    return partial(_again, verb, owner_id, str(about))


def _again(verb: str, owner_id: int, about: str, action: Action, language: Language) -> AccountButton | None:
    if action is Action.LINK:
        label = Action.ASK_PLAYER if about else Action.LINK
        return AccountButton(FORM, owner_id, "", language, label=ACTION_LABELS[label])
    if action in (Action.RETRY, Action.CHECK_AGAIN):
        return AccountButton(verb, owner_id, about, language, label=ACTION_LABELS[action])
    return None
