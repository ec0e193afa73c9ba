"""Whatever a bot gets past Discord's own checks, the page can be entered and shows it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.playground.discord.test_hostile_bodies import JSON, OBJECTS
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient

MESSAGE, DEFER = 4, 5
V2 = 1 << 15
relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
urls = st.sampled_from(
    [
        "attachment://a.png",
        "https://images.example/a.png",
        "http://x/",
        "https://[::1",
        "javascript:alert(1)",
        "https://",
    ]
)
part = st.fixed_dictionaries(
    {}, optional={"url": urls, "icon_url": urls, "name": st.just("n"), "text": st.just("t")}
)
embeds = st.lists(
    st.fixed_dictionaries(
        {"title": st.text(max_size=5)},
        optional=dict.fromkeys(("image", "thumbnail", "author", "footer", "video", "provider"), part),
    ),
    max_size=3,
)


@relaxed
@given(body=JSON | OBJECTS, found=embeds)
async def test_any_message_is_shown(ada: PageClient, rig: Rig, body: Any, found: list[Any]) -> None:
    for sent in (body, {"content": "x", "embeds": found}):
        await rig.bot.call("POST", f"channels/{rig.towns.general.id}/messages", sent)
    interaction = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[interaction["interaction"]], MESSAGE, body)

    await ada.settle()

    told = [data["message"] for name, data in ada.events if name == "message"]
    ada.events.clear()
    shown = (await ada.enter()).welcome["messages"]
    assert told == shown[len(shown) - len(told) :]


@relaxed
@given(found=embeds)
async def test_every_picture_is_on_the_page_s_own_origin(ada: PageClient, rig: Rig, found: list[Any]) -> None:
    await rig.bot.call("POST", f"channels/{rig.towns.general.id}/messages", {"content": "x", "embeds": found})

    messages = (await ada.ask("open", channel=rig.channel("general")))["messages"]

    if not messages:
        return
    for embed in messages[-1]["embeds"]:
        for place in embed.values():
            if isinstance(place, dict):
                proxies = [place[key] for key in ("proxy_url", "proxy_icon_url") if key in place]
                assert all(path.startswith(("/media/", "/attachments/")) for path in proxies)


@relaxed
@given(
    bodies=st.lists(OBJECTS, max_size=3), names=st.lists(st.sampled_from(["help", "lastmatch"]), max_size=3)
)
async def test_any_commands_are_offered(
    ada: PageClient, rig: Rig, bodies: list[Any], names: list[str]
) -> None:
    named = [{**body, "name": name} for body, name in zip(bodies, names, strict=False)]
    for body in named:
        await rig.bot.call("POST", f"{rig.bot.application}/commands", body)

    assert len((await ada.enter()).welcome["suggestions"]) <= 3


async def test_media_in_components_is_resolved_like_that_in_embeds(ada: PageClient, rig: Rig) -> None:
    interaction = await ada.ask("slash", channel=rig.channel("general"), command="go")
    handle = rig.sent[interaction["interaction"]]
    await rig.bot.respond(handle, DEFER)
    gallery = {
        "type": 12,
        "items": [
            {"media": {"url": "attachment://a.png"}},
            {"media": {"url": "https://images.example/b.png"}},
        ],
    }
    status, body = await rig.bot.edit(handle, {"flags": V2, "components": [gallery]}, {"a.png": b"\x89PNG"})
    assert status == 200, body

    (shown,) = (await ada.answer(interaction["interaction"]))["components"]

    first, second = (item["media"] for item in shown["items"])
    assert first["url"].startswith("/attachments/")
    assert (await ada.get(first["url"]))[2] == b"\x89PNG"
    assert second["proxy_url"].startswith("/media/")


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "\u202eevil", "a" * 500, "**bold**", "", "\x00"]
)
async def test_any_name_is_told_as_it_is(ada: PageClient, rig: Rig, name: str) -> None:
    user = rig.discord.state.add_user(name)
    rig.discord.state.join(rig.towns.arena, user, nick=name)
    rig.towns.arena.name = name

    await ada.enter()

    assert ada.welcome["guilds"][0]["name"] == name
    assert (await ada.get(f"/avatars/{user.id}.svg"))[0] == 200
