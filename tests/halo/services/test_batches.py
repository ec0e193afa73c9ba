"""Any number of players in one call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import BadRequestError, NotFoundError, ServiceError
from bot.halo.models.refdata import SkillResultCode
from bot.halo.services.batches import people_of
from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.playground.world.playlists import PLAYLISTS
from tests.halo.orders import answer

ID = "5f4fedf5-fcb5-4984-aba7-fc82ec6ebb85"
RANKED = PLAYLISTS["ranked_arena"].asset_id
FIRST = 2533274800000001


def crowd(size: int) -> list[int]:
    return list(range(FIRST, FIRST + size))


def known(world: World, size: int) -> list[int]:
    """People who have played."""
    seats = (seat for plan in world.all_plans() for seat in plan.seats)
    people = dict.fromkeys(seat.player.xuid for seat in seats if seat.player is not None)
    assert len(people) >= size
    return list(people)[:size]


def of(xuid: int) -> str:
    """The query of a request that asks for a player, maybe among others."""
    return f"*xuid({xuid})*"


async def test_210_users_take_three_requests_and_keep_their_order(
    client: HaloInfiniteClient, service: HaloService, world: World
) -> None:
    people = known(world, 210)

    response = await client.profile.get_users_by_id(people)

    assert [user.xuid for user in await response.parse()] == people
    assert response.missing == ()
    assert len(service.log) == 3


async def test_users_keep_their_order_whatever_that_of_the_answer(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, [{"xuid": str(xuid), "gamertag": f"Tag {xuid}"} for xuid in reversed(crowd(100))])

    response = await client.profile.get_users_by_id(crowd(100))

    assert [user.xuid for user in await response.parse()] == crowd(100)


async def test_an_unknown_user_is_found_and_named(
    client: HaloInfiniteClient, service: HaloService, world: World
) -> None:
    people = known(world, 99)

    response = await client.profile.get_users_by_id([*people[:37], FIRST, *people[37:]])

    assert [user.xuid for user in await response.parse()] == people
    assert response.missing == (FIRST,)
    assert len(service.log) <= 1 + 2 * 7


async def test_nobody_known_is_the_services_own_refusal(client: HaloInfiniteClient) -> None:
    with pytest.raises(BadRequestError):
        await client.profile.get_users_by_id(crowd(3))


async def test_each_player_is_asked_for_once(client: HaloInfiniteClient, world: World) -> None:
    xuid = world.hero.xuid

    response = await client.skill.get_playlist_csr(RANKED, [xuid, f"xuid({xuid})", "bid(4.0)", str(xuid)])

    assert [value.id for value in (await response.parse()).value] == [f"xuid({xuid})"]


async def test_70_csr_take_three_requests(
    client: HaloInfiniteClient, service: HaloService, world: World
) -> None:
    people = known(world, 70)

    response = await client.skill.get_playlist_csr(RANKED, people)

    assert [value.id for value in (await response.parse()).value] == [f"xuid({xuid})" for xuid in people]
    assert response.missing == ()
    assert len(service.log) == 3


async def test_a_player_whom_a_part_leaves_out_is_named(
    client: HaloInfiniteClient, service: HaloService, world: World
) -> None:
    people = known(world, 40)
    value = [{"Id": f"xuid({xuid})", "ResultCode": 0, "Result": {}} for xuid in people[33:]]
    answer(service, {"Value": value}, query=of(people[32]))

    response = await client.skill.get_playlist_csr(RANKED, people)

    others = [*people[:32], *people[33:]]
    assert [entry.id for entry in (await response.parse()).value] == [f"xuid({xuid})" for xuid in others]
    assert response.missing == (people[32],)


async def test_70_careers_take_three_requests(
    client: HaloInfiniteClient, service: HaloService, world: World
) -> None:
    people = known(world, 70)

    careers = await (await client.economy.get_career_ranks(people)).parse()

    assert [track.id for track in careers.reward_tracks] == [f"xuid({xuid})" for xuid in people]
    assert len(service.log) == 3


async def test_a_404_that_holds_results_is_an_answer(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    value = [
        {"Id": f"xuid({FIRST + 1})", "ResultCode": 1, "Result": None},
        {"Id": f"xuid({FIRST})", "ResultCode": 0, "Result": {"TeamMmr": 1349.5}},
    ]
    answer(service, {"Value": value}, 404)

    skill = await (await client.skill.get_match_skill(ID, crowd(2))).parse()

    assert [entry.result_code for entry in skill.value] == [
        SkillResultCode.SUCCESS,
        SkillResultCode.NOT_FOUND,
    ]


async def test_a_404_without_results_is_not_found(client: HaloInfiniteClient, service: HaloService) -> None:
    answer(service, {}, 404)

    with pytest.raises(NotFoundError):
        await client.skill.get_playlist_csr(ID, crowd(40))


async def test_trouble_with_one_part_is_trouble_as_it_is(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    answer(service, {"Value": []}, 501, query=of(FIRST + 39))
    answer(service, {"Value": []})

    with pytest.raises(ServiceError, match="501"):
        await client.skill.get_playlist_csr(ID, crowd(40))


async def test_an_answer_that_needs_no_change_stays_as_it_came(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    value = [{"Id": f"xuid({xuid})", "ResultCode": 0, "Result": {}} for xuid in crowd(3)]
    answer(service, {"Value": value, "Extra": 1})

    response = await client.skill.get_playlist_csr(ID, crowd(3))

    assert json.loads(await response.read())["Extra"] == 1


@pytest.mark.parametrize("body", [[], {"Value": 5}, {"Value": [5, None, {"Id": None}]}, {}])
async def test_a_strange_answer_names_everybody_as_missing(
    client: HaloInfiniteClient, service: HaloService, body: Any
) -> None:
    answer(service, body)

    response = await client.skill.get_playlist_csr(ID, crowd(2))

    assert response.missing == tuple(crowd(2))


@settings(max_examples=50)
@given(st.lists(st.sampled_from([FIRST, f"xuid({FIRST + 1})", str(FIRST + 2), "bid(1.0)"]), min_size=1))
def test_a_batch_holds_people_once_in_order(players: list[str | int]) -> None:
    expected = [
        {str(FIRST): FIRST, f"xuid({FIRST + 1})": FIRST + 1, str(FIRST + 2): FIRST + 2}.get(str(player))
        for player in players
    ]
    people = list(dict.fromkeys(xuid for xuid in expected if xuid is not None))

    if people:
        assert people_of(players) == people
    else:
        with pytest.raises(ValueError, match="at least one"):
            people_of(players)


async def test_more_players_than_any_roster_make_no_address_that_is_too_long(
    client: HaloInfiniteClient, service: HaloService
) -> None:
    for start in range(0, 400, 100):
        part = crowd(400)[start : start + 100]
        value = [{"Id": f"xuid({xuid})", "ResultCode": 0} for xuid in part]
        answer(service, {"Value": value}, query=of(part[0]))

    response = await client.skill.get_match_skill(ID, crowd(400))

    assert [entry.id for entry in (await response.parse()).value] == [f"xuid({xuid})" for xuid in crowd(400)]
    assert len(service.log) == 4
    assert max(len(request.address) for request in service.log) < 4096
