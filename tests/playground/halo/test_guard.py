"""No foreign page gets at what the playground lets its user do."""

from asyncio import Transport

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.playground.guard import Guard
from bot.playground.halo import HaloService
from bot.playground.world import World
from tests.playground.halo.conftest import Caller

EVIL = "https://evil.example"


class Wire(Transport):
    """A connection of which only its two ends are known; tests have no other address than loopback."""


async def status(halo: Caller, *, method: str = "GET", path: str = "/_control/faults", **headers: str) -> int:
    async with halo.session.request(
        method, halo.service.origin + path, headers={name.title(): value for name, value in headers.items()}
    ) as response:
        await response.read()
        return response.status


def port_of(halo: Caller) -> str:
    return halo.service.origin.rpartition(":")[2]


@pytest.mark.parametrize("host", ["localhost:{}", "LOCALHOST:{}", "127.0.0.1:{}", "127.8.8.8:{}", "[::1]:{}"])
@pytest.mark.parametrize("origin", [None, "http://localhost:{}", "http://127.0.0.1:{}", "http://[::1]:{}"])
async def test_a_request_from_this_machine_to_this_machine_is_answered(
    halo: Caller, host: str, origin: str | None
):
    headers = {"host": host.format(port_of(halo))}
    if origin is not None:
        headers["origin"] = origin.format(port_of(halo))

    assert await status(halo, **headers) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:{}",
        "localhost",
        "localhost:1",
        "localhost.:{}",
        "evil.localhost:{}",
        "127.0.0.1.evil.example:{}",
        "0.0.0.0:{}",
        "me@localhost:{}",
        "localhost:{}/path",
        "localhost:{}#",
        "localhost:{}?a",
        "[::1:{}",
        "localhost:x",
        "localhost:99999",
        "2130706433:{}",
        "",
    ],
)
async def test_a_name_that_is_not_ours_is_refused(halo: Caller, host: str):
    assert await status(halo, host=host.format(port_of(halo))) == 403


@pytest.mark.parametrize(
    "origin",
    [EVIL, "null", "", "http://localhost:1", "http://localhost", "http://localhost:{}.evil.example",
     "file://localhost:{}", "http://evil.example:{}", "localhost:{}", "http://localhost:{}/"],
)  # fmt: skip
async def test_another_page_is_refused_whatever_it_asks(halo: Caller, origin: str):
    origin = origin.format(port_of(halo))

    assert await status(halo, origin=origin) == 403
    for method, path in (
        ("DELETE", "/_control/log"),
        ("POST", "/_control/matches"),
        ("POST", "/_control/signin/expire"),
        ("POST", "/microsoft.com/devicelogin"),
    ):
        assert await status(halo, method=method, path=path, origin=origin) == 403
    assert halo.service.credentials.spartan == "playground-spartan"


async def test_one_of_two_origins_is_enough_to_be_refused(halo: Caller):
    import aiohttp
    from multidict import CIMultiDict

    headers = CIMultiDict([("Origin", halo.service.origin), ("Origin", EVIL)])
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{halo.service.origin}/_control/faults", headers=headers) as response,
    ):
        assert response.status == 403


async def test_other_names_are_ours_when_told(world: World, halo: Caller):
    service = HaloService(world, names=["playground.example:8343", "Plain.example"])
    async with service.running():
        other = Caller(service, halo.session)
        assert await status(other, host="playground.example:8343") == 200
        assert await status(other, host="plain.example", origin="http://plain.example") == 200
        assert await status(other, host="plain.example", origin="https://plain.example") == 403
        assert await status(other, host="playground.example") == 403
        assert await status(other, host=f"localhost:{port_of(other)}") == 200


@pytest.mark.parametrize(
    ("host", "is_refused"),
    [
        ("192.0.2.7:8343", False),
        ("localhost:8343", False),
        ("192.0.2.8:8343", True),
        ("192.0.2.7:80", True),
        ("192.0.2.7", True),
        ("evil.example:8343", True),
    ],
)
def test_the_address_that_a_connection_reached_is_ours(host: str, is_refused: bool):
    wire = {"sockname": ("192.0.2.7", 8343)}
    for headers in ({"Host": host}, {"Host": "192.0.2.7:8343", "Origin": f"http://{host}"}):
        request = make_mocked_request("GET", "/", headers=headers, transport=Wire(wire))
        assert (Guard().refusal(request) is not None) is is_refused


@pytest.mark.parametrize("name", ["", "http://a", "a/b", "a@b", "a:b", "a:70000"])
def test_a_name_that_is_none_is_refused_at_once(name: str):
    with pytest.raises(ValueError, match="host"):
        Guard([name])


async def test_halos_hosts_are_for_everybody(halo: Caller):
    """The guard keeps the controls; what is simulated is reached under whatever name its caller uses."""
    path = "/profile.svc.halowaypoint.com/users/me"
    assert await status(halo, path=path, host="elsewhere.example", **halo.headers) == 200
