"""Commands are typed as in Discord, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.stage import Playground
from tests.browser.conftest import Room
from tests.browser.driving import Tabs, the_composer
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

AUTOCOMPLETE = 8
ORDER = {
    "name": "order",
    "description": "Everything that an option can be",
    "name_localizations": {"de": "bestellen"},
    "description_localizations": {"de": "Alles, was eine Option sein kann"},
    "options": [
        {
            "type": 3,
            "name": "name",
            "description": "A text",
            "required": True,
            "min_length": 3,
            "max_length": 8,
        },
        {
            "type": 4,
            "name": "count",
            "description": "How many",
            "required": True,
            "min_value": 1,
            "max_value": 5,
        },
        {"type": 6, "name": "who", "description": "Somebody"},
        {"type": 10, "name": "ratio", "description": "A number", "min_value": 0.5},
    ],
}
SEARCH = {
    "name": "search",
    "description": "Search",
    "options": [{"type": 3, "name": "what", "description": "What", "required": True, "autocomplete": True}],
}
BOARD = {
    "name": "board",
    "description": "Boards",
    "options": [
        {"type": 1, "name": "show", "description": "Show the board"},
        {"type": 1, "name": "hide", "description": "Hide the board"},
    ],
}


def options(page: Page, listbox: str) -> Locator:
    return page.get_by_role("listbox", name=listbox).get_by_role("option")


def slot(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=f"{name}:")


async def test_autocomplete_by_keyboard(tabs: Tabs, playground: Playground, room: Room):
    await (await room.person.slash(room.channel, "lastmatch", player="Quiet One")).answer()
    page = await tabs.open(room.user.id, room.channel.id)

    await the_composer(page).press_sequentially("/lastmatch player:qui")
    await expect(options(page, "Values of player")).to_have_text(["Quiet One"])
    await page.keyboard.press("ArrowDown")
    chosen = await slot(page, "player").get_attribute("aria-activedescendant")
    assert chosen == await options(page, "Values of player").get_attribute("id")
    await page.keyboard.press("Enter")
    await expect(slot(page, "player")).to_have_value("Quiet One")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").locator(".embed-author")).to_have_text(["Quiet One"] * 2)
    await expect(the_composer(page)).to_be_focused()


async def test_what_does_not_fit_is_refused_before_it_is_sent(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)

    await the_composer(page).press_sequentially("/lastmatch player:Ember Fox 7 ago:99")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("alert")).to_have_text("Must be between 0 and 24.")
    await expect(slot(page, "ago")).to_be_focused()
    await expect(slot(page, "ago")).to_have_attribute("aria-invalid", "true")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("Backspace")
    await page.keyboard.type("x")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Must be a whole number.")
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_choices_and_true_or_false_are_picked_from_a_list(tabs: Tabs, room: Room):
    page = await tabs.open(room.user.id, room.channel.id)

    await the_composer(page).press_sequentially("/lastmatch player:Ember Fox 7 type:")
    await expect(options(page, "Values of type")).to_have_text(
        ["All", "Matchmaking", "Custom games", "Local games"]
    )
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(slot(page, "type")).to_have_value("Matchmaking")
    await page.keyboard.type("private:t")
    await expect(options(page, "Values of private")).to_have_text(["True"])
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    answer = page.get_by_role("article")
    await expect(answer).to_contain_text("Only you can see this")
    await expect(answer.locator(".embed-title")).to_be_visible()


async def test_required_options_come_first_and_must_be_filled_in(hand_tabs: Tabs, stage: HandStage):
    await stage.register(ORDER)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/order")
    await page.keyboard.press("Tab")
    await expect(slot(page, "name")).to_be_focused()
    await page.keyboard.type("ab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Must be at least 3 characters long.")
    await page.keyboard.type("cd")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("This option is required. Specify a value.")
    await expect(slot(page, "count")).to_be_focused()
    await page.keyboard.type("3 who:chi")
    await expect(options(page, "Values of who")).to_have_text(["千代chiyo"])
    await page.keyboard.press("Enter")
    await expect(slot(page, "who")).to_have_value("千代")
    await page.keyboard.press("Enter")

    sent = await stage.interactions.get()
    chiyo = str(stage.towns.chiyo.id)
    filled = {option["name"]: option["value"] for option in sent.interaction.data["options"]}
    assert filled == {"name": "abcd", "count": 3, "who": chiyo}


async def test_backspace_takes_options_away_and_escape_all_of_it(hand_tabs: Tabs, stage: HandStage):
    await stage.register(ORDER)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/order abc")
    await page.keyboard.press("Tab")
    await page.keyboard.type("1 ratio:")
    await expect(slot(page, "ratio")).to_be_focused()
    await expect(page.get_by_role("button", name="+1 more")).to_be_visible()
    await page.keyboard.press("Backspace")
    await expect(slot(page, "ratio")).to_have_count(0)
    await expect(slot(page, "count")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(the_composer(page)).to_have_value("")
    await expect(the_composer(page)).to_be_focused()

    await page.keyboard.type("/go ")
    await expect(page.get_by_role("group", name="Command /go")).to_have_count(0)
    await page.keyboard.press("Escape")
    assert stage.interactions.empty()


async def test_subcommands_are_found_by_any_part_of_their_name(hand_tabs: Tabs, stage: HandStage):
    await stage.register(BOARD, SEARCH)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/hide")
    await expect(options(page, "Commands")).to_have_text(["/board hideHide the board"])
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    sent = await stage.interactions.get()
    assert [option["name"] for option in sent.interaction.data["options"]] == ["hide"]


async def test_a_whole_command_can_be_pasted(hand_tabs: Tabs, stage: HandStage):
    await stage.register(ORDER)
    page = await hand_tabs.open()

    await the_composer(page).focus()
    await page.keyboard.insert_text("/order ratio:1.5 name:Ember: x count:2")
    await expect(slot(page, "name")).to_have_value("Ember: x")
    await page.keyboard.press("Enter")

    sent = await stage.interactions.get()
    filled = {option["name"]: option["value"] for option in sent.interaction.data["options"]}
    assert filled == {"name": "Ember: x", "count": 2, "ratio": 1.5}


async def test_an_old_suggestion_never_replaces_a_newer_one(hand_tabs: Tabs, stage: HandStage):
    await stage.register(SEARCH)
    page = await hand_tabs.open()

    await the_composer(page).press_sequentially("/search ")
    first = await stage.interactions.get()
    await expect(page.get_by_role("listbox", name="Values of what")).to_contain_text("Loading options…")
    await page.keyboard.type("new")
    later = await stage.interactions.get()
    while later.interaction.data["options"][0]["value"] != "new":
        await stage.bot.respond(later, AUTOCOMPLETE, {"choices": []})
        later = await stage.interactions.get()
    await stage.bot.respond(later, AUTOCOMPLETE, {"choices": [{"name": "The new one", "value": "new"}]})
    await expect(options(page, "Values of what")).to_have_text(["The new one"])
    await stage.bot.respond(first, AUTOCOMPLETE, {"choices": [{"name": "The old one", "value": "old"}]})

    # The line keeps the order: what was asked afterwards is answered afterwards.
    await page.keyboard.type("est")
    last = await stage.interactions.get()
    await stage.bot.respond(last, AUTOCOMPLETE, {"choices": []})
    await expect(page.get_by_role("listbox", name="Values of what")).to_contain_text("No options match")
    await expect(page.get_by_text("The old one")).to_have_count(0)


async def test_commands_are_shown_in_the_persons_language_and_sent_by_their_own_name(
    hand_tabs: Tabs, stage: HandStage
):
    await stage.register(ORDER)
    page = await hand_tabs.open(stage.towns.bo.id)

    await the_composer(page).press("/")
    await expect(options(page, "Commands")).to_contain_text(
        ["/bestellenname countAlles, was eine Option sein kann"]
    )
    await page.keyboard.insert_text("bestellen name:abc count:1")
    await page.keyboard.press("Enter")

    assert (await stage.interactions.get()).interaction.name == "order"


async def test_what_was_being_written_survives_a_reload_and_another_channel(
    hand_tabs: Tabs, stage: HandStage
):
    await stage.register(ORDER)
    page = await hand_tabs.open()
    channels = page.get_by_role("navigation", name="Channels")

    await the_composer(page).press_sequentially("/order name:abc count:4 who:chi")
    await page.keyboard.press("Enter")
    await page.reload()
    await expect(slot(page, "name")).to_have_value("abc")
    await channels.get_by_role("button", name="matches").click()
    await the_composer(page).fill("half a sentence")
    await channels.get_by_role("button", name="general").click()
    await expect(slot(page, "who")).to_have_value("千代")
    await channels.get_by_role("button", name="matches").click()
    await expect(the_composer(page)).to_have_value("half a sentence")
    await channels.get_by_role("button", name="general").click()
    await slot(page, "who").press("Enter")

    sent = await stage.interactions.get()
    assert sent.interaction.data["options"][2]["value"] == str(stage.towns.chiyo.id)


async def test_a_plain_message_is_said(hand_tabs: Tabs, stage: HandStage):
    page = await hand_tabs.open()
    other = await hand_tabs.open(stage.towns.bo.id)

    await the_composer(page).press_sequentially("Hello")
    await expect(other.get_by_text("Ada Reyes is typing…")).to_be_visible()
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("*world*")
    await page.keyboard.press("Enter")

    for tab in (page, other):
        await expect(tab.get_by_role("article").locator(".content")).to_have_text("Hello\nworld")
    await expect(other.get_by_text("is typing…")).to_have_count(0)
    await expect(the_composer(page)).to_have_value("")
