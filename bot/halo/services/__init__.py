"""One service class per Halo authority."""

from __future__ import annotations

from bot.halo.services.discovery_ugc import DiscoveryUgcService
from bot.halo.services.economy import EconomyService
from bot.halo.services.gamecms_hacs import GameCmsHacsService
from bot.halo.services.profile import ProfileService
from bot.halo.services.skill import SkillService
from bot.halo.services.stats import StatsService

__all__ = [
    "DiscoveryUgcService",
    "EconomyService",
    "GameCmsHacsService",
    "ProfileService",
    "SkillService",
    "StatsService",
]
