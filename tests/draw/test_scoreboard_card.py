from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.draw.scoreboard import Scoreboard
from bot.draw.scoreboard_card import scoreboard_card
from bot.draw.scoreboard_parts import Cell, Mark, Place, PlayerRow, Tone
from bot.halo.models.refdata import Outcome, Tier
from bot.stats.match_report import MatchReport
from bot.words.language import language_for

from .match_reports import csr, flags, player, report, team
from .scenes import ENGLISH, arena, big_team_battle, crowd


def board_of(match: MatchReport) -> Scoreboard:
    return scoreboard_card(match, ENGLISH, footer="Adjutant")


def row_of(board: Scoreboard, name: str) -> PlayerRow:
    return next(row for side in board.sides for row in side.rows if row.name == name)


def cell_of(board: Scoreboard, name: str, head: str) -> Cell:
    return row_of(board, name).cells[board.heads.index(head)]


def test_the_head_says_what_where_when_and_who_won() -> None:
    board = board_of(arena())

    assert board.pill == "VICTORY"
    assert board.title == "CTF on Aquarius"
    assert board.subtitle == "Ranked Arena · 9 min 42 s · Saturday 21 November 2026, 20:14 UTC"
    assert [(side.name, side.score) for side in board.sides] == [("EAGLE", "3"), ("COBRA", "2")]
    assert board.footer == "Adjutant"


def test_columns_are_the_core_the_modes_own_and_csr() -> None:
    assert board_of(arena()).heads == ("SCORE", "K", "D", "A", "KDA", "ACC", "DAMAGE", "CAPS", "CSR")


def test_without_ranks_there_is_neither_icon_nor_csr() -> None:
    board = board_of(big_team_battle())

    assert "CSR" not in board.heads
    assert all(row.tier is None for side in board.sides for row in side.rows)


def test_no_more_than_two_columns_are_the_modes_own() -> None:
    three = (*flags(1, 2), replace(flags(3)[0], key="flag_steals"))
    board = board_of(report((player("A", 1, (1, 1, 1, 1, 1, 1), objective=three),)))

    assert board.heads[-2:] == ("CAPS", "RETURN")


def test_numbers_are_grouped_and_accuracy_is_truncated_to_one_decimal() -> None:
    board = board_of(arena())

    assert cell_of(board, "Ember Fox 7", "SCORE").text == "2,610"
    assert cell_of(board, "Late Joiner", "KDA").text == "−1.66"
    assert cell_of(board, "Quiet One", "ACC").text == "51.4%"
    assert cell_of(board, "343 Ritzy", "ACC").text == "·"


def test_accuracy_is_never_rounded_up() -> None:
    board = board_of(report((player("A", 1, (1, 1, 1, 1, 59.99, 1)),)))

    assert cell_of(board, "A", "ACC").text == "59.9%"


@pytest.mark.parametrize(
    ("name", "text", "tone"),
    [
        ("Ember Fox 7", "+12", Tone.GOOD),
        ("Brute Force", "−8", Tone.BAD),
        ("Late Joiner", "0", Tone.MUTED),
        ("Отряд 117", "6/10", Tone.MUTED),
        ("343 Ritzy", "·", Tone.MUTED),
    ],
)
def test_csr_shows_its_change(name: str, text: str, tone: Tone) -> None:
    cell = cell_of(board_of(arena()), name, "CSR")

    assert (cell.text, cell.tone) == (text, tone)


def test_the_best_of_a_team_and_of_the_match_stand_out() -> None:
    board = board_of(arena())

    assert cell_of(board, "Ember Fox 7", "K").mark is Mark.BEST_IN_MATCH
    assert cell_of(board, "Brute Force", "K").mark is Mark.BEST_IN_TEAM
    assert cell_of(board, "Quiet One", "K").mark is Mark.NONE
    assert all(cell_of(board, name, "D").mark is Mark.NONE for name in ("Ember Fox 7", "343 Ritzy"))


def test_nobody_stands_out_where_all_are_equal_or_alone() -> None:
    equal = [player(name, 1, (5, 5, 5, 5, 5, 5), team_id=0) for name in "AB"]
    for players in (equal, equal[:1]):
        board = board_of(report(tuple(players), (team(0, 1),)))
        assert {cell.mark for row in board.sides[0].rows for cell in row.cells} == {Mark.NONE}


def test_a_negative_kda_can_be_the_best() -> None:
    lines = (player("A", 1, (0, 1, 3, 0, 1, 1), team_id=0), player("B", 2, (0, 0, 9, 0, 1, 1), team_id=0))

    assert cell_of(board_of(report(lines, (team(0, 1),))), "A", "KDA").mark is Mark.BEST_IN_MATCH


def test_late_joiners_leavers_and_bots_are_noted() -> None:
    line = player(
        "A", 1, (1, 1, 1, 1, 1, 1), is_bot=True, joined_after=timedelta(minutes=4, seconds=10), left_after=timedelta(hours=1)
    )  # fmt: skip

    assert row_of(board_of(report((line,))), "A").note == "bot · joined at 4:10 · left at 60:00"


def test_rounds_have_their_points_in_brackets() -> None:
    board = board_of(report(crowd(4, 2), (team(0, 2, 1203), team(1, 1, 187))))

    assert [(side.score, side.points) for side in board.sides] == [("2", "(1,203)"), ("1", "(187)")]


def test_free_for_all_has_a_place_instead_of_scores() -> None:
    board = board_of(report(crowd(8, 0)))

    assert board.place == Place(place="3", contestants="/ 8", caption="PLACE")
    assert [side.team_id for side in board.sides] == [None]
    assert [row.name for row in board.sides[0].rows if row.is_subject] == ["Warthog Wen 2"]


def test_a_player_on_no_team_is_not_dropped() -> None:
    stray = player("Stray", 9, (0, 0, 0, 0, None, 0), team_id=77)
    board = board_of(report((*crowd(4, 2), stray), (team(0, 1), team(1, 0))))

    assert [row.name for row in board.sides[-1].rows] == ["Stray"]


def test_an_outcome_or_tier_that_nobody_knows_yet_is_shown_neutrally() -> None:
    line = player("A", 1, (1, 1, 1, 1, 1, 1), outcome=Outcome(99), csr=csr(Tier("Titanium"), 3, 5))
    board = board_of(report((line,)))

    assert board.pill == "FINISHED"
    icon = row_of(board, "A").tier
    assert icon is not None
    assert (icon.tier, icon.sub_tier) == ("Titanium", 3)


def test_words_and_numbers_are_the_languages_own() -> None:
    board = scoreboard_card(arena(), language_for("de"), footer="")

    assert board.language == "de"
    assert board.pill == "SIEG"
    assert cell_of(board, "Ember Fox 7", "PUNKTE").text == "2.610"
    assert cell_of(board, "Ember Fox 7", "KDA").text == "13,66"
    assert board.subtitle.endswith("Samstag, 21. November 2026, 20:14 UTC")


def test_the_legend_explains_what_there_is() -> None:
    assert board_of(arena()).legend == "bold: best in team · underlined: best in match"
    assert board_of(report(crowd(8, 0))).legend == "underlined: best in match"
    assert board_of(report(crowd(1, 0))).legend == ""
