"""Leaderboards from the plain one to the hardest ones to lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from bot.draw.card import Card
from bot.draw.leaderboard_card import leaderboard_card
from bot.stats.leaderboard import BoardPage, BoardWindow, Freshness, Question, turn_to_page
from bot.stats.leaderboard_metrics import METRICS
from bot.stats.leaderboard_standings import Field, rank_all
from bot.words.language import Language, language_for
from bot.words.leaderboard_words import BoardNames
from tests.english import ENGLISH

__all__ = ["ARENA", "Somebody", "board_page", "leaderboard_scenes", "portrait"]

FIRST_XUID = 2_533_274_800_000_000
SERVER = "Spartan Company"
ARENA = BoardNames(server=SERVER, playlist="Ranked Arena")
EVERYWHERE = BoardNames(server=SERVER)
GAMERTAGS = (
    *("Brute Force", "Ember Fox 7", "Quiet One", "月の光 Spartan", "Отряд 117", "WWWWWWWWWWWWWWW"),
    *("Gruntpuncher", "Needler Nell", "Warthog Wen", "Sir Betrayal", "한국어 게이머", "Rookie Ray"),
)
CSRS = (1612, 1372, 1372, 1231, 1134, 990, 884, 671, 540, 188, 132, 74)
CHANGES = (38, 64, -5, 12, 0, 51, -17, 3, 22, -31, None, 8)
HOSTILE = (
    *("<svg onload=x>&amp;", "\u202egnorw\u202c way", "Z" + "a\u0301\u0302\u0303\u0304\u0308" * 9),
    *("ผู้เล่น", "مرحبا", "😀👩‍👩‍👧 fam", "\u3164", "lone \ud800 half", "{{ 7*7 }}", "M" * 500),
)


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """The ``at``-th member."""

    at: int
    value: Fraction | int | None
    matches: int = 42
    gamertag: str | None

    @property
    def user_id(self) -> int:
        return 1000 + self.at

    @property
    def xuid(self) -> int:
        return FIRST_XUID + 7919 * self.at

    @property
    def verified(self) -> bool:
        return self.at % 3 == 0


def board_page(
    question: Question,
    everybody: Sequence[Somebody],
    *,
    caller: int = 0,
    number: int | None = 1,
    changes: Sequence[int | None] = (),
    fresh: Freshness | None = None,
) -> BoardPage:
    """A page as the report makes it; ``changes`` go with the members' numbers."""
    values = [(0, 0) if it.value is None else Fraction(it.value).as_integer_ratio() for it in everybody]
    by_name = sorted(everybody, key=lambda it: (it.gamertag or "").casefold())
    field = Field(
        members=by_name,
        user_ids=[it.user_id for it in by_name],
        matches=np.array([it.matches for it in by_name], np.int64),
        numerators=np.array([values[it.at][0] for it in by_name], np.int64),
        denominators=np.array([values[it.at][1] for it in by_name], np.int64),
    )
    page = turn_to_page(
        rank_all(field, question.needed),
        question,
        user_id=caller,
        number=number,
        season="13-2",
        fresh=fresh or Freshness.of(()),
    )
    by_user = {1000 + at: change for at, change in enumerate(changes)}
    rows = tuple(replace(row, change=by_user.get(row.user_id)) for row in page.rows)
    pinned = page.pinned and replace(page.pinned, change=by_user.get(page.pinned.user_id))
    return replace(page, rows=rows, pinned=pinned)


