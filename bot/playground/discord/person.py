"""A person at Discord's client: types commands, presses buttons, fills in forms, sees messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.playground.discord.board import Board
from bot.playground.discord.catalogue import Catalogue
from bot.playground.discord.checks.components import walk
from bot.playground.discord.components import button_of, filled_modal, picked, select_of
from bot.playground.discord.envelopes import Envelopes
from bot.playground.discord.handle import InteractionHandle
from bot.playground.discord.interactions import InteractionType, Modal
from bot.playground.discord.model import Channel, Command, Json, Message, User
from bot.playground.discord.options import ClientRefused, OptionFiller
from bot.playground.discord.payloads import member_json, user_json
from bot.playground.discord.permissions import Permission
from bot.playground.discord.state import DiscordState
from bot.playground.discord.uploads import Body

__all__ = ["Person"]

_SLASH, _USER_MENU, _MESSAGE_MENU = 1, 2, 3
_USER_SELECT, _ROLE_SELECT, _MENTIONABLE_SELECT, _CHANNEL_SELECT = 5, 6, 7, 8
_ON_WHAT_STANDS_THERE = (InteractionType.COMPONENT, InteractionType.MODAL_SUBMIT)
_OPTION_TYPE_OF_SELECT = {_USER_SELECT: 6, _ROLE_SELECT: 8, _MENTIONABLE_SELECT: 9, _CHANNEL_SELECT: 7}


class Person:
    """One user's client. Whatever it would not let a person do raises `ClientRefused`.

    Every action returns as soon as it was sent, with a handle on what comes of it.
    """

    def __init__(
        self, user: User, state: DiscordState, board: Board, catalogue: Catalogue, envelopes: Envelopes
    ) -> None:
        self.user = user
        self._state = state
        self._board = board
        self._catalogue = catalogue
        self._envelopes = envelopes

    # What the person sees

    def commands(self, channel: Channel) -> list[Command]:
        """Return the commands that the picker and the menus offer here."""
        self._enter(channel)
        return self._catalogue.visible_to(self.user, channel)

    def messages(self, channel: Channel) -> list[Message]:
        """Return a channel's messages, oldest first: everybody's and the ephemeral ones for this person."""
        self._enter(channel)
        return [message for message in self._state.history(channel) if message.visible_for(self.user)]

    # What the person does

    async def say(self, channel: Channel, content: str) -> Message:
        """Post a message."""
        self._may(channel, Permission.SEND_MESSAGES, "send messages")
        return self._board.create(channel, self.user, Body({"content": content}))

    async def typing(self, channel: Channel) -> None:
        """Let the others see that this person is typing."""
        self._may(channel, Permission.SEND_MESSAGES, "send messages")
        self._state.tell_typing(channel, self.user)

    async def dismiss(self, message: Message) -> None:
        """Put away an ephemeral message."""
        self._look_at(message)
        if not message.ephemeral:
            raise ClientRefused("Only messages that only you can see can be dismissed.")
        self._board.dismiss(message)

    async def slash(self, channel: Channel, command: str, /, **options: object) -> InteractionHandle:
        """Send a slash command; `command` is its name, with the subcommand's after spaces.

        Options take texts, numbers, users, channels and roles; a choice goes by its name or its value.
        """
        name, *path = command.split() or [""]
        found = self._command(channel, _SLASH, name)
        filled = self._filler(channel).fill(found.body, path, options)
        data = _command_data(found) | {"options": filled.options}
        if filled.resolved:
            data["resolved"] = filled.resolved
        return self._send(InteractionType.COMMAND, channel, data, name=command)

    async def autocomplete(
        self, channel: Channel, command: str, option: str, typed: str, /, **others: object
    ) -> InteractionHandle:
        """Ask for suggestions while an option is being typed; await the handle's `choices()`."""
        name, *path = command.split() or [""]
        found = self._command(channel, _SLASH, name)
        filled = self._filler(channel).fill(found.body, path, {**others, option: typed}, focused=option)
        return self._send(
            InteractionType.AUTOCOMPLETE, channel, _command_data(found) | {"options": filled.options}
        )

    async def use_on_user(self, channel: Channel, command: str, target: User) -> InteractionHandle:
        """Choose a command of a user's context menu, by its untranslated name."""
        found = self._command(channel, _USER_MENU, command)
        resolved = self._resolved_users(channel, [target])
        data = _command_data(found) | {"target_id": str(target.id), "resolved": resolved}
        return self._send(InteractionType.COMMAND, channel, data, name=command)

    async def use_on_message(self, message: Message, command: str) -> InteractionHandle:
        """Choose a command of a message's context menu, by its untranslated name."""
        self._look_at(message)
        found = self._command(message.channel, _MESSAGE_MENU, command)
        resolved = {"messages": {str(message.id): self._board.json(message)}}
        data = _command_data(found) | {"target_id": str(message.id), "resolved": resolved}
        return self._send(InteractionType.COMMAND, message.channel, data, name=command)

    async def click(self, message: Message, button: str) -> InteractionHandle:
        """Press a button, found by its custom id or its label."""
        self._look_at(message)
        component = button_of(message, button)
        data = {
            "component_type": component["type"],
            "custom_id": component["custom_id"],
            "id": component["id"],
        }
        return self._send(InteractionType.COMPONENT, message.channel, data, source=message)

    async def select(self, message: Message, custom_id: str, values: Sequence[str]) -> InteractionHandle:
        """Choose in a select menu; options go by value or label, users, roles and channels by id."""
        self._look_at(message)
        component = select_of(message, custom_id)
        chosen = picked(component, values)
        data: Json = {"component_type": component["type"], "custom_id": custom_id, "values": chosen}
        data["id"] = component["id"]
        if kind := _OPTION_TYPE_OF_SELECT.get(component["type"]):
            data["resolved"] = self._resolved(message.channel, kind, chosen)
        return self._send(InteractionType.COMPONENT, message.channel, data, source=message)

    async def submit(self, modal: Modal, values: Mapping[str, Any]) -> InteractionHandle:
        """Send a form; `values` maps custom ids to what was typed or chosen."""
        opened_by = modal.opened_by
        filled = filled_modal(modal, values)
        data: Json = {"custom_id": modal.custom_id, "components": filled}
        source = opened_by.source
        if resolved := self._resolved_choices(opened_by.channel, filled):
            data["resolved"] = resolved
        return self._send(InteractionType.MODAL_SUBMIT, opened_by.channel, data, source=source)

    # How

    def _send(
        self,
        kind: InteractionType,
        channel: Channel,
        data: Json,
        *,
        name: str | None = None,
        source: Message | None = None,
    ) -> InteractionHandle:
        self._enter(channel)
        if kind in _ON_WHAT_STANDS_THERE:
            self._check_installed(channel)
        return InteractionHandle(
            self._envelopes.send(kind, self.user, channel, data, name=name, source=source)
        )

    def _check_installed(self, channel: Channel) -> None:
        """Refuse to use what the application left behind in a server that has removed it."""
        guild = None if channel.guild_id is None else self._state.guilds[channel.guild_id]
        if guild is not None and not guild.has_bot and self.user.id not in self._state.user_installs:
            raise ClientRefused("The application is not in this server any more.")

    def _enter(self, channel: Channel) -> None:
        if not self._state.permissions(self.user, channel) & Permission.VIEW_CHANNEL:
            raise ClientRefused("You cannot see this channel.")

    def _may(self, channel: Channel, permission: Permission, doing: str) -> None:
        self._enter(channel)
        if not self._state.permissions(self.user, channel) & permission:
            raise ClientRefused(f"You do not have permission to {doing} in this channel.")

    def _look_at(self, message: Message) -> None:
        self._enter(message.channel)
        if message.deleted or not message.visible_for(self.user):
            raise ClientRefused("You cannot see this message.")

    def _command(self, channel: Channel, kind: int, name: str) -> Command:
        self._may(channel, Permission.USE_APPLICATION_COMMANDS, "use application commands")
        if kind == _SLASH:
            # They are typed where messages are.
            self._may(channel, Permission.SEND_MESSAGES, "send messages")
        for command in self.commands(channel):
            if (command.type, command.name) == (kind, name):
                return command
        raise ClientRefused(f"There is no command {name!r} here.")

    def _filler(self, channel: Channel) -> OptionFiller:
        return OptionFiller(
            self._state, None if channel.guild_id is None else self._state.guilds[channel.guild_id]
        )

    def _resolved(self, channel: Channel, option_type: int, values: Sequence[str]) -> Json:
        option = {"name": "values", "description": "", "type": option_type}
        resolved: Json = {}
        for value in values:
            filled = self._filler(channel).fill({"options": [option]}, [], {"values": value})
            for table, entries in filled.resolved.items():
                cast("Json", resolved.setdefault(table, {})).update(entries)
        return resolved

    def _resolved_choices(self, channel: Channel, filled: Sequence[Json]) -> Json:
        """Return what the people, roles and channels are that were chosen in a form."""
        resolved: Json = {}
        for _, component in walk(list(filled)):
            if kind := _OPTION_TYPE_OF_SELECT.get(component["type"]):
                for table, entries in self._resolved(channel, kind, component["values"]).items():
                    cast("Json", resolved.setdefault(table, {})).update(entries)
        return resolved

    def _resolved_users(self, channel: Channel, users: Sequence[User]) -> Json:
        resolved: Json = {"users": {str(user.id): user_json(user) for user in users}}
        if channel.guild_id is not None:
            members = self._state.guilds[channel.guild_id].members
            found = {user.id: member_json(members[user.id]) for user in users if user.id in members}
            resolved["members"] = {
                str(key): {k: v for k, v in body.items() if k != "user"} for key, body in found.items()
            }
        return resolved


def _command_data(command: Command) -> Json:
    data: Json = {"id": str(command.id), "name": command.name, "type": command.type}
    return data if command.guild_id is None else {**data, "guild_id": str(command.guild_id)}
