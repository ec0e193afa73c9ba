"""From the settings to Halo's tokens: which way is taken, and what the operator reads when it does not work."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from aiohttp import ClientSession

from bot.config import ConfigurationError, Settings, UnavailableError
from bot.halo.auth import FileTokenStore, OAuth2Token, SignInRenewal
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import (
    AuthenticationError,
    ClearanceTokenError,
    HaloConnectionError,
    HaloError,
    OAuth2Error,
    RefreshTokenRefusedError,
    ServiceError,
    SignInStep,
    TokenStoreError,
)
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.world import World
from bot.sign_in import (
    azure_app,
    open_store,
    open_tokens,
    require_sign_in,
    stop_strangers,
    stopping,
    store_path,
    told,
)
from tests.halo.transport.stand_in import FakeClock
from tests.stage import make_settings

CLIENT_ID = "client-id"
TRACED = "AADSTS70000: It is expired. Trace ID: 1a-2b Correlation ID: 3c-4d Timestamp: 2026-11-23 19:15:43Z"


@pytest.fixture
async def halo() -> AsyncIterator[HaloService]:
    async with run_halo_service(World("sign-in", datetime.now(UTC), matches=5)) as running:
        yield running


def by_hand(halo: HaloService) -> dict[str, str]:
    tokens = halo.credentials
    return {"halo_spartan_token": tokens.spartan, "halo_clearance_token": tokens.clearance}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "set ADJUTANT_AZURE_CLIENT_ID and run adjutant login, or give ADJUTANT_HALO_SPARTAN_TOKEN and"),
        ({"azure_refresh_token": "of no use alone"}, "There is no Halo sign-in"),
        ({"halo_spartan_token": "a-token"}, "ADJUTANT_HALO_CLEARANCE_TOKEN is not set"),
        ({"halo_clearance_token": "a-token"}, "ADJUTANT_HALO_SPARTAN_TOKEN is not set"),
    ],
)
def test_without_a_way_to_sign_in_both_ways_are_named(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        require_sign_in(make_settings(tmp_path, **{n: v.replace(" ", "-") for n, v in given.items()}))

    assert words in str(caught.value)


def test_how_to_get_a_client_id_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        azure_app(make_settings(tmp_path))

    for word in ("personal Microsoft accounts", "Allow public client flows", "http://localhost", "README"):
        assert word in str(caught.value)


async def test_tokens_given_by_hand_are_handed_out_as_they_are(halo: HaloService, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, **by_hand(halo))
    async with open_tokens(settings, hide=print) as tokens:
        current = await tokens.source.current()

    assert tokens.keeper is None
    assert (current.spartan, current.clearance) == tuple(by_hand(halo).values())
    assert not store_path(settings).exists()


async def test_with_a_client_id_the_bot_signs_itself_in_and_everything_is_hidden(
    halo: HaloService, tmp_path: Path
) -> None:
    hidden: set[str] = set()
    first = halo.sign_in.first_refresh_token
    settings = make_settings(
        tmp_path,
        halo_origin=halo.origin,
        azure_client_id=CLIENT_ID,
        azure_refresh_token=first,
        **by_hand(halo),
    )
    with structlog.testing.capture_logs() as log:
        async with open_tokens(settings, hide=hidden.add) as tokens:
            before = await tokens.source.current()
            halo.sign_in.expire()
            after = await tokens.source.renew(before)

    stored = FileTokenStore(store_path(settings)).load()
    assert stored is not None
    assert stored.gamertag == halo.world.hero.gamertag
    assert store_path(settings).stat().st_mode & 0o077 == 0
    assert before.spartan not in {after.spartan, halo.credentials.spartan}
    assert hidden >= {before.spartan, before.clearance, after.spartan, after.clearance, stored.refresh_token}
    assert [event["event"] for event in log] == ["halo tokens given by hand are not used"]


async def signed_in_anew(halo: HaloService, settings: Settings) -> None:
    """What ``adjutant login`` does once somebody has signed in, in a process of its own."""
    token = OAuth2Token({"access_token": halo.sign_in.access.issue(halo.sign_in.rules.access_life),
                         "refresh_token": halo.sign_in.sign_in()})  # fmt: skip
    async with ClientSession() as session:
        renewal = SignInRenewal(session, azure_app(settings), open_store(settings), origin=halo.origin)
        await renewal.adopt(token)


async def test_a_running_bot_takes_over_a_new_sign_in_by_itself(halo: HaloService, tmp_path: Path) -> None:
    clock = FakeClock(jump_s=2.0)
    halo.stage.clock = lambda: datetime.fromtimestamp(clock.time(), UTC)
    first = halo.sign_in.first_refresh_token
    settings = make_settings(
        tmp_path, halo_origin=halo.origin, azure_client_id=CLIENT_ID, azure_refresh_token=first
    )
    async with (
        open_tokens(settings, hide=lambda _: None, clock=clock) as tokens,
        ClientSession() as session,
    ):
        client = HaloInfiniteClient(session, "", "", origin=halo.origin, token_source=tokens.source)
        await client.profile.get_current_user()
        halo.sign_in.expire()
        halo.sign_in.revoke()
        # After the last of these the next try is two minutes away, or more.
        for wait_s in (0.0, 30.0, 60.0, 120.0):
            await clock.advance(wait_s)
            with pytest.raises(RefreshTokenRefusedError):
                await client.profile.get_current_user()

        await signed_in_anew(halo, settings)
        # But the bot looks into its store at least once a minute.
        for _ in range(60):
            await clock.advance(1.0)
            await asyncio.sleep(0.005)
        user = await (await client.profile.get_current_user()).parse()

    assert user.gamertag == halo.world.hero.gamertag


async def test_a_keyring_without_support_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    settings = make_settings(tmp_path, azure_client_id=CLIENT_ID, keyring=True)

    with pytest.raises(ConfigurationError, match=r"adjutant\[keyring\]"):
        async with open_tokens(settings, hide=print):
            pass


@pytest.mark.skipif(os.name != "posix", reason="users are those of POSIX here")
def test_the_superuser_does_not_take_the_sign_in_from_the_bot_s_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(tmp_path, azure_client_id=CLIENT_ID)
    store_path(settings).write_text("{}")
    is_superuser = os.geteuid() == 0
    if is_superuser:
        os.chown(store_path(settings), 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(ConfigurationError, match="run this as that user"):
        stop_strangers(settings)

    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    stop_strangers(settings)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            RefreshTokenRefusedError({"error": "invalid_grant", "error_description": TRACED}),
            "Microsoft sign-in: There is no valid sign-in (invalid_grant: AADSTS70000: It is expired.). "
            "Sign in: adjutant login",
        ),
        (
            OAuth2Error({"error": "invalid_scope", "error_description": TRACED}),
            "Microsoft sign-in: invalid_scope: AADSTS70000: It is expired. "
            "Check the Azure application against the README.",
        ),
        (
            OAuth2Error({"error": "invalid_client", "error_description": f"{TRACED} Check the secret."}),
            "Microsoft sign-in: invalid_client: AADSTS70000: It is expired. Check the secret.",
        ),
        (TokenStoreError("It is damaged."), "It is damaged."),
        (
            ClearanceTokenError(403, "settings.svc.halowaypoint.com/oban"),
            "clearance: settings.svc.halowaypoint.com/oban answered 403. If it stays so, sign in again: adjutant login",
        ),
    ],
)
def test_what_the_operator_has_to_do_is_told(error: HaloError, words: str) -> None:
    assert told(error) == words
    assert type(stopping(error)) is ConfigurationError
    assert stopping(error).exit_code == 78


@pytest.mark.parametrize(
    "error", [ServiceError(503, "xsts.example"), HaloConnectionError("xsts.example", "the connection failed")]
)
def test_trouble_that_may_pass_is_told_with_its_step_and_another_exit_code(error: HaloError) -> None:
    error.step = SignInStep.XBOX_XSTS

    assert told(error).startswith("Xbox XSTS token: xsts.example")
    assert told(error).endswith("It may pass by itself: try again in a while.")
    assert type(stopping(error)) is UnavailableError
    assert stopping(error).exit_code == 75


def test_a_refusal_of_the_tokens_themselves_is_no_step() -> None:
    assert told(AuthenticationError(401, "halostats.example")) == "halostats.example answered 401"
