from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from bot.halo.errors import (
    AuthenticationError,
    BadRequestError,
    DeadlineExceededError,
    ForbiddenError,
    HaloConnectionError,
    HaloResponseError,
    NotFoundError,
    PayloadError,
    RateLimitedError,
    ServiceError,
)
from bot.halo.transport.call import Call
from bot.halo.transport.failures import endpoint_of, retry_after_s
from bot.halo.transport.limiter import Ticket
from bot.halo.transport.options import Priority
from bot.halo.transport.retry import Backoff
from tests.halo.transport.stand_in import Asker, FakeClock, StandIn, settle

STATS = "https://halostats.svc.halowaypoint.com/hi/matches/1/stats"
SKILL = "https://skill.svc.halowaypoint.com/hi/matches/1/skill?players=xuid(1)"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (304, ServiceError),
        (400, BadRequestError),
        (401, AuthenticationError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (410, NotFoundError),
        (418, BadRequestError),
    ],
)
async def test_refusals_are_raised_without_a_retry(
    asker: Asker, stand_in: StandIn, status: int, error: type[HaloResponseError]
) -> None:
    stand_in.answers(web.Response(status=status, headers={"MS-CV": "cv.1", "X-Other": "x"}))
    with pytest.raises(error) as failed:
        await asker.get(SKILL)

    assert failed.value.status == status
    assert failed.value.headers == {"MS-CV": "cv.1"}
    assert failed.value.endpoint == "skill.svc.halowaypoint.com/hi/matches/1/skill"
    assert len(stand_in.seen) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(429, RateLimitedError), (500, ServiceError), (526, ServiceError)]
)
async def test_trouble_is_tried_four_times(
    asker: Asker, stand_in: StandIn, status: int, error: type[HaloResponseError]
) -> None:
    stand_in.answers(lambda: web.Response(status=status))
    with pytest.raises(error):
        await asker.get(STATS)

    assert len(stand_in.seen) == 4


def cut_off() -> web.Response:
    return web.Response(body=b'{"a": [1, 2', content_type="application/json")


def html() -> web.Response:
    return web.Response(
        text="<!DOCTYPE html><p>Sorry", content_type="text/html", headers={"Cache-Control": "max-age=9"}
    )


def empty() -> web.Response:
    return web.Response(content_type="application/json")


@pytest.mark.parametrize("broken", [cut_off, html, empty, lambda: web.Response(status=503)])
async def test_a_broken_answer_is_asked_again(
    asker: Asker, stand_in: StandIn, broken: Callable[[], web.Response]
) -> None:
    stand_in.answers(broken, lambda: web.json_response({"fine": 1}))

    assert (await asker.get(STATS)).body == b'{"fine": 1}'
    assert len(stand_in.seen) == 2


@pytest.mark.parametrize("broken", [cut_off, html, empty])
async def test_a_body_that_stays_broken_is_a_payload_error(
    asker: Asker, stand_in: StandIn, broken: Callable[[], web.Response]
) -> None:
    stand_in.answers(broken)
    with pytest.raises(PayloadError):
        await asker.get(STATS)


async def test_html_is_no_picture(asker: Asker, stand_in: StandIn) -> None:
    stand_in.answers(html, lambda: web.Response(body=b"\x89PNG", content_type="image/png"))

    assert (
        await asker.get("https://gamecms-hacs.svc.halowaypoint.com/hi/images/file/a.png", expect="binary")
    ).body == (b"\x89PNG")


