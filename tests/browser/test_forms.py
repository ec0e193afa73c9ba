"""Forms with all that Discord allows in them: short and long texts, and menus below labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.driving import PHONE, Tabs, send
from tests.browser.hand_stage import HandStage
from tests.browser.test_phone import assert_fits

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from bot.playground.discord import InteractionHandle

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

MESSAGE, MODAL = 4, 9
TEXT, STRING_SELECT, USER_SELECT = 4, 3, 5


def label(text: str, component: dict[str, Any], description: str | None = None) -> dict[str, Any]:
    return {"type": 18, "label": text, "component": component, "description": description}


OPTIONS = [
    {"label": name, "value": name.lower(), "description": f"By {name}"} for name in ("Arena", "Slayer")
]
FORM: dict[str, Any] = {
    "custom_id": "link",
    "title": "Link your account",
    "components": [
        label(
            "Gamertag",
            {
                "type": TEXT, "custom_id": "tag", "style": 1, "placeholder": "Ember Fox 7",
                "min_length": 3, "max_length": 15,
            },
            "As it is shown in Halo",
        ),
        label("Playlist", {"type": STRING_SELECT, "custom_id": "playlist", "options": OPTIONS}),
        label("Friends", {"type": USER_SELECT, "custom_id": "who", "required": False, "max_values": 2}),
        label("About you", {"type": TEXT, "custom_id": "about", "style": 2, "required": False, "max_length": 50}),
        {"type": 10, "content": "You can **undo** this."},
    ],
}  # fmt: skip


async def opened(page: Page, stage: HandStage) -> InteractionHandle:
    await send(page, "/go ")
    handle = await stage.interactions.get()
    status, answer = await stage.bot.respond(handle, MODAL, FORM)
    assert status == 200, answer
    return handle


def field(page: Page, custom_id: str) -> Locator:
    return page.get_by_role("dialog").locator(f"[data-component={custom_id}]")


async def test_every_kind_of_field_is_filled_in_and_sent(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    await opened(page, stage)
    dialog = page.get_by_role("dialog", name="Link your account")
    tag = dialog.get_by_role("textbox", name="Gamertag")
    await expect(tag).to_be_focused()
    await expect(tag).to_have_attribute("placeholder", "Ember Fox 7")
    await expect(tag).to_have_attribute("maxlength", "15")
    await expect(tag).to_have_accessible_description("As it is shown in Halo")
    await expect(dialog.locator("strong")).to_have_text("undo")

    await tag.fill("Ember Fox 7")
    await field(page, "playlist").click()
    await page.get_by_role("option", name="Slayer").click()
    await field(page, "who").click()
    await page.get_by_role("option", name="Bo Lindqvist").click()
    await page.get_by_role("option", name="千代").click()
    await page.keyboard.press("Escape")
    await dialog.get_by_role("textbox", name="About you").fill("Two\nlines")
    await dialog.get_by_role("button", name="Submit").click()

    handle = await stage.interactions.get()
    values = {
        part["component"]["custom_id"]: part["component"].get("value", part["component"].get("values"))
        for part in handle.interaction.data["components"]
        if "component" in part
    }
    bo, chiyo = str(stage.towns.bo.id), str(stage.towns.chiyo.id)
    assert values == {"tag": "Ember Fox 7", "playlist": ["slayer"], "who": [bo, chiyo], "about": "Two\nlines"}
    assert set(handle.interaction.data["resolved"]["users"]) == {bo, chiyo}
    await stage.bot.respond(handle, MESSAGE, {"content": "Linked"})
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("article")).to_contain_text("Linked")


async def test_what_is_missing_or_too_short_is_said_beside_the_field(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    await opened(page, stage)
    dialog = page.get_by_role("dialog")

    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("alert")).to_have_text(["This field is required.", "Choose an option."])
    await dialog.get_by_role("textbox", name="Gamertag").fill("ab")
    await field(page, "playlist").click()
    await page.get_by_role("option", name="Arena").click()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("alert")).to_have_text(["Must be at least 3 characters long."])
    await expect(dialog.get_by_role("textbox", name="Gamertag")).to_be_focused()
    assert stage.interactions.empty()

    await dialog.get_by_role("textbox", name="Gamertag").fill("abc")
    await dialog.get_by_role("button", name="Submit").click()
    sent = (await stage.interactions.get()).interaction.data["components"]
    assert sent[2]["component"]["values"] == []
    assert sent[3]["component"]["value"] == ""


async def test_a_reload_keeps_what_was_filled_in(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    await opened(page, stage)
    await page.get_by_role("textbox", name="Gamertag").fill("Ember")
    await field(page, "playlist").click()
    await page.get_by_role("option", name="Slayer").click()

    await page.reload()

    await expect(page.get_by_role("textbox", name="Gamertag")).to_have_value("Ember")
    await expect(field(page, "playlist")).to_contain_text("Slayer")


async def test_a_form_is_filled_in_on_a_phone(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open(**PHONE)
    await opened(page, stage)
    await assert_fits(page)

    await page.get_by_role("textbox", name="Gamertag").fill("Ember Fox 7")
    await field(page, "playlist").tap()
    await assert_fits(page)
    await page.get_by_role("option", name="Arena").tap()
    await page.get_by_role("button", name="Submit").tap()

    sent = (await stage.interactions.get()).interaction.data["components"]
    assert sent[1]["component"]["values"] == ["arena"]
