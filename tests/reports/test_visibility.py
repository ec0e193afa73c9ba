"""What an empty history means."""

from __future__ import annotations

import pytest

from bot.halo.errors import AuthenticationError, HaloError
from bot.playground.world import World
from bot.reports.players import Player
from bot.reports.visibility import why_empty
from bot.stats.unanswerable import HistoryHidden, NeverPlayed, NoSuchMatches
from tests.reports.conftest import NOW, House

HIDDEN, NEVER = "Veiled Heron", "Fresh Boots"
RECORDS = "*/servicerecord"
CSRS = "*/csrs"


@pytest.fixture
def world() -> World:
    return World(7, NOW, matches=60)


async def reason(house: House, gamertag: str, kind: str) -> Exception:
    player = Player(xuid=house.xuid(gamertag), gamertag=gamertag, gamerpic_url=None)
    return await why_empty(house.halo, player, kind)


@pytest.mark.parametrize("kind", ["all", "matchmaking", "custom"])
async def test_a_player_with_a_service_record_hides_the_history(house: House, kind: str) -> None:
    found = await reason(house, HIDDEN, kind)

    assert isinstance(found, HistoryHidden)
    assert found.gamertag == HIDDEN


@pytest.mark.parametrize("kind", ["all", "matchmaking", "custom", "local"])
async def test_a_player_without_anything_never_played(house: House, kind: str) -> None:
    assert isinstance(await reason(house, NEVER, kind), NeverPlayed)


async def test_a_hidden_player_without_local_games_has_none_of_that_type(house: House) -> None:
    found = await reason(house, HIDDEN, "local")

    assert isinstance(found, NoSuchMatches)
    assert (found.kind, found.available) == ("local", 0)


async def test_a_player_of_custom_games_only_has_no_matchmaking(house: House) -> None:
    house.service.end_match(gamertag=NEVER, mode="ranked_slayer", playlist=None)

    found = await reason(house, NEVER, "matchmaking")

    assert isinstance(found, NoSuchMatches)
    assert found.kind == "matchmaking"


async def test_one_witness_is_enough(house: House) -> None:
    house.fail("*/custom/servicerecord")
    house.fail(CSRS)

    assert isinstance(await reason(house, HIDDEN, "all"), HistoryHidden)


@pytest.mark.parametrize("silent", [RECORDS, "*/matchmade/servicerecord", CSRS])
async def test_nobody_is_said_to_have_nothing_while_a_witness_is_silent(house: House, silent: str) -> None:
    house.fail(silent)

    with pytest.raises(HaloError):
        await reason(house, NEVER, "all")


async def test_refused_tokens_are_not_taken_for_an_empty_history(house: House) -> None:
    house.fail(status=401)

    with pytest.raises(AuthenticationError):
        await reason(house, NEVER, "all")


async def test_all_witnesses_are_heard_at_once(house: House) -> None:
    await reason(house, HIDDEN, "all")

    assert house.asked(RECORDS) == 3
    assert house.asked(CSRS) == 1
    assert len(house.service.log) == 5
