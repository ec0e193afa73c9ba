"""The real bot's answers: buttons, forms, what only one person sees, and Halo in trouble."""

from __future__ import annotations

import re

import pytest

from bot.playground.stage import Playground
from tests.browser.conftest import Room
from tests.browser.driving import Tabs, loaded, send, the_composer

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

# A match that nothing is added to any more, also where another test has let one end.
SETTLED = "/lastmatch player:Ember Fox 7 ago:2"


async def test_a_button_edits_the_message_in_its_place(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, SETTLED)
    answer = page.get_by_role("article")
    scoreboard = answer.get_by_role("button", name="Scoreboard", exact=True)
    await expect(scoreboard).to_be_visible()

    await scoreboard.click()

    picture = answer.get_by_role("img", name="Scoreboard of ")
    await expect(picture).to_be_visible()
    assert await loaded(picture)
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(scoreboard).to_be_disabled()
    await expect(answer.get_by_text("(edited)")).to_be_visible()
    title = await answer.locator(".embed-title").inner_text()
    await answer.get_by_role("button", name="Older").press("Enter")
    await expect(answer.locator(".embed-title")).not_to_have_text(title)
    await expect(answer.get_by_role("button", name="Older")).to_be_focused()


async def test_the_message_keeps_its_place_while_its_pictures_arrive(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, SETTLED)
    await page.get_by_role("button", name="Scoreboard").click()
    picture = page.get_by_role("img", name="Scoreboard of ")
    assert await loaded(picture)
    before = await page.locator(".embed").bounding_box()

    await page.route("**/attachments/**", lambda route: route.abort())
    await page.reload()
    await expect(page.locator(".embed-image .broken")).to_be_visible()

    assert before == await page.locator(".embed").bounding_box()
    # The picture was refused on purpose.
    tabs.problems[:] = [problem for problem in tabs.problems if "ERR_FAILED" not in problem]


async def test_a_form_asks_again_and_its_answer_is_shown(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, "/lastmatch player:Nobody By That")
    await expect(page.get_by_role("article")).to_contain_text("No Xbox account is called Nobody By That")

    await page.get_by_role("button", name="Try again").click()

    form = page.get_by_role("dialog", name="Which player?")
    field = form.get_by_role("textbox", name="Gamertag or XUID")
    await expect(field).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(form.get_by_role("alert")).to_have_text("This field is required.")
    await field.fill("Ember Fox 7")
    await page.reload()
    await expect(form).to_be_visible()
    await expect(field).to_have_value("Ember Fox 7")
    await page.keyboard.press("Enter")
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("article").last.locator(".embed-author")).to_have_text("Ember Fox 7")


async def test_a_form_that_was_closed_stays_closed(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, "/lastmatch player:Nobody By That")
    await page.get_by_role("button", name="Try again").click()
    form = page.get_by_role("dialog", name="Which player?")
    await form.get_by_role("textbox").fill("half a na")

    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("button", name="Try again")).to_be_focused()
    await page.reload()

    await expect(page.get_by_role("button", name="Try again")).to_be_visible()
    await expect(form).to_have_count(0)


async def test_a_private_answer_is_seen_by_its_asker_alone(tabs: Tabs, playground: Playground, room: Room):
    mine = await tabs.open(room.user.id, room.channel.id)
    theirs = await tabs.open(playground.towns.bo.id, room.channel.id)

    await send(mine, "/lastmatch player:Ember Fox 7 private:true")
    private = mine.get_by_role("article").filter(has_text="Only you can see this")
    await expect(private.locator(".embed-author")).to_have_text("Ember Fox 7")
    await send(mine, "Did you see that?")

    await expect(theirs.get_by_role("article").locator(".content")).to_have_text(["Did you see that?"])
    await theirs.reload()
    await expect(theirs.get_by_role("article")).to_have_count(1)
    await private.get_by_role("button", name="Share").click()
    await expect(theirs.get_by_role("article").locator(".embed-author")).to_have_text("Ember Fox 7")
    await private.get_by_role("button", name="Dismiss message").click()
    await expect(private).to_have_count(0)
    await mine.reload()
    await expect(mine.get_by_role("article")).to_have_count(2)


