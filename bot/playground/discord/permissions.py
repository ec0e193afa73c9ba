"""Discord's permission arithmetic: roles, then a channel's overwrites, in the documented order."""

from __future__ import annotations

from enum import IntFlag

from bot.playground.discord.model import Channel, Guild, Member, Overwrite

__all__ = ["ALL_PERMISSIONS", "DM_PERMISSIONS", "EVERYONE", "Permission", "permissions_in", "top_position"]


class Permission(IntFlag):
    """The permissions that something here depends on."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    USE_EXTERNAL_APPS = 1 << 50


ALL_PERMISSIONS = (1 << 53) - 1
EVERYONE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.USE_EXTERNAL_APPS
)
DM_PERMISSIONS = EVERYONE


def _combined(overwrites: list[Overwrite], permissions: int) -> int:
    deny = allow = 0
    for overwrite in overwrites:
        deny |= overwrite.deny
        allow |= overwrite.allow
    return permissions & ~deny | allow


def permissions_in(guild: Guild, member: Member, channel: Channel | None = None) -> int:
    """Return a member's permissions in a server, or in one of its channels."""
    if member.user.id == guild.owner_id:
        return ALL_PERMISSIONS
    permissions = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        permissions |= guild.roles[role_id].permissions
    if permissions & Permission.ADMINISTRATOR:
        return ALL_PERMISSIONS
    if channel is None:
        return permissions
    mine = {False: set(member.role_ids), True: {member.user.id}}
    steps = (
        [item for item in channel.overwrites if not item.for_member and item.target_id == guild.id],
        [item for item in channel.overwrites if not item.for_member and item.target_id in mine[False]],
        [item for item in channel.overwrites if item.for_member and item.target_id in mine[True]],
    )
    for step in steps:
        permissions = _combined(step, permissions)
    return permissions if permissions & Permission.VIEW_CHANNEL else 0


def top_position(guild: Guild, member: Member) -> int:
    """Return the position of a member's highest role; a member manages only roles below it."""
    return max((guild.roles[role_id].position for role_id in member.role_ids), default=0)
