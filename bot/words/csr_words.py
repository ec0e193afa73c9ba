"""Words for ranks over a season: playlists, seasons, the way to the next rank, and how ranks moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from babel.dates import format_skeleton

from bot.stats.csr_rank import CsrRank
from bot.stats.csr_seasons import CsrSeason
from bot.stats.csr_sheet import CsrChanges, CsrRow
from bot.words.language import Language
from bot.words.match_words import PLAYLISTS
from bot.words.numbers import NumberStyle
from bot.words.phrase import Phrase, phrase, phrases
from bot.words.rank_words import standing_name

__all__ = [
    "change_words",
    "playlist_title",
    "progress_words",
    "rank_title",
    "season_span",
    "season_title",
    "unanswered_words",
    "waiting_words",
]


def playlist_title(row: CsrRow) -> Phrase | str:
    """Name a ranked playlist, also one that is new and whose name cannot be had."""
    return row.name or PLAYLISTS.get(row.playlist_id, phrase("Ranked playlist"))


def season_title(season: CsrSeason | None) -> Phrase:
    """Name a season by its number, which is all that the service has; without a calendar there is only the current one."""
    return phrase("Current season") if season is None else phrase("Season {number}", number=season.number)


def season_span(season: CsrSeason, language: Language) -> str:
    """Say from which month to which a season lasts, which tells players more than its number."""
    start = _month(season.starts_at, language)
    if season.ends_at is None:
        return language.say(phrase("since {month}", month=start))
    return language.say(phrase("{start} – {end}", start=start, end=_month(season.ends_at, language)))


def rank_title(rank: CsrRank, *, is_over: bool) -> Phrase | str:
    """Name where a player stands: "Diamond 4", "In placement", "Not played this season".

    ``is_over``: the season is, and with it every placement that was not finished.
    """
    if rank.is_ranked:
        return standing_name(rank.current)
    if not rank.is_played_this_season:
        return phrase("Not played this season")
    return phrase("Placement not finished") if is_over else phrase("In placement")


def progress_words(rank: CsrRank) -> Phrase | None:
    """Say how far it is to the next sub-tier, or out of placement; None where there is nothing to reach."""
    if rank.progress is not None:
        following = standing_name(rank.progress.next)
        return phrase("{points} to {rank}", points=rank.progress.missing, rank=following)
    left = rank.current.placement_total - rank.current.placement_done
    if rank.is_ranked or left <= 0:
        return None
    return phrases("{count} placement match to go", "{count} placement matches to go", count=left)


def change_words(changes: CsrChanges, numbers: NumberStyle) -> Iterator[tuple[int, Phrase]]:
    """Give each known change with its words: "+12 in 24 h", "−8 in 7 days"."""
    if changes.day is not None:
        yield changes.day, phrase("{change} in 24 h", change=numbers.signed(changes.day))
    if changes.week is not None:
        yield changes.week, phrase("{change} in 7 days", change=numbers.signed(changes.week))


def waiting_words(count: int) -> Phrase:
    """Say that playlists are still to come."""
    return phrases("{count} playlist still to come", "{count} playlists still to come", count=count)


def unanswered_words(count: int) -> Phrase:
    """Say that Halo did not answer for playlists."""
    return phrases("No answer for {count} playlist", "No answer for {count} playlists", count=count)


def _month(moment: datetime, language: Language) -> str:
    return format_skeleton("yMMM", moment.astimezone(UTC), locale=language.numbers.locale)
