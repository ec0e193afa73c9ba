"""Blocking jobs in a few threads, where equal ones at the same time are one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

__all__ = ["SharedJobs", "StudioBusyError", "StudioClosedError"]

T = TypeVar("T")


class StudioBusyError(RuntimeError):
    """Too many pictures are waiting to be drawn: try again later."""


class StudioClosedError(RuntimeError):
    """The studio is closed, or closed before the picture was drawn."""


class SharedJobs:
    """Runs jobs and shares their results.

    Everybody who asks gets a future of their own, so that cancelling one (as asyncio does when a waiting
    task is cancelled) takes nothing from the others. A job that nobody waits for any more is not begun.
    """

    def __init__(self, *, threads: int, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._waiting: dict[Hashable, list[Future[Any]]] = {}
        self._lock = Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="studio")

    def ask(self, key: Hashable, job: Callable[[], T]) -> Future[T]:
        """Run a job, or join the equal one that waits or runs already.

        The future fails with :class:`StudioBusyError` or :class:`StudioClosedError` if it cannot be run.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                future.set_exception(StudioClosedError("The studio is closed"))
            elif key in self._waiting:
                self._waiting[key].append(future)
            elif len(self._waiting) >= self._most_waiting:
                future.set_exception(StudioBusyError("Too many pictures are waiting to be drawn"))
            else:
                self._waiting[key] = [future]
                self._threads.submit(self._run, key, job)
        return future

    def close(self) -> None:
        """Finish what runs, fail what waits, and end the threads."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)
        for key in list(self._waiting):
            self._settle(key, lambda future: future.set_exception(StudioClosedError("The studio closed")))

    def _run(self, key: Hashable, job: Callable[[], Any]) -> None:
        with self._lock:
            if all(future.cancelled() for future in self._waiting[key]):
                del self._waiting[key]
                return
        try:
            result = job()
        except BaseException as error:
            failure = error
            self._settle(key, lambda future: future.set_exception(failure))
        else:
            self._settle(key, lambda future: future.set_result(result))

    def _settle(self, key: Hashable, finish: Callable[[Future[Any]], None]) -> None:
        with self._lock:
            futures = self._waiting.pop(key)
        for future in futures:
            if future.set_running_or_notify_cancel():
                finish(future)
