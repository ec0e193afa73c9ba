"""Signing in with a browser that comes back to this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth import AzureApp, OAuth2Token, sign_in_with_browser
from bot.halo.errors import OAuth2Error
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SignIn, until
from tests.halo.transport.stand_in import FakeClock


class Browser:
    """Is told to open a page, and comes back as told."""

    def __init__(self, sign_in: SignIn, session: ClientSession) -> None:
        self.sign_in = sign_in
        self.session = session
        self.opened: list[str] = []

    async def returns(self, change: Callable[[URL], URL] = lambda url: url) -> tuple[int, str]:
        url = change(await self.sign_in.authorize(self.opened[0], self.session))
        async with self.session.get(url.with_host("127.0.0.1")) as response:
            assert response.status == 404 or response.headers["Cache-Control"] == "no-store"
            return response.status, await response.text()

    @asynccontextmanager
    async def open(
        self, app: AzureApp, clock: FakeClock | None = None
    ) -> AsyncGenerator[asyncio.Task[OAuth2Token]]:
        """The sign-in, with its page open."""
        running = asyncio.create_task(
            sign_in_with_browser(
                self.session, app, open_url=self.opened.append, origin=self.sign_in.origin, clock=clock
            )
        )
        await until(lambda: bool(self.opened))
        try:
            yield running
        finally:
            running.cancel()
            await asyncio.wait({running})


@pytest.fixture
def browser(sign_in: SignIn, session: ClientSession) -> Browser:
    return Browser(sign_in, session)


async def test_the_code_that_comes_back_is_exchanged_with_its_verifier(
    browser: Browser, sign_in: SignIn
) -> None:
    async with browser.open(AzureApp("public")) as running:
        status, page = await browser.returns()
        token = await running

    assert (status, token.refresh_token) == (200, sign_in.newest)
    assert "close this window" in page
    url = URL(browser.opened[0])
    assert url.path == f"/{hosts.CONSUMERS}/authorize"
    assert url.query["code_challenge_method"] == "S256"
    assert URL(url.query["redirect_uri"]).host == "localhost"
    (exchange,) = sign_in.exchanged
    assert exchange.target == f"{hosts.CONSUMERS}/token"
    assert exchange.body["redirect_uri"] == url.query["redirect_uri"]
    assert exchange.body["code_verifier"] not in browser.opened[0]


async def test_a_page_that_does_not_know_the_state_changes_nothing(browser: Browser, sign_in: SignIn) -> None:
    async with browser.open(AzureApp("public")) as running:
        assert (await browser.returns(lambda url: url.update_query(state="guess")))[0] == 400
        assert (await browser.returns(lambda url: url.with_query(code="theirs")))[0] == 400
        assert (await browser.returns(lambda url: url / "favicon.ico"))[0] == 404
        await browser.returns()
        await running

    assert len(sign_in.exchanged) == 1


async def test_only_this_machine_can_answer_and_nobody_afterwards(browser: Browser) -> None:
    async with browser.open(AzureApp("public")) as running:
        port = URL(browser.opened[0]).query["redirect_uri"].rpartition(":")[2]
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.2", int(port))) != 0
        await browser.returns()
        await running
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0


async def test_a_declined_sign_in_says_how_to_try_again(browser: Browser, sign_in: SignIn) -> None:
    sign_in.change(declines_browser=True)
    async with browser.open(AzureApp("public")) as running:
        _, page = await browser.returns()
        with pytest.raises(OAuth2Error, match="adjutant login"):
            await running

    assert "Not signed in" in page
    assert sign_in.exchanged == []


async def test_a_code_that_somebody_else_brings_is_refused(browser: Browser, sign_in: SignIn) -> None:
    async with browser.open(AzureApp("public")) as running:
        theirs = sign_in.code(AzureApp("public"))
        await browser.returns(lambda url: url.update_query(code=theirs))
        with pytest.raises(OAuth2Error, match="invalid_grant"):
            await running


async def test_nobody_is_waited_for_for_ever(browser: Browser, clock: FakeClock) -> None:
    async with browser.open(AzureApp("public"), clock) as running:
        await clock.advance(301)
        with pytest.raises(OAuth2Error, match="in time"):
            await running
