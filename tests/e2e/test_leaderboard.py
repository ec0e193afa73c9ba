"""``/leaderboard`` as a server uses it: the real bot, the real discord.py, both services on loopback."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from PIL import Image

from bot.playground.discord import Person
from bot.playground.discord.model import Channel, Guild, Json, Message
from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from bot.playground.world.playlists import PLAYLISTS
from bot.stats.csr_seasons import current_season
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Match, Rank, Store
from tests.discord_openapi import assert_valid_requests
from tests.e2e.table import eventually
from tests.e2e.test_lastmatch import embed_of
from tests.store.scenes import WIN, make_line

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARENA, SLAYER = RANKED_PLAYLISTS[:2]
NEWEST = timedelta(hours=1)
MEMBERS = 13
PERFECT = 1512363953


@dataclass(frozen=True)
class Club:
    """A server with linked members: the first one is the best, and the last one has hardly played."""

    guild: Guild
    channel: Channel
    people: Sequence[Person]
    xuids: Sequence[int]


def match_of(xuid: int, at: datetime, kills: int, **changes: Any) -> Match:
    line = make_line(
        xuid, kills=kills, deaths=5, outcome=WIN, shots=100, hits=50, played_ms=600_000, medals={PERFECT: 2}
    )
    given: dict[str, Any] = {
        "playlist_id": ARENA,
        "season_id": None,
        "matchmade": True,
        "pvp": True,
    } | changes
    return Match(match_id=uuid4(), ended_at=at, mode_category=6, ranked=True, lines=(line,), **given)


async def fill(store: Store, guild: Guild, people: Sequence[Person], xuids: Sequence[int]) -> None:
    now = datetime.now(UTC)
    for number, (person, xuid) in enumerate(zip(people, xuids, strict=True)):
        claim = await store.links.claim(person.user.id, xuid, f"Spartan {number}", server_id=guild.id, at=now)
        assert claim.held_by is None
    for place, xuid in enumerate(xuids):
        played = 1 if place == len(xuids) - 1 else 10
        await store.matches.add(
            *(match_of(xuid, now - NEWEST - timedelta(minutes=n), 30 - place) for n in range(played))
        )
    await store.players.refreshed(xuids[:-1], now)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def club(playground: Playground) -> Club:
    state = playground.discord.state
    owner = state.add_user("Owner")
    guild = state.add_guild("Spartan Company", owner)
    channel = state.add_channel(guild, "general")
    people: list[Person] = []
    for number in range(MEMBERS):
        user = state.add_user(f"Member {number}")
        state.join(guild, user)
        people.append(playground.discord.person(user))
    # Halo knows none of them, so that nothing but what is written here is on their board.
    xuids = [2_533_274_999_000_000 + number for number in range(MEMBERS)]
    await fill(playground.bot.resources.store, guild, people, xuids)
    return Club(guild, channel, people, xuids)


def lines_of(message: Message) -> list[str]:
    return [line for line in embed_of(message)["description"].splitlines() if line.startswith("`")]


def title_of(message: Message) -> str:
    return embed_of(message)["title"]


def components(message: Message, kind: int) -> list[Json]:
    return [it for row in message.components for it in row["components"] if it["type"] == kind]


def is_off(message: Message, label: str) -> bool:
    return next(bool(it.get("disabled")) for it in components(message, 2) if it["label"] == label)


def menu(message: Message, number: int) -> Json:
    return components(message, 3)[number]


async def choose(person: Person, message: Message, number: int, value: str) -> Message:
    handle = await person.select(message, menu(message, number)["custom_id"], [value])
    return await handle.answer()


async def ask(channel: Channel, person: Person, **options: object) -> Message:
    return await (await person.slash(channel, "leaderboard", **options)).answer()


async def test_a_member_sees_the_top_ten_and_their_own_place_below(playground: Playground, club: Club):
    last = club.people[-2]

    message = await ask(club.channel, last, metric="kills", window="All time")

    assert title_of(message) == "All matchmaking · Kills"
    lines = lines_of(message)
    assert len(lines) == 11
    assert lines[0].startswith("` 1` `300`")
    assert "▸" in lines[-1]
    assert lines[-1].startswith("`12` `190`")
    text = embed_of(message)["description"]
    assert "13 linked members · all time" in text
    assert "page 1 of 2" in text
    assert "<t:" in text
    (picture,) = message.attachments
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.format == "PNG"
        assert image.width == 900
    assert picture.description is not None
    assert picture.description.startswith("All matchmaking · Kills: 1 ")
    assert not message.ephemeral
    assert_valid_requests(playground.discord.transcript.requests)


async def test_pages_turn_in_place_and_find_the_caller(club: Club):
    person = club.people[-2]
    message = await ask(club.channel, person, metric="Kills", window="a")
    assert is_off(message, "First")
    assert is_off(message, "Previous")

    second = await (await person.click(message, "Next")).answer()
    assert second.id == message.id
    assert lines_of(second)[0].startswith("`11` `200`")
    assert is_off(second, "Next")
    assert is_off(second, "My place")
    first = await (await person.click(second, "First")).answer()
    assert lines_of(first)[0].startswith("` 1` `300`")
    mine = await (await person.click(first, "My place")).answer()
    assert "▸" in lines_of(mine)[1]
    back = await (await person.click(mine, "Previous")).answer()
    assert lines_of(back)[0].startswith("` 1` `300`")


async def test_menus_change_what_counts_which_matches_and_which_playlist(club: Club):
    person = club.people[0]
    message = await ask(club.channel, person, metric="kd", window="a")
    assert title_of(message) == "All matchmaking · K/D"
    assert "1 member has fewer than 10 matches" in embed_of(message)["description"]

    rate = await choose(person, message, 0, "win_rate")
    assert title_of(rate) == "All matchmaking · Win rate"
    assert lines_of(rate)[0].startswith("`=1` `100.00%`")
    week = await choose(person, rate, 2, "w")
    assert "last 7 days" in embed_of(week)["description"]
    arena = menu(week, 1)["options"][1]
    assert arena["label"] == "Ranked Arena"
    filtered = await choose(person, week, 1, arena["value"])
    assert title_of(filtered) == "Ranked Arena · Win rate"
    chosen = [
        option["label"]
        for it in range(3)
        for option in menu(filtered, it)["options"]
        if option.get("default")
    ]
    assert chosen == ["Win rate", "Ranked Arena", "7 days"]
    nothing = await choose(person, filtered, 1, menu(filtered, 1)["options"][2]["value"])
    assert "Nobody here has played 10 matches that count yet." in embed_of(nothing)["description"]


async def test_min_matches_lists_who_lacks_them(club: Club):
    message = await ask(club.channel, club.people[0], metric="Accuracy", window="a", min_matches=11)

    assert all("/ 11`" in line for line in lines_of(message))
    assert "Nobody here has played 11 matches that count yet." in embed_of(message)["description"]


async def test_csr_is_the_default_with_the_change_over_the_last_days(playground: Playground, club: Club):
    resources = playground.bot.resources
    now = datetime.now(UTC)
    season = current_season(await resources.seasons.begun(), now)
    assert season is not None
    for days, rise in ((8, 0), (0, 25)):
        ranks = {
            xuid: Rank(current=1510 - 50 * n + rise, season_max=1600, all_time_max=1700)
            for n, xuid in enumerate(club.xuids[:4])
        }
        await resources.store.snapshots.add(ARENA, season.path, ranks, now - timedelta(days=days))
    person = club.people[5]

    message = await ask(club.channel, person)

    assert title_of(message) == "Ranked Arena · CSR"
    lines = lines_of(message)
    assert lines[0].startswith("`1` `1,535`")
    assert lines[0].endswith("(+25)")
    text = embed_of(message)["description"]
    assert f"season {season.number} · ± over 7 days" in text
    assert "9 members have no rank here yet" in text
    peak = await choose(person, message, 0, "csr_ever")
    assert lines_of(peak)[0].startswith("`=1` `1,700`")
    other = await choose(person, peak, 0, "kills")
    assert title_of(other) == "All matchmaking · Kills"


async def test_a_medal_is_found_while_typing_and_ranked(club: Club):
    person = club.people[0]
    choices = await (await person.autocomplete(club.channel, "leaderboard", "metric", "perfe")).choices()
    medal = next(choice for choice in choices if choice["value"] == f"medal:{PERFECT}")
    assert medal["name"] == "Medal: Perfect"

    message = await ask(club.channel, person, metric=medal["value"], window="a")
    assert title_of(message) == "All matchmaking · Perfect"
    assert lines_of(message)[0].startswith("`=1` `20`")
    kills = await choose(person, message, 0, "kills")
    again = await choose(person, kills, 0, "medal")
    assert title_of(again) == "All matchmaking · Perfect"


async def test_everything_is_suggested_before_anything_is_typed(club: Club):
    person = club.people[0]
    metrics = await (await person.autocomplete(club.channel, "leaderboard", "metric", "")).choices()
    assert [it["name"] for it in metrics[:4]] == ["CSR", "CSR, season peak", "CSR, all-time peak", "Kills"]
    assert len(metrics) == 25
    playlists = await (await person.autocomplete(club.channel, "leaderboard", "playlist", "slay")).choices()
    assert [it["name"] for it in playlists] == ["Ranked Slayer"]
    assert UUID(playlists[0]["value"]) == SLAYER


async def test_playlists_that_members_have_played_are_suggested_and_ranked(
    playground: Playground, club: Club
):
    """Firefight counts only where it is asked for, and is suggested only where somebody plays it."""
    person, towns = club.people[0], playground.towns
    firefight = PLAYLISTS["firefight"].asset_id
    played = match_of(club.xuids[0], datetime.now(UTC), 99, playlist_id=firefight, pvp=False)
    await playground.bot.resources.store.matches.add(played)

    async def suggested(person: Person, channel: Channel) -> list[Json]:
        return await (await person.autocomplete(channel, "leaderboard", "playlist", "firef")).choices()

    async def is_suggested() -> bool:
        return bool(await suggested(person, club.channel))

    await eventually(is_suggested)  # a name is read behind a suggestion: the next key that is pressed has it
    assert await suggested(person, club.channel) == [{"name": "Firefight", "value": str(firefight)}]
    assert await suggested(playground.ada, towns.general) == []

    message = await ask(club.channel, person, metric="kills", playlist="Firefight", window="a")
    assert title_of(message) == "Firefight · Kills"
    assert lines_of(message)[0].endswith("99` ▸ **Spartan 0** · 1 match")
    assert "Firefight" in [it["label"] for it in menu(message, 1)["options"]]
    ranks = await choose(person, message, 0, "csr_ever")
    assert title_of(ranks) == "Firefight · CSR, all-time peak"
    elsewhere = await choose(person, await ask(club.channel, person, metric="kills"), 0, "csr")
    assert "Firefight" not in [it["label"] for it in menu(elsewhere, 1)["options"]]


async def test_names_that_nothing_has_are_answered_with_what_is_like_them(club: Club):
    person = club.people[1]

    wrong = await (await person.slash(club.channel, "leaderboard", metric="Acuracy")).answer()
    assert wrong.ephemeral
    assert "Did you mean **Accuracy**" in embed_of(wrong)["description"]
    playlist = await (await person.slash(club.channel, "leaderboard", playlist="Ranked Slyer")).answer()
    assert "**Ranked Slayer**" in embed_of(playlist)["description"]


async def test_controls_belong_to_whoever_asked(club: Club):
    message = await ask(club.channel, club.people[2], metric="kills", window="a")
    other = club.people[3]

    refused = await (await other.click(message, "Next")).answer()
    assert refused.ephemeral
    assert "belong to whoever asked" in embed_of(refused)["description"]
    handle = await other.select(message, menu(message, 0)["custom_id"], ["kd"])
    assert (await handle.answer()).ephemeral
    assert title_of(message) == "All matchmaking · Kills"


async def test_two_servers_never_see_each_others_members(playground: Playground, club: Club):
    ada, towns = playground.ada, playground.towns

    empty = await ask(towns.general, ada, metric="kills", window="a")

    text = embed_of(empty)["description"]
    assert "Nobody here has linked an account yet." in text
    assert lines_of(empty) == []
    assert "`/link`" in text or "/link" in text
    (picture,) = empty.attachments
    assert picture.description is not None


async def test_a_server_with_only_a_user_install_is_told_why_there_is_no_board(playground: Playground):
    state = playground.discord.state
    guest = state.add_user("Guest")
    state.user_installs.add(guest.id)
    hall = state.add_guild("No Bot Hall", guest, has_bot=False)
    channel = state.add_channel(hall, "lobby")

    message = await (await playground.discord.person(guest).slash(channel, "leaderboard")).answer()

    assert message.ephemeral
    assert title_of(message) == "There is no leaderboard here"


async def test_it_does_not_wait_for_halo(playground: Playground, club: Club):
    playground.halo.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=30))
    person = club.people[4]

    handle = await person.slash(club.channel, "leaderboard", metric="deaths", window="a")
    message = await handle.answer(patience_s=5)

    assert len(lines_of(message)) == 10
    assert "most first" in embed_of(message)["description"]


async def test_equal_requests_share_one_picture(playground: Playground, club: Club):
    state, studio = playground.discord.state, playground.bot.resources.studio
    visitors: list[Person] = []
    for number in range(6):
        user = state.add_user(f"Visitor {number}")
        state.join(club.guild, user)
        visitors.append(playground.discord.person(user))
    # Gamerpics are here after the first look: they would make it another picture.
    await ask(club.channel, visitors[0], metric="assists", window="a")
    coming = playground.bot.resources.gamerpics.ask(club.xuids)
    if coming is not None:
        await coming
    before = studio.drawn

    handles = [await it.slash(club.channel, "leaderboard", metric="matches", window="a") for it in visitors]
    pictures = {(await handle.answer()).attachments[0].content for handle in handles}

    assert len(pictures) == 1
    assert studio.drawn == before + 1


async def test_gamerpics_are_added_once_they_are_there(playground: Playground):
    state, resources = playground.discord.state, playground.bot.resources
    user, world = state.add_user("Collector"), playground.halo.world
    guild = state.add_guild("Portrait Gallery", user)
    channel = state.add_channel(guild, "walls")
    player = world.player("Quiet One")
    assert player is not None
    await resources.store.links.claim(
        user.id, player.xuid, player.gamertag, server_id=guild.id, at=datetime.now(UTC)
    )

    handle = await playground.discord.person(user).slash(channel, "leaderboard", window="a", metric="kills")
    first = (await handle.answer()).attachments[0].content
    fuller = await handle.edited(times=2)

    assert fuller.attachments[0].content != first
    assert list(resources.gamerpics.known([player.xuid])) == [player.xuid]
    assert playground.halo.leaks == []
    await resources.gamerpics.forget([player.xuid])
    assert not resources.gamerpics.known([player.xuid])
