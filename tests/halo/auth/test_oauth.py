"""Codes and refresh tokens at Microsoft, and signing in by hand at a terminal."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth import AzureApp, OAuth2Token, authenticate_player
from bot.halo.auth.oauth import generate_authorization_url, refresh_oauth_token, request_oauth_token
from bot.halo.errors import OAuth2Error, RefreshTokenRefusedError, ServiceError
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SECRET, SignIn


def test_the_authorization_address_names_the_application_and_never_its_secret(app: AzureApp) -> None:
    url = URL(generate_authorization_url(app))

    assert str(url.with_query(None)) == "https://login.live.com/oauth20_authorize.srf"
    assert dict(url.query) == {
        "client_id": "client-id",
        "response_type": "code",
        "approval_prompt": "auto",
        "scope": "Xboxlive.signin Xboxlive.offline_access",
        "redirect_uri": "https://localhost",
    }
    stand_in = generate_authorization_url(app, origin="http://127.0.0.1:1")
    assert stand_in.startswith("http://127.0.0.1:1/login.live.com/oauth20_authorize.srf?client_id=client-id&")


async def test_a_code_is_exchanged(sign_in: SignIn, session: ClientSession, app: AzureApp) -> None:
    code = sign_in.code(app)
    token = await request_oauth_token(session, code, app, origin=sign_in.origin)

    assert token.refresh_token == sign_in.newest
    assert sign_in.targets == [hosts.LIVE]
    assert sign_in.seen[0].body["code"] == code
    assert sign_in.seen[0].body["redirect_uri"] == "https://localhost"
    assert SECRET not in repr(token) + repr(app)


async def test_a_public_client_sends_no_secret(sign_in: SignIn, session: ClientSession) -> None:
    sign_in.change(apps={"public": None})
    await refresh_oauth_token(session, sign_in.newest, AzureApp("public"), origin=sign_in.origin)

    assert "client_secret" not in sign_in.seen[0].body


@pytest.mark.parametrize(
    ("apps", "told"),
    [
        ({"client-id": "another"}, "client secret"),
        ({"client-id": None}, "public client must have none"),
        ({"another": None}, "client id"),
    ],
)
async def test_an_application_that_microsoft_does_not_know_is_told_what_to_check(
    sign_in: SignIn, session: ClientSession, app: AzureApp, apps: dict[str, str | None], told: str
) -> None:
    sign_in.change(apps=apps)
    with pytest.raises(OAuth2Error, match=told) as refused:
        await refresh_oauth_token(session, sign_in.newest, app, origin=sign_in.origin)

    assert type(refused.value) is OAuth2Error
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "body", "kind", "told"),
    [
        (400, {"error": "invalid_grant"}, RefreshTokenRefusedError, "adjutant login"),
        (400, {"error": "interaction_required"}, RefreshTokenRefusedError, "adjutant login"),
        (401, {"error": "invalid_client"}, OAuth2Error, "client secret"),
        (400, {"error": "unauthorized_client"}, OAuth2Error, "client id"),
        (400, {"error": "x" * 900, "error_description": "\x1b[31m\n" * 900}, OAuth2Error, "^x{60}"),
        (400, {"error": None}, OAuth2Error, "http_400"),
        (400, {"error": "temporarily_unavailable"}, ServiceError, "503"),
    ],
)
async def test_refusals_say_what_to_do(
    sign_in: SignIn, session: ClientSession, app: AzureApp, status: int, body: dict[str, str],
    kind: type[Exception], told: str,
) -> None:  # fmt: skip
    sign_in.fails(hosts.LIVE, status, **body)
    with pytest.raises(kind, match=told) as refused:
        await refresh_oauth_token(session, sign_in.newest, app, origin=sign_in.origin)

    assert type(refused.value) is kind
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 500


async def test_a_refused_code_is_no_refused_refresh_token(
    sign_in: SignIn, session: ClientSession, app: AzureApp
) -> None:
    sign_in.fails(
        hosts.LIVE, 400, error="invalid_grant", error_description=f"AADSTS70000: {SECRET}code is old"
    )
    with pytest.raises(OAuth2Error) as refused:
        await request_oauth_token(session, f"{SECRET}code", app, origin=sign_in.origin)

    assert type(refused.value) is OAuth2Error
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("typed", ["{}\n", " https://localhost/?code={}&lc=1033 "])
async def test_a_person_pastes_a_code_or_the_address_it_is_in(
    sign_in: SignIn, session: ClientSession, app: AzureApp, typed: str
) -> None:
    shown: list[str] = []
    code = sign_in.code(app)

    def ask(text: str) -> str:
        shown.append(text)
        return typed.format(code)

    refresh_token = await authenticate_player(session, app, origin=sign_in.origin, ask=ask)

    assert refresh_token == sign_in.newest
    assert sign_in.seen[0].body["code"] == code
    assert generate_authorization_url(app, origin=sign_in.origin) in shown[0]


@pytest.mark.parametrize("typed", ["", "https://localhost/?error=access_denied", "https://[/"])
async def test_without_a_code_nobody_is_asked(
    sign_in: SignIn, session: ClientSession, app: AzureApp, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    def answer(_shown: str) -> str:
        return typed

    monkeypatch.setattr("builtins.input", answer)
    with pytest.raises(OAuth2Error, match="code"):
        await authenticate_player(session, app, origin=sign_in.origin)

    assert sign_in.seen == []


def test_a_token_s_parts_are_its_fields() -> None:
    token = OAuth2Token({"access_token": "a", "refresh_token": "r"})
    assert (token.access_token, token.refresh_token) == ("a", "r")
