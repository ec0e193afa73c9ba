from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random

import pytest
from aiohttp import ClientSession
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
from bot.halo.transport.tokens import StaticTokens
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.playground.world.career import CAREER_RANKS
from tests.halo.orders import answer, fail
from tests.halo.transport.asking import USER, Asker
from tests.halo.transport.stand_in import FakeClock

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
    asker: Asker, service: HaloService, status: int, error: type[HaloResponseError]
) -> None:
    answer(service, "{}", status, headers={"MS-CV": "cv.1", "X-Other": "x"})
    with pytest.raises(error) as failed:
        await asker.get(SKILL)

    assert failed.value.status == status
    assert failed.value.headers == {"MS-CV": "cv.1"}
    assert failed.value.endpoint == "skill.svc.halowaypoint.com/hi/matches/1/skill"
    assert len(service.log) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(429, RateLimitedError), (500, ServiceError), (526, ServiceError)]
)
async def test_trouble_is_tried_four_times(
    asker: Asker, service: HaloService, status: int, error: type[HaloResponseError]
) -> None:
    fail(service, status)
    with pytest.raises(error):
        await asker.get(STATS)

    assert len(service.log) == 4


EMPTY = Fault(kind=FaultKind.STATUS, status=200, body="", headers={"Content-Type": "application/json"})
BROKEN = [
    EMPTY,
    *(Fault(kind=kind) for kind in (FaultKind.INVALID_JSON, FaultKind.HTML, FaultKind.TRUNCATED)),
]
TROUBLE = [*BROKEN, *(Fault(kind=kind) for kind in (FaultKind.STATUS, FaultKind.RESET, FaultKind.GARBLED))]


def kind_of(fault: Fault) -> str:
    return "empty" if fault is EMPTY else fault.kind


@pytest.mark.parametrize("trouble", TROUBLE, ids=kind_of)
async def test_a_broken_answer_is_asked_again(asker: Asker, service: HaloService, trouble: Fault) -> None:
    service.faults.add(replace(trouble, times=1))

    assert service.world.hero.gamertag.encode() in (await asker.get(USER)).body
    assert len(service.log) == 2


@pytest.mark.parametrize("trouble", BROKEN, ids=kind_of)
async def test_a_body_that_stays_broken_is_a_payload_error(
    asker: Asker, service: HaloService, trouble: Fault
) -> None:
    service.faults.add(trouble)
    with pytest.raises(PayloadError):
        await asker.get(USER)


async def test_html_is_no_picture(asker: Asker, service: HaloService) -> None:
    fail(service, FaultKind.HTML, times=1)
    url = f"https://gamecms-hacs.svc.halowaypoint.com/hi/images/file/{CAREER_RANKS[0].icon}"

    assert (await asker.get(url, expect="binary")).body.startswith(b"\x89PNG")
    assert len(service.log) == 2


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.GARBLED])
async def test_connections_that_break_are_made_again_four_times(
    asker: Asker, service: HaloService, kind: FaultKind
) -> None:
    fail(service, kind)
    with pytest.raises(HaloConnectionError):
        await asker.get(USER)

    assert len(service.log) == 4


async def test_a_service_that_is_not_there_is_a_connection_error(clock: FakeClock) -> None:
    async with ClientSession() as session:
        asker = Asker(session, "http://127.0.0.1:9", clock, StaticTokens("spartan", "clearance"))
        with pytest.raises(HaloConnectionError) as failed:
            await asker.get(STATS)
    with pytest.raises(HaloConnectionError, match="closed"):
        await asker.get(STATS)

    assert "127.0.0.1" not in str(failed.value)


async def test_redirects_in_a_circle_end(asker: Asker, service: HaloService) -> None:
    answer(service, "", 302, headers={"Location": STATS})
    with pytest.raises(HaloConnectionError):
        await asker.get(STATS)


async def test_redirects_to_nowhere_are_errors_of_ours(asker: Asker, service: HaloService) -> None:
    for location in ("ftp://x/", "http://[broken/", "https:///"):
        answer(service, "", 302, headers={"Location": location})
        with pytest.raises((HaloConnectionError, ServiceError)):
            await asker.get(STATS)
        assert {request.status for request in service.log} == {302}
        service.faults.clear()


async def test_a_404_that_holds_results_is_an_answer_where_asked(asker: Asker, service: HaloService) -> None:
    body = {"Value": [{"Id": "xuid(1)", "ResultCode": 0, "Result": {}}, {"Id": "xuid(2)", "ResultCode": 1}]}
    answer(service, body, 404)

    assert (await asker.get(SKILL, body_of_404=True)).response.status == 404
    with pytest.raises(NotFoundError):
        await asker.get(SKILL)


@pytest.mark.parametrize("body", ["[]", "{}", "x", '{"Value": []}', '{"Value": [{"ResultCode": 1}, 3]}'])
async def test_a_404_without_results_is_raised_everywhere(
    asker: Asker, service: HaloService, body: str
) -> None:
    answer(service, body, 404)
    with pytest.raises(NotFoundError):
        await asker.get(SKILL, body_of_404=True)


async def test_a_fresh_match_is_asked_again_every_two_seconds(
    asker: Asker, service: HaloService, clock: FakeClock
) -> None:
    fail(service, 404, times=2)
    await asker.get(USER, settles=True, not_found_wait_s=10)

    assert [step for step in clock.slept if step == 2.0] == [2.0, 2.0]


async def test_asking_again_ends_when_the_caller_has_waited_long_enough(
    asker: Asker, service: HaloService
) -> None:
    fail(service, 404)
    with pytest.raises(NotFoundError):
        await asker.get(STATS, settles=True, not_found_wait_s=5)
    assert len(service.log) == 3

    with pytest.raises(NotFoundError):
        await asker.get(STATS, settles=False, not_found_wait_s=5)
    assert len(service.log) == 4


async def test_the_deadline_ends_a_call_that_hangs(
    asker: Asker, service: HaloService, clock: FakeClock
) -> None:
    fail(service, FaultKind.HANG)
    call = asyncio.create_task(asker.get(STATS, deadline_s=20))
    await service.log.arrived()
    await clock.advance(19.9)
    assert not call.done()
    await clock.advance(0.2)
    with pytest.raises(DeadlineExceededError):
        await call


async def test_a_retry_after_beyond_the_deadline_fails_early(asker: Asker, service: HaloService) -> None:
    answer(service, "", 429, headers={"Retry-After": "30"})
    with pytest.raises(RateLimitedError) as failed:
        await asker.get(STATS)

    assert failed.value.retry_after_s == 30
    assert len(service.log) == 1


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
