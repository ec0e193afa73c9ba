"""One drawing process, and its replacement when it dies."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import Final, ParamSpec, TypeVar

from bot.draw.drawing_process import prepare_process

__all__ = ["Worker", "WorkerLostError"]

P = ParamSpec("P")
T = TypeVar("T")

_ATTEMPTS: Final = 2
# What the server process imports once for all workers.
_PRELOADED: Final = ["__main__", "bot.draw.drawing_process"]


class WorkerLostError(RuntimeError):
    """The drawing process died over a job, and so did its replacement."""


class Worker:
    """A process for one job at a time. Its methods block: call them from a thread.

    The process is not forked from this one, whose threads may hold locks, but from a clean server process
    where the platform has it; a replacement is then there within milliseconds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._replaced = 0

    @property
    def replaced(self) -> int:
        """How often the process died."""
        return self._replaced

    def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a job in the process and return what it returns, or raise what it raises.

        Raises:
            WorkerLostError: The process died, and its replacement died over the same job.
        """
        with self._lock:
            for _ in range(_ATTEMPTS):
                pool = self._pool or self._start()
                try:
                    return pool.submit(job, *args, **kwargs).result()
                except BrokenProcessPool:
                    self._replaced += 1
                    self._stop()
            raise WorkerLostError("A drawing process died twice over one picture")

    def close(self) -> None:
        """End the process after the job it is doing."""
        with self._lock:
            self._stop()

    def _start(self) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        context.set_forkserver_preload(_PRELOADED)
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=prepare_process)
        return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None
