"""What the page's server hands out, and to whom: its own page, in a browser on this machine."""

from __future__ import annotations

import re

import aiohttp
import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.playground.web import PlaygroundSite
from bot.playground.web.portraits import portrait, server_icon
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient

MESSAGE = 4
PATHS = ("/", "/static/js/main.js", "/ws", "/avatars/1.svg", "/media/x/y", "/attachments/1/2/x", "/nothing")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "playground.attacker.example"},
        {"Host": "127.0.0.1:1"},
        {"Host": ""},
        {"Origin": "http://attacker.example"},
        {"Origin": "null"},
        {"Origin": "https://localhost.attacker.example"},
    ],
    ids=str,
)
async def test_foreign_pages_get_nothing(ada: PageClient, path: str, headers: dict[str, str]) -> None:
    status, _, body = await ada.get(path, headers=headers)

    assert status == 403
    assert b"<" not in body


async def test_the_page_may_be_called_localhost(ada: PageClient, rig: Rig) -> None:
    port = rig.origin.rpartition(":")[2]
    for name in (f"localhost:{port}", f"127.0.0.1:{port}"):
        status, _, _ = await ada.get(
            f"/avatars/{rig.towns.ada.id}.svg", headers={"Host": name, "Origin": f"http://{name}"}
        )
        assert status == 200


async def test_a_name_that_was_allowed_is_let_in() -> None:
    site = PlaygroundSite(["playground.example:80"])
    async with site.listening(), aiohttp.ClientSession(site.origin) as session:
        for name, expected in (("playground.example", 404), ("other.example", 403)):
            async with session.get("/nothing", headers={"Host": name}) as response:
                assert response.status == expected


async def test_every_answer_says_what_a_browser_may_do_with_it(ada: PageClient, rig: Rig) -> None:
    _, page, _ = await ada.get("/")
    _, face, _ = await ada.get(f"/avatars/{rig.towns.ada.id}.svg")

    for headers in (page, face):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self';" in page["Content-Security-Policy"]
    assert "script-src" not in face["Content-Security-Policy"]
    assert "sandbox" in face["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/../site.py",
        "/static/%2e%2e/site.py",
        "/static/..%2fsite.py",
        "/static/%2e%2e%2f%2e%2e%2fstage.py",
        "/static//etc/passwd",
        "/static/js",
        "/static/js/nothing.js",
        "/static/index.html%00.js",
        "/avatars/1.svg",
        "/avatars/x.svg",
        "/icons/1.svg",
        "/emojis/1",
        "/emojis/" + "9" * 30,
        "/attachments/1/2/x.png",
    ],
)
async def test_there_is_nothing_else(ada: PageClient, rig: Rig, path: str) -> None:
    async with ada.session.get(URL(f"{rig.origin}{path}", encoded=True)) as response:
        assert response.status == 404


async def test_modules_have_the_one_type_that_browsers_take(ada: PageClient) -> None:
    _, headers, _ = await ada.get("/static/js/main.js")

    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    status, _, body = await ada.get("/static/js/main.js", headers={"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


async def test_files_of_messages_are_shown_or_saved_by_their_type(ada: PageClient, rig: Rig) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    handle = rig.sent[sent["interaction"]]
    await rig.bot.respond(handle, MESSAGE, {"content": "soon"})
    files = {
        "a.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "b.html": b"<script>alert(1)</script>",
        "c.svg": b"<svg/>",
    }
    await rig.bot.edit(handle, {"content": "files"}, files)
    message = await ada.message((await ada.answer(sent["interaction"]))["id"], lambda m: m["attachments"])

    got = [await ada.get(attachment["url"]) for attachment in message["attachments"]]

    assert [headers["Content-Type"] for _, headers, _ in got] == [
        "image/png",
        "application/octet-stream",
        "application/octet-stream",
    ]
    assert [headers.get("Content-Disposition") for _, headers, _ in got] == [None, "attachment", "attachment"]
    assert [body for _, _, body in got] == list(files.values())
    assert all("sandbox" in headers["Content-Security-Policy"] for _, headers, _ in got)
    await rig.bot.original(handle, "DELETE")
    assert (await ada.get(message["attachments"][0]["url"]))[0] == 404


async def test_an_emoji_of_the_application_is_shown(ada: PageClient, rig: Rig) -> None:
    picture = "data:image/png;base64,iVBORw0KGgo="
    _, emoji = await rig.bot.call("POST", f"{rig.bot.application}/emojis", {"name": "tier", "image": picture})

    status, headers, _ = await ada.get(f"/emojis/{emoji['id']}")

    assert (status, headers["Content-Type"]) == (200, "image/png")


@settings(deadline=None)
@given(name=st.text(), snowflake=st.integers(0, 2**63))
def test_faces_are_safe_pictures_whatever_somebody_is_called(name: str, snowflake: int) -> None:
    for drawn in (
        portrait(name, snowflake),
        portrait(name, snowflake, bot=True),
        server_icon(name, snowflake),
    ):
        assert resvg_py.svg_to_bytes(svg_string=drawn, skip_system_fonts=True).startswith(b"\x89PNG")
        assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "rect", "text", "path"}


def test_faces_carry_initials() -> None:
    assert ">AR</text>" in portrait("Ada Reyes", 1)
    assert ">ART</text>" in server_icon("Arena Regulars Town", 1)
    assert ">&lt;&amp;</text>" in portrait("<b &x", 1)
    assert ">?</text>" in portrait("\u202e", 1)
    assert portrait("Ada", 1) == portrait("Ada", 1) != portrait("Ada", 1 << 22)
