from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.film.event import HighlightEvent
from bot.stats.film.kill_feed import build_kill_feed, known_teams
from tests.stats.bodies import core, match, player, team
from tests.stats.film.fights import A, B, C, D, death, entry, kill


def _told(make: Callable[[int, int], HighlightEvent], xuid: int, time_ms: int) -> HighlightEvent:
    return make(xuid, time_ms)


_fights = st.lists(
    st.builds(
        _told,
        st.sampled_from([kill, death]),
        st.sampled_from([A, B, C, D]),
        st.integers(0, 12),
    ),
    max_size=25,
)
_teams = st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(0, 1))


@pytest.mark.parametrize("apart_ms", [-2, -1, 0, 1, 2])
def test_a_kill_and_a_death_up_to_two_milliseconds_apart_belong_together(apart_ms: int) -> None:
    events = sorted([kill(A, 100), death(B, 100 + apart_ms)], key=lambda event: event.time_ms)

    assert build_kill_feed(events) == (entry(A, B, 100),)


def test_three_milliseconds_are_too_far() -> None:
    assert build_kill_feed([kill(A, 100), death(B, 103)]) == (entry(A, None, 100), entry(None, B, 103))


def test_the_nearest_death_is_the_one() -> None:
    events = [death(C, 98), kill(A, 100), death(B, 101), kill(D, 300)]

    assert build_kill_feed(events) == (entry(None, C, 98), entry(A, B, 100), entry(D, None, 300))


def test_two_who_kill_each_other_at_once_did_not_kill_themselves() -> None:
    events = [kill(A, 100), death(A, 100), kill(B, 100), death(B, 100)]

    assert build_kill_feed(events) == (entry(A, B, 100), entry(B, A, 100))


def test_nobody_kills_a_team_mate() -> None:
    events = [kill(A, 100), death(B, 100), death(C, 102)]

    assert build_kill_feed(events, {A: 0, B: 0, C: 1}) == (entry(A, C, 100), entry(None, B, 100))
    assert build_kill_feed(events, {A: 0})[0] == entry(A, B, 100)


def test_medals_and_mode_events_are_passed_over() -> None:
    medal = kill(A, 100)._replace(event_type="medal")

    assert build_kill_feed([medal]) == ()


@given(_fights, _teams)
def test_every_kill_and_death_is_told_exactly_once(
    events: list[HighlightEvent], teams: dict[int, int]
) -> None:
    feed = build_kill_feed(events, teams)

    assert Counter(it.killer_xuid for it in feed if it.killer_xuid) == _who(events, "kill")
    assert Counter(it.victim_xuid for it in feed if it.victim_xuid) == _who(events, "death")
    assert [it.time_ms for it in feed] == sorted(it.time_ms for it in feed)


@given(_fights, _teams)
def test_no_pair_is_impossible_and_none_that_is_possible_is_left(
    events: list[HighlightEvent], teams: dict[int, int]
) -> None:
    feed = build_kill_feed(events, teams)

    for pair in feed:
        if pair.killer_xuid and pair.victim_xuid:
            assert _may_pair(pair.killer_xuid, pair.victim_xuid, teams)
    for lone_kill in (it for it in feed if it.victim_xuid is None):
        for lone_death in (it for it in feed if it.killer_xuid is None):
            assert (
                abs(lone_kill.time_ms - lone_death.time_ms) > 2
                or lone_kill.killer_xuid is None
                or lone_death.victim_xuid is None
                or not _may_pair(lone_kill.killer_xuid, lone_death.victim_xuid, teams)
            )


def test_a_film_in_which_everything_happens_at_once_takes_no_longer() -> None:
    events = [make(xuid, 5) for _ in range(2000) for make, xuid in ((kill, A), (death, B))]

    assert len(build_kill_feed(events, {A: 0, B: 0})) == 4000


def test_teams_are_known_of_those_who_stayed_on_one() -> None:
    switched = player(C, team=1) | {
        "PlayerTeamStats": [{"TeamId": 0, "Stats": core()}, {"TeamId": 1, "Stats": core()}]
    }
    players = [player(A, team=0), player(B, team=1), switched, player(D) | {"PlayerId": "bid(1.0)"}]

    assert known_teams(match(*players, teams=(team(0), team(1)))) == {A: 0, B: 1}
    assert known_teams(match(*players)) == {}


def _who(events: list[HighlightEvent], event_type: str) -> Counter[int]:
    return Counter(event.xuid for event in events if event.event_type == event_type)


def _may_pair(killer: int, victim: int, teams: dict[int, int]) -> bool:
    return killer != victim and (killer not in teams or victim not in teams or teams[killer] != teams[victim])
