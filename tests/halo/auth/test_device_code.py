"""Signing in with a short code on another device."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, DeviceCode, sign_in_with_device_code
from bot.halo.errors import OAuth2Error, PayloadError
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SECRET, SignIn, until
from tests.halo.transport.stand_in import FakeClock

TOKEN = f"{hosts.CONSUMERS}/token"


class Terminal:
    """Signs in, and remembers what a person would have seen."""

    def __init__(self, sign_in: SignIn, session: ClientSession, clock: FakeClock) -> None:
        self.sign_in = sign_in
        self.session = session
        self.clock = clock
        self.codes: list[DeviceCode] = []
        self.left: list[timedelta] = []
        self.at_wait: dict[int, Callable[[str], object]] = {}
        clock.jump_s = 60

    def wait(self, left: timedelta) -> None:
        """Somebody may have typed the code meanwhile."""
        self.left.append(left)
        if decide := self.at_wait.get(len(self.left)):
            decide(self.codes[0].user_code)

    async def run(self, app: AzureApp | None = None):
        return await sign_in_with_device_code(
            self.session,
            app or AzureApp("public"),
            show=self.codes.append,
            on_wait=self.wait,
            origin=self.sign_in.origin,
            clock=self.clock,
        )


@pytest.fixture
def terminal(sign_in: SignIn, session: ClientSession, clock: FakeClock) -> Terminal:
    return Terminal(sign_in, session, clock)


async def test_somebody_signs_in_after_a_while(terminal: Terminal, sign_in: SignIn) -> None:
    terminal.at_wait[3] = sign_in.desk.approve
    token = await terminal.run()

    (code,) = terminal.codes
    assert code.verification_uri == f"{sign_in.origin}/microsoft.com/devicelogin"
    assert token.refresh_token == sign_in.newest
    assert terminal.clock.slept == [5, 5, 5]
    assert terminal.left == [timedelta(seconds=s) for s in (900, 895, 890)]
    asked, polled, *_ = sign_in.seen
    assert asked.body == {"client_id": "public", "scope": "Xboxlive.signin Xboxlive.offline_access"}
    assert polled.body == {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": "playground-device-1",
        "client_id": "public",
    }
    assert SECRET not in repr(code)


async def test_microsoft_is_asked_less_often_when_it_says_so(terminal: Terminal, sign_in: SignIn) -> None:
    for error in ("slow_down", "authorization_pending", "slow_down"):
        sign_in.fails(TOKEN, 400, 1, error=error)
    terminal.at_wait[1] = sign_in.desk.approve
    await terminal.run()

    assert terminal.clock.slept == [5, 10, 10, 15]


async def test_trouble_on_the_way_is_waited_out(terminal: Terminal, sign_in: SignIn) -> None:
    sign_in.fails(TOKEN, 503, 2)
    terminal.at_wait[1] = sign_in.desk.approve
    assert (await terminal.run()).refresh_token == sign_in.newest
    assert all(later >= earlier for earlier, later in pairwise(terminal.clock.slept))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("expired_token", "Get another one: adjutant login"),
        ("bad_verification_code", "Get another one: adjutant login"),
        ("access_denied", "declined"),
        ("authorization_declined", "declined"),
        ("invalid_client", "client secret"),
        ("something_new", "something_new"),
    ],
)
async def test_what_ends_the_wait_says_how_to_go_on(
    terminal: Terminal, sign_in: SignIn, error: str, told: str
) -> None:
    sign_in.fails(TOKEN, 400, 1, error="authorization_pending")
    sign_in.fails(TOKEN, 400, error=error)
    with pytest.raises(OAuth2Error, match=told) as ended:
        await terminal.run()

    assert ended.value.error == error


async def test_somebody_declines(terminal: Terminal, sign_in: SignIn) -> None:
    terminal.at_wait[2] = sign_in.desk.decline
    with pytest.raises(OAuth2Error, match="declined"):
        await terminal.run()

    assert len(terminal.left) == 2


async def test_a_code_that_nobody_uses_runs_out(terminal: Terminal) -> None:
    with pytest.raises(OAuth2Error, match="not used in time"):
        await terminal.run()

    assert sum(terminal.clock.slept) == 900


async def test_an_application_that_may_not_is_told_so(terminal: Terminal, sign_in: SignIn) -> None:
    sign_in.change(apps={"another": None})
    with pytest.raises(OAuth2Error, match="public client flows"):
        await terminal.run()

    assert terminal.codes == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"user_code": "A", "device_code": "B", "verification_uri": "javascript:alert(1)"},
        {"user_code": "\x1b[2J", "device_code": "B", "verification_uri": "https://microsoft.com/link"},
    ],
)
async def test_nothing_is_shown_that_a_terminal_or_browser_should_not_see(
    terminal: Terminal, sign_in: SignIn, body: dict[str, str]
) -> None:
    sign_in.fails(f"{hosts.CONSUMERS}/devicecode", 200, **body)
    with pytest.raises(PayloadError):
        await terminal.run()

    assert terminal.codes == []


async def test_the_wait_can_be_cancelled(terminal: Terminal, sign_in: SignIn) -> None:
    terminal.clock.jump_s = 0
    running = asyncio.create_task(terminal.run())
    await until(lambda: bool(terminal.left))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert sign_in.targets == [f"{hosts.CONSUMERS}/devicecode"]
