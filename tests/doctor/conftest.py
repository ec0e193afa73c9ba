"""An installation with which all is fine, to be spoiled by each test."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import CHECKS, Case, Check, Finding, Verdict, check_all
from bot.playground.discord import LocalDiscord
from bot.playground.halo import HaloService, run_halo_service
from bot.playground.world import World
from tests.stage import DISCORD_TOKEN, make_settings

CLIENT_ID = "client-id"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
SIGN_IN_STEPS = (
    "Token store",
    "Microsoft sign-in",
    "Xbox user token",
    "Xbox XSTS token",
    "Halo XSTS token",
    "Spartan token",
    "Clearance",
    "Halo profile",
)
FAST = tuple(check for check in CHECKS if check.what != "Pictures")
"""All but the one that starts a process."""


@pytest.fixture(scope="module")
def world() -> World:
    return World("doctor", datetime.now(UTC), matches=5)


@pytest.fixture
async def halo(world: World) -> AsyncIterator[HaloService]:
    async with run_halo_service(world) as running:
        yield running


@pytest.fixture
async def discord() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(token=DISCORD_TOKEN) as running:
        yield running


@pytest.fixture
def given_settings(halo: HaloService, discord: LocalDiscord, tmp_path: Path) -> dict[str, object]:
    """Settings with which all is fine."""
    (tmp_path / "data").mkdir()
    return {
        "data_dir": tmp_path / "data",
        "discord_token": DISCORD_TOKEN,
        "discord_api_base": discord.api_base,
        "halo_origin": halo.origin,
        "azure_client_id": CLIENT_ID,
        "azure_refresh_token": halo.sign_in.first_refresh_token,
    }


def case_of(given_settings: dict[str, object], **others: object) -> Case:
    return Case(settings=make_settings(Path(), **{**given_settings, **others}), invalid={})


async def found(case: Case, checks: Sequence[Check] = FAST) -> dict[str, Finding]:
    """What there is to each line; no line is there twice unless it is about settings."""
    return {finding.what: finding for section in await check_all(case, checks) for finding in section}


def verdicts(findings: dict[str, Finding]) -> dict[str, Verdict]:
    return {what: finding.verdict for what, finding in findings.items()}


def named(what: str) -> tuple[Check, ...]:
    return tuple(check for check in CHECKS if check.what == what)
