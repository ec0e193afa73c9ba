"""Sheets of ranks that nobody has, and the cards that the golden pictures show of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.draw.card import Card
from bot.draw.csr_card import csr_card
from bot.stats.csr_rank import CsrRank, rank_of_values
from bot.stats.csr_seasons import CsrSeason
from bot.stats.csr_sheet import CsrChanges, CsrRow, CsrSheet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.words.language import language_for
from tests.english import ENGLISH

__all__ = ["ASKED_AT", "SEASON", "arena_sheet", "csr_scenes", "placement", "ranked", "row", "sheet"]

ASKED_AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
SEASON = CsrSeason(
    path="Csr/Seasons/CsrSeason13-2.json",
    starts_at=datetime(2026, 11, 3, 17, tzinfo=UTC),
    ends_at=datetime(2027, 1, 12, 17, tzinfo=UTC),
)
NEW_PLAYLIST = UUID(int=77)


def ranked(current: int, season_max: int, all_time_max: int) -> CsrRank:
    return rank_of_values(
        current=current,
        season_max=season_max,
        all_time_max=all_time_max,
        placement_left=0,
        placement_matches=5,
    )


def placement(done: int, total: int, all_time_max: int | None = None) -> CsrRank:
    return rank_of_values(
        current=None,
        season_max=None,
        all_time_max=all_time_max,
        placement_left=total - done,
        placement_matches=total,
    )


def row(place: int, rank: CsrRank, day: int | None = None, week: int | None = None, **more: Any) -> CsrRow:
    """A live row of the so-manieth ranked playlist; beyond those that we know, one that is new."""
    playlist = RANKED_PLAYLISTS[place] if place < len(RANKED_PLAYLISTS) else NEW_PLAYLIST
    values: dict[str, Any] = {
        "playlist_id": playlist,
        "name": "",
        "rank": rank,
        "changes": CsrChanges(day=day, week=week),
        "known_at": None,
    }
    return CsrRow(**(values | more))


def sheet(*rows: CsrRow, **more: Any) -> CsrSheet:
    values: dict[str, Any] = {
        "xuid": 2_533_274_800_000_001,
        "gamertag": "Ember Fox 7",
        "gamerpic_url": None,
        "season": SEASON,
        "is_current_season": True,
        "rows": rows,
        "waiting": 0,
        "unanswered": 0,
        "asked_at": ASKED_AT,
    }
    return CsrSheet(**(values | more))


def arena_sheet() -> CsrSheet:
    return sheet(
        row(0, ranked(1372, 1421, 1549), 12, 64),
        row(1, ranked(1177, 1203, 1310), -9, 21),
        row(2, ranked(1586, 1601, 1601), 4, -12),
        row(3, placement(6, 10, 884)),
    )


def all_eight() -> CsrSheet:
    """Every way a rank can be, in as many playlists as there may be, not all of them answered."""
    known_at = ASKED_AT - timedelta(days=2, hours=3)
    return sheet(
        row(0, ranked(1, 49, 1500), 0, 0),
        row(1, ranked(1499, 1499, 1499), 17, None),
        row(2, ranked(2131, 2200, 2200), -8, 131),
        row(4, ranked(850, 899, 1322), known_at=known_at),
        row(3, placement(0, 5, 884)),
        row(5, placement(4, 5)),
        row(6, placement(0, 0, 1208), known_at=known_at),
        row(7, ranked(300, 300, 300)),
        waiting=1,
        unanswered=2,
        gamertag="月の光 Spartan WWWWWWW",
    )


def past_sheet() -> CsrSheet:
    season = replace(
        SEASON,
        path="Csr/Seasons/CsrSeason2-3.json",
        starts_at=datetime(2022, 11, 8, 17, tzinfo=UTC),
        ends_at=datetime(2023, 3, 7, 17, tzinfo=UTC),
    )
    rows = (row(0, ranked(1412, 1440, 1549)), row(1, ranked(1177, 1203, 1310)), row(3, placement(6, 10, 884)))
    final = tuple(replace(it, rank=replace(it.rank, progress=None)) for it in rows)
    return sheet(*final, season=season, is_current_season=False)


def long_sheet() -> CsrSheet:
    """Names as long as they come, a row from before beside live ones."""
    names = {
        0: "Ranglisten-Eskalations-Scharfschützengefecht auf großen Karten",
        1: "ランク エスカレーション スレイヤー バリアント プレイリスト",
        2: "Mêlée générale classée : assassins tactiques en équipe",
    }
    known_at = ASKED_AT - timedelta(minutes=40)
    return sheet(
        row(0, ranked(1372, 1421, 1549), -1234, 1564, name=names[0]),
        row(1, placement(4, 10, 1449), name=names[1]),
        row(2, ranked(1449, 1449, 1449), name=names[2], known_at=known_at),
        gamertag="Отряд WWWWWWWWW#12345",
        waiting=3,
    )


def csr_scenes() -> Mapping[str, Card]:
    """The cards by the names of their pictures."""
    sheets = {
        "arena": arena_sheet(),
        "one": sheet(row(0, ranked(1319, 1350, 1412), 6, None), gamertag="**bold_name** <b>"),
        "eight": all_eight(),
        "past": past_sheet(),
        "from-before": sheet(
            *(
                replace(it, changes=CsrChanges(), known_at=ASKED_AT - timedelta(hours=4))
                for it in arena_sheet().rows
            )
        ),
        "no-calendar": sheet(row(0, placement(2, 5)), season=None),
    }
    cards: dict[str, Card] = {f"csr-{name}": csr_card(it, ENGLISH) for name, it in sheets.items()}
    for code in ("de", "fr", "es-ES", "pt-BR", "ja"):
        cards[f"csr-{code}"] = csr_card(arena_sheet(), language_for(code))
    for code in ("de", "ja"):
        cards[f"csr-long-{code}"] = csr_card(long_sheet(), language_for(code))
    return cards
