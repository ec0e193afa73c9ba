"""``adjutant playground`` as somebody starts it: a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import WSCloseCode
from PIL import Image

from tests.forked_commands import Call, call_all
from tests.playground.web.page_client import open_page
from tests.stage import Outcome

ROOT = Path(__file__).parents[3]
EX_CONFIG = 78
PATIENCE_S = 60.0
UNTIDY = re.compile(r"never awaited|Unclosed|was destroyed|never retrieved|Warning|Traceback")
REAL_SECRET = "a-real-token-that-must-not-be-used"
# What an operator has in the environment of the real bot; the playground must not mind.
OF_THE_REAL_BOT = {
    "ADJUTANT_DISCORD_TOKEN": REAL_SECRET,
    "ADJUTANT_AZURE_CLIENT_ID": "not an id",
    "ADJUTANT_AZURE_REFRESH_TOKEN": REAL_SECRET,
    "ADJUTANT_HALO_SPARTAN_TOKEN": REAL_SECRET,
    "ADJUTANT_HALO_CLEARANCE_TOKEN": REAL_SECRET,
    "ADJUTANT_HALO_ORIGIN": "http://192.0.2.1",
    "ADJUTANT_DISCORD_API_BASE": "http://192.0.2.1/api",
    "ADJUTANT_DRAW_WORKERS": "99",
}


# What follows --no-open, the settings, and what is said.
REFUSED: Mapping[str, tuple[Sequence[str], Mapping[str, str], str]] = {
    "not ours": (["--host", "192.0.2.7"], {}, "cannot listen on 192.0.2.7"),
    "no host": (["--host", "no such host"], {}, "cannot listen on no such host"),
    "no name": (["--host", "a/b"], {}, "'a/b' is no address to listen on"),
    "too long": (["--host", "a" * 70], {}, "is no address to listen on"),
    "no port": ([], {"ADJUTANT_PLAYGROUND_PORT": "x"}, "ADJUTANT_PLAYGROUND_PORT is not valid"),
}
# What ends by itself.
CALLED: Mapping[str, Sequence[str]] = {
    "settings that cannot be read": ["--once", "/help"],
    "a button without a command": ["--no-open", "--press", "Scoreboard"],
    "a command and its button": [
        "--once",
        "/lastmatch player:Ember Fox 7",
        "--press",
        "Scoreboard",
        "--save",
        "pictures",
    ],
    "a command that is none": ["--once", "/lastmtch"],
}


@dataclass(frozen=True)
class Ended(Outcome):
    """How a command ended that was called like that."""

    call: Call


class Command:
    """The running process and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self, beginning: str) -> str:
        """The first line of its output that begins like that, without the beginning."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            async for raw in self._process.stdout:
                line = raw.decode().rstrip()
                if line.startswith(beginning):
                    return line.removeprefix(beginning)
        raise AssertionError(await self.complaint())

    async def complaint(self) -> str:
        """What it wrote to stderr until its end."""
        assert self._process.stderr is not None
        return (await self._process.stderr.read()).decode()

    def send(self, signum: signal.Signals) -> None:
        self._process.send_signal(signum)

    async def end(self) -> tuple[int, str, str]:
        """Exit code, output and complaints."""
        async with asyncio.timeout(PATIENCE_S):
            out, err = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, out.decode(), err.decode()


def environment(**settings: str) -> dict[str, str]:
    """That of a process, with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUTANT_")}
    return kept | {"PYTHONPATH": str(ROOT)} | settings


