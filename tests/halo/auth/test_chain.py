"""From a refresh token to a signed-in player, step by step."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp_client_cache.session import CachedSession

from bot.halo.auth import AzureApp, SpartanToken, refresh_player_tokens
from bot.halo.auth.halo import request_clearance_token, request_spartan_token
from bot.halo.auth.player import AuthenticatedPlayer, ClearanceToken
from bot.halo.auth.xbox import XSTSResponse, request_user_token, request_xsts_token
from bot.halo.errors import (
    AuthenticationError,
    ClearanceTokenError,
    HaloConnectionError,
    HaloError,
    OAuth2Error,
    PayloadError,
    RateLimitedError,
    RefreshTokenRefusedError,
    ServiceError,
    SignInStep,
    SpartanTokenError,
    XboxUserTokenError,
    XstsTokenError,
)
from bot.halo.transport.cache import open_session
from bot.playground.halo import Fault, FaultKind
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SECRET, SignIn
from tests.halo.transport.asking import everything
from tests.halo.transport.stand_in import settle

RECORDINGS = Path(__file__).parents[3] / "../shared/halo/responses"
XBOX, HALO = "http://xboxlive.com", "https://prod.xsts.halowaypoint.com/"


async def test_a_refresh_token_leads_to_a_signed_in_player(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    first = sign_in.newest
    player = await refresh_player_tokens(session, app, first, origin=sign_in.origin)

    owner, halo_tokens = sign_in.service.world.hero, sign_in.desk.halo
    assert (player.player_id, player.gamertag) == (owner.player_id, owner.gamertag)
    assert halo_tokens.take(player.spartan_token.token, player.clearance_token.token)
    assert player.spartan_token.token != sign_in.service.credentials.spartan
    assert player.xbl_authorization_header_value == "XBL3.0 x=playground-hash;playground-xsts-xbox-1"
    assert sign_in.targets == [
        hosts.LIVE, hosts.USER, hosts.XSTS, hosts.XSTS, hosts.SPARTAN, hosts.CLEARANCE,
    ]  # fmt: skip
    token, user, xbox, halo, spartan, clearance = sign_in.seen
    assert token.body == {
        "grant_type": "refresh_token",
        "scope": "Xboxlive.signin Xboxlive.offline_access",
        "refresh_token": first,
        "client_id": "client-id",
        "client_secret": f"{SECRET}client",
    }
    assert user.body["RelyingParty"] == "http://auth.xboxlive.com"
    assert user.headers["x-xbl-contract-version"] == "1"
    assert (xbox.body["RelyingParty"], halo.body["RelyingParty"]) == (XBOX, HALO)
    assert spartan.body["Proof"][0]["TokenType"] == "Xbox_XSTSv3"
    assert clearance.headers["x-343-authorization-spartan"] == player.spartan_token.token


async def test_an_account_that_wants_the_other_ticket_is_asked_once_more(
    sign_in: SignIn, session: ClientSession
) -> None:
    sign_in.change(ticket_prefix="t=")
    access_token = sign_in.access_token()
    await request_user_token(session, access_token, origin=sign_in.origin)

    tickets = [seen.body["Properties"]["RpsTicket"] for seen in sign_in.seen]
    assert tickets == [f"d={access_token}", f"t={access_token}"]


async def test_two_user_tokens_are_asked_for_at_a_time(sign_in: SignIn, session: ClientSession) -> None:
    release = sign_in.hold(hosts.USER)
    asking = [
        asyncio.create_task(request_user_token(session, sign_in.access_token(), origin=sign_in.origin))
        for _ in range(8)
    ]
    await sign_in.service.log.arrived(hosts.USER, 2)
    await settle()
    release()
    await asyncio.gather(*asking)

    assert sign_in.service.most_at_once["user.auth.xboxlive.com"] == 2


@pytest.mark.parametrize(
    ("xerr", "told"),
    [
        (2148916222, "verify"), (2148916227, "banned"), (2148916229, "Parental"),
        (2148916233, "create one at xbox.com"), (2148916234, "terms"), (2148916235, "country"),
        (2148916236, "Korean"), (2148916237, "play-time"), (2148916238, "child"),
        (2148999999, "2148999999"), ("2148916233", "create one"), (None, "no reason"), ([], "no reason"),
    ],
)  # fmt: skip
async def test_xbox_s_reason_becomes_what_to_do(
    sign_in: SignIn, session: ClientSession, xerr: Any, told: str
) -> None:
    sign_in.fails(hosts.XSTS, 401, XErr=xerr, Redirect="https://start.ui.xboxlive.com/")
    with pytest.raises(XstsTokenError, match=told) as refused:
        await request_xsts_token(session, f"{SECRET}user", HALO, origin=sign_in.origin)

    assert refused.value.step is SignInStep.HALO_XSTS
    assert refused.value.xerr == (int(xerr) if xerr else None)
    assert SECRET not in str(refused.value)


async def test_an_account_that_xbox_does_not_let_in_is_refused_at_xbox(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    sign_in.change(xerr=2148916233)
    with pytest.raises(XstsTokenError, match=r"create one at xbox\.com") as refused:
        await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert (refused.value.step, refused.value.xerr) == (SignInStep.XBOX_XSTS, 2148916233)


STEPS: list[tuple[str, type[HaloError], SignInStep]] = [
    (hosts.LIVE, OAuth2Error, SignInStep.MICROSOFT),
    (hosts.USER, XboxUserTokenError, SignInStep.XBOX_USER),
    (hosts.XSTS, XstsTokenError, SignInStep.XBOX_XSTS),
    (hosts.SPARTAN, SpartanTokenError, SignInStep.SPARTAN),
    (hosts.CLEARANCE, ClearanceTokenError, SignInStep.CLEARANCE),
]


@pytest.mark.parametrize(("target", "kind", "step"), STEPS)
async def test_each_step_has_its_own_refusal(
    sign_in: SignIn,
    session: ClientSession,
    app: AzureApp,
    target: str,
    kind: type[HaloError],
    step: SignInStep,
) -> None:
    sign_in.fails(target, 403)
    with pytest.raises(kind) as refused:
        await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert type(refused.value) is kind
    assert isinstance(refused.value, AuthenticationError | OAuth2Error)
    assert (refused.value.step, refused.value.retryable) == (step, False)
    assert SECRET not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize(("target", "_kind", "step"), STEPS)
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, b"", ServiceError),
        (302, b"", ServiceError),
        (429, b"", RateLimitedError),
        (200, b"<html>Sorry</html>", PayloadError),
        (200, b"[]", PayloadError),
        (200, b"{}", PayloadError),
        (200, b'{"Token": 5, "SpartanToken": "a\\nb", "access_token": ""}', PayloadError),
    ],
)
async def test_trouble_at_a_step_names_the_step_and_may_pass(
    sign_in: SignIn, session: ClientSession, app: AzureApp, target: str, _kind: object, step: SignInStep,
    status: int, body: bytes, kind: type[HaloError],
) -> None:  # fmt: skip
    host, _, path = target.partition("/")
    sign_in.service.faults.add(
        Fault(kind=FaultKind.STATUS, host=host, path=f"/{path}", status=status, body=body.decode(),
              location="https://evil.example/", retry_after_s=7)
    )  # fmt: skip
    with pytest.raises(kind) as failed:
        await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert (failed.value.step, failed.value.retryable) == (step, True)
    assert getattr(failed.value, "retry_after_s", 7.0) == 7.0
    assert sign_in.targets[-1] == target
    assert SECRET not in repr(failed.value) + str(failed.value)


async def test_no_network_is_a_connection_error_without_a_cause_that_could_quote(
    session: ClientSession, app: AzureApp, unused_tcp_port: int
) -> None:
    with pytest.raises(HaloConnectionError, match=r"login\.live\.com") as failed:
        await refresh_player_tokens(session, app, SECRET, origin=f"http://127.0.0.1:{unused_tcp_port}")

    assert failed.value.step is SignInStep.MICROSOFT
    assert failed.value.__cause__ is None


async def test_a_closed_session_is_a_connection_error(app: AzureApp) -> None:
    session = ClientSession()
    await session.close()
    with pytest.raises(HaloConnectionError, match="closed"):
        await refresh_player_tokens(session, app, SECRET, origin="http://127.0.0.1:9")


async def test_a_spent_refresh_token_names_the_cure(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    with pytest.raises(RefreshTokenRefusedError, match="adjutant login") as refused:
        await refresh_player_tokens(session, app, f"{SECRET}old", origin=sign_in.origin)

    assert refused.value.error == "invalid_grant"
    assert SECRET not in str(refused.value) + refused.value.description


async def test_a_token_that_microsoft_quotes_is_struck_out(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    told = f"The token {sign_in.newest} of {app.client_secret} is expired."
    sign_in.fails(hosts.LIVE, 400, error="invalid_grant", error_description=told)
    with pytest.raises(RefreshTokenRefusedError, match="is expired") as refused:
        await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert SECRET not in str(refused.value) + refused.value.description


async def test_what_the_session_sends_by_itself_does_not_go_along(sign_in: SignIn, app: AzureApp) -> None:
    headers = {
        "Authorization": "Bearer theirs",
        "x-343-authorization-spartan": "theirs",
        "343-clearance": "x",
    }
    async with ClientSession(headers=headers, raise_for_status=True) as session:
        await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert not any("theirs" in str(seen.headers) or "343-clearance" in seen.headers for seen in sign_in.seen)
    assert sign_in.service.leaks == []


async def test_a_caching_session_keeps_nothing_of_a_sign_in(
    sign_in: SignIn, app: AzureApp, tmp_path: Path
) -> None:
    path = tmp_path / "cache.sqlite"
    session: CachedSession
    async with open_session(path) as session:
        for _ in range(2):
            await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert len(sign_in.seen) == 12
    assert SECRET.encode() not in everything(path)


async def test_an_account_of_which_xbox_tells_nothing_still_signs_in(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    sign_in.change(omitted_claims={"xid", "gtg"})
    player = await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert (player.player_id, player.gamertag) == ("", "")


@pytest.mark.parametrize("claims", [{"xid": "12", "gtg": ""}, {"xid": "evil"}])
async def test_an_account_of_which_xbox_tells_nonsense_still_signs_in(
    sign_in: SignIn, session: ClientSession, app: AzureApp, claims: dict[str, str]
) -> None:
    xui = {"uhs": "1234", **claims}
    sign_in.fails(hosts.XSTS, 200, Token=sign_in.xsts_token(), DisplayClaims={"xui": [xui]})
    player = await refresh_player_tokens(session, app, sign_in.newest, origin=sign_in.origin)

    assert (player.player_id, player.gamertag) == ("", "")


@pytest.mark.parametrize("date", ["soon", "", "9999-12-31T23:59:59-20:00", None])
async def test_an_expiry_that_is_no_date_is_not_taken(
    sign_in: SignIn, session: ClientSession, date: str | None
) -> None:
    sign_in.fails(hosts.SPARTAN, 200, SpartanToken=SECRET, ExpiresUtc={"ISO8601Date": date})
    with pytest.raises(PayloadError):
        await request_spartan_token(session, SECRET, origin=sign_in.origin)


async def test_a_clearance_of_one_s_own(sign_in: SignIn, session: ClientSession) -> None:
    credentials = sign_in.service.credentials
    clearance = await request_clearance_token(session, credentials.spartan, origin=sign_in.origin)
    assert clearance.token == credentials.clearance


def test_a_player_is_valid_until_the_spartan_token_expires() -> None:
    def player(expires: datetime) -> AuthenticatedPlayer:
        spartan = SpartanToken({"SpartanToken": SECRET, "ExpiresUtc": {"ISO8601Date": expires.isoformat()}})
        return AuthenticatedPlayer("xuid(1)", "Ember Fox", spartan, ClearanceToken({}), SECRET)

    now = datetime.now(UTC)
    assert player(now + timedelta(minutes=1)).is_valid
    assert not player(now - timedelta(minutes=1)).is_valid
    assert player(datetime(2999, 1, 1)).spartan_token.expires_at.tzinfo is UTC  # noqa: DTZ001
    assert SECRET not in repr(player(now))


def test_recorded_answers_are_read() -> None:
    if not RECORDINGS.is_dir():
        pytest.skip("the recorded answers are not here")

    def read(name: str) -> dict[str, Any]:
        return json.loads((RECORDINGS / f"{name}.json").read_bytes())

    xsts = XSTSResponse(read("xsts"))
    assert (xsts.xuid, xsts.gamertag, xsts.userhash) == ("xuid(2669321029139235)", "e", "abcdefg")
    assert xsts.authorization_header_value == "XBL3.0 x=abcdefg;123456789"
    assert SpartanToken(read("spartan")).expires_at == datetime(2999, 1, 27, 5, 3, 47, tzinfo=UTC)
    assert ClearanceToken(read("clearance")).token == "xyz"
