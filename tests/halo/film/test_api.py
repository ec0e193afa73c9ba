"""From a match id over the wire to events."""

from __future__ import annotations

import asyncio
import threading
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import pytest
import stamina
from aiohttp import ClientSession

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
from bot.playground.halo import Credentials, HaloService
from bot.playground.halo.film_archive import Expiry
from tests.halo.film.films import ALICE, BOB, death, film, kill
from tests.halo.orders import answer

PATIENCE_S = 30
DISCOVERY, STORAGE = (f"{name}-infiniteugc.svc.halowaypoint.com" for name in ("discovery", "blobs"))
CHUNK = "/ugcstorage/film/*"
FIGHT = [kill(ALICE, 40_000), death(BOB, 40_001)]


@pytest.fixture
def match_ids(service: HaloService) -> list[UUID]:
    """Matches that have a film."""
    world = service.world
    return [plan.match_id for plan in world.matches_of(world.hero.xuid, "matchmaking")]


@pytest.fixture
def match_id(match_ids: list[UUID]) -> UUID:
    return match_ids[0]


@pytest.fixture
async def client(service: HaloService) -> AsyncIterator[HaloInfiniteClient]:
    tokens = service.credentials
    async with ClientSession() as session:
        with stamina.set_testing(testing=True, attempts=2):
            yield HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=service.origin)


def names_storage(service: HaloService, prefix: str) -> None:
    """Let the film's manifest say that the film lies there, in two chunks that are not numbered in order."""
    chunks = [
        {"Index": 0, "FileRelativePath": "/filmChunk0", "ChunkType": 1},
        {"Index": 7, "FileRelativePath": "/filmChunk7", "ChunkType": 3},
    ]
    manifest = {
        "FilmStatusBond": 1,
        "CustomData": {"Chunks": chunks, "FilmMajorVersion": 41},
        "BlobStoragePathPrefix": prefix,
        "AssetId": "9e3b9529-4dd9-47b0-9669-1f589b9daaf0",
    }
    answer(service, manifest, path="*/spectate")


@pytest.mark.parametrize("version", [31, 40, 99])
async def test_the_highlight_chunk_of_the_match_is_fetched_and_read(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID, version: int
) -> None:
    service.films.rules.version = version
    answer(service, film(FIGHT, version), path=CHUNK)

    assert await read_highlight_events(client, match_id) == FIGHT
    shot = service.films.find(match_id)
    chunk = f"filmChunk{len(shot.chunks) - 1}"
    assert service.log.targets() == [
        f"{DISCOVERY}/hi/films/matches/{match_id}/spectate",
        f"{STORAGE}/ugcstorage/film/{shot.asset_id}/{shot.session_id}/{chunk}",
    ]


