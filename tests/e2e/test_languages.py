"""Members of one server, each answered in the language of their own Discord."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.discord import Person
from bot.playground.discord.model import Json
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from bot.words.language import ENGLISH_CODE, LANGUAGES, language_for
from bot.words.phrase import phrase, term
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.test_lastmatch import ask, embed_of, field_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SLASH = 1
SPOKEN = sorted(set(LANGUAGES) - {ENGLISH_CODE})
HERO = "Ember Fox 7"
ENGLISH_WORDS = re.compile(r"\b(the|your|match(es)?|with|dealt|taken|shots|Victory|Defeat|live|min)\b")


def options_of(body: Json) -> Iterator[Json]:
    for option in body.get("options") or []:
        yield option
        yield from options_of(option)


def names_in(bodies: list[Json], code: str) -> list[str]:
    return [body["name_localizations"][code] for body in bodies]


async def test_a_german_and_a_japanese_member_are_answered_side_by_side(
    playground: Playground, make_person: MakePerson
):
    bo, chiyo, ada = make_person("de"), make_person("ja"), make_person()

    german, japanese, english = await asyncio.gather(
        *(ask(playground, person, player=HERO) for person in (bo, chiyo, ada))
    )

    assert labels_of(german) == ["Älter", "Neuer", "Match", "Punktetafel", "Medaillen"]
    assert labels_of(japanese) == ["前の試合", "次の試合", "試合", "スコアボード", "メダル"]
    assert labels_of(english) == ["Older", "Newer", "Match", "Scoreboard", "Medals"]
    assert "verursacht" in field_of(german, "Schaden")
    assert "与えた" in field_of(japanese, "ダメージ")
    assert "dealt" in field_of(english, "Damage")
    assert " auf " in embed_of(german)["title"]
    assert re.match(r"(勝利|敗北|引き分け|途中退出) · ", embed_of(japanese)["title"])
    assert "-# 最新" in embed_of(japanese)["description"]
    assert re.search(r"\d+分\d+秒", embed_of(japanese)["description"])
    pictures = [message.attachments[0] for message in (german, japanese, english)]
    assert len({picture.content for picture in pictures}) == 3
    assert "Medaille" in str(pictures[0].description)
    assert "メダル" in str(pictures[1].description)
    assert embed_of(german)["author"] == embed_of(english)["author"]
    assert_valid_requests(playground.discord.transcript.requests)


@pytest.mark.parametrize("code", SPOKEN)
async def test_every_face_and_button_is_in_the_members_language(
    playground: Playground, make_person: MakePerson, code: str
):
    person, language = make_person(code), language_for(code)
    message = await ask(playground, person, player=HERO, private=True)
    assert language.say(term("button", "Share")) in labels_of(message)

    for label, alt in (("Scoreboard", r"Scoreboard of"), ("Medals", r"\bmedals?:")):
        message = await (await person.click(message, language.say(term("button", label)))).answer()
        assert not re.search(alt, str(message.attachments[0].description))
        assert not ENGLISH_WORDS.search(re.sub(r"\*\(|\)\*", " ", embed_of(message)["title"]))
    refusal = await (await person.click(message, language.say(term("button", "Newer")))).follow_up()
    assert embed_of(refusal)["title"] == language.say(phrase("That was all"))


async def test_a_shared_match_is_in_the_language_of_whoever_shares(
    playground: Playground, make_person: MakePerson
):
    person = make_person("fr")
    message = await ask(playground, person, player=HERO, private=True)

    shared = await (await person.click(message, "Partager")).answer()

    assert not shared.ephemeral
    assert " sur " in embed_of(shared)["title"]


async def test_others_are_refused_in_their_own_language(playground: Playground, make_person: MakePerson):
    message = await ask(playground, make_person("de"), player=HERO)

    refusal = await (await make_person("ja").click(message, "Älter")).answer()

    assert "自分" in embed_of(refusal)["description"]


async def test_a_failure_its_button_and_the_form_are_translated(
    playground: Playground, make_person: MakePerson
):
    person = make_person("de")
    message = await ask(playground, person)

    assert message.ephemeral
    assert "`spieler:Ember Fox 7`" in embed_of(message)["description"]
    assert "Konto verknüpfen" in labels_of(message)
    modal = await (await person.click(message, "Jemanden nachschlagen")).modal()
    assert modal.title == "Welcher Spieler?"
    (label,) = modal.components
    assert label["label"] == "Gamertag oder XUID"
    answer = await (await person.submit(modal, {label["component"]["custom_id"]: HERO})).answer()
    assert " auf " in embed_of(answer)["title"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("de", "braucht seinen Betreiber"), ("ja", "運営者の対応"), ("pt-BR", "precisa do operador")],
)
async def test_what_the_operator_has_to_mend_is_told_in_the_language(
    playground: Playground, make_person: MakePerson, code: str, words: str
):
    person = make_person(code)
    playground.halo.faults.add(
        Fault(kind=FaultKind.STATUS, status=401, host="halostats.svc.halowaypoint.com")
    )

    message = await ask(playground, person, player=HERO)

    assert words in embed_of(message)["description"]


async def test_trouble_with_halo_is_told_in_the_language(playground: Playground, make_person: MakePerson):
    person = make_person("es-419")
    playground.halo.faults.add(Fault(kind=FaultKind.STATUS, status=503))

    message = await ask(playground, person, player="Tin Marshal")

    assert "problemas" in embed_of(message)["title"]
    assert labels_of(message) == ["Reintentar"]


async def test_help_names_the_commands_as_the_members_discord_does(
    playground: Playground, make_person: MakePerson
):
    message = await (await make_person("ja").slash(playground.towns.general, "help")).answer()

    assert "`プレイヤー` " in field_of(message, "/前回の試合")
    assert field_of(message, "/ヘルプ")
    assert "非公開" in field_of(message, "/前回の試合")


async def test_the_registered_commands_are_in_every_language_and_as_discord_takes_them(
    playground: Playground, person: Person
):
    bodies = [command.body for command in person.commands(playground.towns.general)]

    for code in SPOKEN:
        assert len(set(names_in(bodies, code))) == len(bodies)
        for body in bodies:
            if body["type"] != SLASH:
                assert 1 <= len(body["name_localizations"][code]) <= 32
                continue
            options = list(options_of(body))
            assert len(set(names_in(options, code))) == len(options)
            for entry in (body, *options):
                assert 1 <= len(entry["description_localizations"][code]) <= 100
                assert entry["description_localizations"][code] != entry["description"]
                assert re.fullmatch(r"[-_'\w]{1,32}", entry["name_localizations"][code])
            for choice in _choices(options):
                assert 1 <= len(choice["name_localizations"][code]) <= 100
    assert_valid_requests(playground.discord.transcript.requests)


def _choices(options: list[Json]) -> list[dict[str, Any]]:
    return [choice for option in options for choice in option.get("choices") or []]
