from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.backends.sqlite import SQLiteBackend
from aiohttp_client_cache.session import CachedSession

from bot.halo.errors import AuthenticationError, ServiceError
from bot.halo.transport.tokens import StaticTokens
from bot.playground.halo import FaultKind, HaloService
from bot.playground.world import World
from tests.halo.orders import CACHEABLE, answer, fail
from tests.halo.transport.asking import MEDALS, USER, Asker, everything, rows
from tests.halo.transport.stand_in import FakeClock

DAY_S = 86_400

Make = Callable[..., Asker]


def match_and_map(world: World) -> tuple[str, str]:
    """A match's stats, and a version of the map that it was played on."""
    plan = next(plan for plan in world.matches_of(world.hero.xuid) if not plan.place.deleted)
    asset = world.catalogue.place(plan.place)
    return (
        f"https://halostats.svc.halowaypoint.com/hi/matches/{plan.match_id}/stats",
        "https://discovery-infiniteugc.svc.halowaypoint.com"
        f"/hi/maps/{asset.asset_id}/versions/{asset.version_id}",
    )


async def test_an_answer_with_a_max_age_is_asked_once(
    cached: CachedSession, make_asker: Make, service: HaloService
) -> None:
    asker = make_asker(cached)
    live, hot = await asker.get(MEDALS), await asker.get(MEDALS)
    from_file = await make_asker(cached).get(MEDALS)

    assert [answer.from_cache for answer in (live, hot, from_file)] == [False, True, True]
    assert live.body == hot.body == from_file.body
    assert from_file.fetched_at == pytest.approx(live.fetched_at, abs=timedelta(milliseconds=1))
    assert hot.parsed is live.parsed
    assert len(service.log) == 1


@pytest.mark.parametrize(
    "headers",
    [{}] + [{"Cache-Control": value} for value in ("no-store", "no-store, max-age=60", "max-age=0")],
    ids=str,
)
async def test_what_may_not_be_cached_is_asked_again(
    cached: CachedSession, make_asker: Make, service: HaloService, path: Path, headers: dict[str, str]
) -> None:
    answer(service, "{}", headers=headers)
    asker = make_asker(cached)
    await asker.get(MEDALS)
    await asker.get(MEDALS)

    assert len(service.log) == 2
    assert rows(path) == 0


async def test_what_is_live_is_asked_again_whatever_the_service_says(
    cached: CachedSession, make_asker: Make, service: HaloService, path: Path
) -> None:
    answer(service, "{}", headers=CACHEABLE)
    asker = make_asker(cached)
    await asker.get(USER)
    await asker.get(USER)

    assert len(service.log) == 2
    assert rows(path) == 0


async def test_errors_and_html_are_never_stored(
    cached: CachedSession, make_asker: Make, service: HaloService, path: Path
) -> None:
    for status, text in ((404, "{}"), (200, "<html>"), (200, "{"), (500, "{}"), (206, "{}")):
        answer(service, text, status, headers=CACHEABLE)
        await asyncio.gather(make_asker(cached).get(MEDALS), return_exceptions=True)
        assert {request.status for request in service.log} == {status}
        service.faults.clear()
        service.log.clear()

    assert rows(path) == 0


async def test_languages_are_kept_apart(
    cached: CachedSession, make_asker: Make, service: HaloService
) -> None:
    answer(service, '"Hallo"', times=1, headers={**CACHEABLE, "Content-Type": "application/json"})
    answer(service, '"Hello"', times=1, headers={**CACHEABLE, "Content-Type": "application/json"})
    for asker in (make_asker(cached), make_asker(cached)):
        german = await asker.get(MEDALS, headers={"Accept-Language": "de-DE"})
        plain = await asker.get(MEDALS)
        assert (german.body, plain.body) == (b'"Hallo"', b'"Hello"')
    assert [request.headers.get("accept-language") for request in service.log] == ["de-DE", None]


