"""What a first visit offers to click: only what the bot has registered, and only what it would take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.discord.model import Command
from bot.playground.web.suggestions import suggest
from bot.playground.world import World

WORLD = World("suggestions", datetime(2026, 11, 22, tzinfo=UTC), matches=1)
NAMES = ("lastmatch", "help", "csr", "leaderboard", "stats", "config", "zebra")
OPTIONS = ("player", "ago", "private", "season")


def registered(*bodies: dict[str, Any]) -> list[Command]:
    return [
        Command(number, None, {"type": 1, "description": "Does something", **body})
        for number, body in enumerate(bodies)
    ]


def option(name: str, *, required: bool = False, kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "x", "type": kind, "required": required, **more}


LASTMATCH = {"name": "lastmatch", "options": [option("player"), option("ago"), option("private")]}


def labels(commands: list[Command], world: World) -> list[str]:
    return [suggestion["label"] for suggestion in suggest(commands, world)]


def test_different_commands_come_first_then_more_of_the_same() -> None:
    hero, friend = (player.gamertag for player in WORLD.people[:2])

    assert labels(registered({"name": "help"}, LASTMATCH), WORLD) == [
        f"/lastmatch player:{hero}",
        "/help",
        f"/lastmatch player:{friend} ago:2 private:True",
    ]


def test_nobody_is_sent_to_a_command_that_is_not_there() -> None:
    assert labels([], WORLD) == []
    assert labels(registered({"name": "help"}), WORLD) == ["/help"]


def test_options_that_a_command_lacks_or_requires_rule_an_example_out() -> None:
    assert labels(registered({"name": "lastmatch"}), WORLD) == ["/lastmatch"]
    assert labels(registered({"name": "csr", "options": [option("who", required=True)]}), WORLD) == []


def test_commands_that_nobody_wrote_an_example_for_are_offered_by_their_description() -> None:
    group = {
        "name": "admin",
        "options": [option("reset", kind=1), option("set", kind=2, options=[option("all", kind=1)])],
    }
    (first, second, third) = suggest(registered({"name": "zebra"}, group), WORLD)

    assert (first["label"], first["about"]) == ("/zebra", "Does something")
    assert (second["command"], third["command"]) == ("admin reset", "admin set all")


def test_menus_are_no_commands_to_type() -> None:
    assert labels(registered({"name": "help", "type": 3}), WORLD) == []


bodies = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMES)},
    optional={
        "options": st.lists(
            st.builds(option, st.sampled_from(OPTIONS), required=st.booleans()),
            max_size=4,
            unique_by=lambda it: it["name"],
        )
    },
)


@settings(deadline=None)
@given(st.lists(bodies, max_size=6, unique_by=lambda body: body["name"]))
def test_every_suggestion_could_be_sent(found: list[dict[str, Any]]) -> None:
    options = {body["name"]: body.get("options", []) for body in found}

    suggestions = suggest(registered(*found), WORLD)

    assert len(suggestions) <= 3
    assert len({suggestion["label"] for suggestion in suggestions}) == len(suggestions)
    for suggestion in suggestions:
        known = options[suggestion["command"]]
        assert suggestion["options"].keys() <= {item["name"] for item in known}
        assert {item["name"] for item in known if item["required"]} <= suggestion["options"].keys()
