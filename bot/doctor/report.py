"""The report: a table that keeps to the console's width and reads as well without colour."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import __version__
from bot.doctor.finding import Finding, Verdict
from bot.terminal import plain

__all__ = ["show"]

NARROWEST_TABLE = 60
SUMMARY = ((Verdict.MEND, "to mend"), (Verdict.TROUBLE, "in trouble"), (Verdict.NOT_REACHED, "not reached"))


def show(sections: Sequence[Sequence[Finding]], console: Console) -> None:
    """Show what was found, a section for each check, and how it stands in all."""
    console.print(f"Adjutant {__version__}, Python {platform.python_version()}, {platform.system()}")
    if console.width < NARROWEST_TABLE:
        _list(sections, console)
    else:
        console.print(_table(sections))
    console.print(_summary([finding for section in sections for finding in section]), soft_wrap=True)


def _table(sections: Sequence[Sequence[Finding]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("Check", no_wrap=True)
    table.add_column("State", no_wrap=True)
    table.add_column("What there is, and what to do", overflow="fold")
    for section in sections:
        for finding in section:
            table.add_row(finding.what, _state(finding), _told(finding))
    return table


def _list(sections: Sequence[Sequence[Finding]], console: Console) -> None:
    for finding in (finding for section in sections for finding in section):
        console.print(Text.assemble(finding.what, ": ", _state(finding)))
        if finding.found or finding.remedy:
            console.print(Padding(_told(finding), (0, 0, 0, 2)))


def _state(finding: Finding) -> Text:
    return Text(finding.verdict.word, finding.verdict.style)


def _told(finding: Finding) -> Text:
    lines = [plain(finding.found)] if finding.found else []
    if finding.remedy:
        lines.append(f"→ {plain(finding.remedy)}")
    return Text("\n".join(lines), overflow="fold")


def _summary(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.verdict for finding in findings)
    bad = [f"{counts[verdict]} {words}" for verdict, words in SUMMARY if counts[verdict]]
    return f"{', '.join(bad)}." if bad else "All is fine."
