"""Fills in a slash command's options as Discord's own client does, and refuses what it would not send."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.playground.discord.limits import TEXT_OPTION
from bot.playground.discord.model import Channel, Guild, Json, Role, User
from bot.playground.discord.payloads import channel_json, member_json, role_json, user_json
from bot.playground.discord.permissions import permissions_in
from bot.playground.discord.state import DiscordState

__all__ = ["ClientRefused", "Filled", "OptionFiller"]

_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE, _MENTIONABLE, _NUMBER = range(1, 11)
_BIGGEST_NUMBER = 2**53
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,20}")
_MENTION_OR_ID = re.compile(r"(?:<(?:@[!&]?|#))?([0-9]{1,20})>?")


class ClientRefused(Exception):  # said by the person's client, nothing failed
    """Discord's client would not send this; the message says what it shows instead."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The `options` and `resolved` of an interaction."""

    options: list[Json]
    resolved: Json


class OptionFiller:
    """Fills the options of one command for one place."""

    def __init__(self, state: DiscordState, guild: Guild | None) -> None:
        self._state = state
        self._guild = guild
        self._resolved: dict[str, Json] = {}
        self._converters: Mapping[int, Callable[[Json, object], Any]] = {
            _STRING: _string,
            _INTEGER: _integer,
            _BOOLEAN: _boolean,
            _USER: self._user,
            _CHANNEL: self._channel,
            _ROLE: self._role,
            _MENTIONABLE: self._mentionable,
            _NUMBER: _number,
        }

    def fill(
        self, command: Json, path: list[str], values: Mapping[str, object], *, focused: str | None = None
    ) -> Filled:
        """Return the filled options; `path` names the subcommand, `focused` the option being typed.

        While something is being typed, nothing is required and nothing is resolved, as with Discord.
        Raises `ClientRefused`.
        """
        if not path:
            options = self._leaf(command, values, focused)
            return Filled(options, {} if focused else self._resolved)
        step, *rest = path
        children = cast("list[Json]", command.get("options") or [])
        child = next(
            (item for item in children if item["name"] == step and item["type"] in (_SUBCOMMAND, _GROUP)),
            None,
        )
        if child is None:
            raise ClientRefused(f"There is no subcommand {step!r}.")
        inner = self.fill(child, rest, values, focused=focused)
        return Filled([{"name": step, "type": child["type"], "options": inner.options}], inner.resolved)

    def _leaf(self, command: Json, values: Mapping[str, object], focused: str | None) -> list[Json]:
        known = {str(option["name"]): option for option in cast("list[Json]", command.get("options") or [])}
        if any(option["type"] in (_SUBCOMMAND, _GROUP) for option in known.values()):
            raise ClientRefused("Choose a subcommand.")
        if unknown := values.keys() - known.keys():
            raise ClientRefused(f"There is no option {min(unknown)!r}.")
        filled: list[Json] = []
        for name, option in known.items():
            if name in values and values[name] is not None:
                filled.append(self._one(option, values[name], focused))
            elif option.get("required") and focused is None:
                raise ClientRefused(f"The option {name!r} is required.")
        return filled

    def _one(self, option: Json, value: object, focused: str | None) -> Json:
        name, kind = option["name"], option["type"]
        if name == focused:
            if not option.get("autocomplete"):
                raise ClientRefused(f"{name}: there is nothing to suggest.")
            return {"name": name, "type": kind, "value": str(value), "focused": True}
        if kind not in self._converters:
            raise ClientRefused(f"The option {name!r} has a type that cannot be filled in here.")
        return {"name": name, "type": kind, "value": self._converters[kind](option, _chosen(option, value))}

    def _user(self, option: Json, value: object) -> str:
        user = value if isinstance(value, User) else self._state.users.get(_id(option, value))
        if user is None:
            raise ClientRefused(f"{option['name']}: there is no such user.")
        self._resolve("users", user.id, user_json(user))
        member = None if self._guild is None else self._guild.members.get(user.id)
        if member is not None and self._guild is not None:
            body = member_json(member, permissions_in(self._guild, member))
            del body["user"]
            self._resolve("members", user.id, body)
        return str(user.id)

    def _channel(self, option: Json, value: object) -> str:
        guild = self._guild
        channel_id = value.id if isinstance(value, Channel) else _id(option, value)
        channel = None if guild is None else guild.channels.get(channel_id)
        kinds = option.get("channel_types")
        if channel is None or guild is None or (kinds and channel.type not in kinds):
            raise ClientRefused(f"{option['name']}: there is no such channel.")
        self._resolve("channels", channel.id, channel_json(channel, permissions=0))
        return str(channel.id)

    def _role(self, option: Json, value: object) -> str:
        guild = self._guild
        role_id = value.id if isinstance(value, Role) else _id(option, value)
        role = None if guild is None else guild.roles.get(role_id)
        if role is None:
            raise ClientRefused(f"{option['name']}: there is no such role.")
        self._resolve("roles", role.id, role_json(role))
        return str(role.id)

    def _mentionable(self, option: Json, value: object) -> str:
        if isinstance(value, User):
            return self._user(option, value)
        roles = {} if self._guild is None else self._guild.roles
        is_role = isinstance(value, Role) or _id(option, value) in roles
        return self._role(option, value) if is_role else self._user(option, value)

    def _resolve(self, table: str, snowflake: int, body: Json) -> None:
        self._resolved.setdefault(table, {})[str(snowflake)] = body


def _chosen(option: Json, value: object) -> object:
    """Return the value behind a choice, which may be given by its name as a person sees it."""
    choices = cast("list[Json]", option.get("choices") or [])
    if not choices:
        return value
    for choice in choices:
        if value in (choice["name"], choice["value"]):
            return choice["value"]
    raise ClientRefused(f"{option['name']}: {value!r} is not one of the choices.")


def _id(option: Json, value: object) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and (found := _MENTION_OR_ID.fullmatch(value)):
        return int(found[1])
    raise ClientRefused(f"{option['name']}: {value!r} is no one.")


def _string(option: Json, value: object) -> str:
    text = value.mention if isinstance(value, User) else str(value)
    low, high = option.get("min_length") or 0, option.get("max_length") or TEXT_OPTION.max_length
    if not low <= len(text) <= high:
        raise ClientRefused(f"{option['name']}: must be {low} to {high} characters long.")
    if not text.strip():
        raise ClientRefused(f"{option['name']}: must not be blank.")
    return text


def _integer(option: Json, value: object) -> int:
    if isinstance(value, bool) or not _WHOLE_NUMBER.fullmatch(str(value)):
        raise ClientRefused(f"{option['name']}: {value!r} is not a whole number.")
    return int(_within(option, int(str(value))))


def _number(option: Json, value: object) -> float:
    try:
        return _within(option, float(str(value)))
    except ValueError:
        raise ClientRefused(f"{option['name']}: {value!r} is not a number.") from None


def _boolean(option: Json, value: object) -> bool:
    known = {"true": True, "false": False}
    if str(value).lower() not in known:
        raise ClientRefused(f"{option['name']}: {value!r} is neither True nor False.")
    return known[str(value).lower()]


def _within(option: Json, value: float) -> float:
    low, high = option.get("min_value", -_BIGGEST_NUMBER), option.get("max_value", _BIGGEST_NUMBER)
    if not low <= value <= high:
        raise ClientRefused(f"{option['name']}: must be between {low} and {high}.")
    return value
