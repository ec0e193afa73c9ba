"""``/csr`` as a member uses it: the real bot, the real discord.py, both services on loopback."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from bot.playground.discord import ClientRefused, Person
from bot.playground.discord.handle import InteractionHandle
from bot.playground.discord.model import Json, Message
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from bot.playground.world.people import Player
from bot.playground.world.playlists import PLAYLISTS
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Rank
from tests.discord_openapi import assert_valid_requests
from tests.e2e.conftest import MakePerson
from tests.e2e.test_lastmatch import embed_of, labels_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERO = "Ember Fox 7"
# The first residents are those that tests ask about by name.
NAMED = 24
STILL = "still asking Halo"
CSRS = "/hi/playlist/*/csrs"


def csrs_of(playlist: UUID) -> str:
    return f"/hi/playlist/{playlist}/csrs"


def asked_about(playground: Playground, xuid: int) -> int:
    """How many requests for ranks named a player; the bot's own looks at linked ones go on meanwhile."""
    log = playground.halo.log
    return sum(fnmatchcase(it.path, f"*{CSRS}") and str(xuid) in it.query for it in log)


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
    """A player with ranks since before the tests began, whom no other test of these asks about."""
    world = playground.halo.world
    season = world.season_at(datetime.now(UTC)).season_id
    ranked = [
        it
        for it in world.people[NAMED:]
        if it.plays and world.ladder.standing("ranked_arena", season, it.xuid, world.began_at)[0].value >= 0
    ]
    return ranked[number]


async def test_a_member_sees_all_ranks_in_words_and_as_a_picture(playground: Playground, person: Person):
    world, hero = playground.halo.world, playground.halo.world.hero
    before = asked_about(playground, hero.xuid)

    message = await ask(playground, person, player=hero.gamertag)

    assert asked_about(playground, hero.xuid) - before == len(RANKED_PLAYLISTS)
    embed, fields = embed_of(message), fields_of(message)
    assert embed["author"]["name"] == hero.gamertag
    assert embed["title"] == "CSR · Season 13-2"
    assert "-# live" in embed["description"]
    season = world.season_at(datetime.now(UTC)).season_id
    for playlist in PLAYLISTS.values():
        if playlist.ranked:
            current, best, all_time = world.ladder.standing(playlist.key, season, hero.xuid)
            if current.value >= 0:
                assert f"**{current.value:,}**" in fields[playlist.name]
                assert f"season peak {best.value:,}" in fields[playlist.name]
                assert f"all-time peak {all_time.value:,}" in fields[playlist.name]
            elif all_time.value < 0 and current.remaining == 5:
                assert playlist.name not in fields
    (picture,) = message.attachments
    assert picture.filename == "csr.png"
    assert "Ranks of Ember Fox 7, Season 13-2" in str(picture.description)
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


async def test_without_a_link_one_click_links_and_answers(playground: Playground, person: Person):
    message = await ask(playground, person, season="13-1")
    assert message.ephemeral
    assert labels_of(message) == ["Link account", "Try again"]
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


async def test_many_who_ask_at_once_are_all_answered_in_full(playground: Playground, make_person: MakePerson):
    names = [resident(playground, number).gamertag for number in range(10, 14)]
    handles = [
        await make_person().slash(playground.towns.general, "csr", player=gamertag) for gamertag in names
    ]

    messages = [await complete(handle) for handle in handles]

    assert [embed_of(message)["author"]["name"] for message in messages] == names
    assert all("-# live" in embed_of(message)["description"] for message in messages)
    assert playground.halo.leaks == []
