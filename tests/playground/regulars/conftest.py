"""A playground with its regulars, whose matches are there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from discord.http import Route

from bot.playground.regulars import Regulars
from bot.playground.stage import Playground, open_playground
from tests.tier_emoji import tier_emojis

# Enough to see by; all that they ever played takes a while.
REACH = timedelta(days=12)


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
    async with open_playground(
        data_dir, has_regulars=True, regulars_reach=REACH, emojis=tier_emojis()
    ) as opened:
        assert opened.regulars is not None
        await opened.regulars.settled()
        yield opened


@pytest.fixture
def regulars(playground: Playground) -> Regulars:
    assert playground.regulars is not None
    return playground.regulars