async def test_a_body_shorter_than_announced_is_asked_again(asker: Asker, stand_in: StandIn) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        if len(stand_in.seen) > 1:
            return web.json_response({})
        response = web.StreamResponse(headers={"Content-Length": "500", "Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b"{")
        assert request.transport is not None
        request.transport.close()
        return response

    stand_in.reply = reply
    await asker.get(STATS)

    assert len(stand_in.seen) == 2


async def test_connections_that_break_are_made_again_four_times(asker: Asker, stand_in: StandIn) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    stand_in.reply = reply
    with pytest.raises(HaloConnectionError):
        await asker.get(STATS)

    assert len(stand_in.seen) == 4


async def test_a_service_that_is_not_there_is_a_connection_error(asker: Asker, stand_in: StandIn) -> None:
    stand_in.origin = "http://127.0.0.1:9"
    async with ClientSession() as session:
        asker = Asker(session, stand_in, FakeClock(jump_s=2.5), None)
        with pytest.raises(HaloConnectionError) as failed:
            await asker.get(STATS)
    with pytest.raises(HaloConnectionError, match="closed"):
        await asker.get(STATS)

    assert "127.0.0.1" not in str(failed.value)


async def test_redirects_in_a_circle_end(asker: Asker, stand_in: StandIn) -> None:
    stand_in.answers(lambda: web.Response(status=302, headers={"Location": STATS}))
    with pytest.raises(HaloConnectionError):
        await asker.get(STATS)


async def test_redirects_to_nowhere_are_errors_of_ours(asker: Asker, stand_in: StandIn) -> None:
    for location in ("ftp://x/", "http://[broken/", "https:///"):
        stand_in.answers(lambda location=location: web.Response(status=302, headers={"Location": location}))
        with pytest.raises((HaloConnectionError, ServiceError)):
            await asker.get(STATS)


async def test_a_404_that_holds_results_is_an_answer_where_asked(asker: Asker, stand_in: StandIn) -> None:
    body = {"Value": [{"Id": "xuid(1)", "ResultCode": 0, "Result": {}}, {"Id": "xuid(2)", "ResultCode": 1}]}
    stand_in.answers(lambda: web.json_response(body, status=404))

    assert (await asker.get(SKILL, body_of_404=True)).response.status == 404
    with pytest.raises(NotFoundError):
        await asker.get(SKILL)


@pytest.mark.parametrize("body", ["[]", "{}", "x", '{"Value": []}', '{"Value": [{"ResultCode": 1}, 3]}'])
async def test_a_404_without_results_is_raised_everywhere(asker: Asker, stand_in: StandIn, body: str) -> None:
    stand_in.answers(lambda: web.Response(text=body, status=404))
    with pytest.raises(NotFoundError):
        await asker.get(SKILL, body_of_404=True)


async def test_a_fresh_match_is_asked_again_every_two_seconds(
    asker: Asker, stand_in: StandIn, clock: FakeClock
) -> None:
    not_yet = web.Response(status=404)
    stand_in.answers(not_yet, lambda: web.Response(status=404), lambda: web.json_response({}))
    await asker.get(STATS, settles=True, not_found_wait_s=10)

    assert [step for step in clock.slept if step == 2.0] == [2.0, 2.0]


async def test_asking_again_ends_when_the_caller_has_waited_long_enough(
    asker: Asker, stand_in: StandIn
) -> None:
    stand_in.answers(lambda: web.Response(status=404))
    with pytest.raises(NotFoundError):
        await asker.get(STATS, settles=True, not_found_wait_s=5)
    assert len(stand_in.seen) == 3

    with pytest.raises(NotFoundError):
        await asker.get(STATS, settles=False, not_found_wait_s=5)
    assert len(stand_in.seen) == 4


async def test_the_deadline_ends_a_call_that_hangs(asker: Asker, stand_in: StandIn, clock: FakeClock) -> None:
    done = asyncio.Event()

    async def reply(request: web.Request) -> web.StreamResponse:
        await done.wait()
        return web.json_response({})

    stand_in.reply = reply
    call = asyncio.create_task(asker.get(STATS, deadline_s=20))
    await stand_in.wait_for(1)
    await clock.advance(19.9)
    assert not call.done()
    await clock.advance(0.2)
    with pytest.raises(DeadlineExceededError):
        await call
    done.set()
    await settle()


async def test_a_retry_after_beyond_the_deadline_fails_early(asker: Asker, stand_in: StandIn) -> None:
    stand_in.answers(lambda: web.Response(status=429, headers={"Retry-After": "30"}))
    with pytest.raises(RateLimitedError) as failed:
        await asker.get(STATS)

    assert failed.value.retry_after_s == 30
    assert len(stand_in.seen) == 1


def backoff_at(deadline: float) -> tuple[Backoff, list[float]]:
    clock, waits = FakeClock(), list[float]()
    call = Call("e", deadline, Ticket(Priority.INTERACTIVE))
    return Backoff(call, clock, Random(1)), waits  # noqa: S311  # jitter, no secret


def test_backoff_doubles_with_jitter_and_stays_within_its_bounds() -> None:
    backoff, _ = backoff_at(2000.0)
    *waits, last = [backoff(ServiceError(500, "e")) for _ in range(4)]

    for wait, longest in zip(waits, (0.2, 0.4, 0.8), strict=True):
        assert longest / 2 <= wait <= longest
    assert last is False


def test_a_429_that_says_when_costs_time_and_no_attempt() -> None:
    backoff, _ = backoff_at(2000.0)
    waits = [backoff(RateLimitedError(429, "e", retry_after_s=1.0)) for _ in range(12)]

    assert all(1.0 <= wait <= 1.25 for wait in waits)
    assert [bool(backoff(ServiceError(500, "e"))) for _ in range(4)] == [True, True, True, False]


def test_retry_after_is_honoured_within_the_deadline() -> None:
    backoff, _ = backoff_at(1003.0)

    assert 1.0 <= backoff(RateLimitedError(429, "e", retry_after_s=1.0)) <= 1.25
    assert backoff(RateLimitedError(429, "e", retry_after_s=3.0)) is False


@pytest.mark.parametrize("error", [NotFoundError(404, "e"), DeadlineExceededError("e", 1), KeyError("bug")])
def test_what_a_retry_cannot_mend_is_not_retried(error: Exception) -> None:
    assert backoff_at(2000.0)[0](error) is False


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("1", 1.0), (" 7 ", 7.0), ("-1", None), ("soon", None), ("9" * 30, None),
        (format_datetime(datetime.fromtimestamp(1_700_000_030, UTC), usegmt=True), 30.0),
        (format_datetime(datetime.fromtimestamp(1_600_000_000, UTC), usegmt=True), 0.0),
    ],
)  # fmt: skip
def test_retry_after_comes_as_seconds_or_as_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, 1_700_000_000.0) == seconds


def test_an_endpoint_names_neither_query_nor_gamertag() -> None:
    assert (
        endpoint_of(URL("https://h.example/hi/players/Some%20One/matches"))
        == "h.example/hi/players/gt(…)/matches"
    )
    by_xuid = "h.example/hi/players/xuid(2533274800000001)/matches"
    assert endpoint_of(URL(f"https://{by_xuid}")) == by_xuid
    assert endpoint_of(URL("https://h.example/users/gt(Some%20One)?secret=1")) == "h.example/users/gt(…)"
    assert (
        endpoint_of(URL("https://h.example/a/gt%28X%29/matches", encoded=True)) == "h.example/a/gt(…)/matches"
    )
