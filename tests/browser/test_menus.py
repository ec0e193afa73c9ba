"""The menus of people and messages: by right click, by keyboard, by a long press; in one's own language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.driving import PHONE, Tabs, the_composer
from tests.browser.hand_stage import HandStage
from tests.browser.test_phone import assert_fits

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

MESSAGE = 4
HOSTILE = "</b><img src=x onerror=alert(1)> **b** <@1>"
MENUS: tuple[dict[str, Any], ...] = (
    {
        "name": "Halo: last match",
        "type": 2,
        "name_localizations": {"de": "Halo: letztes Match", "ja": "Halo: 最新の試合"},
    },
    {"name": "Halo: CSR", "type": 2},
    {"name": "Count words", "type": 3},
)


def author(page: Page, name: str) -> Locator:
    return page.get_by_role("article").get_by_role("button", name=name, exact=True)


async def long_press(page: Page, target: Locator) -> None:
    """Rest a finger on something until its menu is there."""
    box = await target.bounding_box()
    assert box is not None
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = await page.context.new_cdp_session(page)
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    await page.get_by_role("menu").wait_for()
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_a_right_click_on_a_name_offers_the_apps(hand_tabs: Tabs, stage: HandStage):
    await stage.register(*MENUS)
    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Good game")
    page = await hand_tabs.open()

    await author(page, "Bo Lindqvist").click(button="right")
    await page.get_by_role("menuitem", name="Apps").hover()
    apps = page.get_by_role("menu", name="Apps").get_by_role("menuitem")
    await expect(apps).to_have_text(["Halo: CSR", "Halo: last match"])
    await apps.filter(has_text="last match").click()

    handle = await stage.interactions.get()
    assert handle.interaction.data["target_id"] == str(stage.towns.bo.id)
    assert handle.interaction.name == "Halo: last match"
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.get_by_role("article").last).to_contain_text("Sending command…")
    await stage.bot.respond(handle, MESSAGE, {"content": "Victory"})
    answer = page.get_by_role("article").filter(has_text="Victory")
    await expect(answer).to_contain_text("Ada Reyes used Halo: last match")


@pytest.mark.parametrize("key", ["Shift+F10", "ContextMenu", "Enter"])
async def test_a_menu_is_used_by_keyboard_alone(hand_tabs: Tabs, stage: HandStage, key: str):
    await stage.register(*MENUS)
    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Good game")
    page = await hand_tabs.open()
    name = author(page, "Bo Lindqvist")

    await name.press(key)
    await expect(page.get_by_role("menuitem", name="Mention")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(name).to_be_focused()

    await name.press(key)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("menuitem", name="Halo: CSR")).to_be_focused()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("menuitem", name="Apps")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")

    assert (await stage.interactions.get()).interaction.name == "Halo: last match"
    await expect(name).to_be_focused()


@pytest.mark.parametrize(("who", "label"), [("bo", "Halo: letztes Match"), ("chiyo", "Halo: 最新の試合")])
async def test_commands_have_the_names_of_one_s_own_language(
    hand_tabs: Tabs, stage: HandStage, who: str, label: str
):
    await stage.register(*MENUS)
    user = getattr(stage.towns, who)
    page = await hand_tabs.open(user.id, stage.towns.general.id)

    await (
        page.get_by_role("complementary", name="Members")
        .get_by_role("button", name="Ada Reyes")
        .click(button="right")
    )
    await page.get_by_role("menuitem", name="Apps").click()
    await page.get_by_role("menuitem", name=label).click()

    interaction = (await stage.interactions.get()).interaction
    assert (interaction.name, interaction.user) == ("Halo: last match", user)
    assert interaction.data["target_id"] == str(stage.towns.ada.id)


async def test_avatars_mentions_and_whoever_used_a_command_have_menus(hand_tabs: Tabs, stage: HandStage):
    await stage.register({"name": "go", "description": "Go"}, *MENUS)
    bo, chiyo = stage.towns.bo, stage.towns.chiyo
    handle = await stage.discord.person(bo).slash(stage.towns.general, "go")
    await stage.bot.respond(handle, MESSAGE, {"embeds": [{"description": f"for {chiyo.mention}"}]})
    await stage.interactions.get()
    page = await hand_tabs.open()

    for place, name in (
        (page.locator(".message .avatar"), "Adjutant"),
        (page.locator(".spine-author"), "Bo Lindqvist"),
        (page.locator(".embed .mention"), "千代"),
    ):
        await place.click(button="right")
        await expect(page.get_by_role("menu", name=name, exact=True)).to_be_visible()
        await page.keyboard.press("Escape")


async def test_a_message_has_a_menu_where_there_are_commands_for_it(hand_tabs: Tabs, stage: HandStage):
    await stage.register(*MENUS)
    said = await stage.discord.person(stage.towns.bo).say(stage.towns.general, "three little words")
    page = await hand_tabs.open()

    await page.get_by_text("three little words").click(button="right")
    await page.get_by_role("menuitem", name="Apps").click()
    await page.get_by_role("menuitem", name="Count words").click()

    assert (await stage.interactions.get()).interaction.data["target_id"] == str(said.id)


async def test_without_commands_there_are_no_apps(hand_tabs: Tabs, stage: HandStage):
    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Good game")
    page = await hand_tabs.open()

    await author(page, "Bo Lindqvist").click()
    await expect(page.get_by_role("menuitem")).to_have_text(["Mention", "Copy user ID"])
    await page.get_by_role("heading", name="Welcome to #general!").click()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await page.get_by_text("Good game").click(button="right")
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_a_menu_mentions(hand_tabs: Tabs, stage: HandStage):
    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Good game")
    page = await hand_tabs.open()
    await the_composer(page).fill("Well played")

    await author(page, "Bo Lindqvist").click()
    await page.get_by_role("menuitem", name="Mention").click()
    await expect(the_composer(page)).to_have_value("Well played @Bo Lindqvist ")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").last).to_contain_text("Well played @Bo Lindqvist")
    message = stage.discord.state.history(stage.towns.general)[-1]
    assert message.content == f"Well played {stage.towns.bo.mention}"


async def test_names_in_menus_stay_text(hand_tabs: Tabs, stage: HandStage):
    state = stage.discord.state
    state.join(stage.towns.arena, state.add_user(HOSTILE))
    await stage.register({"name": "<i>Rank</i>", "type": 2})
    page = await hand_tabs.open()

    await page.get_by_role("complementary", name="Members").get_by_role("button", name=HOSTILE).click()
    await expect(page.get_by_role("menu", name=HOSTILE)).to_be_visible()
    await page.get_by_role("menuitem", name="Apps").click()
    await expect(page.get_by_role("menuitem", name="<i>Rank</i>")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("menuitem", name="Mention").click()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").locator(".mention")).to_have_text(f"@{HOSTILE}")


async def test_a_long_press_opens_a_sheet_on_a_phone(hand_tabs: Tabs, stage: HandStage):
    await stage.register(*MENUS)
    await stage.discord.person(stage.towns.bo).say(stage.towns.general, "Good game")
    page = await hand_tabs.open(**PHONE)

    await long_press(page, page.locator(".message .avatar"))
    sheet = page.get_by_role("menu", name="Bo Lindqvist")
    await expect(sheet.get_by_role("group", name="Apps").get_by_role("menuitem")).to_have_count(2)
    await assert_fits(page)
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)

    await page.get_by_role("button", name="Members").tap()
    await long_press(
        page, page.get_by_role("complementary", name="Members").get_by_role("button", name="千代")
    )
    await page.get_by_role("menuitem", name="Halo: CSR").tap()
    handle = await stage.interactions.get()
    assert handle.interaction.data["target_id"] == str(stage.towns.chiyo.id)
    await stage.bot.respond(handle, MESSAGE, {"content": "Onyx 1650"})
    await expect(page.get_by_text("Onyx 1650", exact=True)).to_be_visible()
    await expect(page.get_by_role("complementary", name="Members")).to_have_count(0)
