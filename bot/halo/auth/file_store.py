"""The sign-in in a file that only its owner may read."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from typing import Final

from bot.halo.auth.process_lock import ProcessLock
from bot.halo.auth.store import StoredSignIn, decode, encode
from bot.halo.errors import TokenStoreError

__all__ = ["FileTokenStore"]

_log = logging.getLogger(__name__)

_SIZE_LIMIT: Final = 64 * 1024
_OWNER_ONLY: Final = 0o600


class FileTokenStore:
    """Keeps the sign-in in a JSON file, replaced as a whole and never changed in place.

    Beside it lies an empty ``….lock``, and during a save the ``….new`` that is about to replace it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = ProcessLock(path.with_name(f"{path.name}.lock"))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._path)!r})"

    def load(self) -> StoredSignIn | None:
        """Return what was saved last; None where there is no file.

        Raises:
            TokenStoreError: The file cannot be read, or is damaged.
        """
        try:
            with self._path.open("rb") as file:
                self._keep_private(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
                text = file.read(_SIZE_LIMIT)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise TokenStoreError(
                f"The stored sign-in {self._path} cannot be read ({error.strerror}): "
                "it must be a file that the bot's user owns."
            ) from None
        return decode(text, f"The stored sign-in {self._path}")

    def save(self, sign_in: StoredSignIn) -> None:
        """Replace the file; when this returns, the new content is on the disk.

        Raises:
            TokenStoreError: It cannot be written; the old content is still there.
        """
        new = self._path.with_name(f"{self._path.name}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            _write(new, encode(sign_in).encode())
            new.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as error:
            raise TokenStoreError(
                f"The sign-in cannot be stored in {self._path} ({error.strerror}): "
                "the folder must be one that the bot may write to, with space left."
            ) from None

    def try_lock(self) -> bool:
        """Take the lock file, and tell whether that worked.

        Raises:
            TokenStoreError: It cannot be made.
        """
        return self._lock.try_acquire()

    def unlock(self) -> None:
        """Give the lock file back."""
        self._lock.release()

    def _keep_private(self, mode: int) -> None:
        if os.name == "posix" and mode & 0o077:
            _log.warning("%s could be read by other users (mode %o); it no longer can", self._path, mode)
            self._path.chmod(_OWNER_ONLY)


def _write(path: Path, content: bytes) -> None:
    """Make a file that nobody else can ever read, and get its content onto the disk."""
    # Never an existing file: its mode, or where a link leads, would be somebody else's choice.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Get a rename onto the disk; Windows has no such thing and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
