"""People, servers and channels as the page shows them."""

from __future__ import annotations

from bot.playground.discord.model import Channel, ChannelType, Guild, Json, Member, Role, User
from bot.playground.discord.permissions import Permission
from bot.playground.discord.state import DiscordState

__all__ = ["author_view", "dm_view", "guild_view", "user_view", "visible_channels"]


def user_view(user: User) -> Json:
    """A user."""
    return {
        "id": str(user.id),
        "name": user.display_name,
        "username": user.username,
        "avatar": f"/avatars/{user.id}.svg",
        "bot": user.bot,
        "locale": user.locale,
    }


def member_view(guild: Guild, member: Member) -> Json:
    """A member: a user with a name, roles (highest first) and the colour of the highest role that has one."""
    roles = _highest_first([guild.roles[role_id] for role_id in member.role_ids])
    color = next((role.color for role in roles if role.color), 0)
    return {
        **user_view(member.user),
        "nick": member.nick,
        "color": _css(color),
        "roles": [role.name for role in roles],
    }


def author_view(state: DiscordState, channel: Channel, user: User) -> Json:
    """Whoever wrote a message: a member by the name of the place where there is a server, else a user."""
    guild = None if channel.guild_id is None else state.guilds[channel.guild_id]
    member = None if guild is None else guild.members.get(user.id)
    if guild is None or member is None:
        return {**user_view(user), "nick": None, "color": None, "roles": []}
    return {**member_view(guild, member), "name": member.display_name}


def guild_view(state: DiscordState, guild: Guild, user: User) -> Json:
    """A server with what one of its members sees of it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": f"/icons/{guild.id}.svg",
        "has_bot": guild.has_bot,
        "owned": guild.owner_id == user.id,
        "channels": [
            {
                "id": str(channel.id),
                "name": channel.name,
                "topic": channel.topic,
                "can_send": bool(state.permissions(user, channel) & Permission.SEND_MESSAGES),
                "private": _is_private(guild, channel),
            }
            for channel in visible_channels(state, guild, user)
        ],
        "members": [member_view(guild, member) for member in guild.members.values()],
        "roles": [
            {"id": str(role.id), "name": role.name, "color": _css(role.color)}
            for role in _highest_first([role for role in guild.roles.values() if role.id != guild.id])
        ],
    }


def dm_view(state: DiscordState, user: User) -> Json:
    """A person's conversation with the bot."""
    channel = state.dm(user)
    return {
        "id": str(channel.id),
        "name": state.bot.display_name,
        "user": user_view(state.bot),
        "can_send": True,
    }


def visible_channels(state: DiscordState, guild: Guild, user: User) -> list[Channel]:
    """The text channels of a server that a person sees, from top to bottom."""
    seen = [
        channel
        for channel in guild.channels.values()
        if channel.type is ChannelType.TEXT and state.permissions(user, channel) & Permission.VIEW_CHANNEL
    ]
    return sorted(seen, key=lambda channel: (channel.position, channel.id))


def _is_private(guild: Guild, channel: Channel) -> bool:
    return any(
        item.target_id == guild.id and item.deny & Permission.VIEW_CHANNEL for item in channel.overwrites
    )


def _highest_first(roles: list[Role]) -> list[Role]:
    return sorted(roles, key=lambda role: (-role.position, role.id))


def _css(color: int) -> str | None:
    return f"#{color:06x}" if color else None
