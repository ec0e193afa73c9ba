"""Whatever is sent down the websocket, the page's server answers one sentence or hangs up, and goes on."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.discord.uploads import Body
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, Refused, open_page

ACTIONS = (
    "enter", "open", "slash", "use_on_user", "use_on_message", "server", "autocomplete", "click", "select", "submit", "close_modal", "say", "typing",
    "dismiss", "dismiss_failure", "locale", "world",
)  # fmt: skip
FIELDS = (
    "user", "channel", "command", "options", "option", "typed", "message", "custom_id", "values", "modal", "content",
    "locale", "what", "ms", "kind", "gamertag", "mode", "interaction", "target", "guild", "__class__", "self",
)  # fmt: skip
text = st.text(max_size=40) | st.sampled_from(
    ["0", "1", "9" * 20, "9" * 400, "-1", "١", "\x00", "go", "end_match"]
)
scalar = st.none() | st.booleans() | st.integers() | st.floats() | text
values = st.recursive(
    scalar, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4), max_leaves=8
)
arguments = st.dictionaries(st.sampled_from(FIELDS), values, max_size=6)
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@relaxed
@given(action=st.sampled_from(ACTIONS), given_arguments=arguments)
async def test_any_arguments_get_a_reply(
    ada: PageClient, action: str, given_arguments: dict[str, Any]
) -> None:
    try:
        reply = await ada.ask(action, **given_arguments)
    except Refused as refused:
        reply = str(refused)

    # One sentence for the person, nothing of how the server is made.
    assert isinstance(reply, dict) or reply.endswith((".", "!", "?"))
    assert reply != "Something went wrong in the playground itself."


@relaxed
@given(
    frame=st.text(max_size=80)
    | values.map(json.dumps)
    | st.binary(max_size=20).map(lambda b: b.decode("latin1"))
)
async def test_any_text_gets_a_reply(ada: PageClient, frame: str) -> None:
    await ada.socket.send_str(frame)

    with pytest.raises(Refused, match="no request"):
        await ada.reply(None)


@pytest.mark.parametrize(
    "frame",
    [
        "[" * 100_000,
        '{"n": 1, "do": ' + "[" * 50_000 + "}",
        '{"n": 1e400, "do": "typing"}',
        '{"n": -1, "do": "typing"}',
        '{"n": true, "do": "typing"}',
        '{"n": "1", "do": "typing"}',
        '{"n": 1}',
        '{"do": "typing"}',
        '{"n": 1, "do": null}',
        '"\\ud800"',
        '{"n": 1, "do": "\\ud800"}',
        "null",
        "",
    ],
)
async def test_what_is_no_request_is_told(ada: PageClient, frame: str) -> None:
    await ada.socket.send_str(frame)

    with pytest.raises(Refused, match="no request"):
        await ada.reply(None)

    assert await ada.ask("typing", channel=ada.welcome["channel"]) == {}


@pytest.mark.parametrize(
    ("action", "arguments", "words"),
    [
        ("fly", {}, "something that there is not"),
        ("say", {"channel": 1, "content": "x"}, r"does not fit \(channel\)"),
        ("say", {"channel": "1", "content": "x"}, "no such channel"),
        ("say", {"content": "x"}, r"does not fit \(channel\)"),
        ("typing", {"channel": "1", "more": 1}, r"does not fit \(more\)"),
        ("click", {"message": "1", "custom_id": "x"}, "not there any more"),
        ("submit", {"modal": "1", "values": {}}, "not open any more"),
        ("use_on_user", {"channel": "1", "command": "x", "target": "1"}, "no such channel"),
        ("use_on_user", {"channel": "1", "command": "x", "target": "x"}, r"does not fit \(target\)"),
        ("use_on_message", {"message": "1", "command": "x"}, "not there any more"),
        ("server", {"guild": "1", "what": "leave"}, "no such server"),
        ("server", {"guild": "1", "what": "burn"}, r"does not fit \(what\)"),
        ("world", {"what": "explode"}, r"does not fit \(what\)"),
        ("world", {"what": "latency", "ms": -1}, r"does not fit \(ms\)"),
        ("world", {"what": "failure", "kind": "odd"}, "cannot fail in that way"),
        ("world", {"what": "end_match", "mode": "odd"}, "no such mode"),
        ("world", {"what": "end_match", "gamertag": "nobody atall"}, "Nobody in this world"),
    ],
)
async def test_what_does_not_fit_is_one_sentence(
    ada: PageClient, action: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        await ada.ask(action, **arguments)


@pytest.mark.parametrize("content", ["", "x" * 2001, " "])
async def test_messages_have_discord_s_limits(ada: PageClient, content: str) -> None:
    with pytest.raises(Refused):
        await ada.ask("say", channel=ada.welcome["channel"], content=content)

    assert (await ada.enter()).welcome["messages"] == []


async def test_a_message_that_is_too_long_is_refused_in_discord_s_words(ada: PageClient) -> None:
    with pytest.raises(Refused, match=r"Invalid Form Body \(content: Must be 2000 or fewer in length\.\)"):
        await ada.ask("say", channel=ada.welcome["channel"], content="x" * 2001)
    assert await ada.ask("say", channel=ada.welcome["channel"], content="x" * 2000)


@pytest.mark.parametrize(
    "options", [{"where": "x"}, {"where": True}, {"1": 1}, {"where": "x" * 6001}], ids=str
)
async def test_options_that_a_command_does_not_have_are_refused(
    ada: PageClient, rig: Rig, options: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        await ada.ask("slash", channel=ada.welcome["channel"], command="go", options=options)

    assert rig.sent == {}


async def test_a_huge_frame_ends_the_connection(ada: PageClient, rig: Rig) -> None:
    await ada.socket.send_str(json.dumps({"n": 1, "do": "say", "channel": "1", "content": "x" * 300_000}))

    with pytest.raises(ConnectionError, match="1009"):
        await ada.reply(1)
    async with open_page(rig.origin) as again:
        assert again.welcome["messages"] == []


async def test_binary_frames_end_the_connection(ada: PageClient) -> None:
    await ada.socket.send_bytes(b"\x00\xff")

    with pytest.raises(ConnectionError, match="1003"):
        await ada.reply(1)


async def test_a_flood_is_worked_off_at_a_pace_and_harms_nobody_else(
    ada: PageClient, bo: PageClient, rig: Rig
) -> None:
    frame = json.dumps({"n": 1, "do": "typing", "channel": rig.channel("general")})
    for _ in range(150):
        await ada.socket.send_str(frame)

    said = await bo.ask("say", channel=rig.channel("matches"), content="still here")

    assert (await bo.enter(bo.user("Bo"), rig.channel("matches"))).welcome["messages"][0]["id"] == said[
        "message"
    ]
    typed = [name for name, _ in bo.events if name == "typing"]
    assert len(typed) < 150


async def test_whoever_does_not_read_is_hung_up_on(rig: Rig) -> None:
    """A raw client that never reads: its buffers fill, then its queue, then it is gone; the server is not."""
    host, _, port = rig.origin.removeprefix("http://").partition(":")
    quiet = socket.socket()
    quiet.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    quiet.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(quiet, (host, int(port)))
    upgrade = (
        f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    await loop.sock_sendall(quiet, upgrade.encode() + masked(b'{"n": 1, "do": "enter"}'))

    async with asyncio.timeout(60):
        while not await is_gone(quiet):
            rig.discord.board.create(rig.towns.general, rig.towns.bo, Body({"content": "x" * 2000}))
            await asyncio.sleep(0)

    quiet.close()
    async with open_page(rig.origin) as again:
        assert len(again.welcome["messages"]) == 100


def masked(payload: bytes) -> bytes:
    """A client's text frame; the mask is zero, so the payload stays legible."""
    return bytes([0x81, 0x80 | len(payload)]) + bytes(4) + payload


