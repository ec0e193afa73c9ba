"""The real bot between the simulated Halo and the local Discord, started once for a module."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio
from discord.http import Route

from bot.playground.discord import Person
from bot.playground.stage import Playground, open_playground
from tests.tier_emoji import tier_emojis


class MakePerson(Protocol):
    """Makes a member whose Discord is in a language."""

    def __call__(self, locale: str = "en-US") -> Person: ...


@pytest.fixture(scope="module")
def discord_api() -> Iterator[None]:
    """Give discord.py its own address back afterwards."""
    base = Route.BASE
    yield
    Route.BASE = base


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playground(
    discord_api: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Playground]:
    data_dir: Path = tmp_path_factory.mktemp("data")
    async with open_playground(data_dir, emojis=tier_emojis()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_trouble(playground: Playground) -> Iterator[None]:
    yield
    playground.halo.faults.clear()
    playground.discord.faults.clear()


@pytest.fixture(scope="module")
def make_person(playground: Playground) -> MakePerson:
    """Make another member of the server: each has an allowance of their own."""
    numbers = itertools.count(1)

    def make(locale: str = "en-US") -> Person:
        user = playground.discord.state.add_user(f"Member {next(numbers)}", locale=locale)
        playground.discord.state.join(playground.towns.arena, user)
        return playground.discord.person(user)

    return make


@pytest.fixture
def person(make_person: MakePerson) -> Person:
    return make_person()
