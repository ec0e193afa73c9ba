"""Linking an account on the page, proving it in the world's panel, and what a command without a link offers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.playground.stage import Playground
from tests.browser.conftest import Room
from tests.browser.driving import PHONE, Tabs, send
from tests.browser.test_phone import assert_fits

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

CODE = re.compile(r"\b[A-Z2-9]{4}\b")


def answer(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


async def code_shown(page: Page) -> str:
    """The code that a player is told to set as service tag."""
    code = page.get_by_role("article").locator("h1 code")
    await expect(code).to_have_text(CODE)
    return await code.inner_text()


async def test_an_account_is_linked_and_proved_by_the_service_tag(
    tabs: Tabs, playground: Playground, room: Room
):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, "/link gamertag:quiet one")
    linked = answer(page, "You are linked to Quiet One")
    await expect(linked).to_contain_text("Only you can see this")
    await linked.get_by_role("button", name="Verify").click()
    code = await code_shown(page)
    await page.get_by_role("button", name="Check", exact=True).click()
    await expect(answer(page, "Not yet")).to_be_visible()

    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")
    await world.get_by_role("combobox", name="Gamertag", exact=True).fill("Quiet One")
    await world.get_by_role("textbox", name="New service tag").press_sequentially(code.lower())
    await page.keyboard.press("Enter")
    await expect(world.get_by_role("status", name="Done in the game")).to_have_text(
        f"Quiet One now has the service tag {code}."
    )
    await page.get_by_role("button", name="Check", exact=True).last.click()

    await expect(answer(page, "✓ Quiet One is yours")).to_be_visible()
    link = await playground.bot.resources.store.links.of_user(room.user.id)
    assert link is not None
    assert link.verified


async def test_a_player_is_renamed_and_what_does_not_fit_is_said(
    tabs: Tabs, playground: Playground, room: Room
):
    page = await tabs.open(room.user.id, room.channel.id)
    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")
    name = world.get_by_role("textbox", name="New gamertag")
    rename = world.get_by_role("button", name="Rename the player")

    await name.fill("Somebody")
    await rename.click()
    await expect(page.get_by_text("Nobody in this world has that gamertag.")).to_be_visible()
    await world.get_by_role("combobox", name="Gamertag", exact=True).fill("mossy anvil")
    await name.fill("Rusty Anvil")
    await rename.click()

    await expect(world.get_by_role("status", name="Done in the game")).to_have_text(
        "Mossy Anvil is now called Rusty Anvil."
    )
    await send(page, "/lastmatch player:Rusty Anvil")
    await expect(page.locator(".embed-author")).to_have_text("Rusty Anvil")


async def test_a_command_without_a_link_offers_a_form_that_links_and_runs_it(
    tabs: Tabs, playground: Playground, room: Room
):
    page = await tabs.open(room.user.id, room.channel.id, **PHONE)
    await send(page, "/lastmatch ")
    await page.get_by_role("button", name="Link account").tap()
    form = page.get_by_role("dialog")
    await expect(form.get_by_role("heading", level=2)).to_have_text("Which account is yours?")
    await assert_fits(page)

    await form.get_by_role("textbox").fill("copper kestrel")
    await form.get_by_role("button", name="Submit").tap()

    await expect(form).to_have_count(0)
    await expect(page.locator(".embed-author").filter(has_text="Copper Kestrel").first).to_be_visible()
    await expect(answer(page, "You are linked to Copper Kestrel")).to_be_visible()
    await assert_fits(page)
    assert await playground.bot.resources.store.links.of_user(room.user.id) is not None


async def test_what_is_stored_is_deleted_after_a_question(tabs: Tabs, playground: Playground, room: Room):
    await (await room.person.slash(room.channel, "link", gamertag="Tin Marshal")).answer()
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, "/account ")
    await expect(answer(page, "Export as JSON")).to_contain_text("Tin Marshal")

    await page.get_by_role("button", name="Delete it all", exact=True).click()
    await page.get_by_role("button", name="Yes, delete it all").click()

    await expect(page.get_by_role("button", name="Yes, delete it all")).to_have_count(0)
    await expect(answer(page, "are deleted")).to_be_visible()
    assert await playground.bot.resources.store.links.of_user(room.user.id) is None
