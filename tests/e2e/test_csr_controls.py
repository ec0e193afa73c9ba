"""Turning to other seasons, and what else can be done with a card of ``/csr``."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.discord import ClientRefused, Person
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from tests.e2e.conftest import MakePerson
from tests.e2e.csr_table import (
    HERO,
    ask,
    buttons_of,
    complete,
    fields_of,
    menu_of,
    resident,
)
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_earlier_seasons_are_offered_newest_first_and_shown_as_they_ended(
    playground: Playground, person: Person
):
    general = playground.towns.general
    choices = await (await person.autocomplete(general, "csr", "season", "")).choices()
    some = await (await person.autocomplete(general, "csr", "season", "13-")).choices()

    assert [choice["value"] for choice in choices[:2]] == ["13-2", "13-1"]
    assert choices[-1]["value"] == "1"
    assert choices[0]["name"].startswith("Season 13-2 (")
    assert [choice["value"] for choice in some] == ["13-2", "13-1"]
    message = await ask(playground, person, player=HERO, season="Season 13-1")
    assert embed_of(message)["title"] == "CSR · Season 13-1"
    assert "ended <t:" in embed_of(message)["description"]
    assert fields_of(message)
    assert " to " not in "".join(text.splitlines()[0] for text in fields_of(message).values())


async def test_autocomplete_never_waits_for_halo(playground: Playground, person: Person):
    playground.halo.faults.add(Fault(kind=FaultKind.HANG))

    handle = await person.autocomplete(playground.towns.general, "csr", "season", "13")

    assert [choice["value"] for choice in await handle.choices()] == ["13-2", "13-1"]


async def test_a_season_that_there_is_not_is_told_kindly(playground: Playground, person: Person):
    message = await ask(playground, person, player=HERO, season="**99-9** <@&1>")

    assert message.ephemeral
    assert r"\*\*99-9\*\*" in embed_of(message)["description"]
    assert "13-2" in embed_of(message)["description"]


async def test_the_menu_turns_to_another_season_and_back(playground: Playground, person: Person):
    message = await ask(playground, person, player=HERO)
    menu = menu_of(message)
    assert [option["value"] for option in menu["options"] if option.get("default")] == ["13-2"]

    earlier = await complete(await person.select(message, menu["custom_id"], ["13-1"]))
    assert earlier.id == message.id
    assert embed_of(earlier)["title"] == "CSR · Season 13-1"
    again = await complete(await person.select(earlier, menu_of(earlier)["custom_id"], ["13-2"]))
    assert embed_of(again)["title"] == "CSR · Season 13-2"
    assert fields_of(again) == fields_of(message)


async def test_the_menu_belongs_to_whoever_asked(
    playground: Playground, person: Person, make_person: MakePerson
):
    message = await ask(playground, person, player=HERO)
    before = embed_of(message)

    refusal = await (await make_person().select(message, menu_of(message)["custom_id"], ["13-1"])).answer()

    assert refusal.ephemeral
    assert "belong to whoever asked" in embed_of(refusal)["description"]
    assert embed_of(message) == before


async def test_refresh_brings_a_rank_up_to_date(playground: Playground, person: Person):
    player = resident(playground, 4)
    message = await ask(playground, person, player=player.gamertag)
    before = fields_of(message)["Ranked Arena"]
    playground.halo.end_match(gamertag=player.gamertag, playlist="ranked_arena")
    playground.halo.stage.skill_delay = timedelta()

    fresh = await complete(await person.click(message, "Refresh"))

    assert fresh.id == message.id
    assert fields_of(fresh)["Ranked Arena"] != before


async def test_the_last_match_is_one_press_away(playground: Playground, person: Person):
    message = await ask(playground, person, player=HERO)

    match = await (await person.click(message, "Last match")).answer()

    assert match.id != message.id
    assert embed_of(match)["author"]["name"] == HERO
    assert "Scoreboard" in labels_of(match)


async def test_a_private_answer_can_be_shared(
    playground: Playground, person: Person, make_person: MakePerson
):
    message = await ask(playground, person, player=HERO, private=True)
    assert message.ephemeral
    with pytest.raises(ClientRefused):
        await make_person().click(message, "Refresh")

    shared = await complete(await person.click(message, "Share"))

    assert not shared.ephemeral
    assert fields_of(shared) == fields_of(message)
    assert "Share" not in buttons_of(shared)
