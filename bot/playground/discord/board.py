"""Creates, edits and deletes messages by Discord's rules and tells the observers."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any, cast

from bot.playground.discord.checks.components import numbered
from bot.playground.discord.checks.messages import check_message
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.events import Event
from bot.playground.discord.form import Path
from bot.playground.discord.model import Attachment, Channel, Json, Message, MessageFlag, MessageOrigin, User
from bot.playground.discord.payloads import member_json, message_json
from bot.playground.discord.state import DiscordState
from bot.playground.discord.uploads import Body, Upload

__all__ = ["Board"]

_SETTABLE_FLAGS = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)
_MENTION = re.compile(r"<@!?(\d+)>")


class Board:
    """Every message's life."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def create(
        self,
        channel: Channel,
        author: User,
        body: Body,
        *,
        origin: MessageOrigin | None = None,
        visible_to: User | None = None,
        at: Path = (),
    ) -> Message:
        """Post a message. Raises `DiscordError` for an empty or invalid one.

        `visible_to` makes it ephemeral; `at` is where in the request the message stands, for error paths.
        """
        state = self._state
        flags = int(body.json.get("flags") or 0) & _SETTABLE_FLAGS
        self._check(body, flags, at)
        reference = cast("Mapping[str, Any]", body.json.get("message_reference") or {}).get("message_id")
        message = Message(
            state.ids.new(), channel, author, state.now(), flags=flags, origin=origin, visible_to=visible_to
        )
        if visible_to is not None:
            message.flags |= MessageFlag.EPHEMERAL
        if origin is not None:
            message.application_id = state.application_id
            message.type = 20 if origin.type == 2 else 0  # a command's answer has a type of its own
        if reference is not None:
            message.reference_id = int(reference)
            message.type = 19
        self._fill(message, body)
        if _empty(message):
            raise DiscordError(Refusal.EMPTY_MESSAGE)
        self._publish(message)
        return message

    def create_thinking(self, channel: Channel, origin: MessageOrigin, visible_to: User | None) -> Message:
        """Post the message that says that the application is thinking."""
        state = self._state
        message = Message(
            state.ids.new(), channel, state.bot, state.now(), flags=MessageFlag.LOADING, type=20
        )
        message.origin, message.visible_to = origin, visible_to
        message.application_id = state.application_id
        if visible_to is not None:
            message.flags |= MessageFlag.EPHEMERAL
        self._publish(message)
        return message

    def edit(self, message: Message, body: Body, *, at: Path = ()) -> Message:
        """Change what the body names and leave the rest. Raises `DiscordError`."""
        kept = message.flags & ~MessageFlag.COMPONENTS_V2 & ~MessageFlag.SUPPRESS_EMBEDS
        asked = int(body.json.get("flags") or 0) & (MessageFlag.COMPONENTS_V2 | MessageFlag.SUPPRESS_EMBEDS)
        flags = kept | asked | (message.flags & MessageFlag.COMPONENTS_V2)
        self._check(body, flags, at, {item.id for item in message.attachments})
        before = (message.content, message.embeds, message.components, message.attachments)
        self._fill(message, body)
        if _empty(message):
            message.content, message.embeds, message.components, message.attachments = before
            raise DiscordError(Refusal.EMPTY_MESSAGE)
        if not message.thinking:
            message.edited_at = self._state.now()
        message.flags = flags & ~MessageFlag.LOADING
        self._state.events.emit(self._event("MESSAGE_UPDATE", message))
        return message

    def delete(self, message: Message) -> None:
        """Remove a message."""
        del self._state.messages[message.id]
        message.deleted = True
        self._tell_gone(message)

    def dismiss(self, message: Message) -> None:
        """Put an ephemeral message out of its reader's sight; for everybody else nothing happens."""
        message.dismissed = True
        self._tell_gone(message)

    def _tell_gone(self, message: Message) -> None:
        data: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild_id is not None:
            data["guild_id"] = str(message.channel.guild_id)
        self._state.events.emit(Event("MESSAGE_DELETE", data, message.channel.guild_id, message))

    def json(self, message: Message) -> Json:
        """Return the message object as Discord sends it."""
        return message_json(message, self._state.origin)

    def _check(self, body: Body, flags: int, at: Path, kept: Container[int] = ()) -> None:
        known = self._state.emojis.__contains__
        check_message(body.json, body.files, flags=flags, emoji_known=known, kept=kept, at=at)

    def _publish(self, message: Message) -> None:
        self._state.messages[message.id] = message
        message.channel.last_message_id = message.id
        for old in self._state.history(message.channel)[: -self._state.history_limit]:
            # Too far up for anybody to scroll to: gone without a word.
            del self._state.messages[old.id]
            old.deleted = True
        self._state.events.emit(self._event("MESSAGE_CREATE", message))

    def _event(self, name: str, message: Message) -> Event:
        data = self.json(message)
        guild_id = message.channel.guild_id
        if guild_id is not None:
            data["guild_id"] = str(guild_id)
            member = self._state.guilds[guild_id].members.get(message.author.id)
            if member is not None:
                data["member"] = {key: value for key, value in member_json(member).items() if key != "user"}
        return Event(name, data, guild_id, message)

    def _fill(self, message: Message, body: Body) -> None:
        given = body.json
        if "content" in given:
            message.content = given["content"] or ""
            found = (self._state.users.get(int(user_id)) for user_id in _MENTION.findall(message.content))
            allowed = cast("Mapping[str, Any]", given.get("allowed_mentions") or {"parse": ["users"]})
            everybody = "users" in (allowed.get("parse") or [])
            listed = {str(user_id) for user_id in cast("list[object]", allowed.get("users") or [])}
            known = {user.id: user for user in found if user is not None}
            message.mentions = [user for user in known.values() if everybody or str(user.id) in listed]
        if "embeds" in given:
            message.embeds = list(given["embeds"] or [])
        if "components" in given:
            message.components = numbered(given["components"] or [])
        if "attachments" in given or body.files:
            message.attachments = self._attachments(message, body)

    def _attachments(self, message: Message, body: Body) -> list[Attachment]:
        """Return the files a message has after a request.

        With an `attachments` array only the old files it names stay; without one, new files are added.
        """
        described = cast("list[Json] | None", body.json.get("attachments"))
        texts: dict[int, Json] = {}
        kept: list[Attachment] = [] if described is not None else list(message.attachments)
        old = {item.id: item for item in message.attachments}
        for item in described or []:
            number = int(item["id"])
            if number in body.files:
                texts[number] = item
            else:
                old[number].description = item.get("description", old[number].description)
                kept.append(old[number])
        added = [
            self._stored(message, upload, texts.get(number, {}))
            for number, upload in sorted(body.files.items())
        ]
        return kept + added

    def _stored(self, message: Message, upload: Upload, text: Json) -> Attachment:
        return Attachment(
            self._state.ids.new(),
            message.channel.id,
            text.get("filename") or upload.filename,
            upload.content,
            upload.content_type,
            text.get("description"),
            ephemeral=message.ephemeral,
        )


def _empty(message: Message) -> bool:
    return not (message.content.strip() or message.embeds or message.attachments or message.components)
