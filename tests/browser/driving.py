"""Opens the page in a real browser and watches that nothing goes wrong in it."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Request

__all__ = [
    "ARGUMENTS",
    "DESKTOP",
    "PHONE",
    "Tabs",
    "Windows",
    "find_chromium",
    "loaded",
    "send",
    "the_composer",
]

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> str | None:
    """The browser's path, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Window:
    """A browser context, and of what kind it is. Its first page stays, or the browser would close it."""

    context: BrowserContext
    kind: str


@dataclass(frozen=True)
class Windows:
    """Windows of one browser. They are kept from test to test: to open one costs more than most tests do."""

    browser: Browser
    free: defaultdict[str, list[Window]] = field(default_factory=lambda: defaultdict(list))

    async def take(self, options: Mapping[str, Any]) -> Window:
        """A window with these options of a browser context, that nobody else has now."""
        kind = json.dumps(options, sort_keys=True)
        if self.free[kind]:
            return self.free[kind].pop()
        window = Window(await self.browser.new_context(**options), kind)
        await window.context.new_page()
        return window

    async def give_back(self, window: Window) -> None:
        """Close all that was opened in a window, and keep it for whoever comes next."""
        for page in window.context.pages[1:]:
            await page.close()
        await window.context.clear_cookies()
        self.free[window.kind].append(window)


@dataclass
class Tabs:
    """Tabs of one test, each in a browser context of its own, and what went wrong in them."""

    windows: Windows
    origin: str
    problems: list[str] = field(default_factory=list[str])
    taken: list[Window] = field(default_factory=list[Window])

    async def open(
        self, user: int | None = None, channel: int | None = None, *, is_new: bool = False, **options: Any
    ) -> Page:
        """Open the page as somebody in some channel; `is_new` for somebody who has never been here.

        `options` are those of a browser context.
        """
        usual: dict[str, Any] = {
            "locale": "en-US",
            "timezone_id": "Europe/Berlin",
            "reduced_motion": "reduce",
        }
        window = await self.windows.take({**DESKTOP, **usual, **options})
        self.taken.append(window)
        place = {
            name: str(value) for name, value in (("user", user), ("channel", channel)) if value is not None
        }
        page = await window.context.new_page()
        await page.add_init_script(_memories(place, is_new=is_new))
        self._watch(page)
        await page.goto(self.origin)
        await the_composer(page).or_(page.locator("dialog[open]")).first.wait_for()
        return page

    async def close(self) -> None:
        """Close everything. Fails the test where anything went wrong in a tab."""
        for window in self.taken:
            await self.windows.give_back(window)
        if self.problems:
            pytest.fail("\n".join(self.problems))

    def _watch(self, page: Page) -> None:
        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.problems.append(f"console {message.type}: {message.text}")

        def on_error(error: Error) -> None:
            self.problems.append(f"page error: {error}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
                self.problems.append(f"request to elsewhere: {request.url}")

        page.on("console", on_console)
        page.on("pageerror", on_error)
        page.on("request", on_request)


def _memories(place: Mapping[str, str], *, is_new: bool) -> str:
    """What the browser remembers of earlier visits, put there only once so that a reload keeps its own.

    What it remembers of another test's visits is forgotten.
    """
    lines = [
        "if (window === window.top && !sessionStorage.getItem('begun')) {",
        "localStorage.clear();",
        "sessionStorage.setItem('begun', '1');",
    ]
    if place:
        lines.append(f"sessionStorage.setItem('adjutant.place', {json.dumps(json.dumps(dict(place)))});")
    if not is_new:
        lines.append("localStorage.setItem('adjutant.welcomed', 'true');")
    return "\n".join([*lines, "}"])


def the_composer(page: Page) -> Locator:
    """The field for plain messages."""
    return page.get_by_role("textbox", name="Message ", exact=False)


async def send(page: Page, text: str) -> None:
    """Put a whole command or message into the composer and send it."""
    await the_composer(page).fill(text)
    await page.keyboard.press("Enter")


async def loaded(pictures: Locator) -> bool:
    """Whether all these pictures have arrived; waits for the first and until none is on its way."""
    from playwright.async_api import expect

    await expect(pictures).not_to_have_count(0)
    for picture in await pictures.all():
        await expect(picture).to_have_js_property("complete", value=True)
    widths: list[int] = await pictures.evaluate_all("images => images.map(image => image.naturalWidth)")
    return bool(widths) and all(width > 0 for width in widths)
