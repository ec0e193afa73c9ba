"""Where films lie, in which version, for how long, and to whom they are shown."""

import zlib
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import FilmNotFoundError, FilmReadError, NotFoundError
from bot.halo.film.api import read_highlight_events
from bot.halo.models.film import Film
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.playground.halo.film_archive import Expiry
from bot.playground.world import World
from bot.playground.world.plan import Lifecycle
from tests.playground.halo.conftest import NOW, Caller, Clock, latest
from tests.playground.halo.films import manifest

BLOBS = "blobs-infiniteugc.svc.halowaypoint.com"
SECOND = 1.0


async def test_older_films_are_of_older_versions(
    client: HaloInfiniteClient, service: HaloService, clock: Clock
):
    service.films.rules.update_every = timedelta(days=1)
    plans = [plan for plan in service.world.all_plans() if plan.lifecycle is not Lifecycle.LOCAL]
    versions = [(await manifest(client, plan)).custom_data.film_major_version for plan in plans]

    assert versions == sorted(versions)
    assert versions[-1] == 41
    assert min(versions) < 41
    service.films.rules.update_every = timedelta(minutes=1)
    assert (await manifest(client, plans[0])).custom_data.film_major_version == 37


async def test_the_storage_is_shown_no_token_and_would_tell(
    client: HaloInfiniteClient, service: HaloService, halo: Caller, world: World
):
    plan = latest(world, "ctf")
    await read_highlight_events(client, plan.match_id)
    assert service.leaks == []
    assert [request.status for request in service.log if request.host == BLOBS] == [200]

    film = await manifest(client, plan)
    url = f"{service.origin}/{(film.highlight_events_url or '').removeprefix('https://')}"
    async with halo.session.get(url, headers=halo.headers) as response:
        assert response.status == 200
    assert {leak.host for leak in service.leaks} == {BLOBS}


async def test_every_chunk_of_the_manifest_is_in_storage_with_its_size(
    client: HaloInfiniteClient, halo: Caller, world: World
):
    plan = latest(world, "oddball")
    film = await manifest(client, plan)
    chunks = [chunk for chunk, _ in film.get_chunks_and_urls()]

    for chunk, url in film.get_chunks_and_urls():
        async with halo.session.get(url.replace("https:/", halo.service.origin, 1)) as response:
            assert (response.status, response.content_type) == (200, "application/octet-stream")
            body = await response.read()
        assert len(body) == chunk.chunk_size
        assert zlib.decompress(body)
    assert [int(chunk.chunk_type) for chunk in chunks] == [1, *[2] * (len(chunks) - 2), 3]
    length = film.custom_data.film_length
    assert length == round((plan.ends_at - plan.starts_at).total_seconds() * 1000)
    assert chunks[-1].chunk_start_time_offset_milliseconds == length
    reels = chunks[1:-1]
    assert all(chunk.duration_milliseconds <= 20_000 for chunk in reels)
    last = reels[-1]
    assert last.chunk_start_time_offset_milliseconds + last.duration_milliseconds == length


async def test_the_same_match_always_has_the_same_film(
    client: HaloInfiniteClient, world: World, clock: Clock
):
    plan = latest(world, "ctf")
    events = await read_highlight_events(client, plan.match_id)
    again = HaloService(World(7, NOW, matches=60), clock=clock)
    tokens = again.credentials
    async with again.running(), aiohttp.ClientSession() as session:
        other = HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=again.origin)
        assert await read_highlight_events(other, plan.match_id) == events
        assert await manifest(other, plan) == await manifest(client, plan)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_film_can_be_gone(
    client: HaloInfiniteClient, service: HaloService, world: World, status: int
):
    plan = latest(world, "ctf")
    service.films.expire(plan.match_id, Expiry(status=404 if status == 404 else 410))

    with pytest.raises(FilmNotFoundError) as gone:
        await read_highlight_events(client, plan.match_id)
    assert isinstance(gone.value.__cause__, NotFoundError)
    assert gone.value.__cause__.status == status
    service.films.restore(plan.match_id)
    assert await read_highlight_events(client, plan.match_id)


async def test_storage_can_forget_a_film_whose_manifest_is_still_there(
    client: HaloInfiniteClient, service: HaloService, world: World
):
    plan = latest(world, "ctf")
    service.films.expire(plan.match_id, Expiry(status=410, keeps_manifest=True))

    assert (await manifest(client, plan)).highlight_events_url
    with pytest.raises(FilmNotFoundError):
        await read_highlight_events(client, plan.match_id)


