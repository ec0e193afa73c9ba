"""The sign-in in the operating system's keyring."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from bot.halo.auth.process_lock import ProcessLock
from bot.halo.auth.store import StoredSignIn, decode, encode
from bot.halo.errors import TokenStoreError

__all__ = ["Keyring", "KeyringTokenStore"]


class Keyring(Protocol):
    """What is used of the ``keyring`` package, or of one of its backends."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return what is kept under these names; None if nothing is."""
        ...

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Keep a text under these names."""
        ...


class KeyringTokenStore:
    """Keeps the sign-in as one entry of a keyring.

    Args:
        keyring: The keyring.
        lock_path: The empty file through which processes exclude each other.
        service: The entry's first name.
        username: The entry's second name.
    """

    def __init__(
        self, keyring: Keyring, lock_path: Path, *, service: str = "adjutant", username: str = "halo-sign-in"
    ) -> None:
        self._keyring = keyring
        self._names = (service, username)
        self._lock = ProcessLock(lock_path)

    @classmethod
    def of_system(cls, lock_path: Path) -> KeyringTokenStore:
        """Return the store in this system's own keyring.

        Raises:
            TokenStoreError: The optional package ``keyring`` is not installed.
        """
        try:
            keyring = import_module("keyring")
        except ImportError:
            raise TokenStoreError(
                "There is no keyring support: install adjutant[keyring], or keep the sign-in in a file."
            ) from None
        return cls(cast("Keyring", keyring), lock_path)

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._names}"

    def load(self) -> StoredSignIn | None:
        """Return the entry; None where there is none.

        Raises:
            TokenStoreError: The keyring does not open, or the entry is damaged.
        """
        try:
            text = self._keyring.get_password(*self._names)
        except Exception as error:  # backends raise whatever their system does
            raise _refused(error) from None
        return decode(text, "The sign-in in the keyring") if text is not None else None

    def save(self, sign_in: StoredSignIn) -> None:
        """Replace the entry.

        Raises:
            TokenStoreError: The keyring does not open.
        """
        try:
            self._keyring.set_password(*self._names, encode(sign_in))
        except Exception as error:  # backends raise whatever their system does
            raise _refused(error) from None

    def try_lock(self) -> bool:
        """Take the lock file, and tell whether that worked.

        Raises:
            TokenStoreError: It cannot be made.
        """
        return self._lock.try_acquire()

    def unlock(self) -> None:
        """Give the lock file back."""
        self._lock.release()


def _refused(error: Exception) -> TokenStoreError:
    return TokenStoreError(
        f"The keyring cannot be used ({type(error).__name__}): unlock it, or keep the sign-in in a file."
    )
