"""The bot as its operator runs it: a process of its own, between both stand-ins."""

from __future__ import annotations

import re
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.playground.halo import Fault, FaultKind
from bot.ui.failure import RESTARTING
from tests.english import say
from tests.forked_commands import Call, call_all
from tests.stage import Outcome, Stage, open_stage

EX_CONFIG = 78
SIGN_IN = "halo-sign-in.json"
KEPT = {"AZURE_CLIENT_ID": "client-id", "HALO_SPARTAN_TOKEN": None, "HALO_CLEARANCE_TOKEN": None}
"""The settings of a bot that keeps itself signed in."""
SIGNING_IN = tuple(f"playground-{name}" for name in ("refresh", "access", "user-", "xsts", "device", "hash"))
"""What the simulated tokens of a sign-in begin with; those that Halo's services take are asked for."""
# Every warning ends it, but for two of libraries: discord.py imports its voice part, which we do not use, and
# the cache sets its attributes on a session, which aiohttp only minds in development mode.
STRICT = (
    "-X",
    "dev",
    "-W",
    "error",
    "-W",
    "ignore:'audioop' is deprecated:DeprecationWarning:discord.player",
    "-W",
    "ignore:Setting custom ClientSession:DeprecationWarning",
)
UNTIDY = re.compile(r"never awaited|Unclosed|was destroyed|never retrieved|Warning|Traceback")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


