"""What is cached of a player can be forgotten, and what is cached of nobody in particular stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.client import HaloInfiniteClient
from bot.halo.transport.about import About
from bot.halo.transport.cache import forget, open_session
from bot.playground.halo import HaloService
from tests.halo.orders import CACHEABLE, answer
from tests.halo.transport.asking import MEDALS, Asker, everything, rows

XUID = 2533274812345678
GAMERTAG = "Ember Fox 7"

Make = Callable[..., Asker]


def answer_with(service: HaloService, body: dict[str, object]) -> None:
    """Answer so from now on."""
    service.faults.clear()
    answer(service, body, headers=CACHEABLE)


def put_garbage(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"no database, but {XUID}".encode() * 100)


async def test_what_names_a_player_is_gone_from_file_and_memory(
    path: Path, make_asker: Make, service: HaloService
) -> None:
    async with open_session(path) as session:
        asker = make_asker(session)
        for number in range(250):
            answer_with(service, {"who": f"xuid({XUID + number})"})
            await asker.get(f"{MEDALS}?n={number}")
        answer_with(service, {"nobody": True})
        await asker.get(f"{MEDALS}?xuid={XUID + 7}")
        await asker.get(MEDALS)

        await asker.transport.forget(About([XUID, XUID + 7, XUID + 249], []))

        assert rows(path) == 252 - 4
        for number in (0, 7, 249):
            assert str(XUID + number).encode() not in everything(path)
            assert not (await asker.get(f"{MEDALS}?n={number}")).from_cache
        assert (await asker.get(MEDALS)).from_cache
        assert (await asker.get(f"{MEDALS}?n=8")).from_cache


async def test_gamertags_count_as_addresses_and_whole_values(
    path: Path, make_asker: Make, service: HaloService
) -> None:
    async with open_session(path) as session:
        asker = make_asker(session)
        for number, name in enumerate((GAMERTAG, f"{GAMERTAG} and friends", "EMBERFOX7")):
            answer_with(service, {"name": name})
            await asker.get(f"{MEDALS}?n={number}")
        answer_with(service, {"nobody": True})
        await asker.get(f"{MEDALS}?who=gt(ember%20fox%207)")

        await asker.transport.forget(About([], [GAMERTAG]))

        assert rows(path) == 1
        assert (await asker.get(f"{MEDALS}?n=1")).from_cache


async def test_everything_can_go(path: Path, service: HaloService) -> None:
    hero = service.world.hero
    async with open_session(path) as session:
        client = HaloInfiniteClient(
            session, service.credentials.spartan, service.credentials.clearance, origin=service.origin
        )
        matches = [it.match_id for it in service.world.matches_of(hero.xuid)[:3]]
        for match in matches:
            await client.stats.get_match_stats(match)
        assert rows(path) == 3

        await client.forget_everything()

        assert rows(path) == 0
        assert not [it for it in matches if (await client.stats.get_match_stats(it)).from_cache]


async def test_a_session_of_somebody_else_is_left_alone(
    session: ClientSession, cached: CachedSession
) -> None:
    assert await forget(session, About([XUID], [])) == 0
    async with open_session(None) as without_file:
        assert await forget(without_file, About([XUID], [])) == 0
    assert await forget(cached, About([XUID], [])) == 0


async def test_a_broken_file_that_was_moved_aside_goes_too(path: Path) -> None:
    put_garbage(path)
    async with open_session(path) as session:
        assert str(XUID).encode() in everything(path)

        await forget(session, About([XUID], []))

        assert str(XUID).encode() not in everything(path)


async def test_the_client_forgets_for_every_view_of_it(path: Path, service: HaloService) -> None:
    hero = service.world.hero
    match = service.world.matches_of(hero.xuid)[0].match_id
    async with open_session(path) as session:
        client = HaloInfiniteClient(
            session, service.credentials.spartan, service.credentials.clearance, origin=service.origin
        )
        await client.stats.get_match_stats(match)
        assert str(hero.xuid).encode() in everything(path)

        await client.with_options(deadline_s=5.0).forget(xuids=[hero.xuid], gamertags=[hero.gamertag])

        assert str(hero.xuid).encode() not in everything(path)


@given(st.integers(10**15, 10**16 - 1), st.binary(max_size=30), st.binary(max_size=30))
def test_an_xuid_is_found_as_a_number_of_its_own(xuid: int, before: bytes, after: bytes) -> None:
    about = About([xuid], [])
    written = str(xuid).encode()

    inside = before[-1:].isdigit() or after[:1].isdigit()
    if not inside:
        assert about(before + written + after)
    assert not about(b"1" + written) or b"1" + written == written
    assert not About([xuid + 1], [])(b"(" + written + b")")


@pytest.mark.parametrize("value", [None, "text", 7, b"", 1.5])
def test_what_is_no_answer_names_nobody(value: object) -> None:
    assert not About([XUID], [GAMERTAG])(value)
