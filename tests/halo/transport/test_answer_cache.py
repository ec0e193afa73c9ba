from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp_client_cache.backends.sqlite import SQLiteBackend
from aiohttp_client_cache.session import CachedSession

from bot.halo.errors import AuthenticationError, ServiceError
from tests.halo.transport.stand_in import Asker, FakeClock, StandIn, counted, down, everything, rows

MEDALS = "https://gamecms-hacs.svc.halowaypoint.com/hi/Waypoint/file/medals/metadata.json"
HISTORY = "https://halostats.svc.halowaypoint.com/hi/players/xuid(1)/matches"
AN_ID = "6ff4e7e8-5b5b-4ea4-9b9f-9a0b9e2a1e11"
MATCH = f"https://halostats.svc.halowaypoint.com/hi/matches/{AN_ID}/stats"
MAP = f"https://discovery-infiniteugc.svc.halowaypoint.com/hi/maps/{AN_ID}/versions/{AN_ID}"
DAY_S = 86_400

Make = Callable[..., Asker]


async def test_an_answer_with_a_max_age_is_asked_once(
    cached: CachedSession, make_asker: Make, stand_in: StandIn
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    live, hot = await asker.get(MEDALS), await asker.get(MEDALS)
    from_file = await make_asker(cached).get(MEDALS)

    assert [answer.from_cache for answer in (live, hot, from_file)] == [False, True, True]
    assert live.body == hot.body == from_file.body
    assert from_file.fetched_at == pytest.approx(live.fetched_at, abs=timedelta(milliseconds=1))
    assert hot.parsed is live.parsed
    assert len(stand_in.seen) == 1


@pytest.mark.parametrize("cache_control", [None, "no-store", "no-store, max-age=60", "max-age=0"])
async def test_what_may_not_be_cached_is_asked_again(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, path: Path, cache_control: str | None
) -> None:
    counted(stand_in, cache_control)
    asker = make_asker(cached)
    await asker.get(HISTORY)
    await asker.get(HISTORY)

    assert len(stand_in.seen) == 2
    assert rows(path) == 0


async def test_errors_and_html_are_never_stored(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, path: Path
) -> None:
    headers = {"Cache-Control": "max-age=60"}
    for status, text in ((404, "{}"), (200, "<html>"), (200, "{"), (500, "{}"), (206, "{}")):
        stand_in.answers(
            lambda status=status, text=text: web.Response(status=status, text=text, headers=headers)
        )
        await asyncio.gather(make_asker(cached).get(MEDALS), return_exceptions=True)

    assert rows(path) == 0


async def test_languages_are_kept_apart(cached: CachedSession, make_asker: Make, stand_in: StandIn) -> None:
    counted(stand_in)
    for asker in (make_asker(cached), make_asker(cached)):
        german = await asker.get(MAP, headers={"Accept-Language": "de-DE"})
        plain = await asker.get(MAP)
        assert b"de-DE" in german.body
        assert b"de-DE" not in plain.body
    assert len(stand_in.seen) == 2


async def test_other_tokens_find_the_same_answer(
    cached: CachedSession, make_asker: Make, stand_in: StandIn
) -> None:
    counted(stand_in)
    await make_asker(cached).get(MEDALS)
    other = make_asker(cached)
    other.tokens.set("OTHER", "OTHER")  # pyright: ignore[reportAttributeAccessIssue]  # the default source is static
    await other.get(MEDALS)

    assert len(stand_in.seen) == 1


async def test_an_expired_answer_is_fetched_again_and_kept_for_days_again(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    for _ in range(3):
        clock.pass_time(DAY_S + 1)
        assert not (await asker.get(MEDALS)).from_cache
        assert (await make_asker(cached).get(MEDALS)).from_cache
    assert len(stand_in.seen) == 4


async def test_the_age_that_a_shared_cache_reports_counts(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in, "max-age=100", Age="90")
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(11)

    assert not (await asker.get(MEDALS)).from_cache


@pytest.mark.parametrize("url", [MATCH, MAP])
async def test_what_never_changes_is_fresh_until_it_is_dropped(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock, url: str
) -> None:
    counted(stand_in)
    await make_asker(cached).get(url)
    clock.pass_time(13 * DAY_S)

    assert (await make_asker(cached).get(url)).from_cache


async def test_revalidate_asks_the_service(
    cached: CachedSession, make_asker: Make, stand_in: StandIn
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    renewed = await asker.get(MEDALS, revalidate=True)

    assert not renewed.from_cache
    assert (await asker.get(MEDALS)).body == renewed.body
    assert (await make_asker(cached).get(MEDALS)).body == renewed.body


async def test_a_service_that_fails_leaves_the_last_known_answer(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    known = await asker.get(MEDALS)
    clock.pass_time(3 * DAY_S)
    down(stand_in)

    for someone in (asker, make_asker(cached)):
        stale = await someone.get(MEDALS)
        assert (stale.body, stale.is_stale, stale.from_cache) == (known.body, True, True)
        assert stale.fetched_at == pytest.approx(known.fetched_at, abs=timedelta(milliseconds=1))
    counted(stand_in)
    assert not (await asker.get(MEDALS)).is_stale


async def test_an_answer_older_than_the_hard_age_is_gone(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(15 * DAY_S)
    down(stand_in)

    with pytest.raises(ServiceError):
        await asker.get(MEDALS)


async def test_a_refused_sign_in_is_not_hidden_by_old_answers(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(2 * DAY_S)
    down(stand_in, 401)

    with pytest.raises(AuthenticationError):
        await asker.get(MEDALS)


async def test_a_service_that_hangs_leaves_the_last_known_answer_before_the_deadline(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(2 * DAY_S)
    opened = asyncio.Event()

    async def reply(request: web.Request) -> web.StreamResponse:
        await opened.wait()
        return web.json_response({})

    stand_in.reply = reply
    call = asyncio.create_task(asker.get(MEDALS, deadline_s=20))
    await stand_in.wait_for(2)
    await clock.advance(16)

    assert (await call).is_stale
    opened.set()


async def test_a_plain_cache_of_a_user_works_and_holds_no_tokens(
    tmp_path: Path, make_asker: Make, stand_in: StandIn, clock: FakeClock
) -> None:
    async def filter_by_cache_control(response: Any) -> bool:
        return "Cache-Control" in response.headers

    counted(stand_in, **{"Set-Cookie": "sid=COOKIE-SECRET"})
    backend = SQLiteBackend(
        str(tmp_path / "cache.sqlite"), cache_control=True, filter_fn=filter_by_cache_control
    )
    async with CachedSession(cache=backend) as session:
        await make_asker(session).get(MEDALS)
        assert (await make_asker(session).get(MEDALS)).from_cache
        german = await make_asker(session).get(MEDALS, headers={"Accept-Language": "de-DE"})
        assert b"de-DE" in german.body
        clock.pass_time(DAY_S + 10)
        assert not (await make_asker(session).get(MEDALS)).from_cache

    assert b"SECRET" not in everything(tmp_path / "cache.sqlite")


async def test_a_plain_session_remembers_nothing(
    session: ClientSession, make_asker: Make, stand_in: StandIn
) -> None:
    counted(stand_in)
    asker = make_asker(session)
    await asker.get(MEDALS)

    assert not (await asker.get(MEDALS)).from_cache


async def test_a_disabled_cache_is_neither_read_nor_written(
    cached: CachedSession, make_asker: Make, stand_in: StandIn, path: Path
) -> None:
    counted(stand_in)
    asker = make_asker(cached)
    async with cached.disabled():
        await asker.get(MEDALS)
        await asker.get(MEDALS)

    assert len(stand_in.seen) == 2
    assert rows(path) == 0