REFUSED: Mapping[str, tuple[Mapping[str, str | None], str]] = {
    "no Discord token": ({"DISCORD_TOKEN": None}, "ADJUTANT_DISCORD_TOKEN is not set"),
    "no Halo sign-in": (
        {"HALO_SPARTAN_TOKEN": None, "HALO_CLEARANCE_TOKEN": " "},
        "set ADJUTANT_AZURE_CLIENT_ID and run adjutant login, or give ADJUTANT_HALO_SPARTAN_TOKEN and "
        "ADJUTANT_HALO_CLEARANCE_TOKEN by hand",
    ),
    "half of the Halo tokens": ({"HALO_CLEARANCE_TOKEN": None}, "ADJUTANT_HALO_CLEARANCE_TOKEN is not set"),
    "Discord token": ({"DISCORD_TOKEN": "another.discord.token"}, "Discord refuses ADJUTANT_DISCORD_TOKEN"),
    "Halo token": (
        {"HALO_SPARTAN_TOKEN": "another-spartan-token"},
        "Halo refuses ADJUTANT_HALO_SPARTAN_TOKEN",
    ),
    "folder": ({"DATA_DIR": "file/data"}, "ADJUTANT_DATA_DIR"),
    "origin": ({"HALO_ORIGIN": "http://192.0.2.1:80"}, "HALO_ORIGIN"),
    "port": ({"HEALTH_PORT": "x"}, "ADJUTANT_HEALTH_PORT"),
    "not signed in": (KEPT, "nobody has signed in yet"),
    "refresh token": (
        {**KEPT, "AZURE_REFRESH_TOKEN": "another-refresh-token"},
        "Microsoft sign-in: There is no valid",
    ),
    "sign-in file": ({**KEPT, "DATA_DIR": "damaged"}, "is damaged. Sign in again: adjutant login"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """How ``adjutant run`` ended with settings that do not do."""
    folder = tmp_path_factory.mktemp("refused")
    (folder / "file").touch()
    damaged = folder / "damaged" / SIGN_IN
    damaged.parent.mkdir()
    damaged.write_text("{")
    damaged.chmod(0o600)
    async with open_stage(folder) as stage:
        calls: dict[str, Call] = {}
        for number, (name, (settings, _)) in enumerate(REFUSED.items()):
            environment = stage.environment({"DATA_DIR": str(folder / f"data-{number}"), **settings})
            calls[name] = Call(arguments=["run"], environment=environment, folder=str(folder))
        return await call_all(calls, imported=["bot.run"])


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_operator_has_to_mend_is_one_sentence(refusals: dict[str, Outcome], name: str) -> None:
    settings, words = REFUSED[name]
    outcome = refusals[name]

    assert (outcome.code, outcome.stderr.count("\n")) == (EX_CONFIG, 1), outcome.stderr
    line = outcome.stderr.strip()
    assert line.startswith("adjutant: ")
    assert words in line
    assert not any(value in line for value in settings.values() if value and "token" in value)


async def test_an_interrupt_ends_it_cleanly(stage: Stage) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        bot.send(signal.SIGINT)
        assert await bot.exit_code(10) == 0

    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_signal_ends_it_cleanly_while_it_still_starts(stage: Stage) -> None:
    stage.halo.faults.add(Fault(kind=FaultKind.HANG))

    async with stage.running(*STRICT) as bot:
        await stage.asked_something()
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(8) == 0

    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_command_under_way_is_finished_first(stage: Stage) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        stage.halo.faults.add(Fault(kind=FaultKind.LATENCY, delay_s=0.3))
        handle = await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")
        await handle.acknowledged()
        bot.send(signal.SIGTERM)

        message = await handle.answer()
        assert await bot.exit_code(10) == 0

    assert message.embeds[0]["author"]["name"] == "Quiet One"
    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_a_command_that_hangs_is_answered_before_the_end(stage: Stage) -> None:
    async with stage.running(*STRICT) as bot:
        await bot.event("ready")
        stage.halo.faults.add(Fault(kind=FaultKind.HANG))
        handle = await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")
        await handle.acknowledged()
        bot.send(signal.SIGTERM)

        message = await handle.answer(20)
        assert await bot.exit_code(10) == 0

    assert message.ephemeral
    assert message.embeds[0]["title"] == say(RESTARTING.title)
    assert not UNTIDY.search(bot.stderr), bot.stderr


async def test_health_and_metrics_are_served_until_a_signal_ends_it_cleanly(stage: Stage) -> None:
    async with stage.running(*STRICT, HEALTH_PORT="0") as bot, ClientSession() as session:
        origin = f"http://127.0.0.1:{(await bot.event('health served'))['port']}"
        async with session.get(f"{origin}/healthz") as response:
            assert response.status in {200, 503}
        await bot.event("ready")
        await (await stage.ada.slash(stage.towns.general, "help")).answer()

        async with session.get(f"{origin}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"ready": True})
        async with session.get(f"{origin}/metrics") as response:
            metrics = await response.text()
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(10) == 0

    assert not UNTIDY.search(bot.stderr), bot.stderr
    assert 'adjutant_interactions_total{kind="application_command"} 1.0' in metrics
    assert "adjutant_guilds 2.0" in metrics


async def test_a_kill_amid_traffic_loses_nothing_registers_nothing_anew_and_leaves_no_token_behind(
    stage: Stage,
) -> None:
    players = [player.gamertag for player in stage.halo.world.people[:3]]
    async with stage.running(LOG_LEVEL="DEBUG") as killed:
        await killed.event("ready")
        handles = [await stage.ada.slash(stage.towns.general, "lastmatch", player=tag) for tag in players]
        await handles[0].answer()
        killed.send(signal.SIGKILL)
        assert await killed.exit_code() == -signal.SIGKILL

    async with stage.running(LOG_LEVEL="DEBUG") as bot:
        await bot.event("ready")
        message = await (await stage.ada.slash(stage.towns.general, "lastmatch", player=players[0])).answer()
        assert message.embeds[0]["author"]["name"] == players[0]
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(10) == 0

    assert stage.registrations() == 1
    files = [path for path in stage.data_dir.rglob("*") if path.is_file()]
    assert any(path.name == "cache.sqlite" for path in files)
    for secret in stage.secrets:
        assert secret not in killed.stderr
        assert secret not in bot.stderr
        assert not any(secret.encode() in path.read_bytes() for path in files)


async def test_an_account_that_xbox_refuses_is_told_with_what_helps(stage: Stage) -> None:
    stage.halo.sign_in.change(xerr=2148916233)
    first = stage.halo.sign_in.first_refresh_token

    async with stage.running(**KEPT, AZURE_REFRESH_TOKEN=first) as bot:
        assert await bot.exit_code() == EX_CONFIG

    assert "Xbox XSTS token: " in bot.stderr
    assert "create one at xbox.com" in bot.stderr.splitlines()[-1]
    assert first not in bot.stderr


async def test_trouble_at_a_sign_in_host_is_no_reason_not_to_start(stage: Stage) -> None:
    number = stage.halo.faults.add(Fault(kind=FaultKind.STATUS, host="xsts.*", status=503))
    first = stage.halo.sign_in.first_refresh_token

    async with stage.running(**KEPT, AZURE_REFRESH_TOKEN=first) as bot:
        warning = await bot.event("halo not reached at the start")
        await bot.event("ready")
        stage.halo.faults.remove(number)
        # The keeper tries again by itself.
        await bot.event_like("signed in to halo")
        message = await (await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")).answer()

    assert "Xbox XSTS token: " in warning["reason"]
    assert "try again in a while" in warning["reason"]
    assert message.embeds[0]["author"]["name"] == "Quiet One"


async def test_a_sign_in_that_is_kept_wins_over_tokens_given_by_hand(stage: Stage) -> None:
    by_hand = {"HALO_SPARTAN_TOKEN": "old-spartan-token", "HALO_CLEARANCE_TOKEN": "old-clearance-token"}
    first = stage.halo.sign_in.first_refresh_token

    async with stage.running(AZURE_CLIENT_ID="client-id", AZURE_REFRESH_TOKEN=first, **by_hand) as bot:
        told = await bot.event("halo tokens given by hand are not used")
        works = await bot.event("halo sign-in works")

    assert "ADJUTANT_AZURE_CLIENT_ID is set" in told["reason"]
    assert works["gamertag"] == stage.halo.world.hero.gamertag


async def test_no_token_of_a_renewal_is_left_anywhere_but_in_its_own_file(stage: Stage) -> None:
    sign_in = stage.halo.sign_in
    player = stage.halo.world.people[0].gamertag
    async with stage.running(
        *STRICT, **KEPT, AZURE_REFRESH_TOKEN=sign_in.first_refresh_token, LOG_LEVEL="DEBUG"
    ) as bot:
        await bot.event("ready")
        await (await stage.ada.slash(stage.towns.general, "lastmatch", player=player)).answer()
        sign_in.expire()
        message = await (await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")).answer()
        sign_in.expire()
        sign_in.revoke()
        refused = await (await stage.ada.slash(stage.towns.general, "lastmatch", player=player)).answer()
        bot.send(signal.SIGTERM)
        assert await bot.exit_code(10) == 0

    assert message.embeds[0]["author"]["name"] == "Quiet One"
    assert "Halo sign-in needs its operator" in refused.embeds[0]["description"]
    assert bot.stderr.count("signed in to halo") == 2
    assert '"mend": "adjutant login"' in bot.stderr
    files = {path.name: path.read_bytes() for path in stage.data_dir.rglob("*") if path.is_file()}
    assert b"playground-refresh" in files.pop(SIGN_IN)
    assert "cache.sqlite" in files
    for secret in (*stage.secrets, *sign_in.halo.secrets, *SIGNING_IN):
        assert secret not in bot.stderr
        assert not [name for name, content in files.items() if secret.encode() in content]
    assert not UNTIDY.search(bot.stderr), bot.stderr
    assert stage.halo.leaks == []
