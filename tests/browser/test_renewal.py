"""What is being chosen while the page draws something anew: it is chosen still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.discord.model import Message
from bot.playground.discord.uploads import Body
from tests.browser.driving import Tabs, the_composer
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = ("Small", "Medium", "Large")
FEW, MANY = 3, 12
AUTOCOMPLETE = 8
DRINK: dict[str, Any] = {
    "name": "drink",
    "description": "Drink",
    "options": [
        {"type": 3, "name": "what", "description": "What", "autocomplete": True},
        {
            "type": 3,
            "name": "size",
            "description": "How much",
            "choices": [{"name": size, "value": size.lower()} for size in SIZES],
        },
    ],
}


def menu(count: int, *, most: int = 1, **about: object) -> dict[str, Any]:
    """A menu of some values, with a button behind it."""
    offers = [{"label": f"Board {n}", "value": f"b{n}"} for n in range(1, count + 1)]
    select = {"type": 3, "custom_id": "menu", "options": offers, "max_values": most, **about}
    button = {"type": 2, "custom_id": "next", "style": 2, "label": "Next"}
    return {
        "components": [{"type": 1, "components": [select]}, {"type": 1, "components": [button]}],
    }


def control(page: Page) -> Locator:
    return page.get_by_role("article").locator("[data-component=menu]")


def active(page: Page) -> Locator:
    return page.locator(".menu-row.active")


async def edited(page: Page, stage: HandStage, message: Message, text: str, **body: Any) -> None:
    stage.discord.board.edit(message, Body({"content": text, **body}))
    await expect(page.get_by_role("article").get_by_text(text)).to_be_visible()


async def test_a_row_that_was_gone_to_stays_when_late_suggestions_arrive(hand_tabs: Tabs, stage: HandStage):
    """They are of another option: the list that is open now is only drawn anew."""
    await stage.register(DRINK)
    page = await hand_tabs.open()
    rows = page.get_by_role("listbox", name="Values of size").get_by_role("option")
    await the_composer(page).press_sequentially("/drink what:")
    late = await stage.interactions.get()
    await page.keyboard.type(" size:")
    await expect(rows).to_have_text(SIZES)
    await page.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    await rows.nth(0).evaluate("row => row.classList.add('of-the-first-drawing')")

    await stage.bot.respond(late, AUTOCOMPLETE, {"choices": [{"name": "Tea", "value": "tea"}]})
    await expect(page.locator(".of-the-first-drawing")).to_have_count(0)

    await expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("combobox", name="size")).to_have_value("Medium")


async def test_a_row_that_was_gone_to_stays_when_the_focus_was_elsewhere(hand_tabs: Tabs, stage: HandStage):
    await stage.register(DRINK)
    page = await hand_tabs.open()
    rows = page.get_by_role("listbox", name="Values of size").get_by_role("option")
    await the_composer(page).press_sequentially("/drink size:")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")

    await page.get_by_role("combobox", name="size").blur()
    await expect(rows).to_have_count(0)
    await page.get_by_role("combobox", name="size").focus()

    await expect(rows.nth(2)).to_have_attribute("aria-selected", "true")
    await page.keyboard.type("m")
    await expect(rows).to_have_text(["Medium", "Small"])
    await expect(rows.nth(0)).to_have_attribute("aria-selected", "true")


async def test_a_list_that_was_left_begins_at_its_first_row(hand_tabs: Tabs, stage: HandStage):
    await stage.register(DRINK, {"name": "eat", "description": "Eat"})
    page = await hand_tabs.open()
    rows = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await the_composer(page).press_sequentially("/")
    await page.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_have_attribute("aria-selected", "true")

    await page.keyboard.press("Escape")
    await expect(rows).to_have_count(0)
    await the_composer(page).fill("/")

    await expect(rows.nth(0)).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(("count", "typed"), [(FEW, ""), (MANY, "board")])
async def test_an_open_menu_stays_when_its_message_is_edited(
    hand_tabs: Tabs, stage: HandStage, count: int, typed: str
):
    message = stage.post(content="One", **menu(count))
    page = await hand_tabs.open()
    await control(page).press("Enter")
    await page.keyboard.type(typed)
    await page.keyboard.press("ArrowDown")
    await expect(active(page)).to_have_text("Board 2")

    await edited(page, stage, message, "Two", **menu(count))

    await expect(active(page)).to_have_text("Board 2")
    if typed:
        await expect(page.get_by_role("combobox", name="Search")).to_have_value(typed)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    handle = await stage.interactions.get()
    assert handle.interaction.data["values"] == ["b3"]
    assert stage.interactions.empty()
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_values_that_were_not_committed_yet_are_committed_once(hand_tabs: Tabs, stage: HandStage):
    message = stage.post(content="One", **menu(FEW, most=3))
    page = await hand_tabs.open()
    await control(page).press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option", name="Board 1")).to_have_attribute("aria-selected", "true")

    await edited(page, stage, message, "Two", **menu(FEW - 1, most=2))

    await expect(page.get_by_role("option", name="Board 1")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    handle = await stage.interactions.get()
    assert handle.interaction.data["values"] == ["b1", "b2"]
    assert stage.interactions.empty()


@pytest.mark.parametrize("is_disabled", [True, False])
async def test_a_menu_that_cannot_be_used_any_more_closes_and_chooses_nothing(
    hand_tabs: Tabs, stage: HandStage, is_disabled: bool
):
    message = stage.post(content="One", **menu(FEW, most=3))
    page = await hand_tabs.open()
    await control(page).press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option", name="Board 1")).to_have_attribute("aria-selected", "true")

    left = menu(FEW, disabled=True) if is_disabled else {"components": menu(FEW)["components"][1:]}
    await edited(page, stage, message, "Two", **left)

    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(page.get_by_role("button", name="Next")).to_be_focused()
    assert stage.interactions.empty()
