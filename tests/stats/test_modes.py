from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic.alias_generators import to_pascal

from bot.halo.models.refdata import GameVariantCategory
from bot.halo.models.stats import Stats
from bot.stats.last_match import build_match_report
from bot.stats.match_report import MatchReport, ObjectiveStat, StatKind
from bot.stats.modes import MODES, find_objectives, mode_title
from bot.stats.objectives import ENEMIES, FLAG, HILL, OBJECTIVES, ZONES, Objective, Time
from bot.words.match_words import mode_name
from tests.english import say
from tests.stats.bodies import ME, core, match, player, team

ALL_OBJECTIVES = (*OBJECTIVES, HILL)

#: Category, name, whether the score is rounds, key of the sub-model, scoreboard columns.
MODE_TABLE = [
    (6, "Slayer", False, None, ()),
    (7, "Attrition", True, "EliminationStats", ("eliminations", "allies_revived")),
    (8, "Elimination", True, "EliminationStats", ("eliminations", "allies_revived")),
    (9, "Fiesta", False, None, ()),
    (10, "SWAT", False, None, ()),
    (11, "Strongholds", False, "ZonesStats", ("zone_captures", "zone_occupation_time")),
    (12, "King of the Hill", False, "ZonesStats", ("hill_occupation_time", "hill_scoring_ticks")),
    (13, "King of the Hill", False, "ZonesStats", ("hill_occupation_time", "hill_scoring_ticks")),
    (14, "Total Control", False, "ZonesStats", ("zone_captures", "zone_occupation_time")),
    (15, "CTF", False, "CaptureTheFlagStats", ("flag_captures", "flag_returns")),
    (16, "Assault", False, "BombStats", ("bomb_detonations", "bomb_plants")),
    (
        17,
        "Extraction",
        False,
        "ExtractionStats",
        ("successful_extractions", "extraction_conversions_completed"),
    ),
    (18, "Oddball", True, "OddballStats", ("time_as_skull_carrier", "skull_carriers_killed")),
    (19, "Stockpile", False, "StockpileStats", ("power_seeds_deposited", "power_seeds_stolen")),
    (20, "Juggernaut", False, None, ()),
    (21, "Regicide", False, None, ()),
    (22, "Infection", False, "InfectionStats", ("spartans_infected", "infected_killed")),
    (23, "VIP", False, "VipStats", ("vip_kills", "time_as_vip")),
    (24, "Escalation", False, None, ()),
    (25, "Grifball", False, "BombStats", ("bomb_detonations", "bomb_plants")),
    (26, "Race", False, None, ()),
    (39, "Land Grab", False, "ZonesStats", ("zone_captures", "zone_occupation_time")),
    (41, "Minigame", False, None, ()),
    (42, "Firefight", False, "PveStats", ("boss_kills", "elite_kills")),
]


def report_on(category: int, *parts: dict[str, Any], teams: bool = True) -> MatchReport:
    sides = (team(0, Score=120, RoundsWon=2), team(1, rank=2, Score=90, RoundsWon=1)) if teams else ()
    return build_match_report(
        stats=match(player(parts=list(parts)), teams=sides, category=category),
        skill=None,
        subject_xuid=ME,
        gamertags={},
        map_asset=None,
        variant=None,
        playlist=None,
        medals=None,
        gamerpic_url=None,
    )


def filled(objective: Objective, by: int = 1) -> dict[str, Any]:
    """A sub-model whose first statistic is ``by``, the second twice that, and so on (seconds for times)."""
    return {
        to_pascal(stat.field or stat.key): f"PT{by * n}S" if isinstance(stat, Time) else by * n
        for n, stat in enumerate(objective.stats, 1)
    }


def plain(stat: ObjectiveStat) -> int:
    return int(stat.value.total_seconds()) if isinstance(stat.value, timedelta) else stat.value


@pytest.mark.parametrize(("category", "name", "by_rounds", "source", "columns"), MODE_TABLE)
def test_every_mode_is_reported_in_its_own_terms(
    category: int, name: str, by_rounds: bool, source: str | None, columns: tuple[str, ...]
) -> None:
    own = {source: {}} if source else {}

    report = report_on(category, core(Kills=1) | own)

    assert say(mode_name(report)) == name
    assert [(line.shown, line.points) for line in report.teams] == (
        [(2, 120), (1, 90)] if by_rounds else [(120, None), (90, None)]
    )
    assert report.objective_columns == columns
    assert {stat.key for stat in report.subject.objective} >= set(columns)
    assert report.is_firefight == (category == 42)


def test_the_table_above_has_every_multiplayer_mode() -> None:
    assert {int(category) for category in MODES if int(category) in range(6, 27) or int(category) > 38} == {
        row[0] for row in MODE_TABLE
    }


