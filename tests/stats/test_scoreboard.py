from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.halo.models.stats import MatchStats
from bot.stats.participants import SubjectNotInMatchError
from bot.stats.scoreboard import Scoreboard, build_scoreboard
from bot.words.match_words import player_name, team_name
from tests.english import say
from tests.stats.bodies import ME, bot, core, match, player, team

TEAMS = (team(0, rank=2, outcome=3, Score=31), team(1, rank=1, Score=50), team(10, rank=3))


def board(stats: MatchStats, subject: int = ME, gamertags: dict[int, str] | None = None) -> Scoreboard:
    return build_scoreboard(stats, subject_xuid=subject, gamertags=gamertags or {}, csr_changes={})


def present(**more: Any) -> dict[str, Any]:
    return {"PresentAtBeginning": True, "PresentAtCompletion": True, "TimePlayed": "PT10M", **more}


def test_the_subjects_team_comes_first_and_the_others_by_rank() -> None:
    result = board(match(player(team=0), teams=TEAMS))

    assert [(say(team_name(t)), t.shown, t.is_subject) for t in result.teams] == [
        ("Eagle", 31, True),
        ("Cobra", 50, False),
        ("Team 10", 0, False),
    ]


def test_players_follow_the_teams_and_their_ranks() -> None:
    stats = match(
        player(ME + 1, team=1, rank=1),
        player(ME + 2, team=0, rank=4),
        player(ME, team=0, rank=3),
        player(ME + 3, team=8, rank=2),
        player(ME + 4, team=1, rank=1, parts=[core(PersonalScore=500)]),
        teams=TEAMS,
    )

    result = board(stats)

    assert [p.xuid for p in result.players] == [ME, ME + 2, ME + 4, ME + 1, ME + 3]
    assert result.subject is result.players[0]
    assert result.subject.is_subject


def test_without_teams_everybody_stands_for_themselves() -> None:
    result = board(match(player(ME, team=6, rank=3), player(ME + 1, team=2, rank=1), category=22))

    assert result.teams == ()
    assert [(p.xuid, p.team_id) for p in result.players] == [(ME + 1, None), (ME, None)]


def test_a_player_of_two_teams_is_summed_and_belongs_to_the_last() -> None:
    numbers = {"Kills": 4, "Deaths": 3, "Assists": 1, "ShotsFired": 60, "ShotsHit": 10, "DamageDealt": 800}
    first = core(**numbers, MaxKillingSpree=2, AverageLifeDuration="PT10S", Spawns=3)
    second = core(**numbers, MaxKillingSpree=5, AverageLifeDuration="PT40S", Spawns=1)

    me = board(match(player(team=1, parts=[first, second]), teams=TEAMS)).subject

    assert (me.team_id, me.kills, me.deaths, me.assists, me.damage_dealt) == (1, 8, 6, 2, 1600)
    assert (me.kda, me.accuracy) == (Decimal("2.66"), Decimal("16.66"))
    assert me.max_killing_spree == 5
    assert me.average_life == timedelta(seconds=17.5)


def test_nobody_without_numbers_is_dropped() -> None:
    me = board(match(player(parts=[]), teams=TEAMS)).subject

    assert (me.kills, me.accuracy, me.average_life, me.max_killing_spree) == (0, None, None, 0)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (player(ME + 1), "Ember Fox 7"),
        (player(2533274800000042), "Spartan 0042"),
        (player(ME + 2), "Spartan 0003"),
        (bot("bid(0.0)"), "343 Ritzy"),
        (bot("bid(999.0)"), "Bot"),
        (bot("bid(1.0)") | {"PlayerType": None}, "343 Meowlnir"),
        (player() | {"PlayerId": "something else"}, "Spartan"),
    ],
)
def test_everybody_has_a_name(body: dict[str, Any], name: str) -> None:
    result = board(match(player(), body), gamertags={ME: "Me", ME + 1: " Ember Fox 7 ", ME + 2: " "})

    assert name in {say(player_name(p)) for p in result.players}


def test_a_late_joiner_is_told_by_the_time_of_play_not_of_the_intro() -> None:
    late = present(JoinedInProgress=True, FirstJoinedTime="2026-11-21T20:04:40Z")

    assert board(match(player(participation=late))).subject.joined_after == timedelta(minutes=4, seconds=10)


def test_a_leaver_is_told() -> None:
    gone = present(LeftInProgress=True, LastLeaveTime="2026-11-21T20:05:30Z")

    me = board(match(player(participation=gone))).subject

    assert (me.joined_after, me.left_after) == (None, timedelta(minutes=5))


def test_who_did_not_finish_left_even_when_nothing_says_when() -> None:
    me = board(match(player(participation={"TimePlayed": "PT3M"}, Outcome=4))).subject

    assert me.left_after == timedelta(minutes=3)


def test_a_bot_is_never_a_late_joiner() -> None:
    filler = present(PresentAtBeginning=False, JoinedInProgress=True, FirstJoinedTime="2026-11-21T20:04:40Z")

    result = board(match(player(), bot(participation=filler)))

    assert [p.joined_after for p in result.players if p.is_bot] == [None]


def test_whoever_was_there_throughout_has_no_mark() -> None:
    me = board(match(player(participation=present()))).subject

    assert (me.joined_after, me.left_after) == (None, None)


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        ("2026-11-21T19:00:00Z", timedelta()),
        ("2026-11-21T23:00:00Z", timedelta(minutes=10)),
        ("0001-01-01T00:00:00Z", timedelta()),
    ],
)
def test_odd_times_stay_within_the_match(moment: str, offset: timedelta) -> None:
    odd = present(JoinedInProgress=True, FirstJoinedTime=moment)

    assert board(match(player(participation=odd))).subject.joined_after == offset


def test_odd_numbers_do_not_stop_a_report() -> None:
    odd = core(Kills=-3, Deaths=-1, ShotsFired=-5, ShotsHit=9, Spawns=-2, AverageLifeDuration="P999999999D")
    flag = {"CaptureTheFlagStats": {"FlagCaptures": -1, "TimeAsFlagCarrier": "P999999999D"}}
    body = player(
        rank=-1, parts=[odd | flag, odd | flag], participation={"TimePlayed": "-P999999999D"}, Outcome=4
    )

    me = board(
        match(body, category=15, Duration="P999999999D", StartTime=None, EndTime="0001-01-01T00:00:00Z")
    ).subject

    assert (me.kills, me.kda, me.accuracy) == (-6, Decimal("-4.00"), None)
    assert me.time_played == timedelta()


def test_a_subject_who_did_not_play_is_an_error() -> None:
    with pytest.raises(SubjectNotInMatchError, match="2533274800000009"):
        board(match(player()), subject=2533274800000009)
