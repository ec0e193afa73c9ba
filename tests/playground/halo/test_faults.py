"""Every kind of trouble strikes where, how and as often as it was ordered."""

import asyncio
import base64
import json

import aiohttp
import pytest

from bot.playground.halo import Fault, FaultBook, FaultKind, HaloService
from bot.playground.world import World
from tests.playground.halo.conftest import Caller

STATS = "halostats.svc.halowaypoint.com"


@pytest.fixture
def path(world: World) -> str:
    return f"/hi/players/xuid({world.hero.xuid})/matches/count"


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503, 526])
async def test_a_status_for_a_number_of_requests(halo: Caller, service: HaloService, path: str, status: int):
    service.faults.add(Fault(kind=FaultKind.STATUS, status=status, times=2))

    seen: list[int] = []
    for _ in range(3):
        async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
            seen.append(response.status)
            await response.read()

    assert seen == [status, status, 200]
    assert [entry.status for entry in service.log] == seen


async def test_retry_after_comes_only_when_ordered(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.STATUS, status=429, retry_after_s=2, times=1))
    service.faults.add(Fault(kind=FaultKind.STATUS, status=429, times=1))

    waits: list[str | None] = []
    for _ in range(2):
        async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
            waits.append(response.headers.get("Retry-After"))

    assert waits == ["2", None]


async def test_trouble_stays_where_it_was_ordered_until_cleared(
    halo: Caller, service: HaloService, path: str
):
    service.faults.add(Fault(kind=FaultKind.STATUS, host="skill.*", path="*"))
    number = service.faults.add(Fault(kind=FaultKind.STATUS, host="halostats.*", path="*/count"))

    await halo.stats(path, status=503)
    await halo.stats(path.removesuffix("/count"))
    service.faults.remove(number)
    await halo.stats(path)
    service.faults.clear()
    assert service.faults.standing() == {}


async def test_latency_goes_with_other_trouble(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=0.05, jitter_s=0.01))
    service.faults.add(Fault(kind=FaultKind.STATUS, times=1))
    loop = asyncio.get_running_loop()

    before = loop.time()
    await halo.stats(path, status=503)
    assert loop.time() - before >= 0.05
    await halo.stats(path)


async def test_a_truncated_body_breaks_off(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.TRUNCATED))

    with pytest.raises(aiohttp.ClientPayloadError):
        await halo.stats(path)


async def test_invalid_json_is_complete_and_wrong(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.INVALID_JSON))

    with pytest.raises(json.JSONDecodeError):
        await halo.stats(path)


async def test_a_page_instead_of_json_could_even_be_cached(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.HTML))

    async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "max-age" in response.headers["Cache-Control"]
        await response.read()


async def test_a_reset_connection_answers_nothing(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.RESET))

    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await halo.stats(path)


async def test_a_dripping_body_arrives_whole_in_the_end(halo: Caller, service: HaloService, path: str):
    whole = await halo.stats(path)
    service.faults.add(Fault(kind=FaultKind.DRIP, delay_s=0.08))
    loop = asyncio.get_running_loop()

    before = loop.time()
    assert await halo.stats(path) == whole
    assert loop.time() - before >= 0.08


async def test_a_hanging_request_ends_with_the_callers_patience(
    halo: Caller, service: HaloService, path: str
):
    service.faults.add(Fault(kind=FaultKind.HANG))

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await halo.stats(path)


async def test_a_service_that_hangs_still_shuts_down(world: World, path: str):
    reached = asyncio.Event()

    def monotonic() -> float:
        reached.set()
        return 0.0

    service = HaloService(world, monotonic=monotonic)
    service.faults.add(Fault(kind=FaultKind.HANG))
    async with aiohttp.ClientSession() as session:
        halo = Caller(service, session)
        async with service.running():
            waiting = asyncio.create_task(halo.stats(path, status=503))
            await reached.wait()
        await waiting


async def test_a_redirect_leads_tokens_to_a_host_that_must_not_see_them(
    halo: Caller, service: HaloService, path: str
):
    service.faults.add(
        Fault(
            kind=FaultKind.REDIRECT, host=STATS, location="//blobs-infiniteugc.svc.halowaypoint.com/anything"
        )
    )

    await halo.stats(path, status=404)

    assert {leak.host for leak in service.leaks} == {"blobs-infiniteugc.svc.halowaypoint.com"}
    assert {leak.header.lower() for leak in service.leaks} == {"x-343-authorization-spartan", "343-clearance"}


def test_a_book_takes_each_order_in_turn():
    book = FaultBook()
    slow = Fault(kind=FaultKind.LATENCY, delay_s=1)
    first, second = Fault(kind=FaultKind.HTML, times=1), Fault(kind=FaultKind.RESET, times=1)
    for fault in (first, second, slow):
        book.add(fault)

    assert [book.take("a", "/") for _ in range(3)] == [[first, slow], [second, slow], [slow]]


