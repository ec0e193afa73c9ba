"""When the line to the playground breaks, nothing that somebody wrote or asked for is lost without a word."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.browser.driving import Tabs, send, the_composer
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Page, WebSocketRoute

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


class Cable:
    """Stands between a page and the playground and can be cut."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[WebSocketRoute] = asyncio.Queue()
        self.is_whole = True
        self.swallows = False

    async def install(self, page: Page) -> None:
        """Take over the lines that the page opens from now on."""
        await page.route_web_socket("**/ws", self._connect)

    async def cut(self) -> None:
        """Break the line that is in use."""
        line = await self.lines.get()
        await line.close()

    async def _connect(self, line: WebSocketRoute) -> None:
        if not self.is_whole:
            await line.close()
            return
        server = line.connect_to_server()

        def forward(message: str | bytes) -> None:
            if not self.swallows:
                server.send(message)

        line.on_message(forward)
        self.lines.put_nowait(line)


async def test_the_page_comes_back_by_itself_to_where_it_was(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open(stage.towns.bo.id, stage.towns.matches.id)
    cable = Cable()
    await cable.install(page)
    await page.reload()
    await the_composer(page).fill("half a sentence")

    cable.is_whole = False
    await cable.cut()
    banner = page.get_by_text("Reconnecting…")
    await expect(banner).to_be_visible()
    await stage.discord.person(stage.towns.ada).say(stage.towns.matches, "While you were away")
    cable.is_whole = True

    await expect(page.get_by_role("article")).to_contain_text("While you were away")
    await expect(banner).to_be_hidden()
    await expect(the_composer(page)).to_have_value("half a sentence")
    await expect(page.locator(".user-name")).to_have_text("Bo Lindqvist")
    await stage.discord.person(stage.towns.ada).say(stage.towns.matches, "And now")
    await expect(page.get_by_text("And now", exact=True)).to_be_visible()


async def test_what_was_being_written_outlives_the_playground(hand_tabs: Tabs):
    page = await hand_tabs.open()
    # As it is after a restart: there is nobody any more of those that this browser remembers.
    await page.evaluate(
        """() => {
            sessionStorage.setItem("adjutant.place", JSON.stringify({ user: "1", channel: "2" }));
            sessionStorage.setItem("adjutant.draft.1.2", JSON.stringify({ text: "half a sentence" }));
        }"""
    )

    await page.reload()

    await expect(the_composer(page)).to_have_value("half a sentence")
    await page.reload()
    await expect(the_composer(page)).to_have_value("half a sentence")


async def test_what_was_on_its_way_is_refused_readably_and_comes_back_to_the_composer(
    hand_tabs: Tabs, stage: HandStage
):
    page = await hand_tabs.open()
    cable = Cable()
    await cable.install(page)
    await page.reload()
    await the_composer(page).fill("Hello?")
    cable.swallows = True

    await page.keyboard.press("Enter")
    await expect(the_composer(page)).to_have_value("")
    cable.swallows = False
    await cable.cut()

    await expect(page.get_by_text("The connection was lost before an answer came.")).to_be_visible()
    await expect(the_composer(page)).to_have_value("Hello?")
    await expect(page.get_by_text("Reconnecting…")).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article").locator(".content")).to_have_text(["Hello?"])


async def test_changes_of_servers_and_commands_arrive_by_themselves(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open(stage.towns.chiyo.id)
    captains = page.get_by_role("navigation", name="Channels").get_by_role("button", name="captains")
    await expect(page.get_by_role("complementary", name="Members")).to_contain_text("千代")
    await expect(captains).to_have_count(0)

    newcomer = stage.discord.state.add_user("Somebody New")
    stage.discord.state.join(stage.towns.arena, newcomer)
    await stage.register({"name": "brand-new", "description": "Just registered"})

    await expect(page.get_by_role("complementary", name="Members")).to_contain_text("Somebody New")
    await the_composer(page).press("/")
    await expect(page.get_by_role("option")).to_contain_text(["/brand-new"])
    await send(page, "/brand-new ")
    assert (await stage.interactions.get()).interaction.name == "brand-new"
