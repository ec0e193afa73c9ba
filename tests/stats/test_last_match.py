from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.halo.models.discovery_ugc import Map, Playlist, UgcGameVariant
from bot.halo.models.skill import MatchSkill
from bot.halo.models.stats import MatchStats
from bot.stats.last_match import SubjectNotInMatchError, build_match_report
from bot.stats.match_report import MatchReport
from bot.words.match_words import map_name, mode_name, playlist_name, team_name
from bot.words.rank_words import standing_name
from tests.english import say
from tests.stats.bodies import ME, asset, core, csr, match, player, published, skill, team

RANKED_ARENA = "edfef3ac-9cbe-4fa2-b949-8f29deafd483"
TEAMS = (team(0, rank=2, outcome=3, Score=2), team(1, rank=1, Score=3))
TIERS = ("Bronze", "Silver", "Gold", "Platinum", "Diamond", "Onyx")
SCALE = {tier: {"Kills": 4.0 * n, "Deaths": 24.0 - 2 * n} for n, tier in enumerate(TIERS, 1)}


def build(stats: MatchStats | None = None, **more: Any) -> MatchReport:
    given: dict[str, Any] = {
        "stats": stats or match(player(), teams=TEAMS),
        "skill": None,
        "subject_xuid": ME,
        "gamertags": {ME: "Ember Fox 7"},
        "map_asset": Map.model_validate(published("Aquarius")),
        "variant": UgcGameVariant.model_validate(published("Arena:Slayer")),
        "playlist": Playlist.model_validate(published("Quick Play")),
        "medals": None,
        "gamerpic_url": "https://images.example/pic.png",
        **more,
    }
    return build_match_report(**given)


def expecting(own: dict[str, Any], tiers: dict[str, Any]) -> MatchSkill:
    both = {"SelfCounterfactuals": own, "TierCounterfactuals": tiers}
    return skill(csr(1360, "Diamond", 3), csr(1372, "Diamond", 3), Counterfactuals=both)


def test_a_report_says_what_was_played_where_and_for_how_long() -> None:
    report = build()

    assert (report.mode, report.map_name, report.playlist) == ("Slayer", "Aquarius", "Quick Play")
    assert report.started_at == datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert report.ended_at == datetime(2026, 11, 21, 20, 10, 30, tzinfo=UTC)
    assert report.duration == timedelta(minutes=9, seconds=58.5)
    assert report.subject.gamertag == "Ember Fox 7"
    assert report.gamerpic_url == "https://images.example/pic.png"
    assert not report.is_ranked
    assert not report.skill_pending


def test_without_a_playable_duration_the_whole_one_counts() -> None:
    assert build(match(player(), PlayableDuration=None)).duration == timedelta(minutes=10)


def test_teams_have_a_score_and_nobody_a_place() -> None:
    report = build()

    assert [(say(team_name(line)), line.shown) for line in report.teams] == [("Eagle", 2), ("Cobra", 3)]
    assert report.place is None


def test_free_for_all_has_places_also_shared_ones() -> None:
    rivals = [player(ME + n, team=n, rank=rank) for n, rank in enumerate((1, 2, 2, 4), 1)]

    report = build(match(*rivals, player(team=9, rank=2)))

    assert (report.teams, report.place, report.contestants) == ((), 2, 5)


def test_a_custom_game_has_no_playlist() -> None:
    report = build(match(player(), teams=TEAMS, LifecycleMode=1, Playlist=None))

    assert (say(playlist_name(report)), report.is_ranked) == ("Custom game", False)


def test_assets_that_are_gone_leave_readable_names() -> None:
    report = build(map_asset=None, variant=None, playlist=None)

    named = [say(words(report)) for words in (map_name, mode_name, playlist_name)]
    assert named == ["Unknown map", "Slayer", "Unknown playlist"]
    assert report.map_image_url is None


