"""Light and dark, and that either can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.stage import Playground
from tests.browser.driving import Tabs
from tests.browser.hand_stage import HandStage

if TYPE_CHECKING:
    from playwright.async_api import Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")

DARK, LIGHT = "rgb(49, 51, 56)", "rgb(255, 255, 255)"
# WCAG 2.2, 1.4.3: for text of ordinary size.
LEAST_CONTRAST = 4.5
SAMPLES = (".when", ".content", ".private-note", ".text-button", ".embed-field-value", ".spine", ".channel", ".author",
           ".button.secondary", ".button.danger", ".button.success", ".button.primary", ".divider-day", ".mention",
           ".user-handle", ".side-group", ".head-topic", ".intro p", ".markdown small", ".embed-footer")  # fmt: skip
CONTRAST = """node => {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
  const behind = [];
  for (let at = node; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
  const luminance = () => {
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
  behind.forEach(paint);
  const ground = luminance();
  paint(getComputedStyle(node).color);
  const text = luminance();
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
}"""


async def ground(page: Page) -> str:
    color: str = await page.locator(".middle").evaluate("node => getComputedStyle(node).backgroundColor")
    return color


@pytest.mark.parametrize(("scheme", "color"), [("dark", DARK), ("light", LIGHT)])
async def test_the_page_follows_the_system(tabs: Tabs, playground: Playground, scheme: str, color: str):
    page = await tabs.open(playground.towns.ada.id, color_scheme=scheme)

    assert await ground(page) == color


async def test_a_chosen_look_stays(tabs: Tabs, playground: Playground):
    page = await tabs.open(playground.towns.ada.id, color_scheme="dark")
    await page.get_by_role("button", name="Person, language and look").click()
    look = page.get_by_role("group", name="Appearance")

    await look.get_by_role("button", name="Light").click()
    assert await ground(page) == LIGHT
    await expect(look.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    await page.reload()
    assert await ground(page) == LIGHT

    await page.get_by_role("button", name="Person, language and look").click()
    await look.get_by_role("button", name="As the system").click()
    assert await ground(page) == DARK


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_every_text_can_be_read(hand_tabs: Tabs, stage: HandStage, scheme: str):
    ada = stage.towns.ada
    buttons = [
        {"type": 2, "style": style, "label": str(style), "custom_id": str(style)} for style in (1, 2, 3, 4)
    ]
    embed = {"description": "-# small", "fields": [{"name": "a", "value": "b"}], "footer": {"text": "foot"}}
    stage.post(
        content=f"<@{stage.towns.bo.id}>", embeds=[embed], components=[{"type": 1, "components": buttons}]
    )
    handle = await stage.discord.person(ada).slash(stage.towns.general, "go")
    await stage.bot.respond(handle, 4, {"content": "yours", "flags": 64})
    page = await hand_tabs.open(ada.id, color_scheme=scheme)
    await expect(page.get_by_role("article")).to_have_count(2)

    contrasts = {name: round(await page.locator(name).first.evaluate(CONTRAST), 2) for name in SAMPLES}

    assert {name: value for name, value in contrasts.items() if value < LEAST_CONTRAST} == {}


async def test_the_language_of_the_client_changes_times(tabs: Tabs, playground: Playground):
    await (await playground.ada.slash(playground.towns.general, "help")).answer()
    page = await tabs.open(playground.towns.ada.id)
    divider = page.locator(".divider-day").first
    english = await divider.inner_text()
    await page.get_by_role("button", name="Person, language and look").click()

    await page.get_by_role("combobox", name="Language of your client").select_option("German")

    await expect(divider).not_to_have_text(english)
    await page.get_by_role("combobox", name="Language of your client").select_option("English (US)")
    await expect(divider).to_have_text(english)
