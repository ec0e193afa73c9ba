"""Whose ranks ``/csr`` shows: one's own, a member's, or those of whom one meant."""

from __future__ import annotations

import pytest

from bot.playground.discord import Person
from bot.playground.stage import Playground
from tests.e2e.conftest import MakePerson
from tests.e2e.csr_table import (
    ask,
    complete,
    fields_of,
    resident,
)
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_without_a_link_one_click_links_and_answers(playground: Playground, person: Person):
    message = await ask(playground, person, season="13-1")
    assert message.ephemeral
    assert labels_of(message) == ["Link account", "Look somebody up"]
    player = resident(playground, 1)

    form = await (await person.click(message, "Link account")).modal()
    field = form.components[0]["component"]["custom_id"]
    answer = await complete(await person.submit(form, {field: player.gamertag}))

    assert embed_of(answer)["author"]["name"] == player.gamertag
    assert embed_of(answer)["title"] == "CSR · Season 13-1"
    own = await ask(playground, person)
    assert embed_of(own)["author"]["name"] == player.gamertag


async def test_a_member_is_asked_about_by_mention_and_by_menu(
    playground: Playground, person: Person, make_person: MakePerson
):
    player, other = resident(playground, 2), make_person()
    general = playground.towns.general
    await (await other.slash(general, "link", gamertag=player.gamertag)).answer()

    by_mention = await ask(playground, person, player=other.user.mention)
    by_menu = await complete(await person.use_on_user(general, "Halo: CSR", other.user))
    stranger = await (await person.use_on_user(general, "Halo: CSR", make_person().user)).answer()

    assert embed_of(by_mention)["author"]["name"] == player.gamertag
    assert fields_of(by_menu) == fields_of(by_mention)
    assert stranger.ephemeral
    assert "not linked" in embed_of(stranger)["title"]


async def test_an_unknown_gamertag_gets_suggestions_and_another_try(playground: Playground, person: Person):
    await ask(playground, person, player="Quiet One")
    message = await ask(playground, person, player="Quiet On")
    assert "**Quiet One**" in embed_of(message)["description"]

    form = await (await person.click(message, "Try again")).modal()
    field = form.components[0]["component"]["custom_id"]
    answer = await complete(await person.submit(form, {field: "Quiet One"}))

    assert embed_of(answer)["author"]["name"] == "Quiet One"
