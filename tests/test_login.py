"""``adjutant login``: what the operator sees, what is kept, and how it ends when it does not work."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from rich.console import Console

from bot.config import ConfigurationError, Settings, UnavailableError
from bot.halo.auth import FileTokenStore, StoredSignIn
from bot.login import login
from bot.playground.halo import Fault, FaultKind, HaloService, run_halo_service
from bot.playground.world import World
from bot.sign_in import store_path
from tests.halo.transport.stand_in import FakeClock
from tests.stage import PATIENCE_S, Stage, make_settings, open_stage, until

CLIENT_ID = "client-id"
OLD = "refresh-token-of-before"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
KEPT = {"AZURE_CLIENT_ID": CLIENT_ID, "HALO_SPARTAN_TOKEN": None, "HALO_CLEARANCE_TOKEN": None}


@pytest.fixture
def clock() -> FakeClock:
    """Nobody waits for the interval between two questions to Microsoft."""
    return FakeClock(jump_s=60.0)


@pytest.fixture
async def halo(clock: FakeClock) -> AsyncIterator[HaloService]:
    async with run_halo_service(World("login", datetime.now(UTC), matches=5)) as running:
        running.stage.clock = lambda: datetime.fromtimestamp(clock.time(), UTC)
        running.sign_in.change(approves_devices_after=timedelta(seconds=12))
        yield running


@pytest.fixture
def settings(halo: HaloService, tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data", halo_origin=halo.origin, azure_client_id=CLIENT_ID)


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=80, markup=False, highlight=False, emoji=False)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def kept(settings: Settings) -> StoredSignIn | None:
    return FileTokenStore(store_path(settings)).load()


def sign_in_before(settings: Settings) -> StoredSignIn:
    """Somebody has signed in earlier."""
    before = StoredSignIn(
        refresh_token=OLD, client_id=CLIENT_ID, obtained_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    FileTokenStore(store_path(settings)).save(before)
    return before


async def test_a_code_is_shown_on_one_line_where_nothing_can_move(
    halo: HaloService, settings: Settings, console: Console, clock: FakeClock
) -> None:
    await login(settings, console, clock=clock)

    shown, done = said(console).splitlines()
    stored = kept(settings)
    assert re.search(
        r"open http\S+/devicelogin on any device and enter the code \w{9} within 15 minutes", shown
    )
    assert done.startswith(f"Signed in as {halo.world.hero.gamertag}.")
    assert not CONTROL.search(said(console))
    assert stored is not None
    assert stored.gamertag == halo.world.hero.gamertag
    assert stored.refresh_token not in said(console)
    assert halo.leaks == []


async def test_a_code_that_lives_for_one_minute_says_so(
    halo: HaloService, settings: Settings, console: Console, clock: FakeClock
) -> None:
    halo.sign_in.change(device_life=timedelta(minutes=1))

    await login(settings, console, clock=clock)

    assert re.search(r"within 1 minute\.$", said(console).splitlines()[0])


async def test_a_terminal_shows_a_panel_and_the_time_that_is_left(
    halo: HaloService, settings: Settings, clock: FakeClock
) -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, _environ={"TERM": "xterm"})
    await login(settings, console, clock=clock)

    text = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", said(console))
    assert "Sign in to Halo" in text
    assert re.search(r"Enter the code +\w{9} ", text)
    assert re.search(r"Waiting .* 1[45]:\d\d left", text)
    assert f"Signed in as {halo.world.hero.gamertag}." in text.splitlines()[-1]
    assert all(len(line) <= 80 for line in text.splitlines())
    # The cursor that was hidden is there again.
    assert said(console).rindex("\x1b[?25h") > said(console).rindex("\x1b[?25l")


def browser(visits: list[asyncio.Task[None]]) -> Callable[[str], None]:
    """A browser whose owner signs in: it follows the sign-in page to where that sends it."""

    async def visit(url: str) -> None:
        async with ClientSession() as session, session.get(url) as response:
            assert response.url.host in {"localhost", "127.0.0.1"}

    return lambda url: visits.append(asyncio.ensure_future(visit(url)))


async def test_a_browser_brings_the_sign_in_back_by_itself(
    halo: HaloService, settings: Settings, console: Console
) -> None:
    visits: list[asyncio.Task[None]] = []

    await login(settings, console, open_url=browser(visits))
    await asyncio.gather(*visits)

    address, done = said(console).splitlines()
    assert "code_challenge=" in address
    assert done.startswith(f"Signed in as {halo.world.hero.gamertag}.")
    assert kept(settings) is not None


async def test_a_browser_whose_owner_declines(
    halo: HaloService, settings: Settings, console: Console
) -> None:
    halo.sign_in.change(declines_browser=True)
    before, visits = sign_in_before(settings), list[asyncio.Task[None]]()

    with pytest.raises(ConfigurationError, match=r"The sign-in was declined\. To try again: adjutant login"):
        await login(settings, console, open_url=browser(visits))
    await asyncio.gather(*visits)

    assert kept(settings) == before


def fails(host: str, path: str = "*", status: int = 503) -> Fault:
    return Fault(kind=FaultKind.STATUS, host=host, path=path, status=status)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"apps": {"another": None}}, "Check the Azure client id"),
        ({"apps": {CLIENT_ID: "a-secret"}}, "client secret"),
        ({"approves_devices_after": None}, "The code was not used in time. Get another one: adjutant login"),
        ({"xerr": 2148916238}, "have an adult add it at account.microsoft.com/family"),
        ({"refusals": {"user": 401}}, "Sign in again with the account that plays Halo: adjutant login"),
        ({"refusals": {"spartan": 403}}, "Start Halo Infinite once with this account"),
    ],
    ids=["client id", "secret", "nobody comes", "child", "no Xbox", "no Halo"],
)
async def test_what_the_operator_has_to_mend_is_told_and_the_sign_in_of_before_stays(
    halo: HaloService,
    settings: Settings,
    console: Console,
    clock: FakeClock,
    rules: dict[str, object],
    words: str,
) -> None:
    halo.sign_in.change(**rules)
    before = sign_in_before(settings)

    with pytest.raises(ConfigurationError) as caught:
        await login(settings, console, clock=clock)

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert type(caught.value) is ConfigurationError
    assert kept(settings) == before


async def test_a_refused_sign_in_ends_with_what_to_do(
    halo: HaloService, settings: Settings, console: Console, clock: FakeClock
) -> None:
    halo.sign_in.change(refusals={"user": 401})

    with pytest.raises(ConfigurationError, match=r"^The sign-in was not kept\. .*: adjutant login$"):
        await login(settings, console, clock=clock)


async def test_halo_that_does_not_take_the_new_tokens_is_told(
    halo: HaloService, settings: Settings, console: Console, clock: FakeClock
) -> None:
    halo.faults.add(fails("profile.svc.halowaypoint.com", status=401))

    with pytest.raises(ConfigurationError, match="start Halo Infinite once"):
        await login(settings, console, clock=clock)


@pytest.mark.parametrize(
    ("fault", "words", "is_kept"),
    [
        (fails("login.microsoftonline.com", "*/devicecode"), "Microsoft sign-in: ", False),
        (fails("xsts.*"), "The sign-in is kept, but whether Halo takes it is not known yet", True),
        (fails("profile.svc.halowaypoint.com"), "The sign-in is kept, but Halo could not be asked", True),
    ],
    ids=["Microsoft", "Xbox", "Halo"],
)
async def test_trouble_at_a_service_is_told_with_what_became_of_the_sign_in(
    halo: HaloService,
    settings: Settings,
    console: Console,
    clock: FakeClock,
    fault: Fault,
    words: str,
    is_kept: bool,
) -> None:
    halo.faults.add(fault)

    with pytest.raises(UnavailableError) as caught:
        await login(settings, console, clock=clock)

    assert words in str(caught.value)
    assert (kept(settings) is not None) is is_kept


async def test_who_stops_it_leaves_nothing_behind(
    halo: HaloService, settings: Settings, console: Console
) -> None:
    before = sign_in_before(settings)
    running = asyncio.create_task(login(settings, console))
    await until(lambda: bool(said(console)))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert kept(settings) == before


async def test_a_bot_that_is_renewing_is_waited_for(
    halo: HaloService, settings: Settings, console: Console
) -> None:
    halo.sign_in.change(approves_devices_after=timedelta(0), device_interval=timedelta(seconds=1))
    halo.stage.clock = lambda: datetime.now(UTC)
    sign_in_before(settings)
    running_bot = FileTokenStore(store_path(settings))
    assert running_bot.try_lock()
    running = asyncio.create_task(login(settings, console))
    await until(lambda: any(one.path.endswith("/token") and one.status == 200 for one in halo.log))
    assert not any("xbox" in request.host for request in halo.log)

    running_bot.unlock()
    await running

    assert "Signed in as" in said(console)


async def test_a_folder_that_cannot_be_used_is_told_before_anybody_signs_in(
    halo: HaloService, console: Console, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings = make_settings(tmp_path / "file" / "data", halo_origin=halo.origin, azure_client_id=CLIENT_ID)

    with pytest.raises(ConfigurationError, match="ADJUTANT_DATA_DIR"):
        await login(settings, console)

    assert said(console) == ""
    assert len(halo.log) == 0


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder where not even root can make files")
async def test_a_folder_that_cannot_be_written_to_is_told_before_anybody_signs_in(
    halo: HaloService, console: Console
) -> None:
    settings = make_settings(Path("/proc/self"), halo_origin=halo.origin, azure_client_id=CLIENT_ID)

    with pytest.raises(ConfigurationError, match="ADJUTANT_DATA_DIR /proc/self cannot be written to"):
        await login(settings, console)

    assert said(console) == ""
    assert len(halo.log) == 0


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        opened.halo.sign_in.change(device_interval=timedelta(seconds=1))
        yield opened


async def test_the_command_signs_in_for_the_bot_that_is_started_next(stage: Stage) -> None:
    stage.halo.sign_in.change(approves_devices_after=timedelta(0))

    outcome = await stage.call("login", **KEPT)
    async with stage.running(**KEPT) as bot:
        works = await bot.event("halo sign-in works")

    gamertag = stage.halo.world.hero.gamertag
    assert outcome.code == 0, outcome.stderr
    assert outcome.stderr == ""
    assert f"Signed in as {gamertag}." in outcome.stdout
    assert not CONTROL.search(outcome.stdout)
    assert works["gamertag"] == gamertag


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent as a POSIX signal here")
async def test_ctrl_c_ends_it_without_a_word(stage: Stage) -> None:
    process = await stage.start("-m", "bot", "login", settings=KEPT)
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        shown = await process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, stderr = await process.communicate()

    assert b"enter the code" in shown
    assert process.returncode == 130
    assert stderr == b""
    assert not (stage.data_dir / "halo-sign-in.json").exists()


async def test_without_a_client_id_the_command_says_how_to_get_one(stage: Stage) -> None:
    outcome = await stage.call("login", **{**KEPT, "AZURE_CLIENT_ID": None})

    assert outcome.code == 78
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    assert "Allow public client flows" in outcome.stderr
