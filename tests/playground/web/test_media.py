"""Pictures from elsewhere come through the playground, signed, from the simulated hosts, and as pictures only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.playground.web.media import MediaLinks, MediaProxy
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
MESSAGE = 4
Answer = Callable[[web.Request], web.StreamResponse]


def png(_: web.Request) -> web.Response:
    return web.Response(body=PICTURE, content_type="image/png")


def html(_: web.Request) -> web.Response:
    return web.Response(text="<script>alert(1)</script>", content_type="text/html")


def svg(_: web.Request) -> web.Response:
    return web.Response(text="<svg onload='alert(1)'/>", content_type="image/svg+xml")


def huge(_: web.Request) -> web.Response:
    return web.Response(body=bytes(9 * 2**20), content_type="image/png")


def elsewhere(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "http://192.0.2.1/"})


def gone(_: web.Request) -> web.Response:
    return web.Response(status=404)


def broken(_: web.Request) -> web.Response:
    return web.Response(status=503)


class Hosts:
    """Stands for every simulated host; `asked` are the paths that reached it."""

    def __init__(self) -> None:
        self.answer: Answer = png
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.raw_path)
        self.headers.append(dict(request.headers))
        return self.answer(request)


@pytest.fixture
def hosts() -> Hosts:
    return Hosts()


@pytest.fixture
def links() -> MediaLinks:
    return MediaLinks(b"key")


@pytest.fixture
async def proxy(hosts: Hosts, links: MediaLinks) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a server that is nothing but the proxy, in front of the hosts."""
    behind, before = web.Application(), web.Application()
    behind.router.add_get("/{tail:.*}", hosts.handle)
    async with TestServer(behind) as origin, aiohttp.ClientSession() as session:
        media = MediaProxy(session, links, URL(str(origin.make_url("/"))))
        before.router.add_get("/media/{signature}/{url}", media.handle)
        async with TestServer(before) as front, aiohttp.ClientSession(front.make_url("/")) as client:
            yield client


async def status(proxy: aiohttp.ClientSession, path: str | None) -> int:
    assert path is not None
    async with proxy.get(URL(path, encoded=True)) as response:
        return response.status


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://images.example/a.png", "/images.example/a.png"),
        ("https://images.example/image?url=a.b&w=424", "/images.example/image?url=a.b&w=424"),
        ("https://images.example/a%20b%2Fc.png?x=%26", "/images.example/a%20b%2Fc.png?x=%26"),
        ("https://images.example:443/", "/images.example/"),
        ("https://images.example/a b\u00fc.png", "/images.example/a%20b%C3%BC.png"),
        ("https://images.example/..%2f..%2fa.png", "/images.example/..%2F..%2Fa.png"),
    ],
)
async def test_a_signed_picture_comes_from_its_simulated_host(
    proxy: aiohttp.ClientSession, hosts: Hosts, links: MediaLinks, url: str, path: str
) -> None:
    async with proxy.get(URL(links.path(url) or "", encoded=True)) as response:
        assert (response.status, response.content_type, await response.read()) == (200, "image/png", PICTURE)

    assert hosts.asked == [path]
    assert not {"Cookie", "Authorization", "Referer"} & hosts.headers[0].keys()


async def test_a_picture_is_fetched_once(
    proxy: aiohttp.ClientSession, hosts: Hosts, links: MediaLinks
) -> None:
    for _ in range(3):
        assert await status(proxy, links.path("https://images.example/a.png")) == 200

    assert len(hosts.asked) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(html, 415), (svg, 415), (huge, 413), (elsewhere, 502), (gone, 404), (broken, 502)],
)
async def test_what_is_no_picture_is_not_passed_on(
    proxy: aiohttp.ClientSession, hosts: Hosts, links: MediaLinks, answer: Answer, expected: int
) -> None:
    hosts.answer = answer
    path = links.path("https://images.example/a.png")
    assert await status(proxy, path) == expected

    hosts.answer = png
    assert await status(proxy, path) == 200


async def test_an_address_without_its_signature_is_refused(
    proxy: aiohttp.ClientSession, hosts: Hosts, links: MediaLinks
) -> None:
    good = links.path("https://images.example/a.png") or ""
    signature = good.split("/")[2]

    for path in (
        good.replace("a.png", "b.png"),
        good.replace(signature, "0" * 32),
        good.replace(signature, "%C3%BC"),
        MediaLinks(b"other").path("https://images.example/a.png"),
    ):
        assert await status(proxy, path) == 403
    assert hosts.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://images.example:8443/a.png",
        "https://user@images.example/a.png",
        "https:///a.png",
        "https://",
        "https://[::1/a.png",
        "https://a b/c.png",
    ],
)
async def test_even_a_signed_address_leads_to_a_plain_host_or_nowhere(
    proxy: aiohttp.ClientSession, hosts: Hosts, links: MediaLinks, url: str
) -> None:
    assert await status(proxy, links.path(url)) == 404
    assert hosts.asked == []


@settings(deadline=None)
@given(url=st.text(max_size=60) | st.text(max_size=60).map("https://".__add__))
def test_only_https_addresses_are_signed(url: str) -> None:
    path = MediaLinks(b"key").path(url)

    assert (path is not None) == url.startswith("https://")
    assert path is None or (path.count("/") == 3 and quote(path, safe="/%") == path)


def test_an_endless_address_is_not_signed() -> None:
    assert MediaLinks(b"key").path("https://images.example/" + "a" * 2048) is None


async def test_halo_down_is_a_broken_picture(rig: Rig, ada: PageClient) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    embed = {"title": "x", "image": {"url": "https://images.example/a.png"}}
    await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, {"embeds": [embed]})
    path = (await ada.answer(sent["interaction"]))["embeds"][0]["image"]["proxy_url"]

    assert (await ada.get(path))[0] == 404


async def test_a_picture_that_cannot_be_proxied_has_no_address(rig: Rig, ada: PageClient) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    embed = {"title": "x", "image": {"url": "http://images.example/a.png"}}
    await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, {"embeds": [embed]})

    image = (await ada.answer(sent["interaction"]))["embeds"][0]["image"]

    assert "proxy_url" not in image
