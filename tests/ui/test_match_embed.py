"""A match in words, also the strange ones."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.halo.models.refdata import Outcome, Tier
from bot.stats.match_report import (
    CsrChange,
    CsrStanding,
    Expectation,
    MatchReport,
    MedalTally,
    ObjectiveStat,
    PlayerLine,
    StatKind,
)
from bot.ui.emoji import TierEmoji, tier_key
from bot.ui.help_embed import HelpEntry, help_embed
from bot.ui.limits import fit
from bot.ui.match_embed import Freshness, medals_embed, scoreboard_embed, summary_embed
from bot.ui.match_text import scoreboard_alt
from bot.words.language import LANGUAGES, language_for
from tests.draw.match_reports import csr, held, player, report, team
from tests.english import ENGLISH

AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
LIVE = Freshness(is_live=True, at=AT)
UNRANKED = CsrStanding(value=None, tier=Tier.UNRANKED, sub_tier=None)
HOSTILE = "**x** @everyone [a](https://example.org) <@123456789012345678> \u202e\n# big"
ME = player("Ember Fox 7", 1, (2310, 17, 9, 6, 54.32, 5210), is_subject=True)


def fields(embed: discord.Embed) -> dict[str, str]:
    return {str(field.name): str(field.value) for field in embed.fields}


def summary(line: PlayerLine = ME, emoji: TierEmoji | None = None, **more: Any) -> discord.Embed:
    return summary_embed(report((line,), **more), LIVE, emoji or TierEmoji(), ENGLISH)


def crowd(count: int, gamertag: str) -> MatchReport:
    """A big match in which everything is long."""
    lines = tuple(
        player(
            gamertag,
            rank,
            (999_999, 999, 999, 999, 100.0, 999_999),
            is_subject=rank == 1,
            joined_after=timedelta(minutes=59, seconds=59),
            left_after=timedelta(hours=23),
            csr=csr(Tier.ONYX, None, -100),
            objective=held(99, 59) * 12,
        )
        for rank in range(1, count + 1)
    )
    medals = tuple(
        MedalTally(
            name_id=n, count=99, name=gamertag, description=gamertag * 4, difficulty=None, sprite_index=None
        )
        for n in range(80)
    )
    return report(lines, medals=medals, mode=gamertag * 9, map_name=gamertag * 9, playlist=gamertag * 9)


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (Outcome.WIN, "Victory"),
        (Outcome.LOSS, "Defeat"),
        (Outcome.TIE, "Tie"),
        (Outcome.DID_NOT_FINISH, "Did not finish"),
        (Outcome(77), "Played"),
    ],
)
def test_the_title_tells_how_it_ended(outcome: Outcome, word: str) -> None:
    assert summary(replace(ME, outcome=outcome)).title == f"{word} · CTF on Aquarius"


def test_the_numbers_stand_in_fields() -> None:
    shown = fields(
        summary(replace(ME, shots_hit=1234, shots_fired=2345, average_life=timedelta(seconds=31.47)))
    )

    assert shown["K / D / A"] == "**17** / **9** / **6**\nKDA **10.00**"
    assert shown["Accuracy"] == "**54.32%**\n1,234 of 2,345 shots"
    assert shown["Average life"] == "31.5 s"
    assert shown["Damage"] == "5,210 dealt\n0 taken"


def test_without_a_shot_there_is_no_accuracy() -> None:
    shown = fields(summary(replace(ME, accuracy=None)))

    assert shown["Accuracy"] == "–\n0 of 0 shots"
    assert shown["Average life"] == "–"


@pytest.mark.parametrize(
    ("place", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_free_for_all_tells_the_place(place: int, written: str) -> None:
    description = summary(place=place, contestants=24).description

    assert f"**{written}** of 24" in str(description)


def test_teams_tell_the_score_and_rounds_their_points() -> None:
    teams = (team(0, 2, 301, is_subject=True), team(1, 1, 250))

    description = summary(replace(ME, team_id=0), teams=teams).description

    assert "▸ Eagle **2** (301) – Cobra **1** (250)" in str(description)


def test_a_custom_game_has_no_playlist() -> None:
    assert str(summary(playlist_id=None).description).startswith("Custom game · 9 min 42 s")


def test_how_fresh_it_is_is_said() -> None:
    stale = summary_embed(report((ME,)), Freshness(is_live=False, at=AT), TierEmoji(), ENGLISH)

    assert "-# live" in str(summary().description)
    assert f"last known <t:{int(AT.timestamp())}:R>" in str(stale.description)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (csr(Tier.DIAMOND, 4, 12), "1,200 → **1,212** (+12)\nDiamond 4"),
        (csr(Tier.PLATINUM, 6, -9), "1,200 → **1,191** (−9)\nPlatinum 6"),
        (csr(Tier.ONYX, None, 0), "1,200 → **1,200** (±0)\nOnyx"),
        (
            CsrChange(
                before=UNRANKED, after=replace(UNRANKED, placement_done=3, placement_total=5), delta=None
            ),
            "In placement, 3 of 5",
        ),
        (
            CsrChange(
                before=UNRANKED, after=CsrStanding(value=1310, tier=Tier.DIAMOND, sub_tier=3), delta=None
            ),
            "placed at **1,310**\nDiamond 3",
        ),
        (csr("Mythic", 2, 5), "1,200 → **1,205** (+5)\nMythic 2"),
    ],
)
def test_csr_before_and_after(change: CsrChange, written: str) -> None:
    assert fields(summary(replace(ME, csr=change)))["CSR"] == written


def test_skill_that_is_still_to_come_is_said() -> None:
    assert "follows" in fields(summary(skill_pending=True))["CSR"]
    assert "CSR" not in fields(summary())


def test_what_was_expected_stands_beside_what_happened() -> None:
    expectation = Expectation(
        kills=12.345, deaths=None, played_like=CsrStanding(value=1310, tier=Tier.DIAMOND, sub_tier=4)
    )

    shown = fields(summary(expectation=expectation))

    assert shown["Against expectation"] == "Kills **17**, expected 12.3"
    assert shown["Played like"] == "Diamond 4"


def test_the_modes_own_numbers_are_shown() -> None:
    zone = ObjectiveStat(key="zone_captures", kind=StatKind.COUNT, value=1234)

    shown = fields(summary(replace(ME, objective=(zone, *held(2, 5)))))

    assert shown["CTF"] == "Zone captures **1,234** · Time with the ball **2 min 5 s**"


@pytest.mark.parametrize("build", ["summary", "scoreboard", "medals"])
@pytest.mark.parametrize("gamertag", ["W" * 15, HOSTILE, "月の光" * 5, "*_~`|>" * 5])
@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("code", LANGUAGES)
def test_even_the_biggest_match_fits_and_stays_harmless(
    build: str, gamertag: str, count: int, code: str
) -> None:
    language = language_for(code)
    big = crowd(count, gamertag)
    embed = {
        "summary": lambda: summary_embed(big, LIVE, TierEmoji(), language),
        "scoreboard": lambda: scoreboard_embed(big, LIVE, language),
        "medals": lambda: medals_embed(big, LIVE, language),
    }[build]()

    assert len(str(embed.description)) <= 4096
    assert all(len(str(field.value)) <= 1024 for field in embed.fields)
    fit(embed)
    assert len(embed) <= 6000
    assert len(str(embed.title)) <= 256
    assert "@everyone" not in str(embed.to_dict()).replace(str(embed.author.name), "")
    assert not re.search(r"(?<!\\)\[a\]\(https", str(embed.description))
    assert "\u202e" not in str(embed.to_dict())


def test_thirty_players_of_ordinary_names_are_all_listed() -> None:
    lines = tuple(player(f"Spartan {n:03}", n, (2000, 10, 10, 5, 45.5, 3000)) for n in range(1, 31))

    text = str(scoreboard_embed(report(lines), LIVE, ENGLISH).description)

    assert all(line.gamertag in text for line in lines)


def test_best_in_team_is_bold_and_best_in_match_underlined() -> None:
    lines = (
        player("A", 1, (100, 20, 1, 0, 50.0, 0), team_id=0),
        player("B", 2, (50, 5, 1, 0, 40.0, 0), team_id=0),
        player("C", 3, (60, 7, 1, 0, 60.0, 0), team_id=1),
    )

    text = str(scoreboard_embed(report(lines, (team(0, 50), team(1, 49))), LIVE, ENGLISH).description)

    assert "__**20**__/1/0" in text
    assert "**7**/1/0" in text
    assert "__**7**__" not in text
    assert " 5/1/0" in text


def test_late_joiners_leavers_and_bots_are_marked() -> None:
    lines = (
        player("A", 1, (1, 1, 1, 1, None, 0), is_bot=True),
        player("B", 2, (1, 1, 1, 1, None, 0), joined_after=timedelta(seconds=65)),
        player(
            "C", 3, (1, 1, 1, 1, None, 0), left_after=timedelta(minutes=5), outcome=Outcome.DID_NOT_FINISH
        ),
        player("D", 4, (1, 1, 1, 1, None, 0), outcome=Outcome.DID_NOT_FINISH),
    )

    text = str(scoreboard_embed(report(lines), LIVE, ENGLISH).description)

    assert "A *(bot)*" in text
    assert "B *(joined at 1 min 5 s)*" in text
    assert "C *(left at 5 min 0 s)*" in text
    assert "D *(left)*" in text


def test_the_pictures_words_name_score_and_players() -> None:
    alt = scoreboard_alt(report((ME,), (team(0, 50),)), ENGLISH)

    assert alt == "Scoreboard of CTF on Aquarius, Eagle 50: Ember Fox 7 17/9/6"


def test_a_match_without_medals_says_so() -> None:
    assert "No medals" in str(medals_embed(report((ME,)), LIVE, ENGLISH).description)


@pytest.mark.parametrize(
    ("standing", "key"),
    [
        (CsrStanding(value=1310, tier=Tier.DIAMOND, sub_tier=4), "csr_diamond_4"),
        (CsrStanding(value=1700, tier=Tier.ONYX, sub_tier=None), "csr_onyx"),
        (UNRANKED, "csr_unranked"),
        (CsrStanding(value=1700, tier="Mythic", sub_tier=2), "csr_unranked"),
    ],
)
def test_every_standing_has_an_emoji(standing: CsrStanding, key: str) -> None:
    emoji = TierEmoji()
    assert tier_key(standing) == key
    assert re.fullmatch(r"\w{2,32}", key)
    assert emoji.write(standing) == ""

    emoji.learn({key: f"<:{key}:1>"})

    assert emoji.write(standing) == f"<:{key}:1> "


def test_help_lists_commands_operator_and_privacy() -> None:
    entries = [HelpEntry("lastmatch", "The last match", (("player", "A gamertag"),))]

    embed = help_embed(entries, ENGLISH, operator=HOSTILE, privacy_url="https://example.org/privacy")

    assert fields(embed)["/lastmatch"] == "The last match\n`player` A gamertag"
    assert "@everyone" not in fields(embed)["Who runs this bot"]
    assert "https://example.org/privacy" in fields(embed)["Privacy"]
    assert "not affiliated" in str(embed.footer.text)


def test_help_fits_however_many_commands_there_are() -> None:
    options = tuple((f"option{n}", "x" * 100) for n in range(25))
    entries = [HelpEntry(f"command{n}", "x" * 100, options) for n in range(40)]

    embed = help_embed(entries, ENGLISH, operator="x" * 100, privacy_url="https://example.org/" + "x" * 280)

    assert len(embed) <= 6000
    assert len(embed.fields) <= 25
