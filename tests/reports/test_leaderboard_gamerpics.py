"""Gamerpics of a board: from memory at once, fetched behind, bounded, and forgotten."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from PIL import Image

from bot.playground.halo import Fault, FaultKind
from bot.reports.leaderboard_gamerpics import AGE, AGE_OF_FAILURE, Gamerpics
from tests.reports.conftest import House

PICTURES, PROFILES = "/image", "/users"


@pytest.fixture
async def gamerpics(house: House) -> AsyncIterator[Gamerpics]:
    gamerpics = Gamerpics(house.halo, now=house.now)
    yield gamerpics
    await gamerpics.close()


async def fetch(gamerpics: Gamerpics, *xuids: int) -> None:
    coming = gamerpics.ask(xuids)
    assert coming is not None
    await coming


async def test_what_is_missing_comes_behind_and_is_kept(house: House, gamerpics: Gamerpics):
    quiet, ember = house.xuid("Quiet One"), house.xuid("Ember Fox 7")
    assert gamerpics.known([quiet, ember]) == {}

    await fetch(gamerpics, quiet, ember)

    known = gamerpics.known([quiet, ember])
    assert set(known) == {quiet, ember}
    with Image.open(io.BytesIO(known[quiet])) as image:
        assert image.size == (64, 64)
    assert gamerpics.ask([quiet, ember]) is None
    assert (house.asked(PROFILES), house.asked(PICTURES)) == (1, 2)
    assert house.service.leaks == []


async def test_many_who_ask_at_once_cause_one_request_each(house: House, gamerpics: Gamerpics):
    quiet = house.xuid("Quiet One")
    waits = [gamerpics.ask([quiet]) for _ in range(20)]
    for wait in waits:
        assert wait is not None
        await wait

    assert (house.asked(PROFILES), house.asked(PICTURES)) == (1, 1)


async def test_nobody_stores_them_on_disk(house: House, gamerpics: Gamerpics):
    quiet = house.xuid("Quiet One")
    await fetch(gamerpics, quiet)
    await gamerpics.forget([quiet])
    assert gamerpics.known([quiet]) == {}

    await fetch(gamerpics, quiet)

    assert house.asked(PICTURES) == 2


async def test_what_cannot_be_had_is_not_asked_for_at_every_look(house: House, gamerpics: Gamerpics):
    quiet = house.xuid("Quiet One")
    house.fail(PICTURES, status=404)
    await fetch(gamerpics, quiet)

    assert gamerpics.known([quiet]) == {}
    assert gamerpics.ask([quiet]) is None
    house.service.faults.clear()
    house.clock.now += AGE_OF_FAILURE.total_seconds() + 1
    await fetch(gamerpics, quiet)
    assert set(gamerpics.known([quiet])) == {quiet}


async def test_an_old_picture_stays_while_a_new_one_cannot_be_had(house: House, gamerpics: Gamerpics):
    quiet = house.xuid("Quiet One")
    await fetch(gamerpics, quiet)
    house.clock.now += (AGE + timedelta(seconds=1)).total_seconds()
    house.fail(status=500)

    await fetch(gamerpics, quiet)

    assert set(gamerpics.known([quiet])) == {quiet}


async def test_forgetting_ends_what_is_on_its_way(house: House, gamerpics: Gamerpics):
    quiet = house.xuid("Quiet One")
    house.service.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=30))
    coming = gamerpics.ask([quiet])
    assert coming is not None

    await gamerpics.forget([quiet])

    await coming  # whoever waited goes on without the picture
    house.service.faults.clear()
    assert gamerpics.known([quiet]) == {}
    await fetch(gamerpics, quiet)
    assert set(gamerpics.known([quiet])) == {quiet}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/image",
        "http://images-eds-ssl.xboxlive.com/image",
        "https://images-eds-ssl.xboxlive.com:99/x",
        "",
    ],
)
async def test_only_xboxs_picture_hosts_are_asked_for_pictures(house: House, url: str):
    with pytest.raises(ValueError, match="picture hosts"):
        await house.halo.profile.get_gamerpic(url)
