"""``adjutant``, called many times, each in a process of its own that is forked from one which has imported it.

To import the bot takes longer than most of what a command does before it ends.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.stage import PATIENCE_S, ROOT, Outcome

__all__ = ["Call", "call_all"]


@dataclass(frozen=True, kw_only=True)
class Call:
    """What follows ``adjutant`` on the command line, all of the environment, and where it is called."""

    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    folder: str


async def call_all(calls: Mapping[str, Call], *, imported: Sequence[str]) -> dict[str, Outcome]:
    """Call the command in all these ways at the same time, and return how each of them ended.

    Args:
        calls: By any name.
        imported: The modules that are imported before, beside the command's own.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.forked_commands",
        *imported,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    asked = json.dumps({name: asdict(call) for name, call in calls.items()})
    try:
        async with asyncio.timeout(2 * PATIENCE_S):
            answer, _ = await process.communicate(asked.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0
    return {name: Outcome(**outcome) for name, outcome in json.loads(answer).items()}


def main() -> None:
    from bot.__main__ import main as adjutant

    for module in sys.argv[1:]:
        importlib.import_module(module)
    asked = {name: Call(**call) for name, call in json.load(sys.stdin).items()}
    with tempfile.TemporaryDirectory() as folder:
        begun = {name: _Forked(call, Path(folder, str(n))) for n, (name, call) in enumerate(asked.items())}
        for process in begun.values():
            process.start(adjutant)
        json.dump({name: asdict(process.outcome()) for name, process in begun.items()}, sys.stdout)


class _Forked:
    def __init__(self, call: Call, said: Path) -> None:
        self._call = call
        self._stdout, self._stderr = said.with_suffix(".out"), said.with_suffix(".err")
        self._pid = 0

    def start(self, command: Callable[[], None]) -> None:
        self._pid = os.fork()
        if self._pid:
            return
        code = 1
        try:
            self._become()
            command()
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _become(self) -> None:
        os.environ.clear()
        os.environ.update(self._call.environment)
        os.chdir(self._call.folder)
        sys.argv = ["adjutant", *self._call.arguments]
        for path, stream in ((self._stdout, sys.stdout), (self._stderr, sys.stderr)):
            with path.open("wb") as file:
                os.dup2(file.fileno(), stream.fileno())

    def outcome(self) -> Outcome:
        _, status = os.waitpid(self._pid, 0)
        code = os.waitstatus_to_exitcode(status)
        return Outcome(code, self._stdout.read_text(), self._stderr.read_text())


if __name__ == "__main__":
    main()
