"""Signing in with a browser on this machine, which comes back to a loopback address with the code."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import ClientSession, web
from yarl import URL

from bot.halo.auth.app import AzureApp
from bot.halo.auth.exchange import exchange
from bot.halo.auth.oauth import CONSUMERS, SCOPE, OAuth2Token, token_of, with_app
from bot.halo.errors import LOGIN_COMMAND, OAuth2Error, SignInStep
from bot.halo.transport.clock import Clock, SystemClock
from bot.halo.transport.origin import parse_origin, rewrite

__all__ = ["sign_in_with_browser"]

_PATIENCE_S: Final = 300.0
_SECRET_BYTES: Final = 48
_HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Connection": "close"}
_PAGE: Final = (
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{title}</title>"
    "<body style='font-family:sans-serif;margin:15vh auto;max-width:30em'><h1>{title}</h1><p>{text}</p>"
)
_DONE: Final = _PAGE.format(title="Thank you", text="You can close this window and go back to the terminal.")
_DECLINED: Final = _PAGE.format(title="Not signed in", text="The terminal says how to try again.")


async def sign_in_with_browser(
    session: ClientSession,
    app: AzureApp,
    *,
    open_url: Callable[[str], object],
    patience_s: float = _PATIENCE_S,
    origin: str | None = None,
    clock: Clock | None = None,
    make_secret: Callable[[int], str] = secrets.token_urlsafe,
) -> OAuth2Token:
    """Open the sign-in page, and wait for the browser to come back with the code. May be cancelled.

    The application needs the redirect address ``http://localhost`` for public clients; ``redirect_uri``
    of ``app`` is not used. The answer is taken on 127.0.0.1 alone, once, and only with the state that
    went out; the code is of no use to anybody without the verifier (PKCE).

    Args:
        session: The session to send with.
        app: The application to sign in to.
        open_url: Opens an address in a browser, or shows it to be opened. It must return at once.
        patience_s: For how many seconds to wait.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.
        clock: Where time comes from.
        make_secret: Makes an unguessable text of so many random bytes.

    Raises:
        OAuth2Error: The sign-in was declined or not done in time, or Microsoft refuses it.
        HaloError: Microsoft could not be asked.
    """
    state, verifier = make_secret(_SECRET_BYTES), make_secret(_SECRET_BYTES)
    async with _listening(state) as (port, answer):
        redirect = f"http://localhost:{port}"
        open_url(_address(app, redirect, state, verifier, origin))
        query = await _first(answer, patience_s, clock or SystemClock())
    if not (code := query.get("code", "")):
        raise OAuth2Error(
            {
                "error": "access_denied",
                "error_description": f"The sign-in was declined. To try again: {LOGIN_COMMAND}",
            }
        )
    form = with_app(
        {
            "grant_type": "authorization_code",
            "code": code,
            "scope": SCOPE,
            "redirect_uri": redirect,
            "code_verifier": verifier,
        },
        app,
    )
    url = f"{CONSUMERS}/token"
    reply = await exchange(session, "POST", url, SignInStep.MICROSOFT, origin=origin, form=form)
    return token_of(reply, form)


def _address(app: AzureApp, redirect: str, state: str, verifier: str, origin: str | None) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": app.client_id,
        "response_type": "code",
        "redirect_uri": redirect,
        "response_mode": "query",
        "scope": SCOPE,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "prompt": "select_account",
    }
    return str(rewrite(URL(f"{CONSUMERS}/authorize").with_query(query), parse_origin(origin)))


async def _first(
    answer: asyncio.Future[Mapping[str, str]], patience_s: float, clock: Clock
) -> Mapping[str, str]:
    timer = asyncio.ensure_future(clock.sleep(patience_s))
    try:
        await asyncio.wait({answer, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()
    if answer.done():
        return answer.result()
    raise OAuth2Error(
        {"error": "timeout", "error_description": f"Nobody signed in in time. To try again: {LOGIN_COMMAND}"}
    )


@asynccontextmanager
async def _listening(state: str) -> AsyncGenerator[tuple[int, asyncio.Future[Mapping[str, str]]]]:
    """Wait on a free loopback port for the one request that brings ``state``; yields port and answer."""
    answer: asyncio.Future[Mapping[str, str]] = asyncio.get_running_loop().create_future()

    async def receive(request: web.Request) -> web.Response:
        shown = request.query.get("state", "")
        # Any page in the browser can send requests here. What does not know the state is not the answer.
        if answer.done() or not hmac.compare_digest(shown.encode(), state.encode()):
            return web.Response(status=400, text="Not expected", headers=_HEADERS)
        answer.set_result(dict(request.query))
        page = _DONE if request.query.get("code") else _DECLINED
        return web.Response(text=page, content_type="text/html", headers=_HEADERS)

    application = web.Application()
    application.router.add_get("/", receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1], answer
    finally:
        answer.cancel()
        await runner.cleanup()