@pytest.mark.parametrize(
    ("playlist_id", "name", "title"),
    [
        (RANKED_ARENA, None, "Ranked Arena"),
        ("00000000-0000-4000-8000-000000000009", "Ranked Something New", "Ranked Something New"),
    ],
)
def test_a_ranked_playlist_is_known_by_its_id_or_its_name(
    playlist_id: str, name: str | None, title: str
) -> None:
    playlist = Playlist.model_validate(published(name)) if name else None

    report = build(match(player(), Playlist=asset(3, playlist_id)), playlist=playlist)

    assert (report.is_ranked, say(playlist_name(report))) == (True, title)


def test_a_match_that_changed_csr_was_ranked_whatever_its_playlist_is_called() -> None:
    report = build(skill=skill(csr(1360, "Diamond", 3), csr(1348, "Diamond", 2)))

    assert report.is_ranked
    assert report.subject.csr is not None
    assert report.subject.csr.delta == -12


@pytest.mark.parametrize("value", [0, -1])
def test_an_unranked_match_has_no_csr(value: int) -> None:
    report = build(skill=skill(csr(value), csr(value)))

    assert (report.is_ranked, report.subject.csr) == (False, None)


def test_everybody_in_the_skill_answer_has_a_csr_on_the_scoreboard() -> None:
    answer = skill(csr(900, "Platinum"), csr(905, "Platinum"), number=ME + 1)

    report = build(match(player(), player(ME + 1, team=1), teams=TEAMS), skill=answer)

    deltas = {line.xuid: line.csr.delta if line.csr else None for line in report.players}
    assert deltas == {ME: None, ME + 1: 5}


def test_a_result_that_the_service_could_not_give_is_ignored() -> None:
    report = build(skill=skill(csr(1360, "Diamond"), csr(1372, "Diamond"), code=2))

    assert (report.subject.csr, report.is_ranked) == (None, False)


def test_expected_and_actual_say_what_the_match_was_played_like() -> None:
    stats = match(player(parts=[core(Kills=20, Deaths=14)]), teams=TEAMS)

    report = build(stats, skill=expecting({"Kills": 17.5, "Deaths": 15.25}, SCALE))

    assert report.expectation is not None
    assert (report.expectation.kills, report.expectation.deaths) == (17.5, 15.25)
    assert report.expectation.played_like is not None
    assert say(standing_name(report.expectation.played_like)) == "Diamond 1"


def test_each_part_of_an_expectation_may_be_unknown() -> None:
    report = build(skill=expecting({"Kills": "NaN", "Deaths": 15.25}, SCALE | {"Gold": None}))

    assert report.expectation is not None
    assert (report.expectation.kills, report.expectation.deaths) == (None, 15.25)
    assert report.expectation.played_like is None


@pytest.mark.parametrize(
    "answer",
    [
        None,
        skill(csr(1360, "Diamond"), csr(1372, "Diamond"), Counterfactuals=None),
        expecting({"Kills": None, "Deaths": "Infinity"}, {}),
        expecting({"Kills": 1.0, "Deaths": 1.0}, SCALE).model_copy(update={"value": ()}),
    ],
)
def test_nothing_expected_is_nothing_said(answer: MatchSkill | None) -> None:
    assert build(skill=answer).expectation is None


def test_perfect_kills_are_the_medal_perfect() -> None:
    medals = [{"NameId": 1512363953, "Count": 3}, {"NameId": 622331684, "Count": 2}]

    report = build(match(player(parts=[core(Medals=medals), core(Medals=medals)])))

    assert report.subject.perfect_kills == 6
    assert {tally.name: tally.count for tally in report.medals} == {"Perfect": 6, "Double Kill": 4}


def test_skill_that_is_still_to_come_is_marked() -> None:
    assert build(skill_pending=True).skill_pending


def test_an_almost_empty_answer_still_makes_a_report() -> None:
    body = {"MatchId": "00000000-0000-4000-8000-000000000001", "Players": [{"PlayerId": f"xuid({ME})"}]}

    report = build(MatchStats.model_validate(body), map_asset=None, variant=None, playlist=None)

    assert (say(mode_name(report)), report.place, report.duration) == ("Unknown mode", None, timedelta())


def test_a_player_who_was_not_there_has_no_report() -> None:
    with pytest.raises(SubjectNotInMatchError):
        build(subject_xuid=ME + 5)
