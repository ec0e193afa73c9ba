"""What the commands and buttons of an account do: each opens its turn, asks one report, and shows a card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

import discord

from bot.app import AdjutantBot
from bot.reports.accounts import OtherAccountLinkedError
from bot.stats.accounts import Linked, ProofOutcome, XboxAccount
from bot.stats.unanswerable import AccountHeld
from bot.store import Link
from bot.ui.account_embeds import (
    cancelled_embed,
    checked_embed,
    forget_question_embed,
    forgotten_embed,
    held_embed,
    kept_embed,
    linked_embed,
    proof_embed,
    replace_question_embed,
)
from bot.ui.account_texts import INSTEAD
from bot.ui.link_modal import Instead, Then
from bot.ui.place import board_server
from bot.ui.speech import language_of
from bot.ui.texts import plain
from bot.ui.turn import TROUBLE, Card, Turn
from bot.words.language import Language
from bot.words.phrase import Phrase
from cogs.account._buttons import AccountButton, again_button, buttons
from cogs.account._export import exported
from cogs.account._replacement import Replacement

__all__ = ["Answers"]

# The reply is edited at most this often while the first matches are fetched.
PROGRESS_STEPS = 8

AnyInteraction = discord.Interaction[Any]
Deed = Callable[[AnyInteraction, str], Awaitable[None]]
Show = Callable[[Card], Awaitable[object]]


class Answers:
    """Answers, always to the caller alone.

    Attributes:
        deeds: What each button does, by its letter; they are given what the button is about.
    """

    def __init__(self, bot: AdjutantBot) -> None:
        self._bot = bot
        self._accounts = bot.resources.accounts
        self.deeds: dict[str, Deed] = {
            "v": self.begin_proof,
            "n": self.begin_proof,
            "c": self.check_proof,
            "r": self.replace,
            "l": self.link,
            "k": self.keep,
            "q": self.ask_forget_here,
            "d": self.forget,
            "e": self.export,
            "a": self.show_kept,
            "u": self.ask_forget,
        }

    async def link(self, interaction: AnyInteraction, asked: str) -> None:
        """Link an account by gamertag or XUID; where another one is linked, ask first."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("l", owner, asked))
        await self._settle(turn, asked, None)

    async def replace(self, interaction: AnyInteraction, which: str) -> None:
        """Link an account instead of the one that the question named."""
        turn = await Turn.open_update(interaction, button=again_button("r", interaction.user.id, which))
        wanted = Replacement.decode(which)
        await self._settle(turn, wanted.new, wanted.old)

    async def link_then(self, interaction: AnyInteraction, asked: str, then: Then, instead: Instead) -> None:
        """Link the account that was typed into a form, as the first thing of a command; then tell of it, too."""
        await self._link_then(interaction, Replacement(asked, None), then, instead)

    async def replace_then(
        self, interaction: AnyInteraction, which: str, then: Then, instead: Instead
    ) -> None:
        """Do that with an account that is linked instead of the one that the question named."""
        await self._link_then(interaction, Replacement.decode(which), then, instead)

    async def _link_then(
        self, interaction: AnyInteraction, wanted: Replacement, then: Then, instead: Instead
    ) -> None:
        linked: list[Linked] = []

        async def link() -> None:
            account = await self._find(interaction, wanted.new)
            linked.append(await self._link(interaction, account, wanted.old))

        try:
            await then(interaction, link)
        except OtherAccountLinkedError as other:
            await self._ask_instead(interaction, other, instead)
        except Exception as error:
            # What was linked is to be told all the same.
            await self._bot.surface.show(interaction, error)
        if linked:
            await self._tell_linked(interaction, linked[0])

    async def begin_proof(self, interaction: AnyInteraction, xuid: str) -> None:
        """Show a code to be set as service tag."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("v", owner, xuid))
        proof = await self._accounts.begin_proof(owner, int(xuid))
        link = await self._accounts.link_of(owner)
        old = None if link is None or link.xuid == proof.account.xuid else _name_of(link)
        items = buttons("c", owner, xuid, turn.language)
        await turn.answer(Card(embed=proof_embed(proof, old, turn.language), items=items))

    async def check_proof(self, interaction: AnyInteraction, xuid: str) -> None:
        """Hold the service tag against the code."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("c", owner, xuid))
        checked = await self._accounts.check_proof(owner, int(xuid), server_id=board_server(interaction))
        again = {ProofOutcome.RIGHT: "", ProofOutcome.WRONG: "c"}.get(checked.outcome, "n")
        items = buttons(again, owner, xuid, turn.language)
        await turn.answer(Card(embed=checked_embed(checked, turn.language), items=items))

    async def show_kept(self, interaction: AnyInteraction, _: str = "") -> None:
        """Show everything that is kept of the caller."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("a", owner))
        kept = await self._accounts.kept(owner, server_id=board_server(interaction))
        embed = kept_embed(kept, turn.language, server_name=self._server_name)
        items = [] if kept.is_nothing else buttons("eq", owner, "", turn.language)
        if kept.link is None:
            items = [*buttons("f", owner, "", turn.language), *items]
        elif kept.link.verified_at is None or kept.is_disputed or kept.holder_id is not None:
            items = [*buttons("v", owner, kept.link.xuid, turn.language), *items]
        await turn.answer(Card(embed=embed, items=items))

    async def export(self, interaction: AnyInteraction, _: str) -> None:
        """Hand over everything that is kept of the caller, as a file."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("e", owner))
        await turn.answer(await exported(await self._accounts.export(owner), turn.language))

    async def ask_forget(self, interaction: AnyInteraction, _: str = "") -> None:
        """Ask whether everything is to be deleted, or say that there is nothing."""
        owner = interaction.user.id
        turn = await Turn.open(interaction, private=True, button=again_button("u", owner))
        kept = await self._accounts.kept(owner, server_id=None)
        if kept.is_nothing:
            embed = kept_embed(kept, turn.language, server_name=self._server_name)
            await turn.answer(Card(embed=embed, items=buttons("f", owner, "", turn.language)))
            return
        await turn.answer(self._forget_question(owner, kept.link and kept.link.gamertag, turn.language))

    async def ask_forget_here(self, interaction: AnyInteraction, _: str) -> None:
        """Ask whether everything is to be deleted, where the list of it was shown."""
        owner = interaction.user.id
        turn = await Turn.open_update(interaction, button=again_button("q", owner))
        link = await self._accounts.link_of(owner)
        await turn.answer(self._forget_question(owner, link and link.gamertag, turn.language))

    async def forget(self, interaction: AnyInteraction, _: str) -> None:
        """Delete everything that is kept of the caller."""
        owner = interaction.user.id
        turn = await Turn.open_update(interaction, button=again_button("d", owner))
        await self._accounts.forget(owner)
        await turn.answer(Card(embed=forgotten_embed(turn.language)))

    async def keep(self, interaction: AnyInteraction, _: str) -> None:
        """Leave everything as it is."""
        turn = await Turn.open_update(interaction)
        await turn.answer(Card(embed=cancelled_embed(turn.language)))

    async def _find(self, interaction: AnyInteraction, asked: str) -> XboxAccount:
        server = board_server(interaction)
        return await self._accounts.find(asked, user_id=interaction.user.id, server_id=server)

    async def _link(
        self, interaction: AnyInteraction, account: XboxAccount, instead_of: int | None
    ) -> Linked:
        server = board_server(interaction)
        return await self._accounts.link(
            interaction.user.id, account, server_id=server, instead_of=instead_of
        )

    async def _ask_instead(
        self, interaction: AnyInteraction, other: OtherAccountLinkedError, instead: Instead
    ) -> None:
        """Ask, in the place of a command's answer, whether a link is to be replaced."""
        card = _replace_question(interaction.user.id, other, instead, language_of(interaction))
        turn = Turn.of(interaction)
        if turn is not None:
            await turn.turn_aside(card)

    async def _settle(self, turn: Turn, asked: str, instead_of: int | None) -> None:
        """Link, show what became of it, and go on showing how far the first fetching is."""
        owner = turn.interaction.user.id
        account = await self._find(turn.interaction, asked)
        try:
            linked = await self._link(turn.interaction, account, instead_of)
        except OtherAccountLinkedError as other:
            await turn.answer(_replace_question(owner, other, partial(_instead, owner), turn.language))
            return
        except AccountHeld as held:
            items = buttons("v", owner, account.xuid, turn.language)
            await turn.answer(Card(embed=held_embed(held, turn.language), items=items))
            return
        await turn.answer(self._linked_card(owner, linked, turn.language, None))
        await self._follow(owner, linked, turn.language, turn.amend)

    async def _tell_linked(self, interaction: AnyInteraction, linked: Linked) -> None:
        """Tell of a link that was made on the way, below the command's own answer."""
        owner, language = interaction.user.id, language_of(interaction)
        card = self._linked_card(owner, linked, language, None)
        with suppress(*TROUBLE):
            message = await interaction.followup.send(
                embed=card.embed,
                view=card.view() if card.items else discord.utils.MISSING,
                ephemeral=True,
                wait=True,
                allowed_mentions=discord.AllowedMentions.none(),
            )
            await self._follow(owner, linked, language, lambda later: message.edit(embed=later.embed))

    async def _follow(self, owner: int, linked: Linked, language: Language, show: Show) -> None:
        if not linked.is_new:
            return
        shown = -1
        with suppress(*TROUBLE):
            async with aclosing(self._accounts.progress(linked.account.xuid)) as steps:
                async for step in steps:
                    stage = PROGRESS_STEPS * step.done // step.total if step.total else 0
                    if step.finished or stage != shown:
                        shown = stage
                        await show(self._linked_card(owner, linked, language, (step.done, step.total)))

    def _linked_card(
        self, owner: int, linked: Linked, language: Language, progress: tuple[int, int | None] | None
    ) -> Card:
        verbs = "" if linked.is_verified and not linked.boards_left else "v"
        return Card(
            embed=linked_embed(linked, language, progress=progress),
            items=buttons(verbs, owner, linked.account.xuid, language),
        )

    def _forget_question(self, owner: int, gamertag: str | None, language: Language) -> Card:
        embed = forget_question_embed(gamertag, language)
        return Card(embed=embed, items=buttons("dk", owner, "", language))

    def _server_name(self, server_id: int) -> str | None:
        server = self._bot.get_guild(server_id)
        return None if server is None else server.name


def _replace_question(
    owner: int, other: OtherAccountLinkedError, instead: Instead, language: Language
) -> Card:
    """Ask whether one account is to be linked instead of another; the button names both."""
    new, old = other.account, _name_of(other.link)
    which = Replacement(str(new.xuid), other.link.xuid).encode()
    label = INSTEAD.bind(new=plain(new.gamertag), old=plain(old))
    return Card(
        embed=replace_question_embed(new, old, language, was_verified=other.link.verified),
        items=[instead(which, label, language), *buttons("k", owner, "", language)],
    )


def _instead(owner: int, which: str, label: Phrase, language: Language) -> AccountButton:
    return AccountButton("r", owner, which, language, label=label)


def _name_of(link: Link) -> str:
    return link.gamertag or str(link.xuid)
