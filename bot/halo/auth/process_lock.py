"""A lock between processes that the operating system gives back when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.halo.errors import TokenStoreError

__all__ = ["ProcessLock"]

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProcessLock:
    """An exclusive lock on an empty file, which stays where it is.

    Two objects on the same path exclude each other also within one process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock, and tell whether that worked.

        Raises:
            TokenStoreError: The file cannot be made.
        """
        if self._descriptor is not None:
            return False
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise TokenStoreError(
                f"The lock {self._path} cannot be made ({error.strerror}): "
                "the folder must be one that the bot may write to."
            ) from None
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back; not to hold it is no mistake."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
