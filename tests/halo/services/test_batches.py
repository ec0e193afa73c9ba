"""Any number of players in one call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import BadRequestError, NotFoundError, ServiceError
from bot.halo.models.refdata import SkillResultCode
from bot.halo.services.batches import people_of
from tests.halo.services.conftest import Service

ID = "5f4fedf5-fcb5-4984-aba7-fc82ec6ebb85"
FIRST = 2533274800000001


def crowd(size: int) -> list[int]:
    return list(range(FIRST, FIRST + size))


def users_except(*unknown: int) -> Any:
    """The profile service: at most 100 at a time, and one unknown XUID fails them all; in any order."""

    def rule(request: web.Request) -> web.Response:
        xuids = [int(xuid) for xuid in request.query.getall("xuids")]
        if len(xuids) > 100 or set(xuids) & set(unknown):
            return web.json_response({}, status=400)
        return web.json_response([{"xuid": str(xuid), "gamertag": f"Tag {xuid}"} for xuid in reversed(xuids)])

    return rule


def ladder(*, without: int | None = None, status: int = 200) -> Any:
    """The skill service: the 33rd and later players are dropped."""

    def rule(request: web.Request) -> web.Response:
        players = [player for player in request.query.getall("players")[:32] if player != f"xuid({without})"]
        value = [{"Id": player, "ResultCode": 0, "Result": {"Current": {"Value": 7}}} for player in players]
        return web.json_response({"Value": value, "Extra": 1}, status=status)

    return rule


async def test_250_users_take_three_requests_and_keep_their_order(
    client: HaloInfiniteClient, service: Service
) -> None:
    service.rule = users_except()

    response = await client.profile.get_users_by_id(reversed(crowd(250)))

    assert [user.xuid for user in await response.parse()] == list(reversed(crowd(250)))
    assert response.missing == ()
    assert len(service.requests) == 3


async def test_an_unknown_user_is_found_and_named(client: HaloInfiniteClient, service: Service) -> None:
    unknown = FIRST + 37
    service.rule = users_except(unknown)

    response = await client.profile.get_users_by_id(crowd(100))

    assert [user.xuid for user in await response.parse()] == [xuid for xuid in crowd(100) if xuid != unknown]
    assert response.missing == (unknown,)
    assert len(service.requests) <= 1 + 2 * 7


async def test_nobody_known_is_the_services_own_refusal(client: HaloInfiniteClient, service: Service) -> None:
    service.rule = users_except(*crowd(3))

    with pytest.raises(BadRequestError):
        await client.profile.get_users_by_id(crowd(3))


async def test_each_player_is_asked_for_once(client: HaloInfiniteClient, service: Service) -> None:
    service.rule = ladder()

    response = await client.skill.get_playlist_csr(ID, [FIRST, f"xuid({FIRST})", "bid(4.0)", str(FIRST)])

    assert [value.id for value in (await response.parse()).value] == [f"xuid({FIRST})"]


async def test_70_csr_take_three_requests(client: HaloInfiniteClient, service: Service) -> None:
    service.rule = ladder(without=FIRST + 40)

    response = await client.skill.get_playlist_csr(ID, crowd(70))

    csr = await response.parse()
    assert [value.id for value in csr.value] == [f"xuid({xuid})" for xuid in crowd(70) if xuid != FIRST + 40]
    assert response.missing == (FIRST + 40,)
    assert len(service.requests) == 3


async def test_70_careers_take_three_requests(client: HaloInfiniteClient, service: Service) -> None:
    def rule(request: web.Request) -> web.Response:
        players = request.query["players"].split(",")[:32]
        tracks = [
            {"Id": player, "ResultCode": 0, "Result": {"CurrentProgress": {"Rank": 5}}} for player in players
        ]
        return web.json_response({"RewardTracks": tracks})

    service.rule = rule

    careers = await (await client.economy.get_career_ranks(crowd(70))).parse()

    assert len(careers.reward_tracks) == 70
    assert careers.reward_tracks[69].id == f"xuid({FIRST + 69})"


async def test_a_404_that_holds_results_is_an_answer(client: HaloInfiniteClient, service: Service) -> None:
    value = [
        {"Id": f"xuid({FIRST + 1})", "ResultCode": 1, "Result": None},
        {"Id": f"xuid({FIRST})", "ResultCode": 0, "Result": {"TeamMmr": 1349.5}},
    ]
    service.answers({"Value": value}, status=404)

    skill = await (await client.skill.get_match_skill(ID, crowd(2))).parse()

    assert [entry.result_code for entry in skill.value] == [
        SkillResultCode.SUCCESS,
        SkillResultCode.NOT_FOUND,
    ]


async def test_a_404_without_results_is_not_found(client: HaloInfiniteClient, service: Service) -> None:
    service.answers({}, status=404)

    with pytest.raises(NotFoundError):
        await client.skill.get_playlist_csr(ID, crowd(40))


async def test_trouble_with_one_part_is_trouble_as_it_is(
    client: HaloInfiniteClient, service: Service
) -> None:
    def rule(request: web.Request) -> web.Response:
        is_first = f"xuid({FIRST})" in request.query.getall("players")
        return web.json_response({"Value": []}, status=200 if is_first else 501)

    service.rule = rule

    with pytest.raises(ServiceError):
        await client.with_options(deadline_s=0.5).skill.get_playlist_csr(ID, crowd(40))


async def test_an_answer_that_needs_no_change_stays_as_it_came(
    client: HaloInfiniteClient, service: Service
) -> None:
    service.rule = ladder()

    response = await client.skill.get_playlist_csr(ID, crowd(3))

    assert json.loads(await response.read())["Extra"] == 1


@pytest.mark.parametrize("body", [[], {"Value": 5}, {"Value": [5, None, {"Id": None}]}, {}])
async def test_a_strange_answer_names_everybody_as_missing(
    client: HaloInfiniteClient, service: Service, body: Any
) -> None:
    service.answers(body)

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
    client: HaloInfiniteClient, service: Service
) -> None:
    service.rule = lambda request: web.json_response(
        {"Value": [{"Id": player, "ResultCode": 0} for player in request.query.getall("players")]}
    )

    response = await client.skill.get_match_skill(ID, crowd(400))

    assert [entry.id for entry in (await response.parse()).value] == [f"xuid({xuid})" for xuid in crowd(400)]
    assert len(service.requests) == 4
    assert max(map(len, service.requests)) < 4096
