"""Somebody who asks ``/csr``, and how to read what is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from bot.playground.discord import Person
from bot.playground.discord.handle import InteractionHandle
from bot.playground.discord.model import Json, Message
from bot.playground.stage import Playground
from bot.playground.world.people import Player
from tests.e2e.test_lastmatch import embed_of

__all__ = [
    "CSRS",
    "HERO",
    "STILL",
    "ask",
    "buttons_of",
    "complete",
    "csrs_of",
    "fields_of",
    "menu_of",
    "resident",
]

HERO = "Ember Fox 7"
# The first residents are those that tests ask about by name.
NAMED = 24
STILL = "still asking Halo"
CSRS = "/hi/playlist/*/csrs"


def csrs_of(playlist: UUID) -> str:
    return f"/hi/playlist/{playlist}/csrs"


async def complete(handle: InteractionHandle) -> Message:
    """The answer, once nothing more is to come."""
    message = await handle.answer()
    await handle.until(lambda _: None if STILL in str(message.embeds) else message)
    return message


async def ask(playground: Playground, person: Person, **options: object) -> Message:
    return await complete(await person.slash(playground.towns.general, "csr", **options))


def fields_of(message: Message) -> dict[str, str]:
    """The fields without the tier icons, which are uploaded while the first tests already ask."""
    fields = embed_of(message).get("fields", [])
    return {field["name"]: re.sub(r"<:\w+:\d+> ", "", field["value"]) for field in fields}


def buttons_of(message: Message) -> list[str]:
    return [label for row in message.components for it in row["components"] if (label := it.get("label"))]


def menus_in(message: Message) -> Iterator[Json]:
    for row in message.components:
        yield from (it for it in row["components"] if it["type"] == 3)


def menu_of(message: Message) -> Json:
    (menu,) = menus_in(message)
    return menu


def resident(playground: Playground, number: int) -> Player:
    """A player with ranks since before the tests began, whom one test of a module asks about."""
    world = playground.halo.world
    season = world.season_at(datetime.now(UTC)).season_id
    ranked = [
        it
        for it in world.people[NAMED:]
        if it.plays and world.ladder.standing("ranked_arena", season, it.xuid, world.began_at)[0].value >= 0
    ]
    return ranked[number]
