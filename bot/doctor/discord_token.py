"""Discord: reachable, and it takes the bot's token."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot import __version__
from bot.config import ConfigurationError, setting
from bot.doctor.answers import read_object
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict

__all__ = ["check_discord"]

WHAT = "Discord"
USER_AGENT = f"DiscordBot (Adjutant, {__version__})"
TIMEOUT = ClientTimeout(total=10, sock_connect=5)
LATER = "It may pass by itself: try again in a while; discordstatus.com tells of trouble there."


async def check_discord(case: Case) -> list[Finding]:
    """Ask Discord whose token it is."""
    try:
        (token,) = case.settings.require("discord_token")
    except ConfigurationError:
        waits = f"waits for {setting('discord_token')} (see Settings)"
        return [Finding(WHAT, Verdict.NOT_REACHED, waits)]
    base = case.settings.discord_api_base
    try:
        status, user = await _ask(f"{base}/users/@me", token)
    except (ClientError, OSError) as error:
        found = f"{base} cannot be reached ({type(error).__name__})"
        return [
            Finding(WHAT, Verdict.TROUBLE, found, f"Check the network and {setting('discord_api_base')}.")
        ]
    return [_judged(status, user)]


async def _ask(url: str, token: str) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bot {token}", "User-Agent": USER_AGENT}
    async with (
        ClientSession(cookie_jar=DummyCookieJar(), timeout=TIMEOUT) as session,
        session.get(url, headers=headers, allow_redirects=False) as response,
    ):
        return response.status, await read_object(response)


def _judged(status: int, user: dict[str, Any]) -> Finding:
    name = user.get("username")
    if status == HTTPStatus.OK and name and isinstance(name, str):
        return Finding(WHAT, Verdict.FINE, f"the token is {name}'s")
    if status == HTTPStatus.UNAUTHORIZED:
        remedy = f"Copy the bot's token anew from the developer portal to {setting('discord_token')}."
        return Finding(WHAT, Verdict.MEND, "Discord refuses the token", remedy)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return Finding(WHAT, Verdict.TROUBLE, f"Discord answered {status}", LATER)
    found = f"the answer ({status}) is not Discord's"
    return Finding(WHAT, Verdict.MEND, found, f"Check {setting('discord_api_base')} and what is in between.")
