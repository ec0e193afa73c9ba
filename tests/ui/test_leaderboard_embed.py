"""The text twin of a leaderboard: aligned, escaped, complete, and within Discord's limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from bot.stats.leaderboard import BoardPage, BoardWindow, Freshness, Question
from bot.stats.leaderboard_metrics import METRICS
from bot.ui.emoji import TierEmoji
from bot.ui.leaderboard_embed import leaderboard_alt, leaderboard_embed
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_TITLE, fit
from bot.words.language import LANGUAGES, language_for
from bot.words.leaderboard_words import METRIC_NAMES, WINDOWS, BoardNames, value_text
from tests.draw.leaderboard_scenes import Somebody, board_page
from tests.english import ENGLISH

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
NAMES = BoardNames(server="Spartan Company")


def somebody(
    at: int, value: Fraction | int | None, gamertag: str | None = None, matches: int = 42
) -> Somebody:
    return Somebody(at=at, value=value, matches=matches, gamertag=gamertag or f"Spartan {at}")


def page_of(metric: str, everybody: Sequence[Somebody], **how: Any) -> BoardPage:
    asked = {key: how.pop(key) for key in ("window", "min_matches", "medal_id") if key in how}
    return board_page(Question(metric=METRICS[metric], **asked), everybody, **how)


def text_of(page: BoardPage, code: str = "en-US", emoji: TierEmoji | None = None) -> str:
    embed = leaderboard_embed(page, NAMES, emoji or TierEmoji(), language_for(code))
    assert embed.description is not None
    return embed.description


def lines_of(page: BoardPage) -> list[str]:
    return [line for line in text_of(page).splitlines() if line.startswith("`")]


def test_ranks_and_numbers_stand_in_columns_of_one_width():
    page = page_of("kills", [somebody(n, value) for n, value in enumerate((12345, 67, 67, 5))], caller=1003)

    assert lines_of(page) == [
        "` 1` `12,345` Spartan 0 ✓ · 42 matches",
        "`=2` `    67` Spartan 1 · 42 matches",
        "`=2` `    67` Spartan 2 · 42 matches",
        "` 4` `     5` ▸ **Spartan 3** ✓ · 42 matches",
    ]


def test_the_callers_place_is_pinned_below_the_page():
    page = page_of("kills", [somebody(n, 100 - n) for n in range(23)], caller=1020)

    text = text_of(page)
    assert lines_of(page)[-1].startswith("`21` ` 80` ▸ **Spartan 20**")
    assert "⋯" in text
    assert "page 1 of 3" in text


def test_who_lacks_matches_is_listed_with_how_many_there_are():
    page = page_of("kd", [somebody(0, 2), somebody(1, None, matches=9), somebody(2, None, matches=0)])

    assert [re.findall("`([^`]*)`", line)[1].strip() for line in lines_of(page)] == [
        "2.00",
        "9 / 10",
        "0 / 10",
    ]
    assert "2 members have fewer than 10 matches" in text_of(page)
    assert "from 10 matches" in text_of(page)


def test_gamertags_can_neither_format_nor_mention_nor_break_the_list():
    hostile = ("**bold** `code`", "<@111111111111111111> @everyone", "[x](https://evil.example)", "a\n# head")
    page = page_of("kills", [somebody(n, 10 - n, tag) for n, tag in enumerate(hostile)])

    lines = lines_of(page)
    assert len(lines) == 4
    assert r"\*\*bold\*\* \`code\`" in lines[0]
    assert "<@111111111111111111>" not in lines[1]
    assert "@everyone" not in lines[1]
    assert r"\[x\](https://evil.example)" in lines[2]


def test_a_csr_has_its_icon_and_its_change():
    emoji = TierEmoji()
    emoji.learn({"csr_onyx": "<:csr_onyx:1>", "csr_diamond_4": "<:csr_diamond_4:2>"})
    everybody = [somebody(0, 1612), somebody(1, 1372), somebody(2, 74), somebody(3, None)]
    page = page_of("csr", everybody, changes=(38, -5, None))

    lines = [line for line in text_of(page, emoji=emoji).splitlines() if line.startswith("`")]
    assert lines == [
        "`1` `1,612` <:csr_onyx:1> Spartan 0 ✓ (+38)",
        "`2` `1,372` <:csr_diamond_4:2> Spartan 1 (−5)",
        "`3` `   74` Spartan 2",
        "`–` `    –` Spartan 3 ✓",
    ]
    assert "season 13-2 · ± over 7 days" in text_of(page)
    assert "1 member has no rank here yet" in text_of(page)


@pytest.mark.parametrize(
    ("metric", "window", "words"),
    [
        ("csr", BoardWindow.ALL, "season 13-2 · ± over 7 days"),
        ("csr", BoardWindow.MONTH, "season 13-2 · ± over 30 days"),
        ("csr_season", BoardWindow.WEEK, "season 13-2"),
        ("csr_ever", BoardWindow.SEASON, "all time"),
        ("kills", BoardWindow.SEASON, "season 13-2"),
        ("kills", BoardWindow.WEEK, "last 7 days"),
        ("deaths", BoardWindow.ALL, "all time · most first"),
        ("kd", BoardWindow.MONTH, "last 30 days · from 10 matches"),
    ],
)
def test_it_says_which_matches_count(metric: str, window: BoardWindow, words: str):
    text = text_of(page_of(metric, [somebody(0, 1)], window=window))

    assert f"-# 1 linked member · {words}" in text.splitlines()


def test_how_old_the_data_is_is_told_as_timestamps_that_tick():
    fresh = Freshness(oldest=NOW - timedelta(hours=3), newest=NOW, awaited=2)
    text = text_of(page_of("kills", [somebody(0, 1)], fresh=fresh))

    assert f"data as of <t:{int(NOW.timestamp())}:R>, the oldest <t:{int(NOW.timestamp()) - 10800}:R>" in text
    assert "2 members' matches are being read in" in text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "Nobody here has linked an account yet."),
        ([3], "The first one on this board"),
        ([None, None], "Nobody here has played 10 matches that count yet."),
    ],
)
def test_there_are_kind_words_where_there_is_not_much_to_see(values: list[int | None], words: str):
    page = page_of("kd", [somebody(n, value, matches=20 if value else 0) for n, value in enumerate(values)])

    *listed, remarks, small_print = text_of(page).split("\n\n")
    assert remarks.startswith(words)
    assert remarks.endswith("\n/link puts you on the board.")
    assert small_print.startswith("-# ")
    assert len(listed) == (1 if values else 0)


def test_whoever_is_on_the_board_is_not_invited():
    assert "/link" not in text_of(page_of("kills", [somebody(0, 1), somebody(1, 2)], caller=1000))


def test_values_are_written_as_the_game_does():
    def written(metric: str, value: Fraction | int, *, is_short: bool = False) -> str:
        return value_text(Fraction(value), METRICS[metric], ENGLISH, is_short=is_short)

    assert written("kda", Fraction(-5, 3)) == "−1.66"
    assert written("kd", Fraction(1999, 1000)) == "1.99"
    assert written("win_rate", Fraction(200, 3)) == "66.66%"
    assert written("win_rate", Fraction(200, 3), is_short=True) == "66.6%"
    assert written("accuracy", Fraction(2300, 125)) == "18.40%"
    assert written("damage", Fraction(12345678, 10)) == "1,234,567.8"
    assert written("objective", 45_296_000) == "12 h 34 min"
    assert written("csr", 1612) == "1,612"
    assert written("kills", 0) == "0"


def test_what_is_read_aloud_names_everybody_in_sight():
    page = page_of("kills", [somebody(n, 100 - n) for n in range(12)], caller=1011)

    alt = leaderboard_alt(page, NAMES, ENGLISH)
    assert alt.startswith("All matchmaking · Kills: 1 Spartan 0 100, 2 Spartan 1 99")
    assert alt.endswith("12 Spartan 11 89")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_longest_page_fits_in_every_language(code: str):
    everybody = [somebody(n, 10**9 - n, "*" * 400) for n in range(35)]
    fresh = Freshness(oldest=NOW - timedelta(days=3), newest=NOW, awaited=1234)
    page = page_of("damage", everybody, caller=1034, window=BoardWindow.ALL, min_matches=7, fresh=fresh)
    names = BoardNames(server="S" * 100, playlist="P" * 300)

    embed = leaderboard_embed(page, names, TierEmoji(), language_for(code))
    assert len(embed.description or "") <= EMBED_DESCRIPTION
    fitted = fit(embed)
    assert len(fitted.title or "") <= EMBED_TITLE
    assert len(re.findall(r"^`", fitted.description or "", re.MULTILINE)) == 11
    assert len(leaderboard_alt(page, names, language_for(code))) > 0


def test_every_metric_and_window_has_words():
    assert set(METRIC_NAMES) == set(METRICS)
    assert set(WINDOWS) == set(BoardWindow)
