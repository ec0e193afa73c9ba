"""The JSON that Discord sends for each thing of the model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.playground.discord.model import (
    Attachment,
    Channel,
    ChannelType,
    Emoji,
    Guild,
    Json,
    Member,
    Message,
    MessageOrigin,
    Role,
    User,
)

__all__ = [
    "attachment_json",
    "channel_json",
    "emoji_json",
    "guild_json",
    "member_json",
    "message_json",
    "role_json",
    "user_json",
]

_EMBED_MEDIA = ("image", "thumbnail", "video")
_ATTACHMENT_SCHEME = "attachment://"
_SHOWN_OF_FILE = ("content_type", "width", "height", "description")


def user_json(user: User) -> Json:
    """Return a user object."""
    return {
        "id": str(user.id),
        "username": user.username,
        "global_name": user.global_name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "public_flags": 0,
        "flags": 0,
        "bot": user.bot,
        "primary_guild": None,
    }


def member_json(member: Member, permissions: int | None = None) -> Json:
    """Return a member object; with `permissions` as interactions carry them."""
    body: Json = {
        "user": user_json(member.user),
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role_id) for role_id in member.role_ids],
        "joined_at": _iso(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return body if permissions is None else {**body, "permissions": str(permissions)}


def role_json(role: Role) -> Json:
    """Return a role object."""
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_json(channel: Channel, permissions: int | None = None) -> Json:
    """Return a channel object; with `permissions` as interactions carry them."""
    body: Json = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": 0,
        "last_message_id": None if channel.last_message_id is None else str(channel.last_message_id),
    }
    if channel.type is not ChannelType.DM:
        body |= {
            "guild_id": str(channel.guild_id),
            "name": channel.name,
            "position": channel.position,
            "topic": channel.topic,
            "parent_id": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permission_overwrites": [
                {
                    "id": str(item.target_id),
                    "type": int(item.for_member),
                    "allow": str(int(item.allow)),
                    "deny": str(int(item.deny)),
                }
                for item in channel.overwrites
            ],
        }
    return body if permissions is None else {**body, "permissions": str(permissions)}


def guild_json(guild: Guild) -> Json:
    """Return a server object with its roles, without channels and members."""
    absent = (
        "icon description home_header splash discovery_splash banner application_id afk_channel_id system_channel_id "
        "widget_channel_id max_presences vanity_url_code rules_channel_id safety_alerts_channel_id "
        "public_updates_channel_id incidents_data"
    )
    zero = (
        "system_channel_flags verification_level default_message_notifications mfa_level explicit_content_filter "
        "max_stage_video_channel_users max_video_channel_users premium_tier premium_subscription_count nsfw_level"
    )
    return {
        **dict.fromkeys(absent.split()),
        **dict.fromkeys(zero.split(), 0),
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "preferred_locale": guild.locale,
        "region": "deprecated",
        "afk_timeout": 300,
        "max_members": 500_000,
        "widget_enabled": False,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role_json(role) for role in guild.roles.values()],
    }


def emoji_json(emoji: Emoji, owner: User) -> Json:
    """Return an application emoji."""
    return {
        "id": str(emoji.id),
        "name": emoji.name,
        "user": user_json(owner),
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": emoji.content_type == "image/gif",
        "available": True,
    }


def attachment_json(attachment: Attachment, origin: str) -> Json:
    """Return an attachment object; `origin` is where this server's files are fetched."""
    path = f"attachments/{attachment.channel_id}/{attachment.id}/{quote(attachment.filename)}"
    url = f"{origin}/{path}"
    body: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.size_px is not None:
        body["width"], body["height"] = attachment.size_px
    if attachment.description:
        body["description"] = attachment.description
    return body | {"ephemeral": True} if attachment.ephemeral else body


def message_json(message: Message, origin: str) -> Json:
    """Return a message object.

    As with Discord, a file that an embed shows is not listed among the attachments.
    """
    files = {item.filename: attachment_json(item, origin) for item in message.attachments}
    shown = set[str]()
    embeds = [_resolved_embed(embed, files, shown) for embed in message.embeds]
    body: Json = {
        "id": str(message.id),
        "type": message.type,
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content,
        "embeds": embeds,
        "components": message.components,
        "attachments": [item for name, item in files.items() if name not in shown],
        "flags": message.flags,
        "timestamp": _iso(message.created_at),
        "edited_timestamp": None if message.edited_at is None else _iso(message.edited_at),
        "mentions": [user_json(user) for user in message.mentions],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
    }
    if message.application_id is not None:
        body |= {"application_id": str(message.application_id), "webhook_id": str(message.application_id)}
    if message.reference_id is not None:
        reference = {"message_id": str(message.reference_id), "channel_id": str(message.channel.id)}
        body["message_reference"] = {"type": 0, **reference}
    if message.origin is not None:
        body["interaction_metadata"] = _origin_json(message.origin)
    return body


def _origin_json(origin: MessageOrigin) -> Json:
    body: Json = {
        "id": str(origin.interaction_id),
        "type": origin.type,
        "user": user_json(origin.user),
        "authorizing_integration_owners": origin.owners,
    }
    if origin.name is not None:
        body["name"] = origin.name
    if isinstance(origin.target, User):
        body["target_user"] = user_json(origin.target)
    elif origin.target is not None:
        body["target_message_id"] = str(origin.target)
    if origin.original_response_id is not None:
        body["original_response_message_id"] = str(origin.original_response_id)
    if origin.interacted_message_id is not None:
        body["interacted_message_id"] = str(origin.interacted_message_id)
    return body


def _resolved_embed(embed: Json, files: dict[str, Json], shown: set[str]) -> Json:
    resolved: Json = {**embed, "type": "rich"}
    for key in _EMBED_MEDIA:
        if media := embed.get(key):
            resolved[key] = {**media, **_resolved_url(media.get("url"), files, shown, "proxy_url")}
    for key in ("author", "footer"):
        if (part := embed.get(key)) and part.get("icon_url"):
            found = _resolved_url(part["icon_url"], files, shown, "proxy_icon_url")
            resolved[key] = {**part, "icon_url": found["url"], "proxy_icon_url": found["proxy_icon_url"]}
    return resolved


def _resolved_url(url: Any, files: dict[str, Json], shown: set[str], proxy_key: str) -> Json:
    name = str(url).removeprefix(_ATTACHMENT_SCHEME)
    if str(url).startswith(_ATTACHMENT_SCHEME) and name in files:
        shown.add(name)
        found: Json = {"url": files[name]["url"], proxy_key: files[name]["url"]}
        if proxy_key == "proxy_url":
            found |= {key: files[name][key] for key in _SHOWN_OF_FILE if key in files[name]}
        return found
    return {"url": str(url), proxy_key: str(url)}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