def portrait(hue: int, size_px: int = 64, kind: str = "PNG") -> bytes:
    """A drawn gamerpic."""
    image = Image.new("RGB", (size_px, size_px), f"hsl({hue},45%,30%)")
    pen = ImageDraw.Draw(image)
    pen.circle((size_px / 2, size_px * 0.4), size_px * 0.2, fill=f"hsl({hue},60%,70%)")
    pen.circle((size_px / 2, size_px), size_px * 0.36, fill=f"hsl({hue},60%,60%)")
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def _csr(number: int | None = 1, caller: int = 1011, language: Language = ENGLISH) -> Card:
    question = Question(metric=METRICS["csr"])
    everybody = [Somebody(at=at, value=csr, gamertag=GAMERTAGS[at]) for at, csr in enumerate(CSRS)]
    everybody += [Somebody(at=at, value=None, gamertag=f"Fresh {at}") for at in range(12, 18)]
    page = board_page(question, everybody, caller=caller, number=number, changes=CHANGES)
    portraits = {row.xuid: portrait(37 * at) for at, row in enumerate(page.rows) if at not in (2, 7)}
    return leaderboard_card(page, ARENA if language is ENGLISH else EVERYWHERE, portraits, language)


def _of(
    metric: str,
    values: Sequence[Fraction | int | None],
    *,
    window: BoardWindow = BoardWindow.MONTH,
    caller: int = 1002,
    language: Language = ENGLISH,
    names: BoardNames = EVERYWHERE,
    tags: Sequence[str] = GAMERTAGS,
    **asked: Any,
) -> Card:
    question = Question(metric=METRICS[metric], window=window, **asked)
    everybody = [
        Somebody(
            at=at,
            value=value,
            matches=3 * at % 10 if value is None else 1234 // (at + 1),
            gamertag=tags[at % len(tags)],
        )
        for at, value in enumerate(values)
    ]
    page = board_page(question, everybody, caller=caller)
    return leaderboard_card(page, names, {FIRST_XUID: portrait(200, kind="JPEG")}, language)


def leaderboard_scenes() -> Mapping[str, Card]:
    """The scenes by name."""
    german, japanese = language_for("de"), language_for("ja")
    kda = [Fraction(n, 7) for n in (46, 31, 19, 5, 0, -2, -11, -23, -23, -60)]
    longest = BoardNames(
        server="Bundesweite Gemeinschaft der Halo-Liebhaberinnen und -Liebhaber",
        playlist="Rangliste: Eskalations-Scharfschützengefecht",
        medal="Unerschütterliche Flaggenträgereskorte",
    )
    ties = [9, 9, 9, 9, 5, 5, 4, 0, 0, 0, 0]
    share = [Fraction(100 * n, 1234) for n in (771, 702, 700, 650, 649, 500, 333, 12, 1, 0)]
    times = [1_234_567_890, 45_296_000, 3_723_000, 754_000, 42_000, 999, 0]
    big = [123_456_789, 98_765_432, 1_234_567, 99_999, 10_000, 999, 3, 1, 0, 0]
    return {
        "leaderboard-csr": _csr(),
        "leaderboard-csr-last-page": _csr(number=2, caller=1003),
        "leaderboard-csr-de": _csr(language=german),
        "leaderboard-csr-ja": _csr(language=japanese),
        "leaderboard-kda": _of("kda", [*kda, None, None]),
        "leaderboard-win-rate": _of("win_rate", [*share[:6], None, None]),
        "leaderboard-ties": _of("kills", ties, window=BoardWindow.WEEK),
        "leaderboard-time": _of("objective", times, window=BoardWindow.SEASON),
        "leaderboard-big-numbers": _of("damage", big, window=BoardWindow.ALL),
        "leaderboard-alone": _of("accuracy", [Fraction(5432, 100)], caller=1000),
        "leaderboard-nobody": _of("kills", [], caller=0),
        "leaderboard-too-few-matches": _of("kd", [None, None, None], caller=1001),
        "leaderboard-hostile": _of("kills", [10 - n for n in range(10)], tags=HOSTILE),
        "leaderboard-long-de": _of(
            "damage", [Fraction(61234, 100), 9], language=german, names=longest, min_matches=1000
        ),
        "leaderboard-long-medal-de": _of("medal", [12, 3, 3], language=german, names=longest, medal_id=7),
        "leaderboard-long-ja": _of(
            "objective",
            times,
            language=japanese,
            names=BoardNames(server="ヘイロー インフィニット 日本最大コミュニティ 公式サーバー 千代田支部"),
        ),
    }
