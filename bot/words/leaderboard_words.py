"""Words for leaderboards: metrics, windows, values and members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from bot.stats.leaderboard import BoardPage, BoardWindow, Question, Row
from bot.stats.leaderboard_metrics import CSR_EVER, MEDAL, Metric, Shape
from bot.words.language import Language
from bot.words.match_words import PLAYLISTS
from bot.words.phrase import Phrase, phrase, phrases, term

__all__ = [
    "ALL_PLAYLISTS",
    "CHANGES",
    "EMPTY_BOARD",
    "INVITATION",
    "METRIC_NAMES",
    "WINDOWS",
    "BoardNames",
    "board_title",
    "member_name",
    "metric_name",
    "nobody_ranked",
    "over_window",
    "playlist_name",
    "progress_text",
    "rank_text",
    "unranked_note",
    "value_text",
]

METRIC_NAMES: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "csr": term("metric", "CSR"),
        "csr_season": term("metric", "CSR, season peak"),
        "csr_ever": term("metric", "CSR, all-time peak"),
        "kills": term("metric", "Kills"),
        "deaths": term("metric", "Deaths"),
        "assists": term("metric", "Assists"),
        "kd": term("metric", "K/D"),
        "kda": term("metric", "KDA"),
        "win_rate": term("metric", "Win rate"),
        "matches": term("metric", "Matches"),
        "accuracy": term("metric", "Accuracy"),
        "damage": term("metric", "Damage per minute"),
        "headshots": term("metric", "Headshots"),
        "perfects": term("metric", "Perfects"),
        "medal": term("metric", "A medal"),
        "objective": term("metric", "Objective time"),
        "spree": term("metric", "Longest spree"),
    }
)

WINDOWS: Final[Mapping[BoardWindow, Phrase]] = MappingProxyType(
    {
        BoardWindow.WEEK: term("window", "7 days"),
        BoardWindow.MONTH: term("window", "30 days"),
        BoardWindow.SEASON: term("window", "This season"),
        BoardWindow.ALL: term("window", "All time"),
    }
)

#: Over which time the change of a CSR is told.
CHANGES: Final[Mapping[BoardWindow, Phrase]] = MappingProxyType(
    {
        BoardWindow.WEEK: phrase("± over 7 days"),
        BoardWindow.MONTH: phrase("± over 30 days"),
    }
)

#: All matchmade player-versus-player matches.
ALL_PLAYLISTS: Final = phrase("All matchmaking")
EMPTY_BOARD: Final = phrase("Nobody here has linked an account yet.")

INVITATION: Final = phrase("/{link} puts you on the board.", link=term("command", "link"))
_OVER: Final[Mapping[BoardWindow, Phrase]] = MappingProxyType(
    {
        BoardWindow.WEEK: phrase("last 7 days"),
        BoardWindow.MONTH: phrase("last 30 days"),
        BoardWindow.SEASON: phrase("season {season}"),
        BoardWindow.ALL: phrase("all time"),
    }
)
_NO_PLACE: Final = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNames:
    """What a board's server, playlist and medal are called; "" where that is not known, or where there is none."""

    server: str
    playlist: str = ""
    medal: str = ""


def metric_name(question: Question, names: BoardNames) -> Phrase | str:
    """Name what a board ranks by: a medal by its own name."""
    if question.metric is MEDAL and names.medal:
        return names.medal
    return METRIC_NAMES[question.metric.key]


def playlist_name(question: Question, names: BoardNames) -> Phrase | str:
    """Name which matches count: those of a playlist, or all matchmade ones."""
    playlist = question.counted_playlist
    if playlist is None:
        return ALL_PLAYLISTS
    return names.playlist or PLAYLISTS.get(playlist, phrase("Unknown playlist"))


def board_title(question: Question, names: BoardNames) -> Phrase:
    """Name a board: "Ranked Arena · CSR"."""
    return term(
        "leaderboard",
        "{playlist} · {metric}",
        playlist=playlist_name(question, names),
        metric=metric_name(question, names),
    )


def over_window(page: BoardPage) -> Phrase:
    """Say which matches count by time."""
    metric, window = page.question.metric, page.question.window
    if metric.is_rank:
        window = BoardWindow.ALL if metric is CSR_EVER else BoardWindow.SEASON
    return _OVER[window].bind(season=page.season or "")


def unranked_note(page: BoardPage) -> Phrase | None:
    """Say how many have no place, and why; None when everybody has one."""
    count = page.members - page.ranked
    if not count:
        return None
    needed = page.question.needed
    if needed <= 1:
        return (
            phrases(
                "{count} member has no rank here yet", "{count} members have no rank here yet", count=count
            )
            if page.question.metric.is_rank
            else phrases(
                "{count} member has no match here", "{count} members have no match here", count=count
            )
        )
    return phrases(
        "{count} member has fewer than {needed} matches",
        "{count} members have fewer than {needed} matches",
        count=count,
        needed=needed,
    )


def nobody_ranked(page: BoardPage) -> Phrase:
    """Say that there are members, and none has a place."""
    needed = page.question.needed
    if page.question.metric.is_rank and not needed:
        return phrase("Nobody here has a rank in this playlist yet.")
    return phrases(
        "Nobody here has played {count} match that counts yet.",
        "Nobody here has played {count} matches that count yet.",
        count=needed,
    )


def member_name(row: Row) -> Phrase | str:
    """Name a member; one whose gamertag is not known by the end of the XUID."""
    return row.gamertag or phrase("Spartan {number}", number=f"{row.xuid % 10_000:04}")


def rank_text(row: Row, language: Language) -> str:
    """Write a place; a shared one with a mark, none at all as a dash."""
    if row.rank is None:
        return _NO_PLACE
    return f"={language.numbers.count(row.rank)}" if row.is_tied else language.numbers.count(row.rank)


def value_text(value: Fraction, metric: Metric, language: Language, *, is_short: bool = False) -> str:
    """Write a value, truncated as the game does; ``is_short`` is for pictures."""
    return _WRITTEN[metric.shape](value, metric, language, is_short)


def progress_text(row: Row, question: Question, language: Language) -> str:
    """Write what a member without a place has of the matches it takes; a dash if it is not for want of them."""
    count = language.numbers.count
    if row.matches >= question.needed:
        return _NO_PLACE
    return f"{count(row.matches)} / {count(question.needed)}"


def _truncated(value: Fraction, places: int) -> Decimal:
    scaled = abs(value) * 10**places
    whole = scaled.numerator // scaled.denominator
    return Decimal(-whole if value < 0 else whole).scaleb(-places, Context(prec=60, rounding=ROUND_DOWN))


def _count(value: Fraction, _: Metric, language: Language, __: bool) -> str:
    return language.numbers.count(int(value))


def _decimal(value: Fraction, metric: Metric, language: Language, _: bool) -> str:
    return language.numbers.decimal(_truncated(value, metric.places), metric.places)


def _percent(value: Fraction, _: Metric, language: Language, is_short: bool) -> str:
    places = 1 if is_short else 2
    return language.numbers.percent(_truncated(value, places), places)


def _time(value: Fraction, _: Metric, language: Language, __: bool) -> str:
    return language.duration(timedelta(milliseconds=int(value)))


_WRITTEN: Final[Mapping[Shape, Callable[[Fraction, Metric, Language, bool], str]]] = MappingProxyType(
    {
        Shape.COUNT: _count,
        Shape.CSR: _count,
        Shape.DECIMAL: _decimal,
        Shape.PERCENT: _percent,
        Shape.TIME: _time,
    }
)
