"""``/link``, ``/unlink`` and ``/account`` in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import discord

from bot.stats.accounts import Checked, Kept, KeptLink, Linked, Proof, ProofOutcome, XboxAccount
from bot.stats.unanswerable import AccountHeld
from bot.ui.account_texts import CANCELLED, COLOURS, FORGOTTEN, KEEPING, UNDOING, WHAT_FOR
from bot.ui.command_texts import LINK
from bot.ui.limits import FIELD_VALUE, fit, join_within
from bot.ui.texts import ago, moment, name, plain
from bot.words.language import Language
from bot.words.phrase import Phrase, phrase, phrases

__all__ = [
    "cancelled_embed",
    "checked_embed",
    "forget_question_embed",
    "forgotten_embed",
    "held_embed",
    "kept_embed",
    "linked_embed",
    "proof_embed",
    "replace_question_embed",
]

BLOCKS: Final = 10


def linked_embed(
    linked: Linked, language: Language, *, progress: tuple[int, int | None] | None
) -> discord.Embed:
    """Say who is linked now, what for, what is kept, and how far the first fetching is: done, of how many."""
    say, shown = language.say, name(linked.account.gamertag)
    lines = [say(WHAT_FOR)]
    if linked.replaced is not None:
        lines.append(
            say(
                phrase(
                    "**{old}** is no longer linked to you, and what I kept of it for you is deleted.",
                    old=name(linked.replaced),
                )
            )
        )
    if linked.boards_left:
        lines.append(say(_LEFT.bind(count=linked.boards_left)))
    if progress is not None:
        lines.append(_progress(language, *progress))
    title = (
        phrase("You are linked to {player}", player=shown)
        if linked.is_new
        else phrase("You were linked to {player} already", player=shown)
    )
    embed = _embed(title, "\n\n".join(lines), "good", language)
    mark = _VERIFIED if linked.is_verified else _UNVERIFIED
    embed.add_field(name=say(phrase("Proof")), value=say(mark), inline=False)
    embed.add_field(name=say(phrase("What I keep")), value=say(KEEPING), inline=False)
    embed.add_field(name=say(phrase("How to delete it")), value=say(UNDOING), inline=False)
    return _with_picture(embed, linked.account)


def replace_question_embed(
    new: XboxAccount, old: str, language: Language, *, was_verified: bool
) -> discord.Embed:
    """Ask whether another account is to be linked instead of the one that is, and perhaps is verified."""
    text = phrase(
        "You are linked to **{old}**. One account can be linked at a time: if you link **{new}** instead, what I "
        "keep of **{old}** for you is deleted.",
        old=name(old),
        new=name(new.gamertag),
    )
    lost = phrase("You have verified **{old}**: that would be lost, too.", old=name(old))
    words = "\n\n".join(language.say(it) for it in ((text, lost) if was_verified else (text,)))
    title = phrase("Link {player} instead?", player=name(new.gamertag))
    return _with_picture(_embed(title, words, "ask", language), new)


def held_embed(held: AccountHeld, language: Language) -> discord.Embed:
    """Say that somebody else holds the account in this server, and what to do about it."""
    text = (
        phrase(
            "{member} has linked **{player}** on this server and has verified to own it. If it is yours, press "
            "**Verify**: the newer proof counts. Nothing was changed."
        )
        if held.is_verified
        else phrase(
            "{member} has linked **{player}** on this server. If it is yours, press **Verify**: whoever proves to "
            "own an account keeps it. Nothing was changed."
        )
    )
    words = language.say(text.bind(member=f"<@{held.holder_id}>", player=name(held.gamertag)))
    return _embed(phrase("Somebody else has linked this account"), words, "bad", language)


def proof_embed(proof: Proof, old: str | None, language: Language) -> discord.Embed:
    """Show the code, and what to do with it; ``old`` is the gamertag of another link, which a success replaces."""
    text = phrase(
        "Whoever can change an account's service tag owns it. No password, no sign-in.\n\n"
        "1. Start Halo Infinite as **{player}** and open **Customize → Spartan ID → Service Tag**.\n"
        "2. Set the service tag to\n# `{code}`\n"
        "3. Wait half a minute, then press **Check** here.\n\n"
        "Afterwards you can change it back.",
        player=name(proof.account.gamertag),
        code=proof.code,
    )
    title = phrase("Prove that {player} is yours", player=name(proof.account.gamertag))
    lines = [language.say(text)]
    if old is not None:
        replaces = phrase(
            "You are linked to **{old}**. With the proof **{player}** is linked instead, and what I keep of **{old}** "
            "for you is deleted.",
            old=name(old),
            player=name(proof.account.gamertag),
        )
        lines.append(language.say(replaces))
    embed = _embed(title, "\n\n".join(lines), "plain", language)
    _add(embed, language, phrase("Valid until"), f"{moment(proof.expires_at)} ({ago(proof.expires_at)})")
    _add(embed, language, phrase("Checks left"), language.numbers.count(proof.checks_left))
    return _with_picture(embed, proof.account)


def checked_embed(checked: Checked, language: Language) -> discord.Embed:
    """Say what a check found."""
    title, text, colour = _CHECKED[checked.outcome]
    words = text.bind(
        player=name(checked.account.gamertag), tag=name(checked.tag or "–"), count=checked.checks_left
    )
    bound = title.bind(player=name(checked.account.gamertag))
    return _with_picture(_embed(bound, language.say(words), colour, language), checked.account)


def kept_embed(kept: Kept, language: Language, *, server_name: Callable[[int], str | None]) -> discord.Embed:
    """List everything that is kept of a user; ``server_name`` names the servers that the bot knows."""
    if kept.is_nothing:
        text = phrase("I keep nothing of you. With `/{link}` you can link your Xbox account.", link=LINK)
        return _embed(phrase("Nothing is stored"), language.say(text), "plain", language)
    text = phrase("This is all of it. Only you see this.")
    embed = _embed(phrase("What I keep of you"), language.say(text), "plain", language)
    if kept.link is not None:
        _add_link(embed, kept, kept.link, language)
        names = [name(server_name(server) or str(server)) for server in kept.server_ids]
        _add(embed, language, phrase("On the boards of"), _listed(names, language))
        _add_numbers(embed, kept, language)
    if kept.codes:
        _add(embed, language, phrase("Open codes for a check"), language.numbers.count(kept.codes))
    if kept.look_ups:
        found = _listed([name(gamertag) for gamertag in kept.look_ups], language)
        _add(embed, language, phrase("Looked up lately (in memory, until I restart)"), found)
    return fit(embed)


def forget_question_embed(gamertag: str | None, language: Language) -> discord.Embed:
    """Ask whether everything is to be deleted."""
    text = (
        phrase("If you go on, everything that I keep of you is deleted. This cannot be undone.")
        if gamertag is None
        else phrase(
            "If you go on, **{player}** is no longer linked to you, and everything that I keep of you is deleted. "
            "This cannot be undone.",
            player=name(gamertag),
        )
    )
    return _embed(phrase("Delete it all?"), language.say(text), "ask", language)


def forgotten_embed(language: Language) -> discord.Embed:
    """Say that everything is deleted."""
    return _embed(phrase("I have forgotten you"), language.say(FORGOTTEN), "good", language)


def cancelled_embed(language: Language) -> discord.Embed:
    """Say that all stays as it was."""
    return _embed(phrase("All as before"), language.say(CANCELLED), "plain", language)


_VERIFIED: Final = phrase("✓ Verified: you have proved that it is yours.")
_UNVERIFIED: Final = phrase(
    "Not verified. Until it is, somebody else who proves to own this account takes your place on boards."
)
_LEFT: Final = phrases(
    "On {count} server somebody else holds this account, so you are off its board. Press **Verify** to win it.",
    "On {count} servers somebody else holds this account, so you are off their boards. Press **Verify** to win it.",
)
_CHECKED: Final[dict[ProofOutcome, tuple[Phrase, Phrase, str]]] = {
    ProofOutcome.RIGHT: (
        phrase("✓ {player} is yours"),
        phrase(
            "You are linked and verified: boards mark you with ✓, and wherever somebody else held this account, "
            "you hold it now. You can change your service tag back."
        ),
        "good",
    ),
    ProofOutcome.WRONG: (
        phrase("Not yet"),
        phrases(
            "The service tag of **{player}** is **{tag}** at the moment. Halo sometimes takes a minute to tell of a "
            "change. You have {count} check left.",
            "The service tag of **{player}** is **{tag}** at the moment. Halo sometimes takes a minute to tell of a "
            "change. You have {count} checks left.",
        ),
        "ask",
    ),
    ProofOutcome.USED_UP: (
        phrase("That was the last check"),
        phrase(
            "The service tag of **{player}** is **{tag}**, which is not the code. Start anew with another one."
        ),
        "bad",
    ),
    ProofOutcome.EXPIRED: (
        phrase("This code is over"),
        phrase("Codes are valid for 15 minutes and 5 checks. Start anew with another one."),
        "bad",
    ),
}


def _add_link(embed: discord.Embed, kept: Kept, link: KeptLink, language: Language) -> None:
    say = language.say
    proof = (
        say(phrase("✓ verified {when}", when=ago(link.verified_at)))
        if link.verified_at
        else say(phrase("not verified"))
    )
    account = say(
        phrase(
            "**{player}** · XUID `{xuid}`\nlinked {when} · {proof}",
            player=name(link.gamertag or str(link.xuid)),
            xuid=str(link.xuid),
            when=ago(link.linked_at),
            proof=proof,
        )
    )
    _add(embed, language, phrase("Account"), account)
    if kept.holder_id is not None:
        text = phrase(
            "{member} holds this account on this server, so you are off its board. If it is yours, press "
            "**Verify**: the newer proof counts.",
            member=f"<@{kept.holder_id}>",
        )
        _add(embed, language, phrase("Somebody else has linked this account"), say(text))
    elif kept.is_disputed:
        text = phrase(
            "Somebody else has proved to own this account, so on servers where you both are you are off the board. "
            "If it is yours, press **Verify**: the newer proof counts."
        )
        _add(embed, language, phrase("Somebody else has linked this account"), say(text))
    if len(kept.names) > 1:
        known = (
            say(phrase("{player} since {when}", player=name(known.gamertag), when=moment(known.since)))
            for known in kept.names
        )
        _add(embed, language, phrase("Gamertags"), join_within(known, FIELD_VALUE))


def _add_numbers(embed: discord.Embed, kept: Kept, language: Language) -> None:
    counts = [
        phrases("{count} match", "{count} matches", count=kept.matches),
        phrases("{count} rank as it was seen", "{count} ranks as they were seen", count=kept.snapshots),
        phrases("{count} task under way", "{count} tasks under way", count=kept.jobs),
    ]
    lines = [language.say(count) for count in counts]
    if kept.refreshed_at is not None:
        lines.append(language.say(phrase("looked for {when}", when=ago(kept.refreshed_at))))
    _add(embed, language, phrase("From Halo"), "\n".join(lines))


def _progress(language: Language, done: int, total: int | None) -> str:
    if total is None:
        return language.say(phrase("I am reading your match history…"))
    if done >= total:
        return language.say(
            phrases("{count} match is here.", "Your last {count} matches are here.", count=done)
        )
    filled = BLOCKS * done // max(total, 1)
    words = phrase("Fetching your last matches: {bar} {done} of {total}")
    return language.say(words.bind(bar="▰" * filled + "▱" * (BLOCKS - filled), done=done, total=total))


def _listed(items: Sequence[str], language: Language) -> str:
    return join_within(items, FIELD_VALUE, separator=", ") or language.say(phrase("none"))


def _add(embed: discord.Embed, language: Language, title: Phrase, value: str) -> None:
    embed.add_field(name=language.say(title), value=value, inline=False)


def _embed(title: Phrase, text: str, colour: str, language: Language) -> discord.Embed:
    return discord.Embed(title=language.say(title), description=text, colour=COLOURS[colour])


def _with_picture(embed: discord.Embed, account: XboxAccount) -> discord.Embed:
    embed.set_author(name=plain(account.gamertag), icon_url=account.gamerpic_url)
    if account.gamerpic_url:
        embed.set_thumbnail(url=account.gamerpic_url)
    return fit(embed)
