"""From the first visit to a match with its pictures."""

from __future__ import annotations

import pytest

from bot.playground.stage import Playground
from tests.browser.conftest import Room
from tests.browser.driving import Tabs, loaded, the_composer

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_first_visit_offers_three_commands_and_a_click_shows_a_match_with_its_pictures(
    tabs: Tabs, playground: Playground
):
    page = await tabs.open(is_new=True)
    card = page.get_by_role("region", name="Welcome")
    offered = card.get_by_role("button").filter(has_text="/")
    hero = playground.halo.world.hero.gamertag
    await expect(offered.locator(".suggestion-label")).to_have_text(
        [f"/lastmatch player:{hero}", f"/csr player:{hero}", "/leaderboard"]
    )

    await offered.filter(has_text="/lastmatch").first.click()

    answer = page.get_by_role("article").filter(has=page.locator(".embed"))
    await expect(answer).to_contain_text("Ada Reyes used lastmatch")
    await expect(answer.locator(".embed-author")).to_have_text(playground.halo.world.hero.gamertag)
    await answer.get_by_role("button", name="Scoreboard").click()
    board = answer.get_by_role("img", name="Scoreboard of ")
    await expect(board).to_be_visible()
    for pictures in (board, answer.locator(".embed-thumbnail img"), answer.locator(".embed-author img")):
        assert await loaded(pictures)
    assert await loaded(page.locator("img"))


async def test_typing_a_slash_leads_to_the_same(tabs: Tabs, playground: Playground, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    gamertag = playground.halo.world.hero.gamertag

    await the_composer(page).press("/")
    commands = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(commands.filter(has_text="/lastmatch")).to_contain_text("The most recent match")
    await page.keyboard.type("last")
    await expect(commands).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("listbox", name="Options").get_by_role("option")).to_have_count(4)
    await page.keyboard.type(f"player:{gamertag}")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").locator(".embed-author")).to_have_text(gamertag)
    await expect(page.locator(".spine")).to_contain_text(f"{room.user.display_name} used")
    await expect(page.get_by_role("heading", name="Adjutant APP")).to_be_visible()


async def test_the_welcome_can_be_put_away_for_good(tabs: Tabs):
    page = await tabs.open(is_new=True)

    await page.get_by_role("button", name="Hide the welcome").click()
    await expect(page.get_by_role("region", name="Welcome")).to_have_count(0)
    await page.reload()

    await expect(the_composer(page)).to_be_visible()
    await expect(page.get_by_role("region", name="Welcome")).to_have_count(0)


async def test_somebody_else_sees_their_own_servers_and_channels(tabs: Tabs, playground: Playground):
    page = await tabs.open(playground.towns.ada.id)
    channels = page.get_by_role("navigation", name="Channels")
    await expect(channels.get_by_role("button", name="captains")).to_be_visible()

    await page.get_by_role("button", name="who are you?").click()
    await page.get_by_role("dialog", name="Who are you?").get_by_role("button", name="Chiyo").click()

    await expect(page.locator(".user-name")).to_have_text("Chiyo")
    await expect(channels.get_by_role("button", name="captains")).to_have_count(0)
    await expect(page.get_by_role("navigation", name="Servers").get_by_role("button")).to_have_count(2)
    await channels.get_by_role("button", name="news").click()
    await expect(page.get_by_role("textbox", name="You do not have permission")).to_be_disabled()
