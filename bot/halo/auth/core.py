"""The whole chain, from a person or a refresh token to a signed-in player."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth.app import AzureApp
from bot.halo.auth.halo import request_clearance_token, request_spartan_token
from bot.halo.auth.oauth import generate_authorization_url, refresh_oauth_token, request_oauth_token
from bot.halo.auth.player import AuthenticatedPlayer
from bot.halo.auth.xbox import (
    HALO_RELYING_PARTY,
    XBOX_RELYING_PARTY,
    request_user_token,
    request_xsts_token,
)
from bot.halo.errors import OAuth2Error

__all__ = ["authenticate_player", "refresh_player_tokens", "request_player_tokens"]


async def authenticate_player(
    session: ClientSession,
    app: AzureApp,
    *,
    origin: str | None = None,
    ask: Callable[[str], str] | None = None,
) -> str:
    """Let a person sign in at the terminal, and return the refresh token to keep.

    They open an address, and paste the ``code`` or the whole address that the browser ends up at.

    Args:
        session: The session to send with.
        app: The application to sign in to.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.
        ask: Shows a text and returns what was typed; by default :func:`input`.

    Raises:
        OAuth2Error: No code was given, or Microsoft refuses it.
        HaloError: Microsoft could not be asked.
    """
    url = generate_authorization_url(app, origin=origin)
    shown = f"Open this address, sign in, and paste the address (or its code) that you end up at:\n{url}\n> "
    code = _read_code(await asyncio.to_thread(ask or input, shown))
    if not code:
        raise OAuth2Error(
            {"error": "no_code", "error_description": "There is no authorization code in that."}
        )
    return (await request_oauth_token(session, code, app, origin=origin)).refresh_token


async def refresh_player_tokens(
    session: ClientSession, app: AzureApp, oauth_refresh_token: str, *, origin: str | None = None
) -> AuthenticatedPlayer:
    """Take every step from a refresh token to a signed-in player.

    The refresh token that Microsoft answers with is lost here: whoever signs in again and again uses
    :class:`~bot.halo.auth.keeper.TokenKeeper`, which keeps it.

    Raises:
        RefreshTokenRefusedError: The refresh token is no longer valid.
        SignInRefusedError: Xbox or Halo refuses; ``step`` names where.
        HaloError: A service could not be asked; ``step`` names which.
    """
    token = await refresh_oauth_token(session, oauth_refresh_token, app, origin=origin)
    return await request_player_tokens(session, token.access_token, origin=origin)


async def request_player_tokens(
    session: ClientSession, access_token: str, *, origin: str | None = None
) -> AuthenticatedPlayer:
    """Take the steps at Xbox and Halo, from Microsoft's access token on.

    Raises:
        SignInRefusedError: Xbox or Halo refuses; ``step`` names where.
        HaloError: A service could not be asked; ``step`` names which.
    """
    user = await request_user_token(session, access_token, origin=origin)
    xbox = await request_xsts_token(session, user.token, XBOX_RELYING_PARTY, origin=origin)
    halo = await request_xsts_token(session, user.token, HALO_RELYING_PARTY, origin=origin)
    spartan = await request_spartan_token(session, halo.token, origin=origin)
    clearance = await request_clearance_token(session, spartan.token, origin=origin)
    return AuthenticatedPlayer(
        player_id=xbox.xuid or halo.xuid,
        gamertag=xbox.gamertag or halo.gamertag,
        spartan_token=spartan,
        clearance_token=clearance,
        xbl_authorization_header_value=xbox.authorization_header_value,
    )


def _read_code(typed: str) -> str:
    """Return the code in what was pasted: itself, or the address that has it in its query."""
    text = typed.strip()
    if "://" not in text:
        return text
    try:
        return URL(text).query.get("code", "")
    except ValueError:
        return ""
