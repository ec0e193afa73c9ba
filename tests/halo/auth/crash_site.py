"""A process whose children renew a sign-in and are killed at a step: ``python -m tests.halo.auth.crash_site``.

Arguments are the stand-in's origin and the store's path. Each line of the standard input is the number of the
step to die at; each line of the standard output the signal that ended that child, or 0 when it got to its end.
A step is each beginning, sent body and end of a request, and the moments before and after each thing that is
done to the file system.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, TraceConfig

from bot.halo.auth import AzureApp, FileTokenStore, TokenKeeper


def arm(fatal: int) -> Callable[[], None]:
    """Return what counts steps and dies at the fatal one; the file system counts from now on."""
    steps = count(1)

    def step() -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def surrounded(call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **named: Any) -> Any:
            step()
            result = call(*arguments, **named)
            step()
            return result

        return made

    for name in ("open", "unlink", "fsync", "replace", "close"):
        setattr(os, name, surrounded(getattr(os, name)))
    return step


async def renew(origin: str, path: Path, fatal: int) -> None:
    trace = TraceConfig()
    step = arm(fatal)

    async def on_event(*_: object) -> None:
        step()

    trace.on_request_start.append(on_event)
    trace.on_request_chunk_sent.append(on_event)
    trace.on_request_end.append(on_event)
    async with ClientSession(trace_configs=[trace]) as session:
        await TokenKeeper(session, AzureApp("client-id"), FileTokenStore(path), origin=origin).current()


def main() -> None:
    origin, path = sys.argv[1], Path(sys.argv[2])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(renew(origin, path, int(line)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
