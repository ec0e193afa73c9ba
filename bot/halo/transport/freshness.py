"""For how long a stored answer needs no asking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final

from yarl import URL

__all__ = ["directives", "fresh_for", "is_always_live", "is_immutable"]

_ID: Final = r"[0-9a-fA-F-]{36}"
_IMMUTABLE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "halostats.svc.halowaypoint.com": re.compile(rf"/hi/matches/{_ID}/stats"),
        "discovery-infiniteugc.svc.halowaypoint.com": re.compile(
            rf"/hi/(maps|ugcGameVariants|playlists|mapModePairs)/{_ID}/versions/{_ID}"
        ),
    }
)


# Who a player is, what they did last and how they rank: asked anew each time, never answered with Cache-Control.
_LIVE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "halostats.svc.halowaypoint.com": re.compile(r"/hi/players/.*"),
        "skill.svc.halowaypoint.com": re.compile(r".*"),
        "profile.svc.halowaypoint.com": re.compile(r".*"),
        "economy.svc.halowaypoint.com": re.compile(r".*"),
        # Gamerpics: what is stored of a player has to be found again by name, and these bear none.
        "images-eds-ssl.xboxlive.com": re.compile(r".*"),
        "images-eds.xboxlive.com": re.compile(r".*"),
    }
)


def is_always_live(url: URL) -> bool:
    """Tell whether an answer from this address is never kept, so that looking for it would be lost time."""
    pattern = _LIVE.get(url.raw_host or "")
    return pattern is not None and pattern.fullmatch(url.raw_path) is not None


def is_immutable(url: URL) -> bool:
    """Tell whether an answer from this address never changes once it is there.

    That is so for a match's stats and for one version of an asset.
    """
    pattern = _IMMUTABLE.get(url.raw_host or "")
    return pattern is not None and pattern.fullmatch(url.raw_path) is not None


def directives(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the directives of ``Cache-Control`` with their values, names in lower case."""
    parts = (part.partition("=") for part in headers.get("Cache-Control", "").split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in parts if name.strip()}


def fresh_for(headers: Mapping[str, str]) -> timedelta:
    """Return how long an answer is fresh from when it was fetched.

    That is ``max-age`` less the ``Age`` at which a shared cache handed it on, or else what ``Expires``
    grants after ``Date``; nothing for ``no-cache`` and for a ``Cache-Control`` that says neither.
    """
    stated = directives(headers)
    if "no-cache" in stated or "no-store" in stated:
        return timedelta()
    if "max-age" in stated:
        return max(timedelta(), _seconds(stated["max-age"]) - _seconds(headers.get("Age", "0")))
    expires, date = _date(headers.get("Expires")), _date(headers.get("Date"))
    return max(timedelta(), expires - date) if expires and date else timedelta()


def _seconds(text: str) -> timedelta:
    return (
        timedelta(seconds=int(text))
        if text.isascii() and text.isdecimal() and len(text) < 10
        else timedelta()
    )


def _date(text: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