@pytest.mark.parametrize("objective", ALL_OBJECTIVES, ids=lambda objective: objective.stats[0].key)
def test_every_statistic_is_read_from_its_own_field(objective: Objective) -> None:
    stats = Stats.model_validate({to_pascal(objective.source): filled(objective)})

    measured = objective.measure([stats])

    assert [plain(stat) for stat in measured] == list(range(1, len(measured) + 1))
    assert [stat.kind is StatKind.DURATION for stat in measured] == [
        isinstance(stat.value, timedelta) for stat in measured
    ]


@pytest.mark.parametrize("objective", ALL_OBJECTIVES, ids=lambda objective: objective.stats[0].key)
def test_a_side_switch_adds_up_but_keeps_the_best_of_peaks(objective: Objective) -> None:
    parts = [Stats.model_validate({to_pascal(objective.source): filled(objective, by)}) for by in (1, 10)]

    measured = [plain(stat) for stat in objective.measure(parts)]

    assert measured == [(10 if stat.peak else 11) * n for n, stat in enumerate(objective.stats, 1)]


def test_keys_and_columns_keep_what_the_report_promises() -> None:
    for objective in ALL_OBJECTIVES:
        keys = [stat.key for stat in objective.stats]
        assert len(set(keys)) == len(keys)
        assert len(objective.columns) <= 2
        assert set(objective.columns) <= set(keys)


def test_an_unknown_mode_shows_the_objective_that_the_match_recorded() -> None:
    report = report_on(77, core(Kills=3) | {"CaptureTheFlagStats": {"FlagCaptures": 2}})

    assert say(mode_name(report)) == "Mode 77"
    assert report.subject.kills == 3
    assert report.objective_columns == ("flag_captures", "flag_returns")
    assert report.subject.objective[0].value == 2


def test_an_unknown_mode_without_an_objective_shows_the_core_numbers() -> None:
    report = report_on(77, core(Kills=3) | {"PvpStats": {"Kills": 3}})

    assert (report.subject.kills, report.subject.objective, report.objective_columns) == (3, (), ())


def test_firefight_on_hills_shows_the_hills_after_the_enemies() -> None:
    part = Stats.model_validate({"PveStats": {"GruntKills": 9}, "ZonesStats": {"StrongholdCaptures": 3}})

    assert find_objectives(GameVariantCategory.MULTIPLAYER_FIREFIGHT, [part]) == (ENEMIES, ZONES)


def test_a_known_mode_ignores_objectives_in_which_nobody_did_anything() -> None:
    part = Stats.model_validate({"PveStats": {}, "CaptureTheFlagStats": {}})

    assert find_objectives(GameVariantCategory.MULTIPLAYER_SLAYER, [part]) == ()
    assert find_objectives(GameVariantCategory.MULTIPLAYER_CTF, [part]) == (FLAG,)


def test_the_hill_is_not_told_a_second_time_as_zones() -> None:
    part = Stats.model_validate({"ZonesStats": {"StrongholdCaptures": 3}})

    assert find_objectives(GameVariantCategory.MULTIPLAYER_BASTION, [part]) == (HILL,)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Arena:Slayer", "Slayer"),
        ("Ranked:King of the Hill", "King of the Hill"),
        ("Ranked:CTF 3 Captures", "CTF 3 Captures"),
        ("Arena:Shotty Snipes Slayer", "Shotty Snipes Slayer"),
        ("Fiesta:Slayer", "Fiesta Slayer"),
        ("Super Husky Raid:CTF", "Super Husky Raid CTF"),
        ("Firefight:Heroic King of the Hill", "Firefight Heroic King of the Hill"),
        ("Infection:Infection", "Infection"),
        ("Elimination", "Elimination"),
        ("My mode: the  sequel", "My mode: the sequel"),
        ("Ranked:", ""),
        ("  ", ""),
        (None, ""),
    ],
)
def test_a_mode_is_called_by_its_variant_without_the_playlist(name: str | None, title: str) -> None:
    assert mode_title(name) == title


@pytest.mark.parametrize(
    ("name", "localised", "title"),
    [
        ("Arena:CTF", "Arène : CDD", "CDD"),
        ("Ranked:Slayer", "Rangliste:Slayer", "Slayer"),
        ("Husky Raid:CTF", "Husky-Raid:FE", "Husky-Raid FE"),
        ("Arena:CTF", None, "CTF"),
        ("Arena:CTF", "  ", "CTF"),
    ],
)
def test_a_translated_mode_loses_the_same_prefix(name: str, localised: str | None, title: str) -> None:
    assert mode_title(name, localised) == title
