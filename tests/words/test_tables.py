"""Whatever the statistics can name has words."""

from __future__ import annotations

import dataclasses

import pytest

from bot.halo.models.refdata import TEAM_NAMES, Tier
from bot.stats import objectives
from bot.stats.match_report import CsrStanding
from bot.stats.modes import MODES
from bot.stats.objectives import Objective
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.ui.failure import ACTION_LABELS, Action
from bot.words import match_words
from bot.words.language import LANGUAGES, language_for
from bot.words.objective_words import OBJECTIVE_HEADS, OBJECTIVE_NAMES, objective_name
from bot.words.rank_words import TIERS, standing_name
from tests.draw.match_reports import player, report
from tests.english import say

ALL_OBJECTIVES = [value for value in vars(objectives).values() if isinstance(value, Objective)]
ME = player("Ember Fox 7", 1, (1, 1, 1, 1, 1, 1), is_subject=True)


def test_every_mode_team_tier_playlist_and_action_has_words() -> None:
    assert set(match_words.MODES) == set(MODES)
    assert {team: say(words) for team, words in match_words.TEAMS.items()} == dict(TEAM_NAMES)
    assert {tier: say(words) for tier, words in TIERS.items()} == {
        tier: str(tier) for tier in Tier if tier is not Tier.UNRANKED
    }
    assert set(match_words.PLAYLISTS) == set(RANKED_PLAYLISTS)
    assert set(ACTION_LABELS) == set(Action)


def test_every_statistic_has_a_name_and_every_column_a_head() -> None:
    keys = {stat.key for objective in ALL_OBJECTIVES for stat in objective.stats}
    columns = {key for objective in ALL_OBJECTIVES for key in objective.columns}

    assert set(OBJECTIVE_NAMES) == keys
    assert set(OBJECTIVE_HEADS) == columns
    assert objective_name("time_as_pilot") == "time as pilot"


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_columns_of_one_board_never_have_the_same_head(code: str) -> None:
    heads = [
        [language_for(code).say(OBJECTIVE_HEADS[key]) for key in objective.columns]
        for objective in ALL_OBJECTIVES
    ]

    assert all(len(set(pair)) == len(pair) for pair in heads)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_names_of_one_objective_differ(code: str) -> None:
    for objective in ALL_OBJECTIVES:
        names = [language_for(code).say(OBJECTIVE_NAMES[stat.key]) for stat in objective.stats]
        assert len(set(names)) == len(names), names


def test_what_nobody_knows_yet_is_named_by_its_number() -> None:
    match = report((ME,), mode="", map_name="", playlist="")
    stranger = dataclasses.replace(ME, gamertag="", xuid=2533274800000042)

    assert say(match_words.mode_name(match)) == "CTF"
    assert say(match_words.map_name(match)) == "Unknown map"
    assert say(match_words.playlist_name(match)) == "Ranked Arena"
    assert language_for("ja").say(match_words.player_name(stranger)) == "スパルタン 0042"
    assert standing_name(CsrStanding(value=1700, tier="Mythic", sub_tier=None)) == "Mythic"
