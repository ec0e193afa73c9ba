"""Tokens are wanted on Halo's hosts and seen nowhere else; requests are counted; rates can be kept."""

import pytest
from yarl import URL

from bot.playground.halo import Credentials, HaloService
from bot.playground.halo.gate import CREDENTIAL_HOSTS
from bot.playground.halo.request_log import LoggedRequest, RequestLog
from bot.playground.world import World
from tests.playground.halo.conftest import Caller, Clock

STATS = "halostats.svc.halowaypoint.com"


@pytest.mark.parametrize("host", sorted(CREDENTIAL_HOSTS))
@pytest.mark.parametrize("missing", ["x-343-authorization-spartan", "343-clearance"])
async def test_a_halo_host_wants_both_tokens(halo: Caller, host: str, missing: str):
    del halo.headers[missing]

    await halo.get(host, "/hi/anything", status=401)


async def test_expired_tokens_are_a_401_until_new_ones_are_shown(halo: Caller, service: HaloService):
    service.credentials = Credentials(spartan="another", clearance="too")
    await halo.profile("/users/me", status=401)

    halo.headers = {"x-343-authorization-spartan": "another", "343-clearance": "too"}
    await halo.profile("/users/me")


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("blobs-infiniteugc.svc.halowaypoint.com", "/film"),
        ("www.halowaypoint.com", "/images/halo-infinite/csr/onyx_1.png"),
        ("images-eds-ssl.xboxlive.com", "/image"),
        ("login.live.com", "/oauth20_token.srf"),
        ("settings.svc.halowaypoint.com", "/spartan-token"),
    ],
)
async def test_a_token_on_any_other_host_is_a_leak(halo: Caller, service: HaloService, host: str, path: str):
    async with halo.session.get(halo.url(host, path), headers=halo.headers) as response:
        await response.read()

    assert [leak.header.lower() for leak in service.leaks] == ["x-343-authorization-spartan", "343-clearance"]
    assert all(leak.host == host for leak in service.leaks)
    assert service.credentials.spartan not in repr(service.leaks)


async def test_a_token_under_another_name_is_a_leak_too(halo: Caller, service: HaloService):
    headers = {"Authorization": f"Bearer {service.credentials.spartan}"}
    async with halo.session.get(halo.url("www.halowaypoint.com", "/"), headers=headers) as response:
        await response.read()

    async with halo.session.get(
        halo.url("www.halowaypoint.com", f"/?t={service.credentials.clearance}")
    ) as response:
        await response.read()

    assert [leak.header for leak in service.leaks] == ["Authorization", "query"]


async def test_every_request_is_logged(halo: Caller, service: HaloService, world: World):
    await halo.stats(f"/hi/players/gt({world.hero.gamertag})/matches?count=1")
    await halo.profile("/users/xuid(1)", status=400)

    first, second = service.log
    assert (first.host, first.method, first.query, first.status) == (STATS, "GET", "count=1", 200)
    assert first.path == "/hi/players/gt(Ember Fox 7)/matches"
    assert second.status == 400
    assert len(service.starts(STATS)) == 1
    assert len(service.starts()) == 2


async def test_a_request_is_logged_to_the_letter_and_with_all_its_headers(halo: Caller, service: HaloService):
    url = URL(halo.url(STATS, "/hi/players/A%2Fb%20c/matches?x=%26+1"), encoded=True)
    headers = [*halo.headers.items(), ("X-Own", "1"), ("X-Own", "2")]
    async with halo.session.get(url, headers=headers) as response:
        await response.read()

    (request,) = service.log
    assert request.address == f"{STATS}/hi/players/A%2Fb%20c/matches?x=%26+1"
    assert (request.path, request.query) == ("/hi/players/A/b c/matches", "x=%26 1")
    assert request.headers["x-own"] == "1, 2"


@pytest.mark.parametrize(
    ("starts", "most"), [([], 0), ([1.0], 1), ([0.0, 0.5, 0.999, 1.0], 3), ([5.0, 0.0, 5.9, 5.5, 6.1], 3)]
)
def test_the_busiest_second_is_found(starts: list[float], most: int):
    log = RequestLog()
    for start in starts:
        log.add(LoggedRequest(host="a", method="GET", path="/", query="", started_s=start))

    assert log.max_starts_in_any_second("a") == most
    assert log.max_starts_in_any_second("b") == 0


async def test_a_kept_rate_refuses_what_is_too_much(world: World, clock: Clock):
    seconds = [0.0]
    service = HaloService(world, clock=clock, monotonic=lambda: seconds[0])
    async with service.running():
        import aiohttp

        async with aiohttp.ClientSession() as session:
            halo = Caller(service, session)
            service.limits[STATS] = 2
            path = f"/hi/players/xuid({world.hero.xuid})/matches/count"
            await halo.stats(path)
            await halo.stats(path)
            await halo.stats(path, status=429)
            await halo.profile("/users/me")
            seconds[0] = 1.0
            await halo.stats(path)
