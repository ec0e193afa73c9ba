from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.halo.film.event import HighlightEvent
from bot.stats.film.kill_race import RaceLine, build_kill_race
from tests.stats.film.fights import A, B, C, D, death, kill

_TEAMS = {A: 0, B: 0, C: 1, D: 1}
_kills = st.lists(st.builds(kill, st.sampled_from([A, B, C, D]), st.integers(0, 20)), max_size=30)


def test_a_team_gains_with_every_kill_of_its_players() -> None:
    race = build_kill_race([kill(A, 1), death(C, 1), kill(C, 5), kill(B, 9)], _TEAMS)

    assert race.lines == (RaceLine(contestant=0, times_ms=(1, 9)), RaceLine(contestant=1, times_ms=(5,)))
    assert [race.lines[0].kills_at(at) for at in (0, 1, 8, 9)] == [0, 1, 1, 2]


def test_without_teams_the_players_race() -> None:
    race = build_kill_race([kill(A, 1), kill(B, 2), kill(B, 3)])

    assert [line.contestant for line in race.lines] == [B, A]


def test_of_equal_lines_the_one_that_got_there_first_is_ahead() -> None:
    race = build_kill_race([kill(C, 1), kill(A, 2), kill(A, 3), kill(C, 4)], _TEAMS)

    assert [line.contestant for line in race.lines] == [0, 1]


def test_a_team_without_kills_still_takes_part_and_a_stranger_does_not() -> None:
    race = build_kill_race([kill(A, 1), kill(D, 2)], {A: 0, C: 1})

    assert race.lines == (RaceLine(contestant=0, times_ms=(1,)), RaceLine(contestant=1, times_ms=()))


def test_the_lead_changes_when_somebody_passes_not_when_they_draw_level() -> None:
    race = build_kill_race([kill(A, 1), kill(C, 2), kill(A, 3), kill(C, 4), kill(C, 5)], _TEAMS)

    assert race.lead_changes() == ((1, 0), (5, 1))
    assert [set(race.leaders_at(at)) for at in (0, 1, 2, 3, 5)] == [set(), {0}, {0, 1}, {0}, {1}]


def test_kills_at_the_same_moment_change_no_lead_in_between() -> None:
    assert build_kill_race([kill(A, 1), kill(C, 1)], _TEAMS).lead_changes() == ()


@given(_kills)
def test_the_race_loses_no_kill_and_its_leads_are_leads(events: list[HighlightEvent]) -> None:
    race = build_kill_race(events, _TEAMS)

    assert sum(line.kills_at(20) for line in race.lines) == len(events)
    assert all(race.leaders_at(time_ms) == (leader,) for time_ms, leader in race.lead_changes())
