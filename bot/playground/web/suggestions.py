"""What a newcomer may try first: good examples of the commands that the bot has registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from bot.playground.discord.model import Command, Json
from bot.playground.world import World

__all__ = ["suggest"]

_SLASH, _SUBCOMMAND, _GROUP = 1, 1, 2
_SHOWN = 3
Value = Callable[[World], str | int | bool]


@dataclass(frozen=True, slots=True)
class _Example:
    """A command that is worth a click; `options` say what the world offers for them."""

    command: str
    about: str
    options: Mapping[str, Value] = field(default_factory=dict[str, Value])


def _hero(world: World) -> str:
    return world.hero.gamertag


def _friend(world: World) -> str:
    return world.people[1].gamertag


def _hidden(world: World) -> str:
    return next(player.gamertag for player in world.people if player.hides_matches)


# In the order of what a newcomer wants to see; only what is registered is ever shown.
_EXAMPLES = (
    _Example("lastmatch", "The latest match with its medals as a picture", {"player": _hero}),
    _Example("csr", "Every ranked playlist on one card", {"player": _hero}),
    _Example("leaderboard", "Who is best in this server"),
    _Example("stats", "A player's record", {"player": _hero}),
    _Example("help", "What this bot can do"),
    _Example(
        "lastmatch", "Two matches back, for your eyes only",
        {"player": _friend, "ago": lambda _: 2, "private": lambda _: True},
    ),
    _Example("lastmatch", "Somebody who hides their matches", {"player": _hidden}),
)  # fmt: skip


def suggest(commands: Iterable[Command], world: World) -> list[Json]:
    """Return up to three commands to click: each another one first, more of the same while there is room."""
    leaves = {name: body for command in commands for name, body in _leaves(command)}
    fitting = [example for example in _EXAMPLES if _fits(example, leaves)]
    first = {example.command: example for example in reversed(fitting)}
    known = {id(example) for example in first.values()}
    best = [item for item in fitting if id(item) in known]
    others = [_Example(name, body["description"]) for name, body in leaves.items() if name not in first]
    plain = [item for item in others if _fits(item, leaves)]
    more = [item for item in fitting if id(item) not in known]
    return [_view(example, world) for example in (best + plain + more)[:_SHOWN]]


def _leaves(command: Command) -> Iterator[tuple[str, Json]]:
    """What can be typed of a slash command: itself, or its subcommands by their whole names."""
    if command.type != _SLASH:
        return
    yield from _walk(command.name, command.body)


def _walk(name: str, body: Json) -> Iterator[tuple[str, Json]]:
    options = cast("list[Json]", body.get("options") or [])
    below = [option for option in options if option["type"] in (_SUBCOMMAND, _GROUP)]
    if not below:
        yield name, body
    for option in below:
        yield from _walk(f"{name} {option['name']}", option)


def _fits(example: _Example, leaves: Mapping[str, Json]) -> bool:
    body = leaves.get(example.command)
    if body is None:
        return False
    options = {str(option["name"]): option for option in cast("list[Json]", body.get("options") or [])}
    required = {name for name, option in options.items() if option.get("required")}
    return required <= example.options.keys() <= options.keys()


def _view(example: _Example, world: World) -> Json:
    options = {name: value(world) for name, value in example.options.items()}
    typed = "".join(f" {name}:{_typed(value)}" for name, value in options.items())
    return {
        "command": example.command,
        "options": options,
        "label": f"/{example.command}{typed}",
        "about": example.about,
    }


def _typed(value: str | float) -> str:
    return str(value) if not isinstance(value, bool) else "True" if value else "False"