async def test_other_tokens_find_the_same_answer(
    cached: CachedSession, make_asker: Make, service: HaloService
) -> None:
    await make_asker(cached).get(MEDALS)
    await make_asker(cached, StaticTokens("OTHER", "OTHER")).get(MEDALS)

    assert len(service.log) == 1


async def test_an_expired_answer_is_fetched_again_and_kept_for_days_again(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    for _ in range(3):
        clock.pass_time(DAY_S + 1)
        assert not (await asker.get(MEDALS)).from_cache
        assert (await make_asker(cached).get(MEDALS)).from_cache
    assert len(service.log) == 4


async def test_the_age_that_a_shared_cache_reports_counts(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    answer(service, "{}", headers={"Cache-Control": "max-age=100", "Age": "90"})
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(11)

    assert not (await asker.get(MEDALS)).from_cache


async def test_what_never_changes_is_fresh_until_it_is_dropped(
    cached: CachedSession, make_asker: Make, world: World, clock: FakeClock
) -> None:
    urls = match_and_map(world)
    for url in urls:
        await make_asker(cached).get(url)
    clock.pass_time(13 * DAY_S)

    assert all([(await make_asker(cached).get(url)).from_cache for url in urls])


async def test_revalidate_asks_the_service(
    cached: CachedSession, make_asker: Make, service: HaloService
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    answer(service, '{"renewed": true}', headers=CACHEABLE)
    renewed = await asker.get(MEDALS, revalidate=True)

    assert (renewed.body, renewed.from_cache) == (b'{"renewed": true}', False)
    assert (await asker.get(MEDALS)).body == renewed.body
    assert (await make_asker(cached).get(MEDALS)).body == renewed.body


async def test_a_service_that_fails_leaves_the_last_known_answer(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    asker = make_asker(cached)
    known = await asker.get(MEDALS)
    clock.pass_time(3 * DAY_S)
    fail(service)

    for someone in (asker, make_asker(cached)):
        stale = await someone.get(MEDALS)
        assert (stale.body, stale.is_stale, stale.from_cache) == (known.body, True, True)
        assert stale.fetched_at == pytest.approx(known.fetched_at, abs=timedelta(milliseconds=1))
    service.faults.clear()
    assert not (await asker.get(MEDALS)).is_stale


async def test_an_answer_older_than_the_hard_age_is_gone(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(15 * DAY_S)
    fail(service)

    with pytest.raises(ServiceError):
        await asker.get(MEDALS)


async def test_a_refused_sign_in_is_not_hidden_by_old_answers(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(2 * DAY_S)
    fail(service, 401)

    with pytest.raises(AuthenticationError):
        await asker.get(MEDALS)


async def test_a_service_that_hangs_leaves_the_last_known_answer_before_the_deadline(
    cached: CachedSession, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    clock.pass_time(2 * DAY_S)
    fail(service, FaultKind.HANG)
    call = asyncio.create_task(asker.get(MEDALS, deadline_s=20))
    await service.log.arrived(times=2)
    await clock.advance(16)

    assert (await call).is_stale


async def test_a_plain_cache_of_a_user_works_and_holds_no_tokens(
    tmp_path: Path, make_asker: Make, service: HaloService, clock: FakeClock
) -> None:
    async def filter_by_cache_control(response: Any) -> bool:
        return "Cache-Control" in response.headers

    answer(service, "{}", times=1, headers={**CACHEABLE, "Set-Cookie": "sid=COOKIE-SECRET"})
    answer(service, '{"language": "de-DE"}', times=1, headers=CACHEABLE)
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
    session: ClientSession, make_asker: Make, service: HaloService
) -> None:
    asker = make_asker(session)
    await asker.get(MEDALS)

    assert not (await asker.get(MEDALS)).from_cache


async def test_a_disabled_cache_is_neither_read_nor_written(
    cached: CachedSession, make_asker: Make, service: HaloService, path: Path
) -> None:
    asker = make_asker(cached)
    async with cached.disabled():
        await asker.get(MEDALS)
        await asker.get(MEDALS)

    assert len(service.log) == 2
    assert rows(path) == 0
