"""Who is meant by what somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.halo.errors import ServiceError
from bot.reports.players import read_player
from bot.stats.unanswerable import MentionNotLinked, NoAccountLinked, PlayerUnknown, Unanswerable
from tests.reports.conftest import House

HERO = "Ember Fox 7"
STRANGER = 2533274899999999


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ember Fox 7", "Ember Fox 7"),
        ("  Ember \t Fox 7 ", "Ember Fox 7"),
        ("Ember#1234", "Ember1234"),
        ("2533274800000001", 2533274800000001),
        ("xuid(2533274800000001)", 2533274800000001),
        ("月の光 Spartan", "月の光 Spartan"),
        ("117", "117"),
        ("x" * 32, "x" * 32),
    ],
)
def test_a_gamertag_or_an_xuid_is_read(typed: str, meant: str | int) -> None:
    assert read_player(typed) == meant


@pytest.mark.parametrize("typed", [None, "", "   ", "\n\t"])
def test_nobody_named_is_the_caller_who_has_no_account(typed: str | None) -> None:
    with pytest.raises(NoAccountLinked):
        read_player(typed)


@pytest.mark.parametrize("typed", ["<@123456789012345678>", "<@!123456789012345678>"])
def test_a_mention_is_a_member_who_has_not_linked(typed: str) -> None:
    with pytest.raises(MentionNotLinked) as caught:
        read_player(typed)

    assert caught.value.user_id == 123456789012345678


@pytest.mark.parametrize("typed", ["x" * 33, "#", "a\u200bb", "\u202eabc", ".", "..", "a\x00b", "x" * 6000])
def test_what_no_gamertag_looks_like_is_nobody(typed: str) -> None:
    with pytest.raises(PlayerUnknown):
        read_player(typed)


@given(st.text() | st.text(alphabet="<@!>0123456789xuid()#. ", max_size=40))
@example("<@99999999999999999999>")
@example("１２３４５６７８９０１２３４５６")
def test_whatever_is_typed_is_read_or_refused_kindly(typed: str) -> None:
    try:
        meant = read_player(typed)
    except Unanswerable:
        return
    assert meant
    if isinstance(meant, int):
        assert len(str(meant)) == 16
    else:
        assert len(meant) <= 32
        assert meant == meant.strip()


@pytest.mark.parametrize("typed", ["Ember Fox 7", "ember fox 7", "EMBERFOX7"])
async def test_case_and_spaces_of_a_gamertag_do_not_matter(house: House, typed: str) -> None:
    known = await house.players.find(typed)

    assert (known.value.xuid, known.value.gamertag) == (house.xuid(HERO), HERO)
    assert known.is_live
    assert known.value.gamerpic_url is not None
    assert known.value.gamerpic_url.startswith("https://")


async def test_an_account_is_found_by_its_xuid(house: House) -> None:
    assert (await house.players.find(house.xuid("Quiet One"))).value.gamertag == "Quiet One"


@pytest.mark.parametrize("status", [404, 400])
@pytest.mark.parametrize("who", ["Nobody By That", STRANGER])
async def test_an_account_that_does_not_exist_is_unknown(house: House, who: str | int, status: int) -> None:
    house.service.stage.unknown_gamertag_status = status

    with pytest.raises(PlayerUnknown) as caught:
        await house.players.find(who)

    assert caught.value.asked == str(who)


@pytest.mark.parametrize("again", ["QUIETONE", "Quiet One"])
async def test_an_account_is_recalled_while_the_service_is_down(house: House, again: str) -> None:
    live = await house.players.find("quiet one")
    house.clock.pass_time(60)
    house.fail()

    by_name = await house.players.find(again)
    by_xuid = await house.players.find(live.value.xuid)

    assert by_name.value == by_xuid.value == live.value
    assert not by_name.is_live
    assert not by_xuid.is_live
    assert (house.now() - by_name.at).total_seconds() == pytest.approx(60)


async def test_recalling_an_account_does_not_make_it_newer(house: House) -> None:
    live = await house.players.find("Quiet One")
    house.fail()
    for _ in range(3):
        house.clock.pass_time(60)
        await house.players.find("Quiet One")

    recalled = await house.players.find(live.value.xuid)

    assert recalled.at == live.at


async def test_a_failure_is_told_when_nothing_is_known(house: House) -> None:
    house.fail()

    with pytest.raises(ServiceError):
        await house.players.find("Quiet One")


async def test_an_account_that_is_gone_is_not_recalled(house: House) -> None:
    await house.players.find("Quiet One")
    house.fail(status=404)

    with pytest.raises(PlayerUnknown):
        await house.players.find("Quiet One")


async def test_many_accounts_are_named_in_one_request(house: House) -> None:
    people = house.world.people[:28]

    names = await house.players.gamertags([p.xuid for p in people] * 2)

    assert names == {p.xuid: p.gamertag for p in people}
    assert house.asked("/users") == 1


async def test_an_account_that_is_gone_does_not_take_the_others_names(house: House) -> None:
    known = house.world.people[3]

    assert await house.players.gamertags([known.xuid, STRANGER]) == {known.xuid: known.gamertag}


async def test_names_are_recalled_while_the_service_is_down(house: House) -> None:
    first, second = house.world.people[:2]
    await house.players.gamertags([first.xuid])
    house.fail("/users")

    assert await house.players.gamertags([first.xuid, second.xuid]) == {first.xuid: first.gamertag}


async def test_nobody_to_name_asks_nobody(house: House) -> None:
    assert await house.players.gamertags([]) == {}
    assert len(house.service.log) == 0
