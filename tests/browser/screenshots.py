"""``python -m tests.browser.screenshots [folder]``: takes the README's pictures of the playground anew."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.logs import configure_logs
from bot.playground.discord.model import Channel, User
from bot.playground.regulars import Regular
from bot.playground.stage import Playground, open_playground, run_playground_site
from bot.playground.world.playlists import PLAYLISTS
from tests.browser.driving import ARGUMENTS, PHONE, find_chromium, loaded, send, the_composer

__all__ = ["take_screenshots"]

WIDE: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 1040}, "device_scale_factor": 1.5}
LOW: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 560}, "device_scale_factor": 1.5}
TRIED = 10
TALL: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 1130}, "device_scale_factor": 1.5}
REGULAR = "Harper Quinn"
BOARD = "/leaderboard metric:Kills window:"
WINDOW = "All time"
ADDED_MS = 4_000
SHOWY = frozenset({"CSR", "Played like"})
NUMBER = re.compile(r"\d+")


async def take_screenshots(chromium: str, folder: Path) -> None:
    """Save pages in both looks, a command being typed, a phone, and two cards, into a folder that exists."""
    with tempfile.TemporaryDirectory(prefix="adjutant-screenshots-") as data_dir:
        async with (
            open_playground(Path(data_dir), has_regulars=True) as playground,
            run_playground_site(playground) as site,
            async_playwright() as driver,
        ):
            browser = await driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            if playground.regulars is not None:
                await playground.regulars.settled()
            command = await _showy_command(playground)
            await _match(browser, site.origin, command, folder / "playground.png")
            await _scoreboard(browser, site.origin, folder / "playground-light.png")
            await _typing(browser, site.origin, playground, folder / "playground-command.png")
            await _phone(browser, site.origin, folder / "playground-phone.png")
            await _ranks(browser, site.origin, playground, folder)
            await _board(browser, site.origin, playground, folder)
            await browser.close()


async def _showy_command(playground: Playground) -> str:
    """The command for that match of the hero, among the latest, with a rank and the most medals."""
    state, towns, hero = playground.discord.state, playground.towns, playground.halo.world.hero.gamertag
    best = (0, 0, 0)
    for ago in range(TRIED):
        asker = state.add_user(f"Asker {ago}")
        handle = await playground.discord.person(asker).slash(
            state.dm(asker), "lastmatch", player=hero, ago=ago
        )
        message = await handle.answer()
        fields = {field["name"] for field in message.embeds[0].get("fields", [])}
        found = NUMBER.match((message.attachments[0].description or "") if message.attachments else "")
        medals = int(found[0]) if found else 0
        best = max(best, (len(fields & SHOWY), medals, -ago))
        del state.users[asker.id]
    await playground.discord.person(towns.bo).say(towns.general, "How did the ranked match go?")
    return f"/lastmatch player:{hero} ago:{-best[2]}"


async def _open(
    browser: Browser, origin: str, user: User | None = None, channel: Channel | None = None, **options: Any
) -> Page:
    usual: Mapping[str, Any] = {"locale": "en-US", "timezone_id": "UTC", "reduced_motion": "reduce"}
    context = await browser.new_context(**{**usual, **options})
    await context.add_init_script("localStorage.setItem('adjutant.welcomed', 'true')")
    if user is not None and channel is not None:
        place = json.dumps({"user": str(user.id), "channel": str(channel.id)})
        await context.add_init_script(f"sessionStorage.setItem('adjutant.place', {json.dumps(place)})")
    page = await context.new_page()
    await page.goto(origin)
    await the_composer(page).wait_for()
    return page


async def _match(browser: Browser, origin: str, command: str, path: Path) -> None:
    """A match with its numbers and medals."""
    page = await _open(browser, origin, color_scheme="dark", **WIDE)
    await send(page, command)
    await expect(page.get_by_role("article").filter(has_text="Accuracy")).to_be_visible()
    await the_composer(page).blur()
    await _save(page, path)


async def _scoreboard(browser: Browser, origin: str, path: Path) -> None:
    """The scoreboard beside the world's panel."""
    page = await _open(browser, origin, color_scheme="light", **WIDE)
    await page.get_by_role("button", name="Scoreboard", exact=True).last.click()
    await expect(page.get_by_role("img", name="Scoreboard of ")).to_be_visible()
    await page.get_by_role("button", name="World").click()
    await _save(page, path)
    await page.get_by_role("button", name="Match", exact=True).last.click()
    await expect(page.get_by_role("article").filter(has_text="Accuracy")).to_be_visible()


