"""From a page of a leaderboard to the input of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.draw.leaderboard import Leaderboard
from bot.draw.leaderboard_parts import BoardRow
from bot.draw.scoreboard_parts import TierIcon, Tone
from bot.stats.csr import standing_at
from bot.stats.leaderboard import BoardPage, Row
from bot.stats.leaderboard_metrics import CSR, Shape
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

__all__ = ["leaderboard_card"]

_FOOTER = phrase("Adjutant")


def leaderboard_card(
    page: BoardPage, names: BoardNames, portraits: Mapping[int, bytes], language: Language
) -> Leaderboard:
    """Word a page as a picture; ``portraits`` are gamerpics by XUID, as far as they are there."""
    say = language.say
    return Leaderboard(
        language=language.code,
        title=say(board_title(page.question, names)),
        subtitle=" · ".join(map(say, _subtitle(page, names))),
        rows=tuple(_row(row, page, portraits, language) for row in page.rows),
        pinned=_row(page.pinned, page, portraits, language) if page.pinned else None,
        message=() if page.rows else (say(EMPTY_BOARD), say(INVITATION)),
        note=" · ".join(map(say, _note(page))),
        footer=say(_FOOTER),
    )


def _subtitle(page: BoardPage, names: BoardNames) -> Iterator[Phrase | str]:
    if names.server:
        yield names.server
    yield phrases("{count} linked member", "{count} linked members", count=page.members)
    yield over_window(page)
    if page.question.needed > 1:
        yield phrase("from {count} matches", count=page.question.needed)
    if page.question.metric is CSR and any(row.change is not None for row in page.rows):
        yield CHANGES[page.question.change_window]


def _note(page: BoardPage) -> Iterator[Phrase]:
    if page.pages > 1:
        yield phrase("page {page} of {pages}", page=page.number, pages=page.pages)
    if page.members and not page.ranked:
        yield nobody_ranked(page)
    elif note := unranked_note(page):
        yield note


def _row(row: Row, page: BoardPage, portraits: Mapping[int, bytes], language: Language) -> BoardRow:
    say, metric = language.say, page.question.metric
    name = say(member_name(row))
    standing = standing_at(int(row.value)) if row.value is not None and metric.shape is Shape.CSR else None
    detail, tone = _detail(row, page, language)
    return BoardRow(
        place=row.rank or 0,
        rank=rank_text(row, language),
        name=say(phrase("You · {name}", name=name)) if row is page.pinned else name,
        is_verified=row.is_verified,
        initial=name,
        portrait=portraits.get(row.xuid),
        hue=row.xuid,
        tier=TierIcon(tier=str(standing.tier), sub_tier=standing.sub_tier) if standing else None,
        value=value_text(row.value, metric, language, is_short=True) if row.value is not None else "",
        detail=detail,
        tone=tone,
        share=row.share,
        is_caller=row.is_caller,
    )


def _detail(row: Row, page: BoardPage, language: Language) -> tuple[str, Tone]:
    if row.value is None:
        return progress_text(row, page.question, language), Tone.MUTED
    if not page.question.metric.is_rank:
        if page.question.metric.key == "matches":
            return "", Tone.MUTED
        matches = phrases("{count} match", "{count} matches", count=row.matches)
        return language.say(matches), Tone.MUTED
    if row.change is None:
        return "", Tone.MUTED
    tone = Tone.GOOD if row.change > 0 else Tone.BAD if row.change < 0 else Tone.MUTED
    return language.numbers.signed(row.change), tone
