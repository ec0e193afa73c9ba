"""The numbers of every recorded match, compared with what the service itself computed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.skill import MatchSkill
from bot.halo.models.stats import MatchHistory, MatchStats
from bot.stats.history import find_neighbours
from bot.stats.last_match import build_match_report
from bot.stats.match_report import MatchReport
from bot.stats.numbers import accuracy, kda
from bot.stats.participants import player_xuid
from bot.words.match_words import mode_name, player_name, playlist_name, team_name
from tests.english import say

HALO = Path(__file__).parents[2] / "../shared/halo"
RECORDED = sorted([*HALO.glob("responses/get_match_stats*.json"), *HALO.glob("film/match_stats.json")])
ME = 2535445291321133

pytestmark = pytest.mark.skipif(not RECORDED, reason="the recordings are not beside the project")
each_recording = pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)


def recorded_rows(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in a body that has counters with a KDA computed from them."""
    for team in body["Teams"]:
        yield team["Stats"]
    for player in body["Players"]:
        for part in player["PlayerTeamStats"]:
            yield part["Stats"]


def report_on(path: Path, subject: int) -> MatchReport:
    metadata = (HALO / "responses/get_medal_metadata.json").read_bytes()
    return build_match_report(
        stats=MatchStats.model_validate_json(path.read_bytes()),
        skill=MatchSkill.model_validate_json((HALO / "responses/get_match_skill.json").read_bytes()),
        subject_xuid=subject,
        gamertags={},
        map_asset=None,
        variant=None,
        playlist=None,
        medals=MedalMetadata.model_validate_json(metadata),
        gamerpic_url=None,
    )


@each_recording
def test_kda_and_accuracy_agree_with_every_recorded_row(path: Path) -> None:
    rows = list(recorded_rows(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)))

    assert rows
    for row in rows:
        core = row["CoreStats"]
        assert kda(core["Kills"], core["Deaths"], core["Assists"]) == core["KDA"]
        assert (accuracy(core["ShotsHit"], core["ShotsFired"]) or 0) == core["Accuracy"]
        for other in (row.get("PvpStats"), row.get("PveStats")):
            assert other is None or kda(other["Kills"], other["Deaths"], other["Assists"]) == other["KDA"]


@each_recording
def test_every_recorded_player_gets_a_report_with_the_recorded_numbers(path: Path) -> None:
    body = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    rows = {
        player["PlayerId"]: player["PlayerTeamStats"][0]["Stats"]["CoreStats"] for player in body["Players"]
    }
    for subject in filter(None, map(player_xuid, rows)):
        report = report_on(path, subject)

        assert {line.player_id for line in report.players} == set(rows)
        for line in report.players:
            core = rows[line.player_id]
            assert (line.kda, line.accuracy or 0) == (core["KDA"], core["Accuracy"])
            assert (line.personal_score, line.damage_dealt) == (core["PersonalScore"], core["DamageDealt"])
        mine = rows[report.subject.player_id]["Medals"]
        assert {m.name_id: m.count for m in report.medals} == {m["NameId"]: m["Count"] for m in mine}
        assert report.teams[0].is_subject


def test_the_recorded_slayer_match_reads_as_it_was_played() -> None:
    report = report_on(HALO / "responses/get_match_stats.json", ME)

    named = (say(mode_name(report)), say(playlist_name(report)))
    assert (*named, report.is_ranked) == ("Slayer", "Ranked Arena", True)
    assert [(say(team_name(team)), team.shown) for team in report.teams] == [("Cobra", 50), ("Eagle", 31)]
    assert (report.subject.kills, report.subject.deaths, report.subject.assists) == (18, 8, 5)
    assert report.subject.perfect_kills == 5
    assert [medal.name for medal in report.medals][:2] == ["Perfect", "Shot Caller"]


def test_recorded_rounds_are_the_score_in_elimination_and_oddball() -> None:
    elimination = report_on(HALO / "responses/get_match_stats_elimination.json", ME)
    oddball = report_on(HALO / "film/match_stats.json", ME)

    assert [(team.shown, team.points) for team in elimination.teams] == [(3, 3), (2, 2)]
    assert [(team.shown, team.points) for team in oddball.teams] == [(0, 2), (1, 4)]
    assert [say(player_name(line)) for line in oddball.players] == ["Spartan 1133", "343 Ensrude"]


def test_every_recorded_player_was_there_throughout() -> None:
    lines = [line for path in RECORDED for line in report_on(path, ME).players]

    assert {(line.joined_after, line.left_after) for line in lines} == {(None, None)}


def test_the_recorded_history_is_walked_from_end_to_end() -> None:
    history = MatchHistory.model_validate_json((HALO / "responses/get_match_history.json").read_bytes())
    seen, current = 1, history.results[0]
    while (found := find_neighbours(history.results, current.match_id)) and found.older:
        current, seen = found.older, seen + 1

    assert seen == len(history.results)