@asynccontextmanager
async def running(folder: Path, *arguments: str, **settings: str) -> AsyncGenerator[Command]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "playground",
        *arguments,
        cwd=folder,
        env=environment(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Command(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """All commands that end by themselves, each in a folder of its own."""

    def call(*arguments: str, **settings: str) -> Call:
        folder = str(tmp_path_factory.mktemp("called"))
        if arguments == tuple(CALLED["settings that cannot be read"]):
            Path(folder, ".env").write_bytes(b"ADJUTANT_DISCORD_TOKEN=\xff\xfe\n")
        return Call(arguments=["playground", *arguments], environment=environment(**settings), folder=folder)

    with socket.create_server(("127.0.0.1", 0)) as taken:
        calls = {name: call(*arguments) for name, arguments in CALLED.items()}
        for name, (arguments, settings, _) in REFUSED.items():
            calls[name] = call("--no-open", *arguments, **settings)
        calls["a port in use"] = call("--no-open", ADJUTANT_PLAYGROUND_PORT=str(taken.getsockname()[1]))
        outcomes = await call_all(calls, imported=["bot.playground.once", "bot.playground.serve"])
    return {
        name: Ended(outcome.code, outcome.stdout, outcome.stderr, calls[name])
        for name, outcome in outcomes.items()
    }


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_until_a_signal_and_ends_cleanly(tmp_path: Path, signum: signal.Signals) -> None:
    (tmp_path / ".env").write_text(f"ADJUTANT_DISCORD_TOKEN={REAL_SECRET}\nADJUTANT_HEALTH_PORT=none\n")

    async with running(tmp_path, "--no-open", "--port", "0", **OF_THE_REAL_BOT) as command:
        origin = await command.line("The playground is at ")
        async with open_page(origin) as page:
            assert page.welcome["you"]["name"] == "Ada Reyes"
            command.send(signum)
            assert await page.closed() == WSCloseCode.GOING_AWAY
        code, _, complaints = await command.end()

    assert (code, UNTIDY.search(complaints)) == (0, None), complaints
    assert REAL_SECRET not in complaints
    assert names_in(tmp_path) == [".env"]


def test_a_file_of_settings_that_cannot_be_read_is_not_minded(ended: dict[str, Ended]) -> None:
    help_ = ended["settings that cannot be read"]

    assert (help_.code, help_.stderr) == (0, "")
    assert "What this bot can do" in help_.stdout


async def test_it_can_be_stopped_while_it_starts(tmp_path: Path) -> None:
    async with running(tmp_path, "--no-open", "--port", "0") as command:
        await command.line("The playground is at ")
        command.send(signal.SIGINT)
        code, _, complaints = await command.end()

    assert (code, UNTIDY.search(complaints)) == (0, None), complaints


def test_the_port_comes_from_the_environment_and_one_in_use_is_one_sentence(ended: dict[str, Ended]) -> None:
    refused = ended["a port in use"]

    assert (refused.code, refused.stdout) == (EX_CONFIG, "")
    port = refused.call.environment["ADJUTANT_PLAYGROUND_PORT"]
    assert refused.stderr == (
        f"adjutant: Port {port} on 127.0.0.1 is taken or not allowed: choose another with --port.\n"
    )


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_to_be_mended_is_one_sentence(ended: dict[str, Ended], name: str) -> None:
    refused, (_, _, words) = ended[name], REFUSED[name]

    assert (refused.code, refused.stderr.count("\n")) == (EX_CONFIG, 1), refused.stderr
    assert words in refused.stderr


def test_buttons_to_press_need_a_command(ended: dict[str, Ended]) -> None:
    refused = ended["a button without a command"]

    assert (refused.code, refused.stdout) == (2, "")
    assert "--press" in refused.stderr
    assert "It needs --once" in refused.stderr


async def test_listening_for_everybody_is_warned_of(tmp_path: Path) -> None:
    everywhere = str(IPv4Address(0))
    async with running(tmp_path, "--no-open", "--host", everywhere, "--port", "0") as command:
        address = await command.line("The playground is at ")

        assert "everybody" in await command.line("Warning: ")

    assert address.startswith("http://127.0.0.1:")


def test_one_command_its_buttons_and_its_pictures(ended: dict[str, Ended]) -> None:
    shown = ended["a command and its button"]

    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.count("│ Ember Fox 7") == 2
    assert f"saved {Path('pictures') / 'scoreboard.png'}" in shown.stdout
    with Image.open(Path(shown.call.folder, "pictures", "scoreboard.png")) as picture:
        assert picture.format == "PNG"


def test_a_refusal_is_a_sentence_and_exit_code_1(ended: dict[str, Ended]) -> None:
    refused = ended["a command that is none"]

    assert (refused.code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no command 'lastmtch' here, only /account, ")
    assert refused.stderr.endswith(".\n")
    assert refused.stderr.count("\n") == 1
