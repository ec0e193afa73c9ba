"""From a sheet of ranks to the input of its card."""

from __future__ import annotations

from typing import Final

from bot.draw.csr_board import CsrBoard
from bot.draw.csr_card_parts import Bar, Movement, Peak, RankRow
from bot.draw.scoreboard_parts import TierIcon, Tone
from bot.stats.csr_rank import CsrRank
from bot.stats.csr_sheet import CsrRow, CsrSheet
from bot.stats.match_report import CsrStanding
from bot.words.csr_words import (
    change_words,
    playlist_title,
    progress_words,
    rank_title,
    season_title,
    unanswered_words,
    waiting_words,
)
from bot.words.language import Language
from bot.words.phrase import Phrase, phrase, term
from bot.words.rank_words import standing_name

__all__ = ["csr_card"]

_NOTHING: Final = "–"
_HEADS: Final = (term("csr card", "SEASON PEAK"), term("csr card", "ALL-TIME PEAK"))


def csr_card(sheet: CsrSheet, language: Language) -> CsrBoard:
    """Word a sheet with at least one row as a card."""
    say = language.say
    moment = language.day(sheet.asked_at)
    return CsrBoard(
        language=language.code,
        title=sheet.gamertag,
        subtitle=say(_subtitle(sheet, language)),
        peak_heads=(say(_HEADS[0]), say(_HEADS[1])),
        rows=tuple(_row(row, sheet, language) for row in sheet.rows),
        note=" · ".join(map(say, _notes(sheet))),
        footer=say(phrase("Adjutant · as of {moment}", moment=moment)),
    )


def _subtitle(sheet: CsrSheet, language: Language) -> Phrase:
    season = sheet.season
    name = season_title(season)
    if season is None or season.ends_at is None:
        return phrase("Competitive skill rank · {season}", season=name)
    day = language.day(season.ends_at)
    if sheet.is_current_season:
        return phrase("Competitive skill rank · {season}, until {day}", season=name, day=day)
    return phrase("Final ranks · {season}, ended {day}", season=name, day=day)


def _notes(sheet: CsrSheet) -> list[Phrase]:
    notes: list[Phrase] = []
    if sheet.waiting:
        notes.append(waiting_words(sheet.waiting))
    if sheet.unanswered:
        notes.append(unanswered_words(sheet.unanswered))
    return notes


def _row(row: CsrRow, sheet: CsrSheet, language: Language) -> RankRow:
    rank = row.rank
    mark = phrase("last known {moment}", moment=language.day(row.known_at)) if row.known_at else ""
    return RankRow(
        name=language.say(playlist_title(row)),
        icon=_icon(rank.current),
        rank=language.say(rank_title(rank, is_over=not sheet.is_current_season)),
        value=_value(rank.current, language),
        bar=_bar(rank, language) if sheet.is_current_season else None,
        movements=tuple(
            Movement(text=language.say(words), tone=_tone(change))
            for change, words in change_words(row.changes, language.numbers)
        ),
        mark=language.say(mark),
        season_peak=_peak(rank.season_peak, language),
        all_time_peak=_peak(rank.all_time_peak, language),
    )


def _icon(standing: CsrStanding) -> TierIcon:
    return TierIcon(tier=str(standing.tier), sub_tier=standing.sub_tier)


def _value(standing: CsrStanding, language: Language) -> str:
    if standing.value is not None:
        return language.numbers.count(standing.value)
    return f"{standing.placement_done}/{standing.placement_total}" if standing.placement_total else _NOTHING


def _bar(rank: CsrRank, language: Language) -> Bar | None:
    """Return the way to the next sub-tier, or through placement; Onyx has come to the end of all ways."""
    words = progress_words(rank)
    text = language.say(words) if words is not None else ""
    if rank.progress is not None:
        return Bar(part=rank.progress.fraction, text=text)
    if rank.is_ranked:
        return Bar(part=1.0, text=text)
    total = rank.current.placement_total
    return Bar(part=rank.current.placement_done / total, text=text) if total else None


def _tone(change: int) -> Tone:
    if not change:
        return Tone.MUTED
    return Tone.GOOD if change > 0 else Tone.BAD


def _peak(standing: CsrStanding | None, language: Language) -> Peak | None:
    if standing is None or standing.value is None:
        return None
    return Peak(
        icon=_icon(standing),
        value=language.numbers.count(standing.value),
        rank=language.say(standing_name(standing)),
    )
