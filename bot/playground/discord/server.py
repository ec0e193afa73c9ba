"""A whole Discord on one local port, for one bot."""

from __future__ import annotations

from random import Random, SystemRandom
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground.discord.board import Board
from bot.playground.discord.catalogue import Catalogue
from bot.playground.discord.clock import Clock, SystemClock
from bot.playground.discord.desk import Desk
from bot.playground.discord.envelopes import Envelopes
from bot.playground.discord.faults import Faults
from bot.playground.discord.gateway import Gateway
from bot.playground.discord.limits import FILE_BYTES, FILES
from bot.playground.discord.model import User
from bot.playground.discord.person import Person
from bot.playground.discord.rest.answers import AnswerRoutes
from bot.playground.discord.rest.applications import ApplicationRoutes
from bot.playground.discord.rest.channels import ChannelRoutes
from bot.playground.discord.rest.exchange import API_PREFIX, Exchange
from bot.playground.discord.rest.files import FileRoutes
from bot.playground.discord.rest.guilds import GuildRoutes
from bot.playground.discord.rest.identity import IdentityRoutes
from bot.playground.discord.state import DiscordState
from bot.playground.discord.transcript import Transcript
from bot.playground.guard import Guard

__all__ = ["LocalDiscord"]

_BACKLOG = 1024
_BIGGEST_REQUEST = FILES.most * FILE_BYTES + 4 * 1024 * 1024
_GATEWAY_PATH = "/gateway/"


class LocalDiscord:
    """REST and gateway on one port, and the people who talk to the bot.

    `token` is what the bot must sign in with, `shards` what it is told to start. A bot finds it when
    `discord.http.Route.BASE` is `api_base`. Use it as an async context manager, or `start` and `close`.
    """

    def __init__(
        self,
        *,
        token: str,
        state: DiscordState | None = None,
        clock: Clock | None = None,
        rng: Random | None = None,
        shards: int = 1,
        privileged_intents: int = 0,
    ) -> None:
        self.state = state or DiscordState(clock or SystemClock())
        rng = rng or SystemRandom()
        self.board = Board(self.state)
        self.desk = Desk(self.state, self.board, rng)
        self.catalogue = Catalogue(self.state)
        self.gateway = Gateway(self.state, token, rng, privileged=privileged_intents)
        self.faults = Faults()
        self.transcript = Transcript()
        self._envelopes = Envelopes(self.state, self.board, self.desk, self.gateway)
        self._exchange = Exchange(self.state.clock, token, self.faults, self.transcript)
        self._shards = shards
        self._runner: web.AppRunner | None = None

    @property
    def origin(self) -> str:
        """Where it listens, as `http://host:port`."""
        return self.state.origin

    @property
    def api_base(self) -> str:
        """The base of the REST API."""
        return f"{self.state.origin}{API_PREFIX}"

    def person(self, user: User) -> Person:
        """Return the client of one user."""
        return Person(user, self.state, self.board, self.catalogue, self._envelopes)

    def application(self) -> web.Application:
        """Return the web application, to which a page may add routes of its own before `start`."""
        # The token of a playground is no secret: without the guard, any page in a browser here could be the bot.
        application = web.Application(
            middlewares=[Guard().middleware, self._exchange.middleware], client_max_size=_BIGGEST_REQUEST
        )
        families = (
            IdentityRoutes(self.state, self.gateway, shards=self._shards),
            ApplicationRoutes(self.state, self.catalogue),
            AnswerRoutes(self.desk, self.board),
            ChannelRoutes(self.state, self.board),
            GuildRoutes(self.state),
            FileRoutes(self.state),
        )
        for family in families:
            application.add_routes(family.routes())
        application.router.add_get(_GATEWAY_PATH, self.gateway.handle)
        return application

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, application: web.Application | None = None
    ) -> None:
        """Listen; port 0 takes a free one. `application` is one from `application()`, extended."""
        self._runner = web.AppRunner(application or self.application(), access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, backlog=_BACKLOG).start()
        bound = self._runner.addresses[0][1]
        self.state.origin = f"http://{host}:{bound}"
        self.gateway.url = f"ws://{host}:{bound}{_GATEWAY_PATH}"

    async def close(self) -> None:
        """End all connections and stop listening."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
