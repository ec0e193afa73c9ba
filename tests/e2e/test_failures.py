"""Whatever goes wrong, the member reads what it was and what helps."""

from __future__ import annotations

import pytest

from bot.playground.discord import Person
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.test_lastmatch import ask, embed_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

HALO = "*.svc.halowaypoint.com"


@pytest.mark.parametrize(
    ("player", "words"),
    [
        ("Nobody By That", "No Xbox account is called **Nobody By That**"),
        ("**x** @everyone", r"\*\*x\*\*"),
        ("x" * 6000, "No Xbox account is called"),
        ("../../etc/passwd", "No Xbox account is called"),
        ("\u200b\u202e", "No Xbox account is called"),
        ("2533274800000000", "No Xbox account is called"),
    ],
)
async def test_a_player_that_does_not_exist(playground: Playground, person: Person, player: str, words: str):
    message = await ask(playground, person, player=player)

    assert message.ephemeral
    assert words in embed_of(message)["description"]
    assert "@everyone" not in embed_of(message)["description"]
    assert labels_of(message) == ["Try again"]
    assert_valid_requests(playground.discord.transcript.requests)


async def test_a_member_who_has_not_linked_can_be_looked_up_by_gamertag(
    playground: Playground, person: Person
):
    message = await ask(playground, person, player="<@123456789012345678>")

    assert message.ephemeral
    assert "<@123456789012345678>" in embed_of(message)["description"]
    modal = await (await person.click(message, "Look somebody up")).modal()
    field = modal.components[0]["component"]["custom_id"]
    answer = await (await person.submit(modal, {field: "Quiet One"})).answer()

    assert embed_of(answer)["author"]["name"] == "Quiet One"


async def test_without_a_player_the_caller_is_asked_for_one(playground: Playground, person: Person):
    message = await ask(playground, person)

    assert message.ephemeral
    assert "No Xbox account is linked" in embed_of(message)["description"]
    assert labels_of(message) == ["Link account", "Look somebody up"]


async def test_try_again_asks_for_another_gamertag_and_answers_in_public(
    playground: Playground, person: Person
):
    await ask(playground, person, player="Quiet One")
    message = await ask(playground, person, player="Quiet On")
    assert "**Quiet One**" in embed_of(message)["description"]

    modal = await (await person.click(message, "Try again")).modal()
    field = modal.components[0]["component"]["custom_id"]
    answer = await (await person.submit(modal, {field: "Quiet One"})).answer()

    assert embed_of(answer)["author"]["name"] == "Quiet One"
    assert not answer.ephemeral


async def test_a_hidden_history_is_private_rather_than_empty(playground: Playground, person: Person):
    world = playground.halo.world
    hidden = next(p for p in world.people if p.hides_matches)

    message = await ask(playground, person, player=hidden.gamertag)

    assert message.ephemeral
    assert "Match History Privacy" in embed_of(message)["description"]
    assert labels_of(message) == ["Check again"]

    world.set_privacy(hidden.xuid, hides_matches=False)
    answer = await (await person.click(message, "Check again")).answer()
    world.set_privacy(hidden.xuid, hides_matches=True)
    assert embed_of(answer)["author"]["name"] == hidden.gamertag


async def test_somebody_who_never_played(playground: Playground, person: Person):
    never = next(p for p in playground.halo.world.people if not p.plays)

    message = await ask(playground, person, player=never.gamertag)

    assert "has never played" in embed_of(message)["description"]


async def test_halo_down_tells_so_and_retry_brings_the_answer(playground: Playground, person: Person):
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503))
    message = await ask(playground, person, player="Static Wren")
    assert message.ephemeral
    assert "having trouble" in embed_of(message)["title"]

    playground.halo.faults.clear()
    answer = await (await person.click(message, "Retry")).answer()
    assert embed_of(answer)["author"]["name"] == "Static Wren"


async def test_halo_down_gives_the_last_known_answer_marked(playground: Playground, person: Person):
    live = await ask(playground, person, player="Blue Thistle")
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503))

    known = await ask(playground, person, player="Blue Thistle")

    assert embed_of(known)["title"] == embed_of(live)["title"]
    assert "last known <t:" in embed_of(known)["description"]
    assert not known.ephemeral


async def test_tokens_that_expire_are_renewed_before_anybody_notices(playground: Playground, person: Person):
    playground.halo.sign_in.expire()

    message = await ask(playground, person, player="Ember Fox 7")

    assert embed_of(message)["author"]["name"] == "Ember Fox 7"


async def test_five_commands_in_ten_seconds(playground: Playground, person: Person):
    answers = [await ask(playground, person, player="Quiet One") for _ in range(5)]
    refused = await ask(playground, person, player="Quiet One")

    assert not any(answer.ephemeral for answer in answers)
    assert refused.ephemeral
    assert "wait" in embed_of(refused)["description"]


async def test_broken_pictures_leave_the_numbers(playground: Playground, person: Person):
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=500, path="*medal_sheet*"))

    message = await ask(playground, person, player="Harbor Wolf")

    assert embed_of(message)["author"]["name"] == "Harbor Wolf"


async def test_a_match_that_ended_seconds_ago_is_waited_for(playground: Playground, person: Person):
    playground.halo.end_match(gamertag="Tin Marshal", mode="ranked_slayer")

    handle = await person.slash(playground.towns.general, "lastmatch", player="Tin Marshal")
    notice = await handle.answer()
    assert "not published yet" in embed_of(notice)["description"]

    final = await handle.edited(2, patience_s=30)
    assert embed_of(final)["author"]["name"] == "Tin Marshal"


async def test_many_members_at_once_are_all_answered(playground: Playground, make_person: MakePerson):
    people = [make_person() for _ in range(8)]
    handles = [
        await person.slash(playground.towns.general, "lastmatch", player=player.gamertag)
        for person, player in zip(people, playground.halo.world.people, strict=False)
    ]

    messages = [await handle.answer(patience_s=30) for handle in handles]

    assert all(message.embeds for message in messages)
