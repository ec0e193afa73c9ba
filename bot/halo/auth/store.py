"""What is kept of a sign-in between two runs, and what every place to keep it can do."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol, cast

from bot.halo.errors import LOGIN_COMMAND, TokenStoreError

__all__ = ["StoredSignIn", "TokenStore", "decode", "encode"]

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSignIn:
    """A sign-in that can be continued.

    Attributes:
        refresh_token: The newest refresh token.
        client_id: The Azure application that it belongs to.
        obtained_at: When it was answered; it dies 90 days later unless it is used.
        gamertag: Who signed in; empty until that is known.
        player_id: The same as ``xuid(…)``.
    """

    refresh_token: str = field(repr=False)
    client_id: str
    obtained_at: datetime
    gamertag: str = ""
    player_id: str = ""


class TokenStore(Protocol):
    """A place that outlives the process. To load and to save may block, so that is done in a thread."""

    def load(self) -> StoredSignIn | None:
        """Return what was saved last; None if nothing ever was.

        Raises:
            TokenStoreError: It cannot be read, or is damaged.
        """
        ...

    def save(self, sign_in: StoredSignIn) -> None:
        """Keep it. When this returns, a crash or a power failure no longer loses it.

        Raises:
            TokenStoreError: It cannot be kept; what was saved before still is.
        """
        ...

    def try_lock(self) -> bool:
        """Take the lock that keeps others from renewing, and tell whether that worked.

        Raises:
            TokenStoreError: There can be no lock.
        """
        ...

    def unlock(self) -> None:
        """Give the lock back. The end of the process, however it comes, does so too."""
        ...


def encode(sign_in: StoredSignIn) -> str:
    """Return a sign-in as the text that stores keep."""
    return json.dumps(
        {
            "format": _FORMAT,
            "client_id": sign_in.client_id,
            "refresh_token": sign_in.refresh_token,
            "obtained_at": sign_in.obtained_at.astimezone(UTC).isoformat(),
            "gamertag": sign_in.gamertag,
            "player_id": sign_in.player_id,
        },
        indent=2,
    )


def decode(text: str | bytes, place: str) -> StoredSignIn:
    """Return the sign-in in a store's text.

    Raises:
        TokenStoreError: It is damaged, or of a later version; ``place`` names the store in the message.
    """
    try:
        return _read(json.loads(text), place)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        # The cause would quote the text, which may hold a token.
        raise TokenStoreError(f"{place} is damaged. Sign in again: {LOGIN_COMMAND}") from None


def _read(data: Any, place: str) -> StoredSignIn:
    if not isinstance(data, dict):
        raise TypeError
    fields = cast("dict[str, Any]", data)
    if isinstance(version := fields["format"], int) and version > _FORMAT:
        raise TokenStoreError(
            f"{place} was written by a later version of this program: use that one, "
            f"or sign in again: {LOGIN_COMMAND}"
        )
    names = ("refresh_token", "client_id", "gamertag", "player_id")
    texts = {name: fields[name] for name in names}
    if version != _FORMAT or not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    token = texts["refresh_token"]
    if not token.strip() or not token.isascii() or not token.isprintable():
        raise ValueError
    obtained_at = datetime.fromisoformat(fields["obtained_at"])
    if obtained_at.tzinfo is None:
        raise ValueError
    return StoredSignIn(**texts, obtained_at=obtained_at)
