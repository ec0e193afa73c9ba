"""The client's README: every example in it runs as it stands, and prints what it says.

When the simulated world has changed, ``python -m tests.halo.test_readme`` writes into the page what the examples
print now; look at each before committing it.
"""

from __future__ import annotations

import asyncio
import dataclasses
import io
import itertools
import os
import re
import runpy
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from contextlib import chdir, closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from inspect import isclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest
from aiohttp import ClientSession
from yarl import URL

import bot.halo
from bot.halo import HaloInfiniteClient, errors
from bot.halo.services.base import BaseService
from bot.halo.services.discovery_ugc import DiscoveryUgcService
from bot.halo.services.gamecms_hacs import GameCmsHacsService
from bot.halo.services.stats import StatsService
from bot.halo.transport.options import RequestOptions
from bot.playground.halo import HaloService
from bot.playground.world import World

README: Final = Path(bot.halo.__file__).with_name("README.md")
TEXT: Final = README.read_text("utf-8")
NOW: Final = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"# (\w+\.py)\n")
PRINTED = re.compile(r"# → (.*)")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\S+")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PROSE: Final = FENCE.sub("", TEXT)


@dataclass(frozen=True, slots=True)
class Example:
    """A Python block: its line in the page, its code, and what the page says that it prints."""

    line: int
    code: str
    printed: str

    @property
    def file_name(self) -> str:
        """The file that the block's first line says it is, for the others to import."""
        named = FILE_NAME.match(self.code)
        return named[1] if named else "example.py"


def find_examples() -> Iterator[Example]:
    fences = list(FENCE.finditer(TEXT))
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        if fence[1] != "python":
            continue
        printed = "".join(f"{line}\n" for line in PRINTED.findall(fence[2]))
        if following and following[1] == "text" and not TEXT[fence.end() : following.start()].strip():
            assert not printed, f"line {following.start()}: two outputs of one example"
            printed = following[2]
        yield Example(TEXT.count("\n", 0, fence.start()) + 1, fence[2], printed)


EXAMPLES: Final = tuple(find_examples())


class Person(io.TextIOBase):
    """Sits at the terminal, opens the address that is shown, and types the one that the browser ends up at."""

    def __init__(self, terminal: io.StringIO) -> None:
        self._terminal = terminal

    def readline(self, size: int | None = -1, /) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        shown = URL(ADDRESS.findall(self._terminal.getvalue())[-1])
        with closing(HTTPConnection(shown.host or "", shown.port)) as browser:
            browser.request("GET", shown.raw_path_qs)
            typed = f"{browser.getresponse().headers['Location']}\n"
        self._terminal.write(typed)
        return typed


@contextmanager
def running(service: HaloService) -> Generator[str]:
    """Run a simulated Halo beside the example, which has an event loop of its own."""
    origin: Future[str] = Future()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with service.running():
            origin.set_result(service.origin)
            await stop.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run, name="simulated halo")
    thread.start()
    try:
        yield origin.result(timeout=30)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


@pytest.fixture(scope="module")
def world() -> World:
    return World("halo", NOW)


@contextmanager
def desk(folder: Path, origin: str) -> Generator[None]:
    """A folder with the files that the page names, and the environment that it asks for."""
    for example in EXAMPLES:
        (folder / example.file_name).write_text(example.code, "utf-8")
        sys.modules.pop(example.file_name.removesuffix(".py"), None)
    environment = {
        "ADJUTANT_AZURE_CLIENT_ID": "client-id",
        "ADJUTANT_AZURE_REFRESH_TOKEN": "playground-refresh-1",
        "ADJUTANT_HALO_ORIGIN": origin,
    }
    with (
        chdir(folder),
        patch.dict(os.environ, environment),
        patch.object(sys, "path", [str(folder), *sys.path]),
    ):
        yield