async def test_a_film_expires_by_itself_after_some_weeks(
    changing_halo: Caller, changing_client: HaloInfiniteClient, clock: Clock
):
    service, client = changing_halo.service, changing_client
    plan = latest(service.world, "ctf")
    clock.now = plan.ends_at + service.films.rules.life
    assert await read_highlight_events(client, plan.match_id)
    film = await manifest(client, plan)

    clock.advance(SECOND)
    with pytest.raises(FilmNotFoundError):
        await read_highlight_events(client, plan.match_id)
    url = (film.highlight_events_url or "").replace("https:/", service.origin, 1)
    async with changing_halo.session.get(url) as response:
        assert response.status == 404


async def test_a_film_has_no_highlights_while_it_is_shot(
    changing_halo: Caller, changing_client: HaloInfiniteClient, clock: Clock
):
    service, client = changing_halo.service, changing_client
    plan = service.end_match()

    def length(film: Film) -> int:
        return film.custom_data.film_length

    whole = round((plan.ends_at - plan.starts_at).total_seconds() * 1000)
    film = await manifest(client, plan)
    assert (film.film_status_bond.name, film.custom_data.has_game_ended) == ("ONGOING", False)
    with pytest.raises(FilmNotFoundError, match="no highlight events"):
        await read_highlight_events(client, plan.match_id)
    clock.now = plan.starts_at + timedelta(seconds=65)
    film = await manifest(client, plan)
    assert (length(film), len(film.custom_data.chunks)) == (65_000, 5)
    clock.now = plan.starts_at - timedelta(seconds=1)
    with pytest.raises(NotFoundError):
        await manifest(client, plan)
    clock.now = plan.ends_at + service.films.rules.delay
    film = await manifest(client, plan)
    assert (film.film_status_bond.name, length(film)) == ("COMPLETE", whole)
    assert await read_highlight_events(client, plan.match_id)


async def test_a_match_on_a_local_network_and_no_match_at_all_have_no_film(
    client: HaloInfiniteClient, halo: Caller, world: World
):
    local = world.matches_of(world.hero.xuid, "local")[0]
    with pytest.raises(FilmNotFoundError):
        await read_highlight_events(client, local.match_id)

    lost = "00000000-0000-4000-8000-000000000001"
    await halo.discovery(f"/hi/films/matches/{lost}/spectate", status=404)
    await halo.discovery("/hi/films/matches/none/spectate", status=400)
    film = await manifest(client, latest(world, "ctf"))
    base = film.blob_storage_path_prefix.removeprefix(f"https://{BLOBS}")
    for path in (
        f"{base}filmChunk999",
        f"{base}filmChunk-1",
        f"{base}else",
        f"/ugcstorage/film/{film.asset_id}/{lost}/filmChunk0",
        f"/ugcstorage/film/{lost}/{lost}/filmChunk0",
    ):
        await halo.get(BLOBS, path, headers={}, status=404)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind=FaultKind.STATUS, host=BLOBS, status=200, body="[]"),
        Fault(kind=FaultKind.INVALID_JSON, host=BLOBS),
    ],
)
async def test_trouble_strikes_films_too(
    client: HaloInfiniteClient, service: HaloService, world: World, fault: Fault
):
    service.faults.add(fault)
    with pytest.raises(FilmReadError):
        await read_highlight_events(client, latest(world, "ctf").match_id)


async def test_films_can_be_made_to_expire_from_another_process(halo: Caller, world: World):
    match_id = latest(world, "ctf").match_id
    control, path = f"{halo.service.origin}/_control/films", f"/hi/films/matches/{match_id}/spectate"

    async def order(method: str, target: str, body: Any = None) -> int:
        async with halo.session.request(method, f"{control}/{target}", json=body) as response:
            return response.status

    assert await order("DELETE", str(match_id)) == 200
    await halo.discovery(path, status=404)
    assert await order("DELETE", str(match_id), {"status": 410}) == 200
    await halo.discovery(path, status=410)
    assert await order("PUT", str(match_id)) == 200
    await halo.discovery(path)
    assert await order("DELETE", str(match_id), {"status": 200}) == 400
    assert await order("DELETE", str(match_id), {"for_ever": True}) == 400
    assert await order("DELETE", "none") == 400
    assert await order("PUT", "none") == 400
    await halo.discovery(path)
