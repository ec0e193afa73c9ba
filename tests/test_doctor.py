"""``adjutant doctor`` as its operator runs it, also beside a running bot."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.doctor.conftest import CLIENT_ID, CONTROL
from tests.forked_commands import Call, call_all
from tests.stage import Outcome, Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


# The settings, the exit code, and the last line.
EXAMINED: Mapping[str, tuple[Mapping[str, str], int, str]] = {
    "fine": ({}, 0, "All is fine."),
    "token": ({"DISCORD_TOKEN": "another.discord.token"}, 78, "1 to mend."),
    "network": ({"DISCORD_API_BASE": "http://127.0.0.1:9/api"}, 75, "1 in trouble."),
    "settings": ({"HEALTH_PORT": "x", "LOG_LEVEL": "loud"}, 78, "2 to mend, 1 not reached."),
}


@dataclass(frozen=True)
class Examined:
    """What the doctor said to each of these settings, and what it must never say."""

    outcomes: Mapping[str, Outcome]
    secrets: tuple[str, ...]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def examined(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    calls: dict[str, Call] = {}
    async with open_stage(tmp_path_factory.mktemp("examined")) as stage:
        for name, (settings, _, _) in EXAMINED.items():
            folder = str(tmp_path_factory.mktemp(name))
            environment = stage.environment({"DATA_DIR": f"{folder}/data", **settings})
            calls[name] = Call(arguments=["doctor"], environment=environment, folder=folder)
        return Examined(await call_all(calls, imported=["bot.doctor"]), stage.secrets)


@pytest.mark.parametrize("name", EXAMINED)
def test_the_command_s_exit_code_and_last_line(examined: Examined, name: str) -> None:
    (settings, code, last), outcome = EXAMINED[name], examined.outcomes[name]

    assert outcome.code == code, outcome.stdout
    assert outcome.stderr == ""
    assert outcome.stdout.splitlines()[-1] == last
    assert not CONTROL.search(outcome.stdout)
    for secret in (*examined.secrets, *(value for value in settings.values() if "token" in value)):
        assert secret not in outcome.stdout


async def test_the_command_and_a_running_bot_do_not_disturb_each_other(stage: Stage) -> None:
    first = stage.halo.sign_in.first_refresh_token
    settings = {"AZURE_CLIENT_ID": CLIENT_ID, "AZURE_REFRESH_TOKEN": first, "HEALTH_PORT": "0"}
    async with stage.running(**settings) as bot:
        await bot.event("ready")
        await (await stage.ada.slash(stage.towns.general, "lastmatch", player="Quiet One")).answer()
        outcome = await stage.call("doctor", **settings)
        stage.halo.sign_in.expire()
        people = stage.halo.world.people
        handle = await stage.ada.slash(stage.towns.general, "lastmatch", player=people[0].gamertag)
        message = await handle.answer()

    assert outcome.code == 0, outcome.stdout
    assert message.embeds[0]["author"]["name"] == people[0].gamertag
    stored = json.loads((stage.data_dir / "halo-sign-in.json").read_text())
    assert stored["gamertag"] == stage.halo.world.hero.gamertag
