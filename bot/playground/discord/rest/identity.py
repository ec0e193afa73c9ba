"""Endpoints about the bot itself: where the gateway is, who it is, which application it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.playground.discord.gateway import Gateway
from bot.playground.discord.model import Json, User
from bot.playground.discord.payloads import channel_json, guild_json, user_json
from bot.playground.discord.rest.exchange import API_PREFIX, body_of, reply, snowflake
from bot.playground.discord.state import DiscordState

__all__ = ["IdentityRoutes"]


_GUILDS = 200


class IdentityRoutes:
    """`/gateway`, `/users` and `/oauth2`."""

    def __init__(self, state: DiscordState, gateway: Gateway, *, shards: int) -> None:
        self._state = state
        self._gateway = gateway
        self._shards = shards

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        return (
            web.get(f"{API_PREFIX}/gateway", self.gateway),
            web.get(f"{API_PREFIX}/gateway/bot", self.gateway_bot),
            web.get(f"{API_PREFIX}/users/@me", self.me),
            web.get(f"{API_PREFIX}/users/@me/guilds", self.my_guilds),
            web.post(f"{API_PREFIX}/users/@me/channels", self.create_dm),
            web.get(f"{API_PREFIX}/users/{{user_id}}", self.user),
            web.get(f"{API_PREFIX}/oauth2/applications/@me", self.application),
            web.get(f"{API_PREFIX}/applications/@me", self.application),
        )

    async def gateway(self, request: web.Request) -> web.Response:
        """Return the gateway's address."""
        del request
        return reply({"url": self._gateway.url})

    async def gateway_bot(self, request: web.Request) -> web.Response:
        """Return the gateway's address and how many shards to start."""
        del request
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return reply({"url": self._gateway.url, "shards": self._shards, "session_start_limit": limit})

    async def me(self, request: web.Request) -> web.Response:
        """Return the bot's user."""
        del request
        return reply({**user_json(self._state.bot), "verified": True, "mfa_enabled": True, "locale": "en-US"})

    async def my_guilds(self, request: web.Request) -> web.Response:
        """Return the servers the bot is in, by id, a page at a time."""
        asked = {key: request.query.get(key, "") for key in ("after", "limit")}
        after, limit = (int(value) if value.isdecimal() else 0 for value in asked.values())
        mine = sorted(guild.id for guild in self._state.guilds.values() if guild.has_bot and guild.id > after)
        guilds = [self._state.guilds[guild_id] for guild_id in mine[: min(limit, _GUILDS) or _GUILDS]]
        return reply([{**guild_json(guild), "owner": False, "permissions": "0"} for guild in guilds])

    async def create_dm(self, request: web.Request) -> web.Response:
        """Open the conversation with a user."""
        user = self._state.user(int(body_of(request).json.get("recipient_id") or 0))
        return reply(self._dm_json(user))

    async def user(self, request: web.Request) -> web.Response:
        """Return any user."""
        return reply(user_json(self._state.user(snowflake(request, "user_id"))))

    async def application(self, request: web.Request) -> web.Response:
        """Return the application with its owner."""
        del request
        state = self._state
        owner = next((user for user in state.users.values() if not user.bot), state.bot)
        installs = len(state.user_installs)
        body: Json = {
            "id": str(state.application_id),
            "name": state.application_name,
            "icon": None,
            "description": "",
            "type": None,
            "bot": user_json(state.bot),
            "bot_public": True,
            "bot_require_code_grant": False,
            "integration_types_config": {"0": {}, "1": {}},
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": user_json(owner),
            "team": None,
            "approximate_guild_count": sum(guild.has_bot for guild in state.guilds.values()),
            "approximate_user_install_count": installs,
            "approximate_user_authorization_count": installs,
            "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
        }
        return reply(body)

    def _dm_json(self, user: User) -> Json:
        return {**channel_json(self._state.dm(user)), "recipients": [user_json(user)]}
