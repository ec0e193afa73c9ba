"""What the simulated services share: the world, its present and how far behind it they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from aiohttp import web

from bot.playground.halo.answers import Refusal
from bot.playground.world import World
from bot.playground.world.art import Gallery
from bot.playground.world.people import Player

__all__ = ["Stage", "listed", "read_number", "read_uuid", "read_xuid"]

_XUID = re.compile(r"(?:xuid\()?(\d{16})\)?")
_GAMERTAG = re.compile(r"gt\((.*)\)", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Stage:
    """The shared state; everything may be changed while the service runs.

    ``stats_delay`` and ``skill_delay`` say how long after its end a match has stats and skill. ``owner`` is
    the signed-in account. ``unknown_gamertag_status`` is 404 or, as seen too, 400.
    """

    world: World
    clock: Callable[[], datetime]
    owner: Player
    gallery: Gallery = field(default_factory=Gallery)
    stats_delay: timedelta = timedelta(seconds=6)
    skill_delay: timedelta = timedelta(seconds=12)
    unknown_gamertag_status: int = 404

    def player(self, text: str) -> Player:
        """The player of a path's ``gt(…)``, ``xuid(…)``, plain XUID or plain gamertag.

        Raises:
            Refusal: There is no such player (404, or 400 where so set), or it is no player's id (400).
        """
        wrapped = _GAMERTAG.fullmatch(text)
        if wrapped or not (_XUID.fullmatch(text) or "(" in text or text.isdigit()):
            player = self.world.player(wrapped[1] if wrapped else text)
            status = self.unknown_gamertag_status
        else:
            player, status = self.world.player_by_xuid(read_xuid(text)), 404
        if player is None:
            raise Refusal(status, "PlayerNotFound")
        return player

    def pass_time(self) -> datetime:
        """The present, up to which everything in the world has happened."""
        now = self.clock()
        self.world.pass_time(now)
        return now

    def is_owner(self, player: Player) -> bool:
        """Whether that is the signed-in account."""
        return player.xuid == self.owner.xuid


def read_xuid(text: str) -> int:
    """The number of an XUID in any form; 400 when it is none."""
    found = _XUID.fullmatch(text)
    if found is None:
        raise Refusal(400, "InvalidXuid")
    return int(found[1])


def read_uuid(text: str) -> UUID:
    """An id of an asset or a match; 400 when it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(400, "InvalidIdentifier") from None


def read_number(request: web.Request, name: str, default: int) -> int:
    """A number of the query, not negative; 400 when it is none."""
    text = request.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refusal(400, f"Invalid{name.capitalize()}")
    return int(text)


def listed(values: Iterable[str]) -> list[str]:
    """Repeated or comma-joined values of a query as one list."""
    return [part for value in values for part in value.split(",") if part]
