"""What the running bot has: built once in :mod:`bot.run`, handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.config import Settings
from bot.draw.studio import Studio
from bot.halo.client import HaloInfiniteClient
from bot.health import Metrics
from bot.ingest import Ingest
from bot.reports.accounts import Accounts
from bot.reports.csr import CsrReport
from bot.reports.forgetting import Forgetting
from bot.reports.identities import Identities
from bot.reports.last_match import LastMatch
from bot.reports.leaderboard import LeaderboardReport
from bot.reports.leaderboard_gamerpics import Gamerpics
from bot.reports.leaderboard_names import BoardNameBook
from bot.reports.lookups import Lookups
from bot.reports.medal_art import MedalArt
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.seasons import Seasons
from bot.reports.status import StatusReport
from bot.store import Store
from bot.ui.emoji import TierEmoji

__all__ = ["Resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything that cogs work with."""

    settings: Settings
    metrics: Metrics
    store: Store
    halo: HaloInfiniteClient
    studio: Studio
    last_match: LastMatch
    csr: CsrReport
    leaderboard: LeaderboardReport
    board_names: BoardNameBook
    gamerpics: Gamerpics
    seasons: Seasons
    ranked_playlists: RankedPlaylists
    lookups: Lookups
    identities: Identities
    forgetting: Forgetting
    accounts: Accounts
    ingest: Ingest
    status: StatusReport
    medal_art: MedalArt
    tier_emoji: TierEmoji
