"""Everything behind the page, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.discord import LocalDiscord
from bot.playground.web.ledger import Ledger
from bot.playground.web.media import MediaLinks, MediaProxy
from bot.playground.web.world_panel import WorldPanel

__all__ = ["Backstage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backstage:
    """The local Discord, the simulated world and what the page keeps about both."""

    discord: LocalDiscord
    ledger: Ledger
    world: WorldPanel
    links: MediaLinks
    proxy: MediaProxy