async def _typing(browser: Browser, origin: str, playground: Playground, path: Path) -> None:
    """A command being filled in."""
    page = await _open(browser, origin, color_scheme="dark", **LOW)
    hero = playground.halo.world.hero.gamertag
    await the_composer(page).press_sequentially(f"/lastmatch player:{hero} type:")
    await expect(page.get_by_role("option", name="Custom games")).to_be_visible()
    await _save(page, path)


async def _phone(browser: Browser, origin: str, path: Path) -> None:
    """The same answer on a phone."""
    await _save(await _open(browser, origin, color_scheme="dark", **PHONE), path)


async def _ranks(browser: Browser, origin: str, playground: Playground, folder: Path) -> None:
    """A member's own ranks, who need not name anybody; and the card alone."""
    user, channel = _most_ranked(playground), playground.towns.matches
    user.locale = "en-US"
    page = await _open(browser, origin, user, channel, color_scheme="light", **TALL)
    await send(page, "/csr ")
    await expect(page.get_by_role("img", name="Ranks of ")).to_be_visible()
    await _settle(page)
    await _save(page, folder / "playground-csr.png")
    await _save_card(playground, channel, folder / "csr.png")


async def _board(browser: Browser, origin: str, playground: Playground, folder: Path) -> None:
    """The server's board with the place of who asked for it; and the card alone."""
    channel = playground.discord.state.add_channel(playground.towns.arena, "boards")
    page = await _open(browser, origin, _regular(playground), channel, color_scheme="dark", **TALL)
    await the_composer(page).press_sequentially(BOARD)
    await page.get_by_role("option", name=WINDOW).click()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("img", name="Kills: ")).to_be_visible()
    await _settle(page)
    await _save(page, folder / "playground-leaderboard.png")
    await _save_card(playground, channel, folder / "leaderboard.png")


def _regular(playground: Playground) -> User:
    return next(user for user in playground.discord.state.users.values() if user.display_name == REGULAR)


def _most_ranked(playground: Playground) -> User:
    """The regular with ranks in the most playlists."""
    world, halo = playground.halo.world, playground.halo
    season = world.season_at(halo.stage.clock()).season_id
    ladders = [playlist.key for playlist in PLAYLISTS.values() if playlist.ranked]

    def ranks(member: Regular) -> int:
        return sum(world.ladder.standing(key, season, member.xuid)[0].value >= 0 for key in ladders)

    members = playground.regulars.members if playground.regulars is not None else ()
    return max(members, key=ranks).user


async def _settle(page: Page) -> None:
    """Wait for what is added to an answer: gamerpics, the last ranks."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(ADDED_MS)
    await the_composer(page).blur()


async def _save_card(playground: Playground, channel: Channel, path: Path) -> None:
    """Save the picture of a channel's last answer."""
    message = playground.discord.state.history(channel)[-1]
    await asyncio.to_thread(path.write_bytes, message.attachments[0].content)
    sys.stdout.write(f"saved {path}\n")


async def _save(page: Page, path: Path) -> None:
    if not await loaded(page.locator("img").filter(visible=True)):
        raise RuntimeError("a picture of the page is missing")
    await page.mouse.move(1, 1)
    await page.screenshot(path=path, animations="disabled", caret="hide")
    sys.stdout.write(f"saved {path}\n")


def main() -> None:
    configure_logs("WARNING")
    chromium = find_chromium()
    if chromium is None:
        sys.exit("No chromium is installed (Debian: apt install chromium).")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_screenshots(chromium, folder))


if __name__ == "__main__":
    main()
