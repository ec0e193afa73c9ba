"""Fingerprints: what stands in the place of the XUID of a player whom nobody links.

By it lines of one player are found again, when somebody links the account or meets the player once more; who it
is cannot be told from it without the secret, which is made once for each database and goes with its rows.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import SecretRow

__all__ = ["FOR_FINGERPRINTS", "fingerprint", "fingerprints_of", "new_secret"]

FOR_FINGERPRINTS: Final = "fingerprints"
_SECRET_BYTES: Final = 32
_XUID_BYTES: Final = 8
_DIGEST_BYTES: Final = 8


def new_secret() -> bytes:
    """Draw a database's secret."""
    return secrets.token_bytes(_SECRET_BYTES)


def fingerprint(secret: bytes, xuid: int) -> int:
    """Return what a player is called by who has the secret: a negative number of 63 bits, which no XUID is.

    Two of a million players have the same one with a chance of 1 in 20 million.
    """
    keyed = hashlib.blake2b(xuid.to_bytes(_XUID_BYTES, "big"), key=secret, digest_size=_DIGEST_BYTES)
    return -1 - (int.from_bytes(keyed.digest(), "big") >> 1)


async def fingerprints_of(connection: AsyncConnection, xuids: Collection[int]) -> dict[int, int]:
    """Return the fingerprint of each of these players in this database.

    The secret is read each time: a backup that is restored meanwhile brings its own.
    """
    if not xuids:
        return {}
    secret = select(SecretRow.value).where(SecretRow.name == FOR_FINGERPRINTS)
    key = (await connection.execute(secret)).scalar_one()
    return {xuid: fingerprint(key, xuid) for xuid in xuids}
