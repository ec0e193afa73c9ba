"""Whoever keeps an eye on the services is told how each attempt ends, once, and of nothing that was not sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession

from bot.halo.errors import (
    AuthenticationError,
    DeadlineExceededError,
    HaloConnectionError,
    HaloError,
    NotFoundError,
    PayloadError,
    RateLimitedError,
    RefreshTokenRefusedError,
    ServiceError,
)
from bot.halo.transport.outcome import Outcome
from bot.halo.transport.tokens import Tokens
from bot.playground.halo import Fault, FaultKind, HaloService
from tests.halo.orders import answer, fail, hold
from tests.halo.transport.asking import MEDALS, STATS, USER, Asker
from tests.halo.transport.stand_in import FakeClock

PROFILE, MATCHES = "profile.svc.halowaypoint.com", "halostats.svc.halowaypoint.com"


class Book:
    """What was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, type[HaloError] | None]] = []

    def note(self, outcome: Outcome) -> None:
        self.told.append((outcome.host, None if outcome.error is None else type(outcome.error)))


@pytest.fixture
def book() -> Book:
    return Book()


async def test_an_answer_is_told_with_the_real_host(asker: Asker, book: Book) -> None:
    await asker.get(USER, on_outcome=book.note)

    assert book.told == [(PROFILE, None)]


async def test_every_attempt_is_told_and_the_last_one_decides(
    asker: Asker, service: HaloService, book: Book
) -> None:
    fail(service, 503, times=2)
    fail(service, FaultKind.RESET, times=1)

    await asker.get(USER, on_outcome=book.note)

    failures = (ServiceError, ServiceError, HaloConnectionError, None)
    assert book.told == [(PROFILE, error) for error in failures]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        (429, RateLimitedError),
        (500, ServiceError),
        (FaultKind.HTML, PayloadError),
        (FaultKind.TRUNCATED, PayloadError),
        (FaultKind.RESET, HaloConnectionError),
    ],
)
async def test_each_sort_of_trouble_is_told_as_what_is_raised(
    asker: Asker, service: HaloService, book: Book, how: FaultKind | int, error: type[HaloError]
) -> None:
    fail(service, how)

    with pytest.raises(error):
        await asker.get(USER, on_outcome=book.note)

    assert len(book.told) > 1
    assert {told for _, told in book.told} == {error}


async def test_a_refusal_is_told_as_what_it_is_raised_as(
    asker: Asker, service: HaloService, book: Book
) -> None:
    answer(service, "{}", 404)

    with pytest.raises(NotFoundError):
        await asker.get(STATS, on_outcome=book.note)

    assert book.told == [(MATCHES, NotFoundError)]


async def test_a_redirect_is_an_answer_and_the_next_host_has_its_own(
    asker: Asker, service: HaloService, book: Book
) -> None:
    service.faults.add(Fault(kind=FaultKind.REDIRECT, location=STATS, times=1))
    answer(service, "{}", 404)

    with pytest.raises(NotFoundError):
        await asker.get(USER, on_outcome=book.note)

    assert book.told == [(PROFILE, None), (MATCHES, NotFoundError)]


async def test_tokens_that_stay_refused_are_told_as_that(
    asker: Asker, service: HaloService, book: Book
) -> None:
    answer(service, "{}", 401)

    with pytest.raises(AuthenticationError):
        await asker.get(USER, on_outcome=book.note)

    assert book.told == [(PROFILE, AuthenticationError)]


class SignedOut:
    """Nobody is signed in."""

    async def current(self) -> Tokens:
        raise RefreshTokenRefusedError({"error": "invalid_grant"})

    async def renew(self, rejected: Tokens) -> Tokens:
        raise AssertionError(f"{rejected} were never handed out")


async def test_without_a_sign_in_the_error_is_the_sign_ins(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker], book: Book
) -> None:
    with pytest.raises(RefreshTokenRefusedError):
        await make_asker(session, SignedOut()).get(USER, on_outcome=book.note)

    assert book.told == [(PROFILE, RefreshTokenRefusedError)]
    assert len(service.log) == 0


async def test_callers_of_one_exchange_are_told_once_each(
    asker: Asker, service: HaloService, book: Book
) -> None:
    other = Book()
    let_go = hold(service)
    observers = (book.note, book.note, other.note, None)
    asking = [asyncio.create_task(asker.get(USER, on_outcome=observer)) for observer in observers]
    await service.log.arrived()
    let_go()
    await asyncio.gather(*asking)

    assert book.told == other.told == [(PROFILE, None)]


async def test_what_the_cache_answers_is_no_outcome(
    cached: CachedSession, make_asker: Callable[..., Asker], book: Book
) -> None:
    asker = make_asker(cached)
    for _ in range(3):
        await asker.get(MEDALS, on_outcome=book.note)

    assert [error for _, error in book.told] == [None]


async def test_a_service_that_fails_behind_an_expired_answer_is_told(
    cached: CachedSession, service: HaloService, make_asker: Callable[..., Asker], book: Book
) -> None:
    asker = make_asker(cached)
    await asker.get(MEDALS)
    fail(service, 503)

    stale = await asker.get(MEDALS, revalidate=True, on_outcome=book.note)

    assert stale.is_stale
    assert {error for _, error in book.told} == {ServiceError}


async def test_a_request_whose_turn_comes_too_late_says_nothing_of_the_service(
    asker: Asker, clock: FakeClock, book: Book
) -> None:
    clock.jump_s = 3.0
    results: list[Any] = await asyncio.gather(
        *(asker.get(f"{USER}?{n}", deadline_s=2, on_outcome=book.note) for n in range(40)),
        return_exceptions=True,
    )

    late = sum(isinstance(result, DeadlineExceededError) for result in results)
    assert late > 0
    assert book.told == [(PROFILE, None)] * (len(results) - late)
