"""Endpoints of servers, their members and roles."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.events import Event
from bot.playground.discord.model import Guild, Member, Role
from bot.playground.discord.payloads import channel_json, guild_json, member_json, role_json
from bot.playground.discord.permissions import Permission, permissions_in, top_position
from bot.playground.discord.rest.exchange import API_PREFIX, reply, snowflake
from bot.playground.discord.state import DiscordState

__all__ = ["GuildRoutes"]

_GUILD = f"{API_PREFIX}/guilds/{{guild_id}}"
_MEMBER = f"{_GUILD}/members/{{user_id}}"


class GuildRoutes:
    """`/guilds/{guild_id}/…`."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def routes(self) -> Iterable[web.RouteDef]:
        """Return the routes."""
        return (
            web.get(_GUILD, self.guild),
            web.get(f"{_GUILD}/channels", self.channels),
            web.get(f"{_GUILD}/roles", self.roles),
            web.get(f"{_GUILD}/roles/{{role_id}}", self.role),
            web.get(_MEMBER, self.member),
            web.put(f"{_MEMBER}/roles/{{role_id}}", self.add_role),
            web.delete(f"{_MEMBER}/roles/{{role_id}}", self.remove_role),
        )

    def _guild(self, request: web.Request) -> Guild:
        return self._state.guild(snowflake(request, "guild_id"))

    async def guild(self, request: web.Request) -> web.Response:
        """Return a server."""
        guild = self._guild(request)
        counts = {
            "approximate_member_count": len(guild.members),
            "approximate_presence_count": len(guild.members),
        }
        wanted = request.query.get("with_counts", "").lower() in ("1", "true")
        return reply(guild_json(guild) | (counts if wanted else {}))

    async def channels(self, request: web.Request) -> web.Response:
        """List a server's channels."""
        return reply([channel_json(channel) for channel in self._guild(request).channels.values()])

    async def roles(self, request: web.Request) -> web.Response:
        """List a server's roles."""
        return reply([role_json(role) for role in self._guild(request).roles.values()])

    async def role(self, request: web.Request) -> web.Response:
        """Return a role."""
        return reply(role_json(_role(self._guild(request), request)))

    async def member(self, request: web.Request) -> web.Response:
        """Return a member."""
        return reply(member_json(self._state.member(self._guild(request), snowflake(request, "user_id"))))

    async def add_role(self, request: web.Request) -> web.Response:
        """Give a member a role."""
        guild, member, role = self._target(request)
        if role.id not in member.role_ids:
            member.role_ids.append(role.id)
            self._tell(guild, member)
        return reply()

    async def remove_role(self, request: web.Request) -> web.Response:
        """Take a role from a member."""
        guild, member, role = self._target(request)
        if role.id in member.role_ids:
            member.role_ids.remove(role.id)
            self._tell(guild, member)
        return reply()

    def _target(self, request: web.Request) -> tuple[Guild, Member, Role]:
        """Return whose role is to change, if the bot may: only roles below its own highest one."""
        guild = self._guild(request)
        member = self._state.member(guild, snowflake(request, "user_id"))
        role = _role(guild, request)
        own = guild.members[self._state.bot.id]
        allowed = permissions_in(guild, own) & Permission.MANAGE_ROLES
        if not allowed or role.managed or role.position >= top_position(guild, own):
            raise DiscordError(Refusal.MISSING_PERMISSIONS)
        return guild, member, role

    def _tell(self, guild: Guild, member: Member) -> None:
        data = {**member_json(member), "guild_id": str(guild.id)}
        self._state.events.emit(Event("GUILD_MEMBER_UPDATE", data, guild.id))


def _role(guild: Guild, request: web.Request) -> Role:
    role = guild.roles.get(snowflake(request, "role_id"))
    if role is None:
        raise DiscordError(Refusal.UNKNOWN_ROLE)
    return role
