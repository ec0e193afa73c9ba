"""How the bot is doing, in words: what it comes to first, then part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

import discord

from bot.stats.status import (
    BoardStatus,
    HaloStatus,
    ServiceStatus,
    Status,
    TroubleKind,
    Unreadable,
    Waiting,
)
from bot.ui.limits import FIELD_VALUE, fit, join_within
from bot.ui.texts import ago
from bot.words.language import Language
from bot.words.leaderboard_words import EMPTY_BOARD, INVITATION
from bot.words.phrase import Phrase, phrase, phrases
from bot.words.status_words import (
    SERVICES,
    SIGN_IN,
    TROUBLE,
    WORK,
    service_words,
    work_name,
    work_words,
)

__all__ = ["status_embed"]

_FINE, _STRAINED, _BROKEN = 0x3FB950, 0xD29922, 0xE5534B
_GOOD_MARK, _UNKNOWN_MARK = "🟢", "⚪"
_MARKS: Final = MappingProxyType(
    {
        TroubleKind.SILENT: "🔴",
        TroubleKind.FAILING: "🔴",
        TroubleKind.BUSY: "🟡",
        TroubleKind.OPERATOR: "🔴",
    }
)


def status_embed(
    status: Status, language: Language, *, version: str, latency_ms: int | None
) -> discord.Embed:
    """Return the answer.

    Args:
        status: How the bot is doing.
        language: Whose words.
        version: The bot's.
        latency_ms: How long Discord takes to answer, in milliseconds; None if that is not known yet.
    """
    say = language.say
    embed = discord.Embed(
        title=say(phrase("Status")),
        colour=_colour(status),
        description="\n".join(map(say, [*_remarks(status)] or [_all_is_well(status)])),
    )
    parts = [
        (phrase("Halo's services"), _halo(status.halo, language)),
        (phrase("Background work"), _work(status.work, language)),
    ]
    if status.board is not None:
        parts.append((phrase("This server"), _board(status.board, language)))
    parts.append((phrase("The bot"), _bot(status, language, version, latency_ms)))
    for title, lines in parts:
        embed.add_field(name=say(title), value=join_within(lines, FIELD_VALUE), inline=False)
    return fit(embed)


def _colour(status: Status) -> int:
    troubles = [status.halo.sign_in, *(one.trouble for one in status.halo.services)]
    if any(trouble is not None and trouble.kind is not TroubleKind.BUSY for trouble in troubles):
        return _BROKEN
    return _STRAINED if any(_remarks(status)) else _FINE


def _remarks(status: Status) -> Iterator[Phrase]:
    """Say what is wrong, and what that means for who asks."""
    sign_in = status.halo.sign_in
    kinds = {one.trouble.kind for one in status.halo.services if one.trouble is not None}
    if sign_in is not None and sign_in.kind is TroubleKind.OPERATOR:
        yield phrase(
            "I am signed out of Halo, and only my operator can sign me in again. Until then I show what I "
            "remember."
        )
    elif sign_in is not None:
        yield phrase(
            "I cannot sign in to Halo right now. I keep trying, and until then show what I remember."
        )
    elif kinds - {TroubleKind.BUSY}:
        yield phrase(
            "Some of Halo's services are in trouble. I keep asking, and until they answer I show what I remember."
        )
    elif kinds:
        yield phrase("Halo asks me to slow down, so some answers take longer.")
    if isinstance(status.work, Unreadable) or isinstance(status.board, Unreadable):
        yield phrase("I cannot read my own memory right now, so some of this is missing.")


def _all_is_well(status: Status) -> Phrase:
    if any(one.was_asked for one in status.halo.services):
        return phrase("Everything works.")
    return phrase("I am here, and have had nothing to ask Halo yet.")


def _halo(halo: HaloStatus, language: Language) -> Iterator[str]:
    say = language.say
    if halo.sign_in is not None:
        since, kind = ago(halo.sign_in.since), halo.sign_in.kind
        words = phrase("{trouble}: it began {since}", trouble=TROUBLE[kind], since=since)
        yield f"{_MARKS[kind]} **{say(SIGN_IN)}** · {say(words)}"
    for one in halo.services:
        if one.was_asked:
            yield _service(one, language, is_reachable=halo.sign_in is None)
    if silent := [one for one in halo.services if not one.was_asked]:
        names = language.series(say(SERVICES[one.service]) for one in silent)
        words = phrase("not asked yet: {services}", services=names)
        yield f"{_UNKNOWN_MARK} {say(words)}"


def _service(one: ServiceStatus, language: Language, *, is_reachable: bool) -> str:
    since = "" if one.trouble is None else ago(one.trouble.since)
    answered = "" if one.answered_at is None else ago(one.answered_at)
    good = _GOOD_MARK if is_reachable else _UNKNOWN_MARK
    mark = good if one.trouble is None else _MARKS[one.trouble.kind]
    words = service_words(one, since, answered)
    return f"{mark} **{language.say(SERVICES[one.service])}** · {language.say(words)}"


def _work(work: Sequence[Waiting] | Unreadable, language: Language) -> Iterator[str]:
    say = language.say
    if isinstance(work, Unreadable):
        yield say(phrase("cannot be read right now"))
        return
    if not any(one.due or one.in_hand for one in work):
        yield say(phrase("Nothing waits."))
    order = [*WORK]
    # What people wait for first, and what is new to this table last.
    for one in sorted(work, key=lambda one: order.index(one.kind) if one.kind in order else len(order)):
        first = None if one.first_at is None else ago(one.first_at)
        yield " · ".join((f"**{say(work_name(one.kind))}**", *map(say, work_words(one, first))))


def _board(board: BoardStatus | Unreadable, language: Language) -> Iterator[str]:
    say = language.say
    if isinstance(board, Unreadable):
        yield say(phrase("cannot be read right now"))
    elif not board.members:
        yield from map(say, (EMPTY_BOARD, INVITATION))
    else:
        yield " · ".join(map(say, _members(board)))


def _members(board: BoardStatus) -> Iterator[Phrase]:
    fresh = board.fresh
    yield phrases("{count} linked member", "{count} linked members", count=board.members)
    if fresh.newest is not None and fresh.oldest is not None:
        newest, oldest = ago(fresh.newest), ago(fresh.oldest)
        yield (
            phrase("data as of {when}", when=newest)
            if newest == oldest
            else phrase("data as of {when}, the oldest {oldest}", when=newest, oldest=oldest)
        )
    if fresh.awaited:
        yield phrases(
            "{count} member's matches are being read in",
            "{count} members' matches are being read in",
            count=fresh.awaited,
        )


def _bot(status: Status, language: Language, version: str, latency_ms: int | None) -> Iterator[str]:
    facts = [
        phrase("Version {version}", version=version),
        phrase("started {when}", when=ago(status.started_at)),
    ]
    if latency_ms is not None:
        facts.append(phrase("Discord answers in {milliseconds} ms", milliseconds=latency_ms))
    yield " · ".join(map(language.say, facts))
