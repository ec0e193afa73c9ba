"""Mentions while writing, how long a message may be, and who is in which server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.driving import Tabs, the_composer
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

MESSAGE, STRING, USER = 4, 3, 6
RANK: dict[str, Any] = {
    "name": "rank",
    "description": "Rank",
    "options": [
        {"type": STRING, "name": "player", "description": "A gamertag or a member", "autocomplete": True},
        {"type": USER, "name": "member", "description": "Somebody here"},
    ],
}
HOSTILE = "$& <b>x</b> (.*)"


def members(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Members").get_by_role("option")


async def value_sent(stage: HandStage, kind: int = 2) -> Any:
    """The first option of the next interaction of a kind: autocomplete is asked for in between."""
    while (interaction := (await stage.interactions.get()).interaction).type != kind:
        pass
    return interaction.data["options"][0]["value"]


async def test_an_at_sign_in_a_command_offers_members(hand_tabs: Tabs, stage: HandStage):
    await stage.register(RANK)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/rank player:@")
    await expect(members(page)).to_have_count(4)
    await page.keyboard.type("lind")
    await expect(members(page)).to_have_text(["Bo Lindqvistbolindqvist"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".slot-input")).to_have_value("@Bo Lindqvist")
    await page.reload()
    await expect(page.locator(".slot-input")).to_have_value("@Bo Lindqvist")
    await page.locator(".tail").press("Enter")

    assert await value_sent(stage) == stage.towns.bo.mention


async def test_a_member_is_picked_for_an_option_of_that_kind(hand_tabs: Tabs, stage: HandStage):
    await stage.register(RANK)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/rank member:@千")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    assert await value_sent(stage) == str(stage.towns.chiyo.id)


async def test_a_message_mentions_whom_it_names_and_pings_them(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    theirs = await hand_tabs.open(stage.towns.bo.id, stage.towns.general.id)

    await the_composer(page).press_sequentially("Hi @bo")
    await members(page).first.click()
    await page.keyboard.type("and `@Bo Lindqvist` and @nobody")
    await page.keyboard.press("Enter")

    message = theirs.get_by_role("article")
    await expect(message.locator(".mention")).to_have_text(["@Bo Lindqvist"])
    await expect(message.locator("code")).to_have_text("@Bo Lindqvist")
    await expect(theirs.locator(".mentions-me")).to_have_count(1)
    await expect(page.locator(".mentions-me")).to_have_count(0)


async def test_what_a_bot_mentions_is_a_pill_and_pings_nobody(hand_tabs: Tabs, stage: HandStage):
    ada, gone = stage.towns.ada.mention, "<@1>"
    stage.post(
        content=f"{ada} {gone}",
        embeds=[{"description": ada, "fields": [{"name": "Who", "value": ada}]}],
        allowed_mentions={"parse": []},
    )
    page = await hand_tabs.open()

    pills = page.get_by_role("article").locator(".mention")
    await expect(pills).to_have_text(["@Ada Reyes", "@unknown-user", "@Ada Reyes", "@Ada Reyes"])
    await expect(page.locator(".mentions-me")).to_have_count(0)


async def test_names_that_are_alike_or_strange_are_told_apart(hand_tabs: Tabs, stage: HandStage):
    state, arena = stage.discord.state, stage.towns.arena
    other, strange = state.add_user("Bo Two"), state.add_user("Strange")
    state.join(arena, other, nick="Bo Lindqvist")
    state.join(arena, strange, nick=HOSTILE)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("@botwo")
    await page.keyboard.press("Enter")
    await expect(the_composer(page)).to_have_value("@botwo ")
    await page.keyboard.type("@$&")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    await expect(page.locator(".mention")).to_have_text(["@Bo Lindqvist", f"@{HOSTILE}"])
    message = state.history(stage.towns.general)[-1]
    assert message.mentions == [other, strange]


async def test_a_message_that_is_too_long_is_counted_and_not_sent(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    count = page.get_by_role("status", name="Characters left")
    await the_composer(page).fill("x" * 1799)
    await expect(count).to_have_count(0)

    await the_composer(page).fill("😀" * 2000)
    await expect(count).to_have_text("0")
    await the_composer(page).fill("x" * 2003)
    await expect(count).to_have_text("-3")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Your message is too long")).to_be_visible()
    assert stage.discord.state.history(stage.towns.general) == []

    await the_composer(page).fill("x" * 2000)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(count).to_have_count(0)


async def test_one_leaves_a_server_and_joins_it_again(hand_tabs: Tabs, stage: HandStage):
    bo, arena = stage.towns.bo, stage.towns.arena
    ada = await hand_tabs.open()
    page = await hand_tabs.open(bo.id, stage.towns.general.id)
    listed = ada.get_by_role("complementary", name="Members").get_by_role("button")
    await expect(listed).to_have_count(4)
    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")
    await expect(world.get_by_role("button", name="Leave Big Team Lounge")).to_have_count(0)

    await world.get_by_role("button", name="Leave Arena Regulars").click()
    await expect(page.get_by_role("heading", name="sofa", level=1)).to_be_visible()
    await expect(page.get_by_role("navigation", name="Servers").get_by_role("button")).to_have_count(2)
    await expect(listed).to_have_count(3)
    assert bo.id not in arena.members

    await world.get_by_role("button", name="Join Arena Regulars").click()
    await expect(listed).to_have_count(4)
    await page.get_by_role("button", name="Arena Regulars", exact=True).click()
    await expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()


async def test_the_bot_is_removed_and_added_again(hand_tabs: Tabs, stage: HandStage):
    handle = await stage.discord.person(stage.towns.ada).slash(stage.towns.general, "go")
    button = {"type": 2, "style": 2, "label": "Older", "custom_id": "older"}
    await stage.bot.respond(
        handle, MESSAGE, {"content": "Here", "components": [{"type": 1, "components": [button]}]}
    )
    page = await hand_tabs.open()
    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")

    await world.get_by_role("button", name="Remove Adjutant from Arena Regulars").click()
    back = world.get_by_role("button", name="Add Adjutant to Arena Regulars")
    await expect(back).to_be_visible()
    await page.get_by_role("button", name="Older").click()
    await expect(page.get_by_text("The application is not in this server any more.")).to_be_visible()
    await the_composer(page).press_sequentially("/")
    await expect(page.get_by_text("There are no commands here.")).to_be_visible()

    await back.click()
    await expect(world.get_by_role("button", name="Remove Adjutant from Arena Regulars")).to_be_visible()
    await expect(page.get_by_text("There are no commands here.")).to_be_hidden()
    await the_composer(page).fill("")
    await the_composer(page).fill("/")
    await expect(page.get_by_role("option", name="/go")).to_be_visible()