async def test_halo_fails_and_recovers_from_the_worlds_panel(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")
    failure = world.get_by_role("combobox", name="Failure")

    await failure.select_option("Down")
    await expect(world).to_contain_text("Every request is answered with 503")
    await send(page, "/lastmatch player:Static Wren")
    trouble = page.get_by_role("article").filter(has_text="Halo services are having trouble")
    await expect(trouble).to_contain_text("Only you can see this", timeout=20_000)
    await failure.select_option("None: Halo works")
    await trouble.get_by_role("button", name="Retry").click()

    await expect(page.get_by_role("article").last.locator(".embed-author")).to_have_text("Static Wren")


async def test_a_match_ends_on_command(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await page.get_by_role("button", name="World").click()
    world = page.get_by_role("complementary", name="World")

    await world.get_by_role("combobox", name="Player").select_option("Ember Fox 7")
    await world.get_by_role("button", name="End a match now").click()

    last = world.locator("[data-fact=last-match]")
    await expect(last).to_contain_text("Ember Fox 7")
    await expect(last.locator("time")).to_have_text(re.compile(r"^\d+ seconds? ago$"))
    shown = await last.locator("time").inner_text()
    await expect(last.locator("time")).not_to_have_text(shown)


async def test_a_player_worth_trying_lands_in_the_composer(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await page.get_by_role("button", name="World").click()

    await page.get_by_role("complementary", name="World").get_by_role("button", name="月の光").click()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").locator(".embed-author")).to_contain_text("月の光")


async def test_a_gamertag_full_of_markdown_is_shown_as_it_is(tabs: Tabs, playground: Playground, room: Room):
    hostile = next(person for person in playground.halo.world.people if "*" in person.gamertag)
    page = await tabs.open(room.user.id, room.channel.id)

    await send(page, f"/lastmatch player:{hostile.gamertag}")

    answer = page.get_by_role("article")
    await expect(answer.locator(".embed-author")).to_have_text(hostile.gamertag)
    await answer.get_by_role("button", name="Scoreboard").click()
    await expect(answer.locator(".embed-description")).to_contain_text(hostile.gamertag)
    await page.reload()
    await expect(answer.locator(".embed-description")).to_contain_text(hostile.gamertag)


async def test_a_reload_loses_nothing(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, "Before")
    await send(page, f"{SETTLED} private:true")
    await expect(page.get_by_role("article").locator(".embed")).to_be_visible()
    await page.get_by_role("button", name="World").click()
    # All but the moments, which tick.
    parts = page.locator(".content, .embed-title, .embed-fields, .button, .private-note")
    texts = await parts.all_inner_texts()

    await page.reload()

    await expect(parts).to_have_text(texts, use_inner_text=True)
    assert await loaded(page.locator("img"))
    await expect(page.get_by_role("complementary", name="World")).to_be_visible()
    await expect(page.locator(".head h1")).to_have_text(room.channel.name or "")
    await expect(page.locator(".user-name")).to_have_text(room.user.display_name)
    await expect(the_composer(page)).to_be_focused()


async def test_a_picture_is_enlarged_and_described(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)
    await send(page, SETTLED)
    await page.get_by_role("button", name="Scoreboard").click()
    small = page.get_by_role("button", name="Enlarge picture: Scoreboard of")

    await small.press("Enter")

    box = page.get_by_role("dialog", name="Picture")
    await expect(box.get_by_role("img")).to_be_visible()
    assert await loaded(box.get_by_role("img"))
    await expect(box.get_by_text("Scoreboard of")).to_be_visible()
    for _ in range(5):
        await page.keyboard.press("Tab")
        assert not await page.locator(".composer-text").evaluate("field => field === document.activeElement")
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(small).to_be_focused()
