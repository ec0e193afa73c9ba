"""``/lastmatch`` as a member uses it: the real bot, the real discord.py, both services on loopback."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from PIL import Image

from bot.playground.discord import ClientRefused, Person
from bot.playground.discord.model import Json, Message
from bot.playground.stage import Playground
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson

pytestmark = pytest.mark.asyncio(loop_scope="module")


def embed_of(message: Message) -> Json:
    (embed,) = message.embeds
    return embed


def field_of(message: Message, name: str) -> str:
    return next(field["value"] for field in embed_of(message)["fields"] if field["name"] == name)


def labels_of(message: Message) -> list[str]:
    return [button["label"] for row in message.components for button in row["components"]]


async def ask(playground: Playground, person: Person, **options: object) -> Message:
    handle = await person.slash(playground.towns.general, "lastmatch", **options)
    return await handle.answer()


async def test_a_member_sees_the_match_its_numbers_and_medals(playground: Playground, person: Person):
    hero = playground.halo.world.hero
    plan = playground.halo.world.matches_of(hero.xuid)[0]

    message = await ask(playground, person, player=hero.gamertag)

    embed = embed_of(message)
    assert embed["author"]["name"] == hero.gamertag
    assert " on " in embed["title"]
    assert "live" in embed["description"]
    kda = field_of(message, "K / D / A")
    line = playground.halo.world.match(plan.match_id)
    assert line is not None
    assert "KDA **" in kda
    assert Decimal(kda.split("KDA **")[1].rstrip("*").replace("−", "-")).as_tuple().exponent == -2
    (picture,) = message.attachments
    assert picture.description is not None
    assert "medal" in picture.description
    assert Image.open(io.BytesIO(picture.content)).format == "PNG"
    assert labels_of(message) == ["Older", "Newer", "Match", "Scoreboard", "Medals"]
    assert not message.ephemeral


async def test_every_mode_of_the_world_is_answered(playground: Playground, make_person: MakePerson):
    hero = playground.halo.world.hero
    titles: set[str] = set()
    for start in range(0, 25, 5):
        person = make_person()
        for ago in range(start, start + 5):
            message = await ask(playground, person, player=hero.gamertag, ago=ago)
            title = embed_of(message)["title"].split(" · ")[1].split(" on ")[0]
            if title not in titles:
                board = await (await person.click(message, "Scoreboard")).answer()
                assert [a.filename for a in board.attachments] == ["scoreboard.png"]
            titles.add(title)

    assert len(titles) >= 15
    assert_valid_requests(playground.discord.transcript.requests)


async def test_scoreboard_and_medals_turn_in_place(playground: Playground, person: Person):
    hero = playground.halo.world.hero
    message = await ask(playground, person, player=hero.gamertag)

    board = await (await person.click(message, "Scoreboard")).answer()
    assert board.id == message.id
    assert [a.filename for a in board.attachments] == ["scoreboard.png"]
    assert hero.gamertag in embed_of(board)["description"]

    medals = await (await person.click(board, "Medals")).answer()
    assert [a.filename for a in medals.attachments] == ["medals.png"]

    back = await (await person.click(medals, "Match")).answer()
    assert embed_of(back)["title"] == embed_of(message)["title"]


async def test_older_and_newer_step_without_skipping_while_a_match_ends(
    playground: Playground, person: Person
):
    first = await ask(playground, person, player="Old Rope 44")
    first_title = embed_of(first)["description"]

    playground.halo.end_match(gamertag="Old Rope 44")
    older = await (await person.click(first, "Older")).answer()
    assert embed_of(older)["description"] != first_title
    again = await (await person.click(older, "Newer")).answer()
    assert embed_of(again)["description"] == first_title


async def test_stepping_goes_past_the_24th_match(playground: Playground, person: Person):
    hero = playground.halo.world.hero
    message = await ask(playground, person, player=hero.gamertag, ago=24)
    seen = {embed_of(message)["description"]}

    for _ in range(3):
        message = await (await person.click(message, "Older")).answer()
        seen.add(embed_of(message)["description"])

    assert len(seen) == 4


async def test_the_newest_match_has_no_newer_one(playground: Playground, person: Person):
    message = await ask(playground, person, player="Ember Fox 7")

    refusal = await (await person.click(message, "Newer")).follow_up()

    assert refusal.ephemeral
    assert "newest match" in embed_of(refusal)["description"]
    assert not message.deleted


async def test_a_private_answer_can_be_shared(
    playground: Playground, person: Person, make_person: MakePerson
):
    other = make_person()
    message = await ask(playground, person, player="Quiet One", private=True)
    assert message.ephemeral
    assert labels_of(message)[-1] == "Share"
    with pytest.raises(ClientRefused):
        await other.click(message, "Older")

    shared = await (await person.click(message, "Share")).answer()

    assert not shared.ephemeral
    assert shared.id != message.id
    assert embed_of(shared)["title"] == embed_of(message)["title"]
    assert "Share" not in labels_of(shared)


async def test_buttons_belong_to_whoever_asked(
    playground: Playground, person: Person, make_person: MakePerson
):
    message = await ask(playground, person, player="Quiet One")
    before = embed_of(message)

    refusal = await (await make_person().click(message, "Older")).answer()

    assert refusal.ephemeral
    assert "belong to whoever asked" in embed_of(refusal)["description"]
    assert embed_of(message) == before


async def test_the_members_own_look_ups_are_suggested_and_nobody_elses(
    playground: Playground, person: Person, make_person: MakePerson
):
    await ask(playground, person, player="quietone")
    general = playground.towns.general

    own = await (await person.autocomplete(general, "lastmatch", "player", "qui")).choices()
    others = await (await make_person().autocomplete(general, "lastmatch", "player", "qui")).choices()

    assert [choice["value"] for choice in own] == ["Quiet One"]
    assert others == []


async def test_help_lists_the_commands_and_who_runs_the_bot(playground: Playground, person: Person):
    message = await (await person.slash(playground.towns.general, "help")).answer()

    assert message.ephemeral
    text = str(message.embeds)
    assert all(part in text for part in ("/lastmatch", "/help", "You, on this machine", "not affiliated"))


async def test_no_token_goes_where_it_must_not_and_the_rate_is_kept(
    playground: Playground, make_person: MakePerson
):
    for _ in range(3):
        await ask(playground, make_person(), player="Blue Thistle")

    assert playground.halo.leaks == []
    hosts = {entry.host for entry in playground.halo.log if entry.host.endswith(".svc.halowaypoint.com")}
    assert hosts
    assert all(playground.halo.max_starts_in_any_second(host) <= 5 for host in hosts)
