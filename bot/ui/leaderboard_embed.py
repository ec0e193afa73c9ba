"""A leaderboard in words: the embed with the text twin of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from bot.stats.csr import standing_at
from bot.stats.leaderboard import BoardPage, Row
from bot.stats.leaderboard_metrics import CSR, Shape
from bot.ui.emoji import TierEmoji
from bot.ui.limits import EMBED_DESCRIPTION, clip, join_within
from bot.ui.texts import ago, name
from bot.words.language import Language
from bot.words.leaderboard_words import (
    CHANGES,
    EMPTY_BOARD,
    INVITATION,
    BoardNames,
    board_title,
    member_name,
    nobody_ranked,
    over_window,
    progress_text,
    rank_text,
    unranked_note,
    value_text,
)
from bot.words.phrase import Phrase, phrase, phrases

__all__ = ["leaderboard_alt", "leaderboard_embed"]

_COLOUR = 0xF3C64E
_VERIFIED = "✓"
_LONGEST_NAME = 40


def leaderboard_embed(
    page: BoardPage, names: BoardNames, emoji: TierEmoji, language: Language
) -> discord.Embed:
    """The page as a list, what it counts, who is not on it, and how old it is."""
    say = language.say
    foot = "\n".join(f"-# {line}" for line in _small_print(page, language))
    below = list(filter(None, ("\n".join(map(say, _remarks(page))), foot)))
    room = EMBED_DESCRIPTION - sum(len(part) + 2 for part in below)
    listed = join_within(_body(page, emoji, language), room)
    return discord.Embed(
        title=name(say(board_title(page.question, names))),
        colour=_COLOUR,
        description="\n\n".join(filter(None, (listed, *below))),
    )


def leaderboard_alt(page: BoardPage, names: BoardNames, language: Language) -> str:
    """What the picture shows, for those who do not see it."""
    title = language.say(board_title(page.question, names))
    if not page.rows:
        return language.say(phrase("{title}: {items}", title=title, items=language.say(EMPTY_BOARD)))
    shown = [*page.rows, *([page.pinned] if page.pinned else [])]
    items = language.series(
        f"{rank_text(row, language)} {language.say(member_name(row))} {_number(row, page, language)}"
        for row in shown
    )
    return language.say(phrase("{title}: {items}", title=title, items=items))


def _body(page: BoardPage, emoji: TierEmoji, language: Language) -> Iterator[str]:
    shown = [*page.rows, *([page.pinned] if page.pinned else [])]
    ranks = _aligned([rank_text(row, language) for row in shown])
    numbers = _aligned([_number(row, page, language) for row in shown])
    for row, rank, number in zip(shown, ranks, numbers, strict=True):
        if row is page.pinned:
            yield "⋯"
        yield f"{rank} {number} {_member(row, page, emoji, language)}"


def _aligned(texts: Sequence[str]) -> list[str]:
    """Set texts to the right in a column of digits of one width."""
    width = max(map(len, texts), default=0)
    return [f"`{text:>{width}}`" for text in texts]


def _number(row: Row, page: BoardPage, language: Language) -> str:
    if row.value is None:
        return progress_text(row, page.question, language)
    return value_text(row.value, page.question.metric, language)


def _member(row: Row, page: BoardPage, emoji: TierEmoji, language: Language) -> str:
    metric = page.question.metric
    who = name(clip(language.say(member_name(row)), _LONGEST_NAME))
    parts = [f"▸ **{who}**" if row.is_caller else who]
    if row.is_verified:
        parts.append(_VERIFIED)
    if metric.shape is Shape.CSR and row.value is not None:
        parts.insert(0, emoji.write(standing_at(int(row.value))).strip())
    if row.change is not None:
        parts.append(f"({language.numbers.signed(row.change)})")
    if row.value is not None and not metric.is_rank and metric.key != "matches":
        matches = phrases("{count} match", "{count} matches", count=row.matches)
        parts.append(f"· {language.say(matches)}")
    return " ".join(filter(None, parts))


def _remarks(page: BoardPage) -> Iterator[Phrase]:
    """Yield kind words for boards on which there is not much to see."""
    if not page.members:
        yield EMPTY_BOARD
    elif not page.ranked:
        yield nobody_ranked(page)
    elif page.members == 1:
        yield phrase("The first one on this board: it gets better with company.")
    if page.callers_page is None:
        yield INVITATION


def _small_print(page: BoardPage, language: Language) -> Iterator[str]:
    say, question = language.say, page.question
    about = [
        phrases("{count} linked member", "{count} linked members", count=page.members),
        over_window(page),
    ]
    if question.needed > 1:
        about.append(phrase("from {count} matches", count=question.needed))
    if question.metric is CSR:
        about.append(CHANGES[question.change_window])
    if question.metric.key == "deaths":
        about.append(phrase("most first"))
    yield " · ".join(map(say, about))
    place = [phrase("page {page} of {pages}", page=page.number, pages=page.pages)] if page.pages > 1 else []
    if page.ranked and (note := unranked_note(page)):
        place.append(note)
    if place:
        yield " · ".join(map(say, place))
    if age := [*_age(page)]:
        yield " · ".join(map(say, age))


def _age(page: BoardPage) -> Iterator[Phrase]:
    """Say how old the data is, and of how many it is still on its way."""
    fresh = page.fresh
    if fresh.newest is not None and fresh.oldest is not None:
        newest, oldest = ago(fresh.newest), ago(fresh.oldest)
        yield (
            phrase("data as of {when}", when=newest)
            if newest == oldest
            else phrase("data as of {when}, the oldest {oldest}", when=newest, oldest=oldest)
        )
    if fresh.awaited and not page.question.metric.is_rank:
        yield phrases(
            "{count} member's matches are being read in",
            "{count} members' matches are being read in",
            count=fresh.awaited,
        )
