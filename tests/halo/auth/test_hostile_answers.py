"""What a sign-in host must not be able to do to whoever asks it."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator
from random import Random

import pytest
from aiohttp import ClientSession, web

from bot.halo.auth import AzureApp, refresh_player_tokens
from bot.halo.auth.halo import request_clearance_token
from bot.halo.auth.oauth import refresh_oauth_token
from bot.halo.auth.patience import Patience
from bot.halo.errors import HaloConnectionError, HaloError, PayloadError, RateLimitedError
from bot.halo.transport.tokens import SPARTAN_HEADER
from tests.halo.transport.stand_in import FakeClock, StandIn

SECRET = "SECRET"


@pytest.fixture
async def host() -> AsyncIterator[StandIn]:
    stand_in = StandIn()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", stand_in.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stand_in
    await runner.cleanup()


async def test_an_answer_of_any_size_is_read_no_further_than_any_real_one(
    host: StandIn, session: ClientSession
) -> None:
    packed = gzip.compress(b'{"access_token": "' + b"x" * 2**24 + b'"}')
    host.answers(web.Response(body=packed, headers={"Content-Encoding": "gzip"}))

    with pytest.raises(PayloadError, match="larger than any answer"):
        await refresh_player_tokens(session, AzureApp("client-id"), SECRET, origin=host.origin)


def everything_attached_to(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


async def test_no_error_has_the_request_s_tokens_attached(host: StandIn, session: ClientSession) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        assert request.headers[SPARTAN_HEADER] == SECRET
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n")
        return web.Response()

    host.reply = reply
    with pytest.raises(HaloError) as failed:
        await request_clearance_token(session, SECRET, origin=host.origin)

    assert SECRET not in "".join(map(repr, everything_attached_to(failed.value)))


async def test_a_secret_that_cannot_be_sent_is_not_shown(host: StandIn, session: ClientSession) -> None:
    app = AzureApp("client-id", f"{SECRET}\udcff")
    with pytest.raises(HaloConnectionError) as failed:
        await refresh_oauth_token(session, "token", app, origin=host.origin)

    assert host.seen == []
    assert SECRET not in "".join(map(repr, everything_attached_to(failed.value)))


def test_a_host_that_asks_for_years_is_asked_again_within_the_hour(clock: FakeClock) -> None:
    patience = Patience(clock, Random(1))  # noqa: S311  # jitter, no secret
    patience.failed(RateLimitedError(429, "login.live.com/token", retry_after_s=999_999_999))

    assert patience.left_s == 3600
