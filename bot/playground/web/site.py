"""The page's web server: everything under one origin of its own, behind the guard."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from ipaddress import ip_address

from aiohttp import ClientSession, DummyCookieJar, web
from yarl import URL

from bot.playground.discord import LocalDiscord
from bot.playground.guard import Guard
from bot.playground.web.backstage import Backstage
from bot.playground.web.files import DiscordFiles, page_routes
from bot.playground.web.ledger import Ledger
from bot.playground.web.media import MediaLinks, MediaProxy
from bot.playground.web.socket import Sockets
from bot.playground.web.world_panel import WorldPanel

__all__ = ["PlaygroundSite"]

_SWEEP_EVERY_S = 0.25
_WORLD_EVERY_S = 1.0
_SHUTDOWN_S = 2.0
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Whatever somebody made up is shown as a picture or not at all, even when it is opened by itself.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class PlaygroundSite:
    """Listens at once and shows the playground as soon as `open` was called.

    Args:
        names: Names besides the loopback ones under which it may be reached, each with its port.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.origin = ""
        self._guard = Guard(names)
        self._ready: asyncio.Future[Backstage] = asyncio.get_running_loop().create_future()
        self._sockets = Sockets(self._ready, monotonic=time.monotonic)

    @asynccontextmanager
    async def listening(self, host: str = "127.0.0.1", port: int = 0) -> AsyncGenerator[PlaygroundSite]:
        """Listen while entered; port 0 takes a free one.

        Raises:
            OSError: The port is taken or the address is not ours.
        """
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_SHUTDOWN_S)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            self.origin = _origin(*runner.addresses[0][:2])
            yield self
        finally:
            # Whoever still waits for the playground to be ready does so in vain.
            self._ready.cancel()
            await self._sockets.close()
            await runner.cleanup()

    @asynccontextmanager
    async def showing(
        self, discord: LocalDiscord, panel: WorldPanel, media_origin: str
    ) -> AsyncGenerator[Backstage]:
        """Let people in; a site shows one playground in its life.

        Args:
            discord: What people see.
            panel: What they may do to the world.
            media_origin: Where the hosts are simulated that embeds take pictures from.
        """
        links = MediaLinks(secrets.token_bytes(32))
        ledger = Ledger(discord.state, discord.desk)
        async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as session:
            backstage = Backstage(
                discord=discord,
                ledger=ledger,
                world=panel,
                links=links,
                proxy=MediaProxy(session, links, URL(media_origin)),
            )
            chores = [
                asyncio.create_task(_repeat(ledger.sweep, _SWEEP_EVERY_S), name="page-sweep"),
                asyncio.create_task(_repeat(panel.tell_news, _WORLD_EVERY_S), name="page-world"),
            ]
            self._ready.set_result(backstage)
            try:
                yield backstage
            finally:
                for chore in chores:
                    chore.cancel()
                await asyncio.gather(*chores, return_exceptions=True)
                ledger.close()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard.middleware], client_max_size=1024)
        application.on_response_prepare.append(_add_headers)
        application.add_routes(page_routes())
        application.add_routes(DiscordFiles(self._ready).routes())
        application.router.add_get("/ws", self._sockets.handle)
        return application


def _origin(host: str, port: int) -> str:
    """The address for a browser on this machine; one that stands for every address is not for browsers."""
    address = ip_address(host)
    if address.is_unspecified:
        host = "127.0.0.1" if address.version == 4 else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def _repeat(chore: Callable[[], None], every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        chore()


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    is_page = request.path == "/" or request.path.startswith("/static/")
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _PAGE_POLICY if is_page else _FILE_POLICY
    response.headers.setdefault("Cache-Control", "no-cache" if is_page else "no-store")
