"""The health port: free, or the running bot's."""

from __future__ import annotations

import asyncio
import ipaddress

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError
from yarl import URL

from bot.config import setting
from bot.doctor.answers import read_object
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict

__all__ = ["check_health_port"]

WHAT = "Health port"
TIMEOUT = ClientTimeout(total=5, sock_connect=2)


async def check_health_port(case: Case) -> list[Finding]:
    """Ask whoever listens there; if nobody does, see whether the bot could."""
    host, port = case.settings.health_host, case.settings.health_port
    if port is None:
        return [Finding(WHAT, Verdict.OFF, f"{setting('health_port')} is not set")]
    if port == 0:
        return [Finding(WHAT, Verdict.FINE, "any that is free, at each start")]
    is_heard, ready = await _ask(host, port)
    if not is_heard:
        return [await _try_to_listen(host, port)]
    if ready is None:
        remedy = f"End it, or choose another {setting('health_port')}."
        return [Finding(WHAT, Verdict.MEND, f"{port} is taken by another program", remedy)]
    if not ready:
        remedy = "It may be starting: try again in a while, then look at its log."
        return [Finding(WHAT, Verdict.TROUBLE, "the bot is running and not connected to Discord", remedy)]
    return [Finding(WHAT, Verdict.FINE, f"{port} is answered by the running bot, which is connected")]


async def _ask(host: str, port: int) -> tuple[bool, bool | None]:
    """Return whether somebody listens, and what a bot says of itself; None where it is no bot."""
    try:
        url = URL.build(scheme="http", host=_reachable(host), port=port, path="/healthz")
        async with ClientSession(timeout=TIMEOUT) as session, session.get(url) as response:
            ready = (await read_object(response)).get("ready")
    except (ClientConnectorError, ConnectionTimeoutError, ValueError):
        return False, None
    except (ClientError, OSError):
        return True, None
    return True, ready if isinstance(ready, bool) else None


def _reachable(host: str) -> str:
    """Return the address at which a server is asked that listens at ``host``."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"


async def _try_to_listen(host: str, port: int) -> Finding:
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        remedy = f"Choose another {setting('health_port')} or {setting('health_host')}."
        return Finding(WHAT, Verdict.MEND, f"{port} at {host} cannot be opened ({reason})", remedy)
    server.close()
    await server.wait_closed()
    return Finding(WHAT, Verdict.FINE, f"{port} is free: no bot is running here")
