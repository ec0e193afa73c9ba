"""Films, from the manifest over the wire to events that agree with the statistics."""

from collections import Counter

import aiohttp
import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.film.highlight_events import check
from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.stats.film.kill_feed import build_kill_feed, known_teams
from tests.playground.halo.conftest import NOW, Clock, latest
from tests.playground.halo.films import manifest, played, watch

MODES = [
    "ranked_slayer",
    "ctf",
    "oddball",
    "strongholds",
    "koth",
    "ffa",
    "btb_slayer",
    "elimination",
    "infection",
    "extraction",
    "grifball",
    "unheard_of",
]


@pytest.mark.parametrize("mode", MODES)
async def test_a_film_shows_what_the_statistics_count(client: HaloInfiniteClient, world: World, mode: str):
    events, stats = await watch(client, latest(world, mode))

    assert check(events, stats) == []
    assert len(events) > 40
    assert [event.time_ms for event in events] == sorted(event.time_ms for event in events)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_films_of_any_world_agree_with_its_statistics(seed: int, clock: Clock):
    service = HaloService(World(seed, NOW, matches=30), clock=clock)
    tokens = service.credentials
    async with service.running(), aiohttp.ClientSession() as session:
        client = HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=service.origin)
        for plan in service.world.matches_of(service.world.hero.xuid, "matchmaking")[:12]:
            events, stats = await watch(client, plan)
            if plan.mode.key != "firefight":
                assert check(events, stats) == [], plan.mode.key


async def test_kills_of_the_games_own_enemies_are_in_no_film(client: HaloInfiniteClient, world: World):
    events, stats = await watch(client, latest(world, "firefight"))
    differences = check(events, stats)

    counts = Counter(event.event_type for event in events)
    assert (counts["kill"], counts["death"] > 0, counts["medal"] > 0) == (0, True, True)
    assert differences
    assert all(
        "0 of" in line and "kills of" in line and "MULTIPLAYER_FIREFIGHT" in line for line in differences
    )


async def test_bots_are_in_no_film_and_who_they_kill_dies_alone(client: HaloInfiniteClient, world: World):
    plan = latest(world, "slayer", matchmade=False)
    events, stats = await watch(client, plan)
    match = played(world, plan)
    people = {seat.player.xuid for seat in plan.seats if seat.player is not None}
    by_bots = sum(
        plan.seats[kill.victim].player is not None and plan.seats[kill.killer].player is None
        for kill in match.feed
        if kill.victim is not None and kill.killer is not None
    )

    assert len(people) < len(plan.seats)
    assert {event.xuid for event in events} == people
    assert check(events, stats) == []
    unpaired = [entry for entry in build_kill_feed(events, known_teams(stats)) if not entry.is_paired]
    assert sum(entry.killer_xuid is None for entry in unpaired) >= by_bots > 0


@pytest.mark.parametrize("mode", ["ranked_slayer", "ctf", "ffa", "swat"])
async def test_who_killed_whom_can_be_told_from_a_film(client: HaloInfiniteClient, world: World, mode: str):
    plan = latest(world, mode)
    events, stats = await watch(client, plan)
    feed = played(world, plan).feed
    # Two fights within the same few milliseconds cannot be told apart by anybody.
    times = [kill.time_ms for kill in feed]
    clear = [kill for kill in feed if sum(abs(time - kill.time_ms) <= 6 for time in times) == 1]

    def xuid_at(seat: int | None) -> int | None:
        player = None if seat is None else plan.seats[seat].player
        return None if player is None else player.xuid

    told = {
        (entry.killer_xuid, entry.victim_xuid, entry.time_ms)
        for entry in build_kill_feed(events, known_teams(stats))
    }
    starts_ms = min(time for *_, time in told) - times[0]
    assert len(clear) > 0.9 * len(feed)
    for kill in clear:
        pair = (xuid_at(kill.killer), xuid_at(kill.victim))
        later = range(3) if kill.killer is None else range(1)
        assert any((*pair, kill.time_ms + starts_ms + ms) in told for ms in later)


async def test_medals_have_their_names_and_kills_their_medals(client: HaloInfiniteClient, world: World):
    events, stats = await watch(client, latest(world, "ranked_slayer"))
    counted = Counter[str]()
    for player in stats.players:
        for part in player.player_team_stats:
            for medal in part.stats.core_stats.medals:
                counted[medal.name_id.display_name] += medal.count
    filmed = Counter(event.medal_name for event in events if event.is_medal)

    assert filmed == counted
    kills = {(event.xuid, event.time_ms) for event in events if event.event_type == "kill"}
    doubles = [event for event in events if event.medal_name == "Double Kill"]
    assert all(any((event.xuid, event.time_ms + ms) in kills for ms in range(-1, 2)) for event in doubles)


@pytest.mark.parametrize("version", [31, 37, 38, 39, 40, 41, 42])
async def test_every_version_is_read_with_its_gamertags(
    client: HaloInfiniteClient, service: HaloService, world: World, version: int
):
    service.films.rules.version = version
    plan = latest(world, "ranked_slayer")
    events, stats = await watch(client, plan)

    assert (await manifest(client, plan)).custom_data.film_major_version == version
    assert check(events, stats) == []
    assert {(event.xuid, event.gamertag) for event in events} == {
        (seat.player.xuid, seat.player.gamertag) for seat in plan.seats if seat.player is not None
    }
