"""``/csr`` while answers are late or do not come, and while many ask."""

from __future__ import annotations

import pytest

from bot.playground.discord import Person
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from bot.stats.playlists import RANKED_PLAYLISTS
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.csr_table import (
    STILL,
    ask,
    complete,
    csrs_of,
    fields_of,
    resident,
)
from tests.e2e.test_lastmatch import embed_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_card_comes_with_what_is_in_and_is_edited_when_the_rest_arrives(
    playground: Playground, person: Person
):
    player = resident(playground, 5)
    playground.halo.faults.add(Fault(kind=FaultKind.HOLD, path=csrs_of(RANKED_PLAYLISTS[0])))

    handle = await person.slash(playground.towns.general, "csr", player=player.gamertag)
    first = await handle.answer()
    description = embed_of(first)["description"]
    assert STILL in description
    assert "still to come" in description
    assert "Ranked Arena" not in fields_of(first)
    picture = first.attachments[0].content if first.attachments else b""
    playground.halo.faults.clear()
    assert await complete(handle) is first

    assert "Ranked Arena" in fields_of(first)
    assert first.attachments[0].content != picture
    assert_valid_requests(playground.discord.transcript.requests)


async def test_halo_down_gives_what_is_stored_marked_and_what_was_never_known_is_told(
    playground: Playground, person: Person, make_person: MakePerson
):
    player = resident(playground, 6)
    member = make_person()
    await (await member.slash(playground.towns.general, "link", gamertag=player.gamertag)).answer()
    live = await ask(playground, member)
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503))

    known = await ask(playground, member)
    unknown = await ask(playground, person, player=resident(playground, 7).gamertag)

    assert not known.ephemeral
    assert "last known <t:" in embed_of(known)["description"]
    assert all("-# last known <t:" in text for text in fields_of(known).values())
    assert fields_of(known).keys() == fields_of(live).keys()
    assert "Halo services are having trouble" in embed_of(unknown)["title"]
    assert unknown.ephemeral
    playground.halo.faults.clear()
    answer = await complete(await person.click(unknown, "Retry"))
    assert fields_of(answer)


async def test_many_who_ask_at_once_are_all_answered_in_full(playground: Playground, make_person: MakePerson):
    names = [resident(playground, number).gamertag for number in range(10, 14)]
    handles = [
        await make_person().slash(playground.towns.general, "csr", player=gamertag) for gamertag in names
    ]

    messages = [await complete(handle) for handle in handles]

    assert [embed_of(message)["author"]["name"] for message in messages] == names
    assert all("-# live" in embed_of(message)["description"] for message in messages)
    assert playground.halo.leaks == []
