"""What a newcomer does: the real bot, asked through the page."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from bot.playground.halo import Fault, FaultKind
from bot.playground.stage import Playground
from bot.playground.web import PlaygroundSite
from tests.playground.web.page_client import PageClient, open_page

pytestmark = pytest.mark.asyncio(loop_scope="module")

HALO = "*.svc.halowaypoint.com"


async def ask(page: PageClient, command: str, **options: object) -> Any:
    sent = await page.ask("slash", channel=page.welcome["channel"], command=command, options=options)
    return await page.answer(sent["interaction"], is_final)


def is_final(message: Any) -> bool:
    """Whether it is the answer, and not a notice that it takes a while."""
    return message["ephemeral"] or bool(message["components"])


def buttons_of(message: Any) -> dict[str, str]:
    """Custom ids by label."""
    return {
        button["label"]: button["custom_id"] for row in message["components"] for button in row["components"]
    }


async def test_a_suggestion_is_answered_with_pictures_that_load(site: PlaygroundSite) -> None:
    async with open_page(site.origin) as ada:
        suggestion = ada.welcome["suggestions"][0]
        answer = await ask(ada, suggestion["command"], **suggestion["options"])
        assert answer["embeds"][0]["author"]["name"] == suggestion["options"]["player"]
        assert (answer["interaction"]["name"], answer["ephemeral"]) == ("lastmatch", False)
        await ada.ask("click", message=answer["id"], custom_id=buttons_of(answer)["Scoreboard"])

        message = await ada.message(answer["id"], lambda m: "scoreboard.png" in str(m["embeds"]))

        (embed,) = message["embeds"]
        paths = [
            embed["image"]["proxy_url"],
            embed["thumbnail"]["proxy_url"],
            embed["author"]["proxy_icon_url"],
        ]
        paths += [message["author"]["avatar"], ada.welcome["guilds"][0]["icon"]]
        for path in paths:
            status, headers, body = await ada.get(path)
            assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
            assert body.startswith(b"<svg" if path.endswith(".svg") else b"\x89PNG")
        picture = Image.open(io.BytesIO((await ada.get(embed["image"]["proxy_url"]))[2]))
        assert picture.size == (embed["image"]["width"], embed["image"]["height"])
        assert "Scoreboard" in embed["image"]["description"]


async def test_a_button_edits_the_message_for_everybody(site: PlaygroundSite) -> None:
    async with open_page(site.origin) as ada, open_page(site.origin, "Bo") as bo:
        message = await ask(ada, "lastmatch", player="Ember Fox 7")
        sent = await ada.ask("click", message=message["id"], custom_id=buttons_of(message)["Scoreboard"])

        edited = [
            await page.message(message["id"], lambda m: "scoreboard.png" in str(m["embeds"]))
            for page in (ada, bo)
        ]

        assert await ada.event("acknowledged", lambda data: data == sent)
        assert edited[0]["embeds"] == edited[1]["embeds"]
        assert edited[0]["edited_timestamp"] is not None


async def test_a_form_is_filled_in_and_the_answer_comes(site: PlaygroundSite) -> None:
    async with open_page(site.origin) as ada, open_page(site.origin, "Bo") as bo:
        unknown = await ask(ada, "lastmatch", player="Nobody Atall")
        assert unknown["ephemeral"]
        await ada.ask("click", message=unknown["id"], custom_id=buttons_of(unknown)["Try again"])
        form = await ada.event("modal")
        (label,) = form["components"]

        values = {label["component"]["custom_id"]: "Quiet One"}
        sent = await ada.ask("submit", modal=form["interaction"], values=values)
        answer = await ada.answer(sent["interaction"], is_final)

        assert answer["embeds"][0]["author"]["name"] == "Quiet One"
        await bo.message(answer["id"], lambda m: not m["thinking"])
        assert unknown["id"] not in [d["message"]["id"] for name, d in bo.events if name == "message"]


async def test_what_was_looked_up_is_offered_while_typing(site: PlaygroundSite) -> None:
    async with open_page(site.origin, "Chiyo") as chiyo:
        await ask(chiyo, "lastmatch", player="quietone")
        where = {"channel": chiyo.welcome["channel"], "command": "lastmatch", "option": "player"}

        # The bot remembers a moment after it has answered.
        choices: list[Any] = []
        async with asyncio.timeout(20):
            while not choices:
                offered = await chiyo.ask("autocomplete", **where, typed="qui", options={"player": "qui"})
                choices = offered["choices"]

        assert choices == [{"name": "Quiet One", "value": "Quiet One"}]


async def test_the_bot_answers_in_a_conversation_too(site: PlaygroundSite) -> None:
    async with open_page(site.origin, "Bo") as bo:
        conversation = bo.welcome["dms"][0]["id"]
        opened = await bo.ask("open", channel=conversation)
        assert "lastmatch" in [command["name"] for command in opened["commands"]]

        sent = await bo.ask("slash", channel=conversation, command="help")

        assert (await bo.answer(sent["interaction"]))["ephemeral"]


async def test_halo_fails_and_recovers(site: PlaygroundSite, playground: Playground) -> None:
    async with open_page(site.origin) as ada:
        await ada.ask("world", what="failure", kind="down")
        message = await ask(ada, "lastmatch", player="Static Wren")
        assert "having trouble" in message["embeds"][0]["title"]
        assert playground.halo.faults.standing()

        told = await ada.ask("world", what="failure", kind=None)
        sent = await ada.ask("click", message=message["id"], custom_id=buttons_of(message)["Retry"])

        assert told["world"]["halo"]["failure"] is None
        answer = await ada.event(
            "message", lambda d: is_final(d["message"]) and "author" in d["message"]["embeds"][0]
        )
        assert answer["message"]["embeds"][0]["author"]["name"] == "Static Wren"
        await ada.event("acknowledged", lambda data: data == sent)


async def test_a_match_that_ends_is_the_last_one(site: PlaygroundSite) -> None:
    async with open_page(site.origin, "Chiyo") as chiyo:
        told = await chiyo.ask("world", what="end_match", gamertag="tinmarshal", mode="ctf")

        assert told["world"]["last_match"]["gamertag"] == "Tin Marshal"
        assert told["world"]["last_match"]["mode"] == "CTF"
        assert (await chiyo.event("world"))["last_match"] == told["world"]["last_match"]


async def test_tokens_that_expire_are_renewed_by_the_bot(site: PlaygroundSite) -> None:
    async with open_page(site.origin, "Chiyo") as chiyo:
        told = await chiyo.ask("world", what="expire_sign_in")
        assert told["world"]["halo"]["sign_in"] == "expired"

        message = await ask(chiyo, "lastmatch", player="Harbor Wolf")

        assert message["embeds"][0]["author"]["name"] == "Harbor Wolf"
        await chiyo.event("world", lambda world: world["halo"]["sign_in"] == "valid")


async def test_pictures_from_elsewhere_fail_by_themselves(
    site: PlaygroundSite, playground: Playground
) -> None:
    async with open_page(site.origin) as ada:
        message = await ask(ada, "lastmatch", player="Copper Kestrel")
        path = message["embeds"][0]["author"]["proxy_icon_url"]
        playground.halo.faults.add(
            Fault(kind=FaultKind.STATUS, status=500, host="images-eds-ssl.xboxlive.com")
        )

        broken = (await ada.get(path))[0]
        playground.halo.faults.clear()

        assert (broken, (await ada.get(path))[0]) == (502, 200)