async def test_trouble_can_be_ordered_from_another_process(changing_halo: Caller, path: str):
    halo, service = changing_halo, changing_halo.service
    control = f"{service.origin}/_control"
    async with halo.session.post(
        f"{control}/faults", json={"kind": "status", "status": 500, "times": 1}
    ) as response:
        assert response.status == 201
    async with halo.session.post(f"{control}/faults", json={"kind": "earthquake"}) as response:
        assert response.status == 400
    await halo.stats(path, status=500)
    async with halo.session.post(
        f"{control}/matches", json={"gamertag": "Quiet One", "mode": "ctf"}
    ) as response:
        ended = (await response.json())["match_id"]
    async with halo.session.get(f"{control}/log") as response:
        log = await response.json()

    assert service.world.matches_of(service.world.people[1].xuid)[0].match_id.hex == ended.replace("-", "")
    assert [entry["status"] for entry in log["requests"]] == [500]


async def test_a_held_request_is_answered_once_the_order_is_taken_back(
    halo: Caller, service: HaloService, path: str
):
    number = service.faults.add(Fault(kind=FaultKind.HOLD, path=path))
    waiting = asyncio.create_task(halo.stats(path))
    await service.log.arrived(STATS + path)
    await halo.profile("/users/me")
    assert not waiting.done()

    service.faults.remove(number)
    assert await waiting == await halo.stats(path)


async def test_a_service_shuts_down_though_a_request_is_held(world: World, path: str):
    service = HaloService(world)
    service.faults.add(Fault(kind=FaultKind.HOLD))
    async with aiohttp.ClientSession() as session:
        halo = Caller(service, session)
        async with service.running():
            waiting = asyncio.create_task(halo.stats(path))
            await service.log.arrived()
        await waiting


@pytest.mark.parametrize(("body", "kind"), [('{"a": 1}', "application/json"), ("<p>Sorry", "text/html")])
async def test_a_status_can_come_with_any_body(
    halo: Caller, service: HaloService, path: str, body: str, kind: str
):
    service.faults.add(Fault(kind=FaultKind.STATUS, status=409, body=body))

    async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
        assert (response.status, response.content_type, await response.text()) == (409, kind, body)


async def test_a_body_can_be_any_bytes(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.STATUS, status=200, body=b"\x00\xff"))

    async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
        assert (response.content_type, await response.read()) == ("application/octet-stream", b"\x00\xff")
    async with halo.session.get(f"{service.origin}/_control/faults") as response:
        (listed,) = (await response.json()).values()
    assert base64.b64decode(listed["body"]) == b"\x00\xff"


async def test_headers_of_one_s_own_come_instead_of_the_others(halo: Caller, service: HaloService, path: str):
    headers = {"content-type": "text/plain", "Cache-Control": "no-store", "Set-Cookie": "a=1"}
    for body in ("{}", None):
        service.faults.add(Fault(kind=FaultKind.STATUS, body=body, headers=headers, times=1))

        async with halo.session.get(halo.url(STATS, path), headers=halo.headers) as response:
            assert {name: response.headers.getall(name) for name in headers} == {
                name: [value] for name, value in headers.items()
            }


async def test_trouble_can_be_ordered_for_some_queries(halo: Caller, service: HaloService, world: World):
    page = f"/hi/players/xuid({world.hero.xuid})/matches?count=1&start="
    service.faults.add(Fault(kind=FaultKind.STATUS, query="*start=2*"))

    await halo.stats(f"{page}1")
    await halo.stats(f"{page}25", status=503)
    await halo.stats(page.partition("?")[0])


async def test_a_garbled_answer_is_no_http(halo: Caller, service: HaloService, path: str):
    service.faults.add(Fault(kind=FaultKind.GARBLED))

    with pytest.raises(aiohttp.ClientResponseError, match="Content-Length"):
        await halo.stats(path)


@pytest.mark.parametrize(
    "order",
    [
        {"kind": "status", "status": "x"},
        {"kind": "status", "headers": {"A": "1\r\nB: 2"}},
        {"kind": "status", "headers": {"A: 1\r\nB": "2"}},
        {"kind": "status", "location": "/\r\nB: 2"},
        {"kind": "status", "status": 99},
        {"kind": "latency", "delay_s": -1},
        {"kind": "status", "unknown": 1},
        {"kind": "latency", "delay_s": float("nan")},
        {},
        [],
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(halo: Caller, service: HaloService, order: object):
    async with halo.session.post(f"{service.origin}/_control/faults", json=order) as response:
        assert response.status == 400
    assert service.faults.standing() == {}


async def test_one_order_is_taken_back_from_another_process(halo: Caller, service: HaloService):
    control = f"{service.origin}/_control/faults"
    kept = service.faults.add(Fault(kind=FaultKind.HTML))
    number = service.faults.add(Fault(kind=FaultKind.RESET))
    async with halo.session.delete(f"{control}/{number}") as response:
        assert response.status == 200

    assert list(service.faults.standing()) == [kept]
