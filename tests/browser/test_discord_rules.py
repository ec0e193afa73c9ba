"""What Discord shows of any application, with one that the test plays by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.playground.discord.uploads import Upload
from tests.browser.driving import Tabs, loaded, send, the_composer
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Locator

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL = 4, 5, 6, 7, 9
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, LABEL = 1, 2, 3, 4, 5, 18
HOSTILE = "</h3><img src=x onerror=alert(1)> **b** <@1> `x` ||y|| [a](https://evil.example)\u202e"


def button(label: str, custom_id: str, **more: Any) -> dict[str, Any]:
    return {"type": BUTTON, "style": 2, "label": label, "custom_id": custom_id, **more}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": ROW, "components": list(components)}


def picture(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "#345").save(content, "PNG")
    return content.getvalue()


async def size(locator: Locator) -> tuple[int, int]:
    box = await locator.bounding_box()
    assert box is not None
    return round(box["width"]), round(box["height"])


async def test_thinking_and_then_the_answer(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    await send(page, "/go ")
    handle = await stage.interactions.get()
    await expect(page.get_by_role("article")).to_contain_text("Sending command…")

    await stage.bot.respond(handle, DEFER)
    await expect(page.get_by_role("article")).to_contain_text("Adjutant is thinking…")
    await page.reload()
    await expect(page.get_by_role("article")).to_contain_text("Adjutant is thinking…")
    await stage.bot.edit(handle, {"content": "At last"})

    await expect(page.get_by_role("article")).to_contain_text("At last")
    await expect(page.get_by_text("thinking…")).to_have_count(0)
    await expect(page.get_by_text("(edited)")).to_have_count(0)


async def test_a_command_without_an_answer_turns_red_after_three_seconds(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    await send(page, "/go ")
    await stage.interactions.get()

    stage.clock.ahead += 3.5

    failed = page.get_by_role("article").filter(has_text="The application did not respond")
    await expect(failed).to_contain_text("Ada Reyes used go")
    await page.reload()
    await expect(failed).to_be_visible()
    await failed.get_by_role("button", name="Dismiss message").click()
    await expect(failed).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("heading", name="Welcome to #general!")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_a_button_waits_and_says_so_when_nothing_comes(hand_tabs: Tabs, stage: HandStage):
    stage.post(content="Choose", components=[row(button("Go", "go"), button("Stay", "stay", disabled=True))])
    page = await hand_tabs.open()
    go = page.get_by_role("button", name="Go")
    await expect(page.get_by_role("button", name="Stay")).to_be_disabled()

    await go.press("Enter")
    await stage.interactions.get()
    await expect(go).to_have_attribute("aria-busy", "true")
    stage.clock.ahead += 3.5
    await expect(page.get_by_role("article")).to_contain_text("The application did not respond")
    await expect(go).not_to_have_attribute("aria-busy", "true")

    await go.press("Enter")
    handle = await stage.interactions.get()
    await stage.bot.respond(handle, UPDATE, {"content": "Gone", "components": []})
    await expect(page.get_by_role("article").locator(".content")).to_have_text("Gone (edited)")
    await expect(page.get_by_text("did not respond")).to_have_count(0)


async def test_a_menu_is_used_by_keyboard(hand_tabs: Tabs, stage: HandStage):
    options = [
        {"label": name, "value": name.lower(), "description": f"By {name}"}
        for name in ("Kills", "CSR", "Wins")
    ]
    menu = {"type": STRING_SELECT, "custom_id": "metric", "placeholder": "Metric", "options": options}
    stage.post(content="Choose", components=[row(menu), row({"type": USER_SELECT, "custom_id": "who"})])
    page = await hand_tabs.open()

    await page.get_by_role("button", name="Metric").press("ArrowDown")
    await expect(page.get_by_role("listbox", name="Metric").get_by_role("option")).to_have_count(3)
    await page.keyboard.press("c")
    await page.keyboard.press("Enter")
    handle = await stage.interactions.get()
    assert handle.interaction.data["values"] == ["csr"]
    await expect(page.get_by_role("button", name="Metric: CSR")).to_be_disabled()
    await stage.bot.respond(handle, DEFER_UPDATE)
    await expect(page.get_by_role("button", name="Metric: CSR")).to_be_enabled()

    await page.get_by_role("button", name="Select a user").click()
    await page.get_by_role("option", name="Bo Lindqvist").click()
    assert (await stage.interactions.get()).interaction.data["values"] == [str(stage.towns.bo.id)]


async def test_a_menu_of_several_values_sends_them_when_it_closes(hand_tabs: Tabs, stage: HandStage):
    options = [{"label": f"Option {number}", "value": str(number)} for number in range(12)]
    menu = {
        "type": STRING_SELECT,
        "custom_id": "many",
        "placeholder": "Some",
        "max_values": 2,
        "options": options,
    }
    stage.post(content="Choose", components=[row(menu)])
    page = await hand_tabs.open()

    await page.get_by_role("button", name="Some").click()
    search = page.get_by_role("combobox", name="Search: Some")
    await expect(search).to_be_focused()
    await page.keyboard.type("1")
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name="Option 11").click(force=True)
    assert stage.interactions.empty()
    await page.keyboard.press("Escape")

    assert (await stage.interactions.get()).interaction.data["values"] == ["1", "10"]


async def test_a_form_of_every_kind_of_field(hand_tabs: Tabs, stage: HandStage):
    text = {
        "type": TEXT_INPUT,
        "custom_id": "why",
        "style": 2,
        "min_length": 5,
        "max_length": 20,
        "required": True,
    }
    menu = {
        "type": STRING_SELECT,
        "custom_id": "kind",
        "options": [{"label": "Ranked", "value": "r"}, {"label": "Social", "value": "s"}],
    }
    form = {
        "custom_id": "form",
        "title": "Report",
        "components": [
            {"type": LABEL, "label": "Why", "description": "In a few words", "component": text},
            {"type": LABEL, "label": "Kind", "component": menu},
            {
                "type": LABEL,
                "label": "Note",
                "component": {"type": TEXT_INPUT, "custom_id": "note", "style": 1, "required": False},
            },
        ],
    }
    page = await hand_tabs.open()
    await send(page, "/go ")
    await stage.bot.respond(await stage.interactions.get(), MODAL, form)
    dialog = page.get_by_role("dialog", name="Report")
    why = dialog.get_by_role("textbox", name="Why")

    await why.fill("abc")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("alert").filter(visible=True)).to_have_text(
        ["Must be at least 5 characters long.", "Choose an option."]
    )
    await expect(why).to_be_focused()
    await why.fill("abcde")
    await dialog.get_by_role("button", name="Kind").click()
    await page.get_by_role("option", name="Social").click()
    await dialog.get_by_role("button", name="Submit").click()
    sent = await stage.interactions.get()
    stage.clock.ahead += 3.5
    await expect(dialog.get_by_role("alert").filter(visible=True)).to_contain_text("did not respond")
    await dialog.get_by_role("button", name="Submit").click()
    again = await stage.interactions.get()
    await stage.bot.respond(again, MESSAGE, {"content": "Thank you"})

    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("article")).to_contain_text("Thank you")
    assert sent.interaction.data["components"] == again.interaction.data["components"]
    values = [part["component"] for part in again.interaction.data["components"]]
    assert (values[0]["value"], values[1]["values"], values[2]["value"]) == ("abcde", ["s"], "")


async def test_hostile_names_stay_text_everywhere(hand_tabs: Tabs, stage: HandStage):
    state, arena = stage.discord.state, stage.towns.arena
    mallory = state.add_user(HOSTILE[:32])
    state.join(arena, mallory, nick=HOSTILE)
    stage.towns.general.topic = HOSTILE
    arena.name = HOSTILE
    await stage.discord.person(mallory).say(stage.towns.general, "<b>hello</b> <script>alert(1)</script>")
    embed = {
        "title": HOSTILE.replace("**b**", ""),
        "author": {"name": HOSTILE},
        "footer": {"text": HOSTILE},
        "description": "<img src=x onerror=alert(1)>\njavascript:alert(1) [x](javascript:alert(1))",
        "fields": [{"name": "<b>", "value": "&lt;i&gt;"}],
    }
    options = [{"label": HOSTILE[:80], "value": "x", "description": HOSTILE[:80]}]
    menu = {"type": STRING_SELECT, "custom_id": "m", "options": options}
    stage.post(content="x", embeds=[embed], components=[row(button(HOSTILE[:60], "b")), row(menu)])

    page = await hand_tabs.open(mallory.id)

    await expect(page.locator(".author").first).to_have_text(HOSTILE)
    await expect(page.locator(".side-title")).to_have_text(HOSTILE)
    await expect(page.locator(".head-topic")).to_contain_text("onerror=alert(1)")
    await expect(page.locator(".content").first).to_have_text("<b>hello</b> <script>alert(1)</script>")
    await expect(page.locator(".embed-author")).to_have_text(HOSTILE)
    await expect(page.locator(".embed-footer")).to_have_text(HOSTILE)
    await expect(page.locator(".embed-description")).to_contain_text("[x](javascript:alert(1))")
    await expect(page.locator(".embed-field")).to_have_text("<b>&lt;i&gt;")
    await expect(
        page.get_by_role("article").get_by_role("button", name=HOSTILE[:60], exact=True)
    ).to_be_visible()
    assert (
        await page.locator(
            "a[href^=javascript], img[src=x], #app script, #app b, #app i:not(.dots i)"
        ).count()
        == 0
    )
    await page.get_by_role("button", name="Make a selection").click()
    await expect(page.get_by_role("option")).to_contain_text(HOSTILE[:80])


async def test_fields_stand_in_columns(hand_tabs: Tabs, stage: HandStage):
    fields = [
        {"name": name, "value": "x", "inline": name != "wide"}
        for name in ("a", "b", "c", "d", "e", "wide", "f")
    ]
    stage.post(embeds=[{"title": "Fields", "fields": fields, "color": 0x46C48A}])
    page = await hand_tabs.open()

    columns = await page.locator(".embed-field").evaluate_all(
        "all => all.map(field => field.style.gridColumn)"
    )

    assert columns == ["1 / 5", "5 / 9", "9 / 13", "1 / 7", "7 / 13", "1 / 13", "1 / 13"]
    bar = await page.locator(".embed").evaluate(
        "embed => getComputedStyle(embed, '::before').backgroundColor"
    )
    assert bar == "rgb(70, 196, 138)"


async def test_pictures_take_their_place_before_they_arrive(hand_tabs: Tabs, stage: HandStage):
    large = Upload("large.png", picture(1100, 700), "image/png")
    stage.post(
        [large],
        content="One",
        attachments=[{"id": 0, "filename": "large.png", "description": "A blue field"}],
    )
    files = [
        large,
        Upload("other.png", picture(300, 600), "image/png"),
        Upload("data.json", b"{}", "application/json"),
    ]
    stage.post(files, content="Several")
    page = await hand_tabs.open()
    first = page.get_by_role("button", name="Enlarge picture: A blue field")

    assert await size(first) == (550, 350)
    tiles = page.get_by_role("article").last.get_by_role("button", name="Enlarge picture")
    assert await size(tiles.first) == await size(tiles.last)
    assert await loaded(page.locator(".picture img"))
    await page.get_by_role("button", name="Description of the picture").click()
    await expect(page.locator(".alt-text").filter(visible=True)).to_have_text("A blue field")
    await expect(page.get_by_role("link", name="data.json", exact=True)).to_have_attribute(
        "download", "data.json"
    )

    await tiles.first.click()
    box = page.get_by_role("dialog", name="Picture")
    await expect(box.get_by_text("large.png")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(box.get_by_text("other.png")).to_be_visible()
    await box.get_by_role("button", name="Close").click()
    await expect(box).to_have_count(0)


async def test_containers_of_the_second_version(hand_tabs: Tabs, stage: HandStage):
    section = {
        "type": 9,
        "components": [{"type": 10, "content": "## Rank\nof **everybody**"}],
        "accessory": button("More", "more"),
    }
    parts = [section, {"type": 14}, {"type": 10, "content": "Below"}, row(button("Next", "next"))]
    stage.post(flags=1 << 15, components=[{"type": 17, "accent_color": 0x46C48A, "components": parts}])
    page = await hand_tabs.open()

    answer = page.get_by_role("article")
    await expect(answer.get_by_role("heading", name="Rank")).to_be_visible()
    await expect(answer.get_by_role("separator")).to_be_visible()
    await answer.get_by_role("button", name="More").click()

    assert (await stage.interactions.get()).interaction.data["custom_id"] == "more"


async def test_messages_of_one_author_stand_together(hand_tabs: Tabs, stage: HandStage):
    bo = stage.discord.person(stage.towns.bo)
    for text in ("One", "Two"):
        await bo.say(stage.towns.general, text)
    stage.clock.ahead += 8 * 60
    await bo.say(stage.towns.general, "Later")
    stage.post(content="Mine")
    page = await hand_tabs.open()

    await expect(page.locator(".message .author")).to_have_text(["Bo Lindqvist", "Bo Lindqvist", "Adjutant"])
    await expect(page.locator(".messages").get_by_role("separator")).to_have_count(1)


async def test_whoever_reads_above_is_not_moved_and_is_told_of_new_messages(
    hand_tabs: Tabs, stage: HandStage
):
    for number in range(60):
        stage.post(content=f"Message {number}")
    page = await hand_tabs.open()
    viewport = page.get_by_role("region", name="Messages in #general")
    await expect(page.get_by_text("Message 59")).to_be_in_viewport()
    await viewport.evaluate("view => view.scrollTo(0, 300)")
    bar = page.get_by_role("button", name="You're viewing older messages")
    await expect(bar).to_be_visible()
    before = await page.get_by_text("Message 10", exact=True).bounding_box()

    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Something new")

    await expect(page.get_by_role("button", name="1 new message")).to_be_visible()
    assert await page.get_by_text("Message 10", exact=True).bounding_box() == before
    await page.get_by_role("button", name="1 new message").click()
    await expect(page.get_by_text("Something new", exact=True)).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Jump to present")).to_have_count(0)


async def test_channels_with_unread_messages_are_marked(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    channels = page.get_by_role("navigation", name="Channels")
    await the_composer(page).focus()

    await stage.discord.person(stage.towns.bo).say(stage.towns.matches, "Look here")
    await expect(channels.get_by_role("button", name="matches, 1 unread")).to_be_visible()
    await stage.discord.person(stage.towns.bo).say(stage.towns.sofa, "And here")
    servers = page.get_by_role("navigation", name="Servers")
    await expect(servers.get_by_role("button", name="Big Team Lounge, 1 unread")).to_be_visible()

    await channels.get_by_role("button", name="matches").click()
    await expect(page.get_by_role("article")).to_contain_text("Look here")
    await expect(page.get_by_role("separator", name="New messages")).to_be_visible()
    await expect(channels.get_by_role("button", name="matches", exact=True)).to_be_visible()
    await servers.get_by_role("button", name="Direct Messages").click()
    await expect(page.get_by_role("heading", name="Adjutant", level=1)).to_be_visible()


async def test_a_deleted_message_goes_and_a_follow_up_names_what_it_answers(
    hand_tabs: Tabs, stage: HandStage
):
    page = await hand_tabs.open()
    await send(page, "/go ")
    handle = await stage.interactions.get()
    await stage.bot.respond(handle, MESSAGE, {"content": "First"})
    await stage.bot.follow_up(handle, {"content": "Second", "flags": 64})
    second = page.get_by_role("article").filter(has_text="Only you can see this")
    await expect(second).to_contain_text("Second")
    await expect(second.get_by_role("button", name="First")).to_be_visible()

    await stage.bot.original(handle, "DELETE")

    await expect(page.get_by_role("article")).to_have_count(1)