async def is_gone(client: socket.socket) -> bool:
    """Whether the other side has cut the connection: writing to it fails then."""
    try:
        client.send(masked(b"{}"))
    except BlockingIOError:
        return False
    except OSError:
        return True
    return False


async def test_only_so_many_pages_are_open_at_once(rig: Rig, ada: PageClient) -> None:
    opened = [await ada.session.ws_connect("/ws") for _ in range(31)]

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await ada.session.ws_connect("/ws")

    assert refused.value.status == 503
    for connection in opened:
        await connection.close()
    async with open_page(rig.origin) as again:
        assert again.welcome["you"]["name"] == "Ada Reyes"


OPTION_TYPES = {
    "text": 3,
    "number": 4,
    "flag": 5,
    "user": 6,
    "channel": 7,
    "role": 8,
    "anybody": 9,
    "real": 10,
}
MENUS = {"one": 3, "user": 5, "role": 6, "anybody": 7, "place": 8}
custom_ids = st.sampled_from([*MENUS, "name", "press", "nothing"])
ids = st.sampled_from(["0", "1", "9" * 40, "١", "--5", "-1", "1.0", "x", "", " ", "1e5", "nan", "<@1>"])


def menu(custom_id: str, kind: int) -> dict[str, Any]:
    options = {"options": [{"label": "One", "value": "1"}]} if kind == 3 else {}
    return {"type": kind, "custom_id": custom_id, "max_values": 1, **options}