async def test_a_chunk_lies_where_the_manifest_says(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    names_storage(service, "https://films.example/a/b/")
    answer(service, film(FIGHT), path="/a/b/filmChunk7")

    assert await read_highlight_events(client, match_id) == FIGHT
    assert service.log.targets()[1:] == ["films.example/a/b/filmChunk7"]


async def test_the_storage_is_given_no_token(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    await read_highlight_events(client, match_id)

    asked, downloaded = (str(dict(request.headers)) for request in service.log)
    assert service.credentials.spartan in asked
    assert service.credentials.clearance in asked
    assert "SECRET" not in downloaded
    assert service.leaks == []


async def test_given_gamertags_are_joined_by_xuid(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    answer(service, film(FIGHT), path=CHUNK)

    events = await read_highlight_events(client, match_id, gamertags={ALICE: "A", BOB: "B"})

    assert [event.gamertag for event in events] == ["A", "B"]


class Turn(asyncio.Lock):
    """A client's turn that tells when somebody has to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_awaited = asyncio.Event()

    async def acquire(self) -> Literal[True]:
        if self.locked():
            self.is_awaited.set()
        return await super().acquire()


class Pausing(dict[int, str]):
    """Gamertags that stop whoever reads with them until they may go on."""

    def __init__(self) -> None:
        super().__init__({0: "Nobody"})
        self.is_asked = threading.Event()
        self.may_go_on = threading.Event()

    def get(self, key: int, default: Any = None) -> Any:
        self.is_asked.set()
        assert self.may_go_on.wait(PATIENCE_S)
        return default


async def test_films_are_read_one_after_the_other(client: HaloInfiniteClient, match_ids: list[UUID]) -> None:
    turn = client._film_turn = Turn()
    first, second = Pausing(), Pausing()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(read_highlight_events(client, match_ids[0], gamertags=first))
        assert await asyncio.to_thread(first.is_asked.wait, PATIENCE_S)
        tasks.create_task(read_highlight_events(client.with_options(), match_ids[1], gamertags=second))
        at_work = tasks.create_task(asyncio.to_thread(second.is_asked.wait, PATIENCE_S))
        waiting = tasks.create_task(turn.is_awaited.wait())

        await asyncio.wait({at_work, waiting}, return_when=asyncio.FIRST_COMPLETED)

        was_read_meanwhile = second.is_asked.is_set()
        first.may_go_on.set()
        second.may_go_on.set()
        turn.is_awaited.set()
    assert not was_read_meanwhile
    assert second.is_asked.is_set()


async def test_a_download_that_fails_at_first_is_tried_again(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    answer(service, "", 503, path=CHUNK, times=1)
    answer(service, film(FIGHT), path=CHUNK)

    assert await read_highlight_events(client, match_id) == FIGHT


@pytest.mark.parametrize("status", [404, 410])
async def test_a_match_without_a_film_says_so(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID, status: Literal[404, 410]
) -> None:
    service.films.expire(match_id, Expiry(status=status))

    with pytest.raises(FilmNotFoundError) as caught:
        await read_highlight_events(client, match_id)
    assert isinstance(caught.value.__cause__, NotFoundError)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_film_whose_chunk_has_expired_says_so(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID, status: Literal[404, 410]
) -> None:
    service.films.expire(match_id, Expiry(status=status, keeps_manifest=True))

    with pytest.raises(FilmNotFoundError):
        await read_highlight_events(client, match_id)


async def test_a_film_without_highlight_events_says_so(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    service.films.rules.delay = timedelta(weeks=9)

    with pytest.raises(FilmNotFoundError, match="no highlight events"):
        await read_highlight_events(client, match_id)


@pytest.mark.parametrize("body", [b"\x00\x01", film(FIGHT)[:-9], zlib.compress(b"\x00" * 33 * 2**20)])
async def test_a_broken_film_is_an_error_of_its_own(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID, body: bytes
) -> None:
    answer(service, body, path=CHUNK)

    with pytest.raises(FilmReadError) as caught:
        await read_highlight_events(client, match_id)
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
    service: HaloService, client: HaloInfiniteClient, match_id: UUID, prefix: str
) -> None:
    names_storage(service, prefix)

    with pytest.raises(FilmReadError, match="public address"):
        await read_highlight_events(client, match_id)
    assert len(service.log) == 1


async def test_other_failures_stay_what_they_are(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    tokens = service.credentials
    service.credentials = Credentials(spartan="another", clearance="another")
    with pytest.raises(AuthenticationError):
        await read_highlight_events(client, match_id)

    service.credentials = tokens
    answer(service, "", 500, path=CHUNK)
    with pytest.raises(ServiceError):
        await read_highlight_events(client, match_id)


async def test_a_body_beyond_all_measure_is_given_up(
    service: HaloService, client: HaloInfiniteClient, match_id: UUID
) -> None:
    answer(service, bytes(33 * 2**20), path=CHUNK)

    with pytest.raises(PayloadError, match="larger than any answer"):
        await read_highlight_events(client, match_id)
