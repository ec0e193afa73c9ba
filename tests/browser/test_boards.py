"""The board of a server with its regulars: by keyboard, with its menus and pages; ranks from a member's menu."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.playground.stage import Playground, open_playground
from tests.browser.conftest import Room
from tests.browser.driving import PHONE, Tabs, Windows, loaded, the_composer
from tests.browser.test_phone import assert_fits
from tests.tier_emoji import tier_emojis

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def playground(
    windows: Windows, discord_api: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Playground]:
    """The real bot, and a server with regulars."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    async with open_playground(
        data_dir, has_regulars=True, regulars_reach=timedelta(days=12), emojis=tier_emojis()
    ) as opened:
        assert opened.regulars is not None
        await opened.regulars.settled()
        yield opened


def board(page: Page) -> Locator:
    return page.get_by_role("article").filter(has=page.locator(".embed"))


async def choose(page: Page, menu: str, typed: str) -> None:
    """Open a menu by keyboard and take what begins like that."""
    await board(page).get_by_role("button", name=menu).press("Enter")
    await page.keyboard.type(typed)
    await page.keyboard.press("Enter")


async def test_a_board_is_asked_for_changed_and_paged_by_keyboard(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await the_composer(page).press_sequentially("/leaderboard metric:kil")
    await expect(page.get_by_role("option", name="Kills", exact=True)).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("window:")
    await expect(page.get_by_role("option", name="All time")).to_be_visible()
    await page.keyboard.type("all")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(board(page).locator(".embed-title")).to_have_text("All matchmaking · Kills")
    await expect(board(page)).to_contain_text("page 1 of 2")
    assert await loaded(board(page).get_by_role("img", name="All matchmaking · Kills: 1 "))

    await choose(page, "What counts: Kills", "deat")
    await expect(board(page).locator(".embed-title")).to_have_text("All matchmaking · Deaths")
    await board(page).get_by_role("button", name="Next").press("Enter")

    await expect(board(page)).to_contain_text("page 2 of 2")
    await expect(board(page).get_by_role("button", name="Next")).to_be_disabled()
    await expect(board(page).locator(".embed-title")).to_have_text("All matchmaking · Deaths")


async def test_a_board_fits_a_phone(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id, **PHONE)
    await the_composer(page).fill("/leaderboard ")
    await page.get_by_role("button", name="Send").tap()

    await expect(board(page)).to_contain_text("11 linked members")
    assert await loaded(board(page).locator("img"))
    await assert_fits(page)


async def test_names_of_members_stay_text(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await the_composer(page).fill("/leaderboard ")
    await page.keyboard.press("Enter")

    await expect(board(page)).to_contain_text("**bold_name**")
    await expect(board(page).locator("strong, em").filter(has_text="bold_name")).to_have_count(0)


@pytest.mark.parametrize("menu", ["Halo: last match", "Halo: CSR"])
async def test_a_members_menu_answers_for_their_player(tabs: Tabs, room: Room, menu: str):
    page = await tabs.open(room.user.id, room.channel.id)
    members = page.get_by_role("complementary", name="Members")

    await members.get_by_role("button", name="Wren Okafor").click(button="right")
    await page.get_by_role("menuitem", name="Apps").click()
    await page.get_by_role("menuitem", name=menu).click()

    await expect(page.locator(".spine")).to_contain_text(f"{room.user.display_name} used {menu}")
    await expect(page.get_by_role("article").locator(".embed-author")).to_have_text("Static Wren")


async def test_a_menu_on_who_has_no_link_says_so(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    members = page.get_by_role("complementary", name="Members")

    await members.get_by_role("button", name="Bo Lindqvist").click(button="right")
    await page.get_by_role("menuitem", name="Apps").click()
    await page.get_by_role("menuitem", name="Halo: last match").click()

    await expect(page.get_by_role("article").last).to_contain_text("/link")
    await expect(page.get_by_role("article").last).to_contain_text("Only you can see this")


async def test_players_of_the_server_are_offered(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)

    await the_composer(page).press_sequentially("/lastmatch player:wren")

    values = page.get_by_role("listbox", name="Values of player").get_by_role("option")
    await expect(values).to_have_text(["Static Wren"])


@pytest.mark.parametrize("locale", ["de", "ja"])
async def test_commands_are_offered_by_the_names_that_they_are_registered_with(
    tabs: Tabs, playground: Playground, room: Room, locale: str
):
    room.user.locale = locale
    commands = [it.body for it in room.person.commands(room.channel) if it.type == 1]
    assert {"csr", "leaderboard", "link", "unlink", "account"} <= {body["name"] for body in commands}
    names = [(body.get("name_localizations") or {}).get(locale, body["name"]) for body in commands]
    page = await tabs.open(room.user.id, room.channel.id)

    await the_composer(page).press("/")

    offered = page.get_by_role("listbox", name="Commands").locator(".suggest-label")
    await expect(offered).to_have_count(len(names))
    # Behind a name stand the options that it requires.
    shown = await offered.evaluate_all("labels => labels.map(label => label.firstChild.textContent)")
    assert set(shown) == {f"/{name}" for name in names}
