"""What the running bot has: built once in :mod:`bot.run`, handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.config import Settings
from bot.draw.studio import Studio
from bot.halo.client import HaloInfiniteClient
from bot.health import Metrics
from bot.reports.last_match import LastMatch
from bot.reports.lookups import Lookups
from bot.reports.medal_art import MedalArt
from bot.ui.emoji import TierEmoji

__all__ = ["Resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything that cogs work with."""

    settings: Settings
    metrics: Metrics
    halo: HaloInfiniteClient
    studio: Studio
    last_match: LastMatch
    lookups: Lookups
    medal_art: MedalArt
    tier_emoji: TierEmoji
