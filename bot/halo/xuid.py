"""XUIDs, the 16-digit numbers that identify Xbox players, and the forms the services take them in."""

from __future__ import annotations

import re

from bot.halo.errors import InvalidXuidError

__all__ = ["unwrap_xuid", "wrap_xuid", "wrap_xuid_or_gamertag", "xuid_of_player_id"]

_SPELLED = re.compile(r"(?:xuid\(([0-9]{16})\)|([0-9]{16}))", re.IGNORECASE)
_LOWEST, _BEYOND = 10**15, 10**16


def unwrap_xuid(xuid: str | int) -> int:
    """The number itself, from ``2533274800000001``, ``"2533274800000001"`` or ``"xuid(2533274800000001)"``.

    Raises:
        InvalidXuidError: It does not have 16 digits.
    """
    if isinstance(xuid, int):
        if not _LOWEST <= xuid < _BEYOND:
            raise InvalidXuidError(xuid)
        return int(xuid)
    match = _SPELLED.fullmatch(xuid.strip())
    if match is None:
        raise InvalidXuidError(xuid)
    return int(match[1] or match[2])


def wrap_xuid(xuid: str | int) -> str:
    """The form that most services take: ``xuid(2533274800000001)``.

    Raises:
        InvalidXuidError: It does not have 16 digits.
    """
    return f"xuid({unwrap_xuid(xuid)})"


def wrap_xuid_or_gamertag(xuid_or_gamertag: str | int) -> str:
    """A player as the stats service takes one: ``xuid(…)`` for an XUID, else the gamertag as it is.

    Raises:
        InvalidXuidError: A number without 16 digits, a blank text, or one of dots alone, which can be neither
            a gamertag nor a part of a path.
    """
    try:
        return wrap_xuid(xuid_or_gamertag)
    except InvalidXuidError:
        gamertag = "" if isinstance(xuid_or_gamertag, int) else xuid_or_gamertag.strip()
        if not gamertag.strip("."):
            raise
        return gamertag


def xuid_of_player_id(player_id: str) -> int | None:
    """The XUID in a match's player id, or None for a bot (``bid(1.0)``) and for anything unheard of."""
    match = _SPELLED.fullmatch(player_id)
    return int(match[1] or match[2]) if match else None
