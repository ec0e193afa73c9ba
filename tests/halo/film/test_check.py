"""Events held against the statistics of the same match."""

from __future__ import annotations

from typing import Any

from bot.halo.film.highlight_events import check
from bot.halo.models.stats import MatchStats
from tests.halo.film.films import ALICE, BOB, CAROL, death, kill, medal, mode

_EVENTS = [mode(ALICE, 1), kill(ALICE, 2), death(BOB, 2), medal(ALICE, 3), kill(CAROL, 9)]


def player(player_id: str, *parts: dict[str, Any], person: bool = True) -> dict[str, Any]:
    return {
        "PlayerId": player_id,
        "PlayerType": 1 if person else 2,
        "PlayerTeamStats": [{"TeamId": 0, "Stats": {"CoreStats": part}} for part in parts],
    }


def match(*players: dict[str, Any]) -> MatchStats:
    info = {"GameVariantCategory": 42}
    body = {"MatchId": "00000000-0000-4000-8000-000000000001", "MatchInfo": info, "Players": list(players)}
    return MatchStats.model_validate(body)


def test_a_film_that_agrees_with_the_statistics_has_no_differences() -> None:
    stats = match(
        player(f"xuid({ALICE})", {"Kills": 1, "Medals": [{"NameId": 622331684, "Count": 1}]}),
        player(f"xuid({BOB})", {"Deaths": 1}),
        player("bid(3.0)", {"Kills": 7}, person=False),
    )

    assert check(_EVENTS, stats) == []


def test_each_person_who_differs_is_named_with_what_differs_and_the_mode() -> None:
    stats = match(
        player(f"xuid({ALICE})", {"Kills": 20, "Medals": [{"NameId": 622331684, "Count": 1}]}),
        player(f"xuid({BOB})", {"Deaths": 2, "Medals": [{"NameId": 622331684, "Count": 3}]}),
    )

    assert check(_EVENTS, stats) == [
        f"The film shows 1 of 20 kills of xuid({ALICE}) (MULTIPLAYER_FIREFIGHT)",
        f"The film shows 1 of 2 deaths, 0 of 3 medals of xuid({BOB}) (MULTIPLAYER_FIREFIGHT)",
    ]


def test_what_somebody_did_on_both_sides_is_added_up() -> None:
    stats = match(player(f"xuid({ALICE})", {"Kills": 2}, {"Kills": 1}))

    assert check([kill(ALICE, 1), kill(ALICE, 2), kill(ALICE, 3)], stats) == []
