"""The page on a screen 390 pixels wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.stage import Playground
from tests.browser.conftest import Room
from tests.browser.driving import PHONE, Tabs, loaded, the_composer

if TYPE_CHECKING:
    from playwright.async_api import Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALLEST_TARGET = 40
# Links within a text are as high as its line; the tail of a command grows with what is typed.
TARGETS = (
    "button:not(.mention, .alt-badge, .picture), select, textarea, input:not(.tail), [role=option], .slot"
)

MEASURE = """selector => [...document.querySelectorAll(selector)]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest("[inert]"))
  .map(node => ({node: node.outerHTML.slice(0, 120), ...node.getBoundingClientRect().toJSON()}))
  .filter(box => box.width > 0)"""
OVERFLOW = """() => [...document.querySelectorAll("#app *")]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest("[inert], .sr-only"))
  .filter(node => !node.closest("pre, .slot-box, .head-title, .composer-text"))
  .map(node => ({node: node.outerHTML.slice(0, 120), ...node.getBoundingClientRect().toJSON()}))
  .filter(box => box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5))"""


async def assert_fits(page: Page) -> None:
    assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") == 0
    scrolling: int = await page.locator(".viewport").evaluate("view => view.scrollWidth - view.clientWidth")
    assert scrolling == 0
    assert await page.evaluate(OVERFLOW) == []
    boxes: list[dict[str, Any]] = await page.evaluate(MEASURE, TARGETS)
    small = [box for box in boxes if min(box["width"], box["height"]) < SMALLEST_TARGET]
    assert small == []


async def test_nothing_overflows_from_the_first_visit_to_a_match(tabs: Tabs):
    page = await tabs.open(is_new=True, **PHONE)
    await assert_fits(page)

    await page.get_by_role("region", name="Welcome").get_by_role("button", name="/lastmatch").first.tap()
    await page.get_by_role("button", name="Scoreboard", exact=True).tap()

    picture = page.get_by_role("img", name="Scoreboard of ")
    await expect(picture).to_be_visible()
    assert await loaded(page.locator("img").filter(visible=True))
    await assert_fits(page)
    await page.get_by_role("button", name="Match", exact=True).tap()
    await expect(page.locator(".embed-fields")).to_be_visible()
    await assert_fits(page)


async def test_servers_channels_and_panels_are_drawers(tabs: Tabs, playground: Playground):
    page = await tabs.open(playground.towns.bo.id, **PHONE)
    channels = page.get_by_role("navigation", name="Channels")
    await expect(channels).to_have_count(0)

    await page.get_by_role("button", name="Servers and channels").tap()
    await expect(channels.get_by_role("button", name="general")).to_be_visible()
    await assert_fits(page)
    await channels.get_by_role("button", name="captains").tap()
    await expect(page.get_by_role("heading", name="captains", level=1)).to_be_visible()
    await expect(channels).to_have_count(0)

    await page.get_by_role("button", name="Members").tap()
    await expect(page.get_by_role("complementary", name="Members")).to_be_visible()
    await assert_fits(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="Members")).to_have_count(0)

    await page.get_by_role("button", name="World").tap()
    await expect(page.get_by_role("button", name="End a match now")).to_be_visible()
    await assert_fits(page)
    await page.get_by_role("complementary", name="World").get_by_role("button", name="Close").tap()
    await expect(page.get_by_role("complementary", name="World")).to_have_count(0)


async def test_a_command_is_filled_in_by_touch(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id, **PHONE)

    await page.get_by_role("button", name="Commands").tap()
    await page.get_by_role("option", name="/lastmatch").tap()
    await assert_fits(page)
    await page.get_by_role("option", name="private").tap()
    await page.get_by_role("option", name="True").tap()
    await page.get_by_role("option", name="player").tap()
    await page.keyboard.type("Ember Fox 7")
    await assert_fits(page)
    await page.get_by_role("button", name="Send").tap()

    answer = page.get_by_role("article")
    await expect(answer).to_contain_text("Only you can see this")
    await expect(answer.locator(".embed-author")).to_have_text("Ember Fox 7")
    await assert_fits(page)


async def test_dialogs_fit(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id, **PHONE)
    await page.get_by_role("button", name="Servers and channels").tap()
    await page.get_by_role("button", name="who are you?").tap()
    await expect(page.get_by_role("dialog", name="Who are you?")).to_be_visible()
    await assert_fits(page)
    await page.get_by_role("dialog").get_by_role("button", name="Close").tap()
    await page.keyboard.press("Escape")

    await the_composer(page).fill("/lastmatch player:Nobody By That")
    await page.get_by_role("button", name="Send").tap()
    await page.get_by_role("button", name="Try again").tap()

    await expect(page.get_by_role("dialog", name="Which player?")).to_be_visible()
    await assert_fits(page)
