"""The table of checks, and how they are run: all at once, each for so long and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import structlog
from rich.console import Console

from bot.config import ENV_FILE, ConfigurationError, UnavailableError, setting
from bot.doctor.cache_file import check_cache
from bot.doctor.case import Case
from bot.doctor.database import check_database
from bot.doctor.discord_token import check_discord
from bot.doctor.finding import Finding, Verdict
from bot.doctor.folder import check_folder
from bot.doctor.given_settings import check_settings
from bot.doctor.halo_chain import check_halo
from bot.doctor.health_port import check_health_port
from bot.doctor.pictures import check_pictures
from bot.doctor.report import show
from bot.terminal import is_lively

__all__ = ["CHECKS", "Check", "check_all", "examine"]

log = structlog.stdlib.get_logger("adjutant.doctor")

Sections = Sequence[Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    Attributes:
        what: What it is.
        look: Looks at it; what it raises is a bug.
        deadline_s: For how long.
        needs: The settings that it goes by; while one is not valid it is not reached.
    """

    what: str
    look: Callable[[Case], Awaitable[Sequence[Finding]]]
    deadline_s: float
    needs: tuple[str, ...] = ()


HALO_NEEDS = (
    "data_dir",
    "keyring",
    "halo_origin",
    "azure_client_id",
    "azure_client_secret",
    "azure_refresh_token",
    "halo_spartan_token",
    "halo_clearance_token",
)
CHECKS = (
    Check("Settings", check_settings, 5),
    Check("Data folder", check_folder, 15, ("data_dir", "cache_max_mb")),
    Check("Cache", check_cache, 30, ("data_dir",)),
    Check("Database", check_database, 45, ("data_dir", "database_url")),
    Check("Pictures", check_pictures, 60),
    Check("Discord", check_discord, 15, ("discord_token", "discord_api_base")),
    # Another process may hold the sign-in for a minute, and every host may take its time.
    Check("Halo sign-in", check_halo, 120, HALO_NEEDS),
    Check("Health port", check_health_port, 15, ("health_port", "health_host")),
)


async def examine(case: Case, console: Console) -> int:
    """Look at everything, show it, and return the exit code.

    It is 0 only if all is fine, else that of :class:`~bot.config.ConfigurationError` where the operator has
    something to do, else that of :class:`~bot.config.UnavailableError`.
    """
    with console.status("Looking at everything …") if is_lively(console) else nullcontext():
        sections = await check_all(case)
    show(sections, console)
    verdicts = {finding.verdict for section in sections for finding in section}
    if verdicts <= {Verdict.FINE, Verdict.OFF}:
        return 0
    return (ConfigurationError if Verdict.MEND in verdicts else UnavailableError).exit_code


async def check_all(case: Case, checks: Sequence[Check] = CHECKS) -> Sections:
    """Run the checks at the same time, and return what they found in their order."""
    return await asyncio.gather(*(_run(check, case) for check in checks))


async def _run(check: Check, case: Case) -> Sequence[Finding]:
    if missing := [name for name in (ENV_FILE, *check.needs) if check.needs and name in case.invalid]:
        names = " and ".join(name if name == ENV_FILE else setting(name) for name in missing)
        return [Finding(check.what, Verdict.NOT_REACHED, f"waits for {names} (see Settings)")]
    try:
        async with asyncio.timeout(check.deadline_s):
            return await check.look(case)
    except TimeoutError:
        return [Finding(check.what, Verdict.TROUBLE, f"no answer within {check.deadline_s:g} s")]
    except Exception as error:
        log.exception("a check failed", check=check.what)
        found = f"this check itself failed ({type(error).__name__}); please report it"
        return [Finding(check.what, Verdict.TROUBLE, found)]
