"""The commands that an application has registered, and who may see them where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.discord.checks.commands import check_command, check_commands
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.events import Event
from bot.playground.discord.model import Channel, Command, Json, User
from bot.playground.discord.state import DiscordState

__all__ = ["Catalogue"]

_DEFAULTS: Json = {
    "type": 1,
    "name_localizations": None,
    "description": "",
    "description_localizations": None,
    "default_member_permissions": None,
    "dm_permission": True,
    "contexts": None,
    "integration_types": [0],
    "nsfw": False,
}
_GUILD_INSTALL, _USER_INSTALL = 0, 1
_IN_GUILD, _WITH_BOT, _PRIVATE = 0, 1, 2


class Catalogue:
    """Registers commands, globally (`guild_id` None) or for one server."""

    def __init__(self, state: DiscordState) -> None:
        self._state = state

    def all(self, guild_id: int | None) -> list[Command]:
        """Return what is registered in one place, in the order of registration."""
        return [command for command in self._state.commands.values() if command.guild_id == guild_id]

    def get(self, guild_id: int | None, command_id: int) -> Command:
        """Return one command. Raises `DiscordError` (10063)."""
        command = self._state.commands.get(command_id)
        if command is None or command.guild_id != guild_id:
            raise DiscordError(Refusal.UNKNOWN_COMMAND)
        return command

    def overwrite(self, guild_id: int | None, bodies: Sequence[Json]) -> list[Command]:
        """Replace all; a command of the same name and type keeps its id. Raises `DiscordError`."""
        check_commands(bodies)
        old = {(command.type, command.name): command for command in self.all(guild_id)}
        for command in old.values():
            del self._state.commands[command.id]
        stored = [
            self._store(guild_id, body, old.get((body.get("type") or 1, body["name"]))) for body in bodies
        ]
        self._tell(guild_id)
        return stored

    def upsert(self, guild_id: int | None, body: Json) -> tuple[Command, bool]:
        """Create a command or replace the one of its name; the flag says whether it is new."""
        check_command(body)
        key = (body.get("type") or 1, body["name"])
        old = next((item for item in self.all(guild_id) if (item.type, item.name) == key), None)
        if old is None:
            check_commands([*(item.body for item in self.all(guild_id)), body])
        stored = self._store(guild_id, body, old)
        self._tell(guild_id)
        return stored, old is None

    def edit(self, guild_id: int | None, command_id: int, body: Json) -> Command:
        """Change what the body names. Raises `DiscordError`."""
        old = self.get(guild_id, command_id)
        merged = {**old.body, **body, "type": old.type}
        check_command(merged)
        stored = self._store(guild_id, merged, old)
        self._tell(guild_id)
        return stored

    def delete(self, guild_id: int | None, command_id: int) -> None:
        """Forget one command. Raises `DiscordError` (10063)."""
        del self._state.commands[self.get(guild_id, command_id).id]
        self._tell(guild_id)

    def visible_to(self, user: User, channel: Channel) -> list[Command]:
        """Return the commands a person is offered in a channel, those of the server first."""
        local = [] if channel.guild_id is None else self.all(channel.guild_id)
        return [command for command in (*local, *self.all(None)) if self._offered(command, user, channel)]

    def _offered(self, command: Command, user: User, channel: Channel) -> bool:
        state = self._state
        kinds: list[int] = command.body["integration_types"]
        guild = None if channel.guild_id is None else state.guilds[channel.guild_id]
        if guild is not None:
            context, installed = _IN_GUILD, guild.has_bot
        else:
            with_bot = state.bot in channel.recipients
            context, installed = (_WITH_BOT, True) if with_bot else (_PRIVATE, False)
        by_guild = installed and (_GUILD_INSTALL in kinds)
        by_user = user.id in state.user_installs and _USER_INSTALL in kinds
        contexts: list[int] | None = command.body["contexts"]
        if contexts is None:
            contexts = [_IN_GUILD, *([_WITH_BOT] if command.body["dm_permission"] else []), _PRIVATE]
        needed: Any = command.body["default_member_permissions"]
        if guild is not None and needed is not None:
            mine = state.permissions(user, channel)
            if int(needed) & ~mine or (int(needed) == 0 and user.id != guild.owner_id):
                return False
        return (by_guild or by_user) and context in contexts

    def _tell(self, guild_id: int | None) -> None:
        data: Json = {"application_id": str(self._state.application_id)}
        self._state.events.emit(Event("GUILD_APPLICATION_COMMAND_INDEX_UPDATE", data, guild_id))

    def _store(self, guild_id: int | None, body: Json, old: Command | None) -> Command:
        given = {key: value for key, value in body.items() if value is not None}
        filled = {**_DEFAULTS, **given}
        filled["default_member_permissions"] = _as_text(given.get("default_member_permissions"))
        stable = ("id", "version")
        changed = old is None or any(
            old.body.get(key) != value for key, value in filled.items() if key not in stable
        )
        command_id = self._state.ids.new() if old is None else old.id
        version = str(self._state.ids.new()) if changed or old is None else old.body["version"]
        filled |= {
            "id": str(command_id),
            "application_id": str(self._state.application_id),
            "version": version,
        }
        if guild_id is not None:
            filled["guild_id"] = str(guild_id)
        command = Command(command_id, guild_id, filled)
        self._state.commands[command_id] = command
        return command


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)
