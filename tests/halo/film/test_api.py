"""From a match id over the wire to events."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import stamina
from aiohttp import ClientSession, web

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import (
    AuthenticationError,
    FilmNotFoundError,
    FilmReadError,
    NotFoundError,
    PayloadError,
    ServiceError,
)
from bot.halo.film.api import read_highlight_events
from tests.halo.film.films import ALICE, BOB, death, film, kill

MATCH = "9e3b9529-4dd9-47b0-9669-1f589b9daaf0"
BLOBS = "https://blobs-infiniteugc.svc.halowaypoint.com/ugcstorage/film/a/b/"
FIGHT = [kill(ALICE, 40_000), death(BOB, 40_001)]


class Storage:
    """Halo's discovery service and the public storage behind it, on one loopback port."""

    def __init__(self) -> None:
        self.origin = ""
        self.requests: list[web.Request] = []
        self.chunks: list[web.Response] = []
        self.manifest: dict[str, Any] = manifest()
        self.manifest_status = 200

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        if request.path.endswith("/spectate"):
            return web.json_response(self.manifest, status=self.manifest_status)
        return self.chunks.pop(0)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


def manifest(prefix: str = BLOBS, version: int = 41, chunk_type: int = 3) -> dict[str, Any]:
    chunks = [
        {"Index": 0, "FileRelativePath": "/filmChunk0", "ChunkType": 1},
        {"Index": 7, "FileRelativePath": "/filmChunk7", "ChunkType": chunk_type},
    ]
    return {
        "FilmStatusBond": 1,
        "CustomData": {"Chunks": chunks, "FilmMajorVersion": version},
        "BlobStoragePathPrefix": prefix,
        "AssetId": MATCH,
    }


@pytest.fixture
async def storage() -> AsyncIterator[Storage]:
    storage = Storage()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", storage.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    storage.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield storage
    await runner.cleanup()


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[HaloInfiniteClient]:
    async with ClientSession() as session:
        with stamina.set_testing(testing=True, attempts=2):
            yield HaloInfiniteClient(session, "SPARTAN", "CLEARANCE", 1000, origin=storage.origin)


@pytest.mark.parametrize("version", [31, 40, 99])
async def test_the_highlight_chunk_of_the_match_is_fetched_and_read(
    storage: Storage, client: HaloInfiniteClient, version: int
) -> None:
    storage.manifest = manifest(version=version)
    storage.chunks = [web.Response(body=film(FIGHT, version))]

    assert await read_highlight_events(client, MATCH) == FIGHT
    assert storage.paths == [
        f"/discovery-infiniteugc.svc.halowaypoint.com/hi/films/matches/{MATCH}/spectate",
        "/blobs-infiniteugc.svc.halowaypoint.com/ugcstorage/film/a/b/filmChunk7",
    ]


async def test_the_storage_is_given_no_token(storage: Storage, client: HaloInfiniteClient) -> None:
    storage.chunks = [web.Response(body=film(FIGHT))]

    await read_highlight_events(client, MATCH)

    asked, downloaded = (str(dict(request.headers)) for request in storage.requests)
    assert "SPARTAN" in asked
    assert "CLEARANCE" in asked
    assert "SPARTAN" not in downloaded
    assert "CLEARANCE" not in downloaded


async def test_given_gamertags_are_joined_by_xuid(storage: Storage, client: HaloInfiniteClient) -> None:
    storage.chunks = [web.Response(body=film(FIGHT))]

    events = await read_highlight_events(client, MATCH, gamertags={ALICE: "A", BOB: "B"})

    assert [event.gamertag for event in events] == ["A", "B"]


async def test_a_download_that_fails_at_first_is_tried_again(
    storage: Storage, client: HaloInfiniteClient
) -> None:
    storage.chunks = [web.Response(status=503), web.Response(body=film(FIGHT))]

    assert await read_highlight_events(client, MATCH) == FIGHT


@pytest.mark.parametrize("status", [404, 410])
async def test_a_match_without_a_film_says_so(
    storage: Storage, client: HaloInfiniteClient, status: int
) -> None:
    storage.manifest_status = status

    with pytest.raises(FilmNotFoundError) as caught:
        await read_highlight_events(client, MATCH)
    assert isinstance(caught.value.__cause__, NotFoundError)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_film_whose_chunk_has_expired_says_so(
    storage: Storage, client: HaloInfiniteClient, status: int
) -> None:
    storage.chunks = [web.Response(status=status)]

    with pytest.raises(FilmNotFoundError):
        await read_highlight_events(client, MATCH)


async def test_a_film_without_highlight_events_says_so(storage: Storage, client: HaloInfiniteClient) -> None:
    storage.manifest = manifest(chunk_type=2)

    with pytest.raises(FilmNotFoundError, match="no highlight events"):
        await read_highlight_events(client, MATCH)


@pytest.mark.parametrize("body", [b"\x00\x01", film(FIGHT)[:-9], zlib.compress(b"\x00" * 33 * 2**20)])
async def test_a_broken_film_is_an_error_of_its_own(
    storage: Storage, client: HaloInfiniteClient, body: bytes
) -> None:
    storage.chunks = [web.Response(body=body)]

    with pytest.raises(FilmReadError) as caught:
        await read_highlight_events(client, MATCH)
    assert not isinstance(caught.value, FilmNotFoundError)


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "relative/",
        "file:///etc/",
        "https://[broken/",
        "https://user:word@blobs.test/",
        "https://halostats.svc.halowaypoint.com/",
        "https://SETTINGS.svc.halowaypoint.com:443/",
    ],
)
async def test_nothing_is_downloaded_from_an_address_that_is_not_public(
    storage: Storage, client: HaloInfiniteClient, prefix: str
) -> None:
    storage.manifest = manifest(prefix)

    with pytest.raises(FilmReadError, match="public address"):
        await read_highlight_events(client, MATCH)
    assert len(storage.requests) == 1


async def test_other_failures_stay_what_they_are(storage: Storage, client: HaloInfiniteClient) -> None:
    storage.manifest_status = 401
    with pytest.raises(AuthenticationError):
        await read_highlight_events(client, MATCH)

    storage.manifest_status = 200
    storage.chunks = [web.Response(status=500) for _ in range(9)]
    with pytest.raises(ServiceError):
        await read_highlight_events(client, MATCH)


async def test_a_body_beyond_all_measure_is_given_up(storage: Storage, client: HaloInfiniteClient) -> None:
    storage.chunks = [web.Response(body=bytes(33 * 2**20)) for _ in range(9)]

    with pytest.raises(PayloadError, match="larger than any answer"):
        await read_highlight_events(client, MATCH)