@pytest.fixture
async def busy(ada: PageClient, rig: Rig) -> PageClient:
    """Ada with a command of every option, a message of every menu and an open form before her."""
    options = [{"name": name, "description": "x", "type": kind} for name, kind in OPTION_TYPES.items()]
    await rig.bot.register({"name": "go", "description": "Go", "options": options})
    rows = [{"type": 1, "components": [menu(custom_id, kind)]} for custom_id, kind in MENUS.items()]
    field = {"type": 4, "custom_id": "name", "style": 1, "required": False}
    labels = [
        {"type": 18, "label": "x", "component": part} for part in (field, menu("one", 3), menu("user", 5))
    ]
    form = {"custom_id": "form", "title": "Form", "components": labels}
    for kind, body in ((4, {"content": "choose", "components": rows}), (9, form)):
        sent = await ada.ask("slash", channel=ada.welcome["channel"], command="go")
        status, answer = await rig.bot.respond(rig.sent[sent["interaction"]], kind, body)
        assert status == 200, answer
    return await ada.enter()


@settings(relaxed, max_examples=60)
@given(
    options=st.dictionaries(st.sampled_from([*OPTION_TYPES, "nothing"]), ids | scalar, max_size=4),
    command=st.sampled_from(["go", " ", "go go", "\t", "/go", " go "]),
    chosen=st.lists(ids, max_size=2),
    custom_id=custom_ids,
    answers=st.dictionaries(custom_ids, ids | st.lists(ids, max_size=2), max_size=3),
)
async def test_what_is_chosen_typed_or_filled_in_is_taken_or_refused(
    busy: PageClient,
    options: dict[str, Any],
    command: str,
    chosen: list[str],
    custom_id: str,
    answers: dict[str, Any],
) -> None:
    channel, message = busy.welcome["channel"], busy.welcome["messages"][0]["id"]
    form = busy.welcome["modals"][0]["interaction"]
    requests: list[tuple[str, dict[str, Any]]] = [
        ("slash", {"channel": channel, "command": command, "options": options}),
        ("select", {"message": message, "custom_id": custom_id, "values": chosen}),
        ("click", {"message": message, "custom_id": custom_id}),
        ("submit", {"modal": form, "values": answers}),
    ]
    for action, given_arguments in requests:
        try:
            reply = await busy.ask(action, **given_arguments)
        except Refused as refused:
            reply = str(refused)
        assert reply != "Something went wrong in the playground itself.", (action, given_arguments)