def run_example(example: Example, folder: Path, service: HaloService) -> str:
    """Run a block as it stands, and return what it prints."""
    terminal = io.StringIO()
    with running(service) as origin, desk(folder, origin):
        program = folder / example.file_name
        program.write_text(example.code, "utf-8")
        with patch.object(sys, "stdin", Person(terminal)), redirect_stdout(terminal):
            runpy.run_path(str(program), run_name="__main__")
    return terminal.getvalue()


def is_as_shown(printed: str, shown: str) -> bool:
    """Tell whether an output is what the page shows, where … is whatever that line has there."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line {example.line}")
def test_the_example_runs_and_prints_what_the_page_says(
    example: Example, world: World, tmp_path: Path
) -> None:
    service = HaloService(world, clock=lambda: NOW)

    printed = run_example(example, tmp_path, service)

    assert is_as_shown(printed, example.printed), f"line {example.line} prints\n{printed}"
    assert service.leaks == []
    assert [entry.path for entry in service.log if entry.status == 401] == []


def test_every_python_block_of_the_page_is_an_example() -> None:
    fences = [line for line in TEXT.splitlines() if line.lstrip().startswith(("```", "~~~"))]
    languages = [line.removeprefix("```") for line in fences[::2]]

    assert set(fences[1::2]) == {"```"}
    assert set(languages) == {"python", "text"}
    assert languages.count("python") == len(EXAMPLES) > 10
    assert not re.search(r"^( {4}|\t)", PROSE, re.MULTILINE), "an indented block is code, too"


def test_every_relative_link_of_the_page_leads_somewhere() -> None:
    links = [link for link in LINK.findall(PROSE) if "://" not in link]
    anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in HEADING.findall(PROSE)}

    broken = [
        link
        for link in links
        if not (link[1:] in anchors if link.startswith("#") else (README.parent / link).exists())
    ]
    assert len(links) > 20
    assert broken == []


def cells(marker: str) -> list[list[str]]:
    """The rows of the table that has ``marker`` in its head, without that."""
    lines = TEXT.splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("| ---") and marker in lines[at - 1]]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[heads[0] + 1 :])
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_of_errors_is_the_tree_of_errors() -> None:
    found = {
        re.findall(r"`(\w+)`", name)[0]: (name.count("–"), fault, retryable == "yes")
        for name, _, fault, retryable, _ in cells("retryable")
    }

    classes = [getattr(errors, name) for name in errors.__all__]
    tree = [error for error in classes if isclass(error) and issubclass(error, errors.HaloError)]
    assert found == {
        error.__name__: (error.__mro__.index(errors.HaloError) - 1, error.fault.value, error.retryable)
        for error in tree
        if error is not errors.HaloError
    }


async def test_the_table_of_services_has_every_method() -> None:
    named = {
        service.strip("`"): set(re.findall(r"`(\w+)`", methods)) for service, methods in cells("methods")
    }
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, "", "")
        offered = {
            name: {method for method in dir(getattr(client, name)) if not method.startswith("_")}
            for name, value in vars(HaloInfiniteClient).items()
            if isinstance(value, property) and isinstance(getattr(client, name), BaseService)
        }

    assert named == offered


def test_the_table_of_options_has_every_option() -> None:
    assert {option.strip("`") for option, _, _ in cells("option")} == {
        field.name for field in dataclasses.fields(RequestOptions)
    }


def test_what_the_table_of_max_ages_names_is_there() -> None:
    services = {
        "discovery_ugc": DiscoveryUgcService,
        "gamecms_hacs": GameCmsHacsService,
        "stats": StatsService,
    }
    rows = cells("max-age")

    assert len(rows) == 10
    assert all(callable(getattr(services[service], method)) for service, method, _ in rows)


def write_outputs() -> None:
    """Put what the examples print into the page, where that differs; an output with … is left to hands."""
    text, world = TEXT, World("halo", NOW)
    for example in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            printed = run_example(example, Path(folder), HaloService(world, clock=lambda: NOW))
        if not is_as_shown(printed, example.printed) and "…" not in example.printed:
            block = f"{example.code}```\n\n```text\n"
            text = text.replace(f"{block}{example.printed}```", f"{block}{printed}```")
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    write_outputs()
