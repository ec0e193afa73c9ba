"""The card of ``/csr`` as a member sees it: the real bot, the real discord.py, both services on loopback."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

import pytest
from PIL import Image

from bot.playground.discord import Person
from bot.playground.stage import Playground
from bot.playground.world.playlists import PLAYLISTS
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Rank
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.csr_table import (
    CSRS,
    HERO,
    ask,
    buttons_of,
    fields_of,
    menu_of,
    resident,
)
from tests.e2e.test_lastmatch import embed_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


def asked_about(playground: Playground, xuid: int) -> int:
    """How many requests for ranks named a player; the bot's own looks at linked ones go on meanwhile."""
    log = playground.halo.log
    return sum(fnmatchcase(it.path, f"*{CSRS}") and str(xuid) in it.query for it in log)


async def test_a_member_sees_all_ranks_in_words_and_as_a_picture(playground: Playground, person: Person):
    world, player = playground.halo.world, resident(playground, 3)  # nobody else asks about this one

    message = await ask(playground, person, player=player.gamertag)

    assert asked_about(playground, player.xuid) == len(RANKED_PLAYLISTS)
    embed, fields = embed_of(message), fields_of(message)
    assert embed["author"]["name"] == player.gamertag
    assert embed["title"] == "CSR · Season 13-2"
    assert "-# live" in embed["description"]
    season = world.season_at(datetime.now(UTC)).season_id
    for playlist in PLAYLISTS.values():
        if playlist.ranked:
            current, best, all_time = world.ladder.standing(playlist.key, season, player.xuid)
            if current.value >= 0:
                assert f"**{current.value:,}**" in fields[playlist.name]
                peaks = fields[playlist.name].splitlines()[-1]
                assert f"peak {best.value:,}" in peaks
                assert f"{all_time.value:,}" in peaks
                assert ("season and all-time" in peaks) == (best.value == all_time.value)
            elif all_time.value < 0 and current.remaining == 5:
                assert playlist.name not in fields
    (picture,) = message.attachments
    assert picture.filename == "csr.png"
    assert f"Ranks of {player.gamertag}, Season 13-2" in str(picture.description)
    assert Image.open(io.BytesIO(picture.content)).size[0] == 1200
    assert buttons_of(message) == ["Refresh", "Last match"]
    assert not message.ephemeral
    assert_valid_requests(playground.discord.transcript.requests)


async def test_onyx_shows_its_number(playground: Playground, person: Person):
    fields = fields_of(await ask(playground, person, player="Static Wren"))

    onyx = [text for text in fields.values() if "Onyx" in text.split(" · ")[0]]
    assert onyx
    assert all(" to " not in text.splitlines()[0] for text in onyx)


async def test_who_never_played_ranked_reads_so_kindly(playground: Playground, person: Person):
    message = await ask(playground, person, player="Fresh Boots")

    assert "no ranked matches yet" in embed_of(message)["description"]
    assert message.attachments == []
    assert not message.ephemeral
    assert buttons_of(message) == ["Refresh", "Last match"]


async def test_who_hides_the_history_still_has_ranks(playground: Playground, person: Person):
    hidden = next(it for it in playground.halo.world.people if it.hides_matches)

    assert fields_of(await ask(playground, person, player=hidden.gamertag))


async def test_changes_of_a_linked_player_come_from_the_snapshots(playground: Playground, person: Person):
    player, store = resident(playground, 8), playground.bot.resources.store
    season = await playground.bot.resources.seasons.current()
    assert season is not None
    arena = RANKED_PLAYLISTS[0]
    now = datetime.now(UTC)
    value = playground.halo.world.ladder.standing("ranked_arena", season.season_id, player.xuid)[0].value
    at = now - timedelta(days=8)
    await store.links.claim(
        person.user.id, player.xuid, player.gamertag, server_id=playground.towns.arena.id, at=at
    )
    for ago, before in ((timedelta(days=7, hours=1), value - 64), (timedelta(hours=25), value + 9)):
        rank = {player.xuid: Rank(current=before, season_max=before, all_time_max=before)}
        await store.snapshots.add(arena, season.path, rank, now - ago)

    fields = fields_of(await ask(playground, person))

    assert "−9 in 24 h · +64 in 7 days" in fields["Ranked Arena"]


@pytest.mark.parametrize("code", ["de", "ja"])
async def test_other_languages_have_their_own_card(
    playground: Playground, make_person: MakePerson, code: str
):
    english = await ask(playground, make_person(), player=HERO)
    message = await ask(playground, make_person(code), player=HERO)

    assert message.attachments[0].content != english.attachments[0].content
    assert len(fields_of(message)) == len(fields_of(english))
    assert fields_of(message).keys() != fields_of(english).keys()
    values: list[Any] = [option["value"] for option in menu_of(message)["options"]]
    assert values == [option["value"] for option in menu_of(english)["options"]]
