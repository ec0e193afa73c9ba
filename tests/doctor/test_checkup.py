"""The doctor always ends, and its report can always be read."""

from __future__ import annotations

import asyncio
import io
import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.doctor import Case, Check, Finding, Verdict, examine
from bot.doctor.aside import aside
from bot.doctor.report import show
from bot.playground.halo import HaloService
from bot.playground.world import World
from tests.doctor.conftest import CONTROL, SIGN_IN_STEPS, case_of, found, verdicts
from tests.stage import DISCORD_TOKEN


async def test_all_is_fine(given_settings: dict[str, object], halo: HaloService, world: World) -> None:
    console = Console(file=io.StringIO(), width=80)

    assert await examine(case_of(given_settings), console) == 0

    assert isinstance(console.file, io.StringIO)
    report = console.file.getvalue()
    assert report.splitlines()[-1] == "All is fine."
    for what in (
        "Settings",
        "Data folder",
        "Cache",
        "Database",
        "Pictures",
        "Discord",
        *SIGN_IN_STEPS,
        "Health port",
    ):
        assert re.search(rf"^ {what} +(ok|off) ", report, re.MULTILINE), what
    assert f"signed in as {world.hero.gamertag}" in report
    assert all(cell_len(line) <= 80 for line in report.splitlines())
    assert not CONTROL.search(report)
    for secret in (DISCORD_TOKEN, halo.sign_in.first_refresh_token, *halo.sign_in.halo.secrets):
        assert secret not in report


async def test_what_never_ends_holds_up_nothing_and_a_bug_is_one_line(
    given_settings: dict[str, object],
) -> None:
    for_ever = threading.Event()

    async def hang(_: Case) -> list[Finding]:
        await asyncio.Event().wait()
        return []

    async def block(_: Case) -> list[Finding]:
        await aside(for_ever.wait)
        return []

    async def fail(_: Case) -> list[Finding]:
        raise LookupError("what nobody should read")

    async def work(_: Case) -> list[Finding]:
        return [Finding("Work", Verdict.FINE)]

    looks = (("Hang", hang), ("Block", block), ("Fail", fail), ("Work", work))
    checks = [Check(what, look, 0.05) for what, look in looks]
    findings = await found(case_of(given_settings), checks)

    assert verdicts(findings) == {
        "Hang": Verdict.TROUBLE,
        "Block": Verdict.TROUBLE,
        "Fail": Verdict.TROUBLE,
        "Work": Verdict.FINE,
    }
    assert "no answer within 0.05 s" in findings["Hang"].found
    assert "LookupError" in findings["Fail"].found
    assert "nobody" not in findings["Fail"].found


async def test_what_is_done_aside_comes_back() -> None:
    def fail() -> None:
        raise LookupError

    assert await aside(lambda: 7) == 7
    with pytest.raises(LookupError):
        await aside(fail)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
FINDINGS = st.builds(Finding, st.just("Spartan token"), st.sampled_from(Verdict), TEXTS, TEXTS)


@given(findings=st.lists(FINDINGS, max_size=5), width=st.integers(30, 130))
def test_whatever_is_found_the_report_keeps_to_its_width_and_moves_no_cursor(
    findings: list[Finding], width: int
) -> None:
    console = Console(file=io.StringIO(), width=width)

    show([findings], console)

    assert isinstance(console.file, io.StringIO)
    header, *lines, summary = console.file.getvalue().splitlines()
    assert header.startswith("Adjutant ")
    assert not CONTROL.search(console.file.getvalue())
    assert all(cell_len(line) <= width for line in lines)
    is_fine = {finding.verdict for finding in findings} <= {Verdict.FINE, Verdict.OFF}
    assert (summary == "All is fine.") is is_fine
