"""What a sign-in host must not be able to do to whoever asks it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from random import Random

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, refresh_player_tokens
from bot.halo.auth.halo import request_clearance_token
from bot.halo.auth.oauth import refresh_oauth_token
from bot.halo.auth.patience import Patience
from bot.halo.errors import HaloConnectionError, HaloError, PayloadError, RateLimitedError
from bot.halo.transport.tokens import SPARTAN_HEADER
from bot.playground.halo import FaultKind
from tests.halo.auth.hosts import SignIn
from tests.halo.orders import answer, fail
from tests.halo.transport.stand_in import FakeClock

SECRET = "SECRET"


async def test_an_answer_of_any_size_is_read_no_further_than_any_real_one(
    sign_in: SignIn, session: ClientSession
) -> None:
    packed = gzip.compress(b'{"access_token": "' + b"x" * 2**24 + b'"}')
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer(sign_in.service, packed, headers=headers)

    with pytest.raises(PayloadError, match="larger than any answer"):
        await refresh_player_tokens(session, AzureApp("client-id"), SECRET, origin=sign_in.origin)


def everything_attached_to(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


async def test_no_error_has_the_request_s_tokens_attached(sign_in: SignIn, session: ClientSession) -> None:
    fail(sign_in.service, FaultKind.GARBLED)
    with pytest.raises(HaloError) as failed:
        await request_clearance_token(session, SECRET, origin=sign_in.origin)

    assert [seen.headers[SPARTAN_HEADER] for seen in sign_in.seen] == [SECRET]
    assert SECRET not in "".join(map(repr, everything_attached_to(failed.value)))


async def test_a_secret_that_cannot_be_sent_is_not_shown(sign_in: SignIn, session: ClientSession) -> None:
    app = AzureApp("client-id", f"{SECRET}\udcff")
    with pytest.raises(HaloConnectionError) as failed:
        await refresh_oauth_token(session, "token", app, origin=sign_in.origin)

    assert sign_in.seen == []
    assert SECRET not in "".join(map(repr, everything_attached_to(failed.value)))


def test_a_host_that_asks_for_years_is_asked_again_within_the_hour(clock: FakeClock) -> None:
    patience = Patience(clock, Random(1))  # noqa: S311  # jitter, no secret
    patience.failed(RateLimitedError(429, "login.live.com/token", retry_after_s=999_999_999))

    assert patience.left_s == 3600
