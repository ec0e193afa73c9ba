"""The doctor on fonts, Discord and the health port."""

from __future__ import annotations

import ipaddress
import socket
from importlib import metadata

import pytest

from bot.doctor import Finding, Verdict
from bot.health import Metrics, serve_health
from bot.playground.discord import Fault as DiscordFault
from bot.playground.discord import LocalDiscord
from bot.playground.halo import HaloService
from tests.doctor.conftest import case_of, found, named

EVERYWHERE = str(ipaddress.IPv4Address(0))


async def test_a_font_that_is_not_installed_is_named(
    given_settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", nothing)

    finding = (await found(case_of(given_settings), named("Pictures")))["Pictures"]

    assert finding.verdict is Verdict.MEND
    assert "fontpkg-noto-sans" in finding.found
    assert "requirements/run.txt" in finding.remedy


@pytest.mark.parametrize(
    ("status", "verdict", "words"),
    [
        (401, Verdict.MEND, "refuses the token"),
        (503, Verdict.TROUBLE, "answered 503"),
        (429, Verdict.TROUBLE, "answered 429"),
        (404, Verdict.MEND, "is not Discord's"),
    ],
)
async def test_discord_says_no(
    given_settings: dict[str, object], discord: LocalDiscord, status: int, verdict: Verdict, words: str
) -> None:
    discord.faults.add(DiscordFault(status))

    finding = (await found(case_of(given_settings), named("Discord")))["Discord"]

    assert finding.verdict is verdict
    assert words in finding.found
    assert finding.remedy


async def test_a_token_that_is_not_the_bot_s_and_a_discord_that_is_not_there(
    given_settings: dict[str, object], halo: HaloService
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    elsewhere = {"discord_api_base": f"http://127.0.0.1:{port}/api"}

    refused = (await found(case_of(given_settings, discord_token="another"), named("Discord")))["Discord"]
    absent = (await found(case_of(given_settings, **elsewhere), named("Discord")))["Discord"]
    another = (await found(case_of(given_settings, discord_api_base=halo.origin), named("Discord")))[
        "Discord"
    ]

    assert refused.verdict is Verdict.MEND
    assert "ADJUTANT_DISCORD_TOKEN" in refused.remedy
    assert absent.verdict is Verdict.TROUBLE
    assert "cannot be reached (ClientConnectorError)" in absent.found
    assert another.verdict is Verdict.MEND
    assert "ADJUTANT_DISCORD_API_BASE" in another.remedy


@pytest.mark.parametrize(
    ("is_ready", "verdict", "words"),
    [
        (True, Verdict.FINE, "answered by the running bot, which is connected"),
        (False, Verdict.TROUBLE, "not connected to Discord"),
    ],
)
async def test_the_running_bot_answers_at_its_port(
    given_settings: dict[str, object], is_ready: bool, verdict: Verdict, words: str
) -> None:
    async with serve_health("127.0.0.1", 0, registry=Metrics().registry, is_ready=lambda: is_ready) as port:
        case = case_of(given_settings, health_port=port, health_host=EVERYWHERE)
        finding = (await found(case, named("Health port")))["Health port"]

    assert finding.verdict is verdict
    assert words in finding.found


async def test_a_port_of_nobody_of_another_and_of_no_address_of_ours(
    given_settings: dict[str, object], halo: HaloService
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free = closed.getsockname()[1]
    taken = int(halo.origin.rsplit(":", 1)[1])

    async def look(**others: object) -> Finding:
        return (await found(case_of(given_settings, **others), named("Health port")))["Health port"]

    assert (await look()).verdict is Verdict.OFF
    assert (await look(health_port=0)).verdict is Verdict.FINE
    assert (await look(health_port=free)).found == f"{free} is free: no bot is running here"
    assert (await look(health_port=taken)).found == f"{taken} is taken by another program"
    for host in ("203.0.113.1", "no host at all", "[", "…" * 70):
        nowhere = await look(health_port=free, health_host=host)
        assert nowhere.verdict is Verdict.MEND, host
        assert "ADJUTANT_HEALTH_HOST" in nowhere.remedy
