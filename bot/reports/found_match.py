"""A match that has been found: its stats are there, the rest is on its way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.skill import MatchSkill
from bot.halo.models.stats import MatchStats
from bot.reports.histories import Kind
from bot.reports.players import Player
from bot.reports.references import Names
from bot.reports.skills import SkillPending, Skills
from bot.stats.last_match import build_match_report
from bot.stats.match_report import MatchReport, MedalTally
from bot.stats.medals import tally_medals

__all__ = ["FoundMatch", "Position"]

# Skill appears later than stats; this long is waited when somebody asked for the rest of a fresh match.
SKILL_WAIT_S = 40.0


@dataclass(frozen=True, slots=True)
class Position:
    """Where a match stands in a history of one kind; 0 is the newest."""

    kind: Kind
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMatch:
    """One match of one player.

    ``seen_at`` is when the history said so, and ``is_live`` False when that was remembered because
    the service is in trouble. ``is_fresh``: it ended so recently that skill may still appear.
    ``locale`` is Halo's code of the reader's language. The tasks belong to whoever opened the match.
    """

    player: Player
    stats: MatchStats
    position: Position
    seen_at: datetime
    is_live: bool
    is_fresh: bool
    locale: str
    medal_metadata: MedalMetadata | None
    names: asyncio.Task[Names]
    gamertags: asyncio.Task[dict[int, str]]
    skill: asyncio.Task[MatchSkill | None]
    skills: Skills

    def medals(self) -> tuple[MedalTally, ...]:
        """The player's medals, rarest first: known before the rest is."""
        return tally_medals(self.stats, self.player.xuid, self.medal_metadata, self.locale)

    async def report(self, *, wait_for_skill: bool = False) -> MatchReport:
        """Everything that is to be said of the match.

        Without ``wait_for_skill`` a match whose skill is not there yet is reported with
        ``skill_pending`` set.

        Raises:
            SubjectNotInMatchError: The player is not in this match.
        """
        skill, pending = await self._skill(wait_for_skill=wait_for_skill)
        names, gamertags = await asyncio.shield(self.names), await asyncio.shield(self.gamertags)
        return build_match_report(
            stats=self.stats,
            skill=skill,
            subject_xuid=self.player.xuid,
            gamertags={**gamertags, self.player.xuid: self.player.gamertag},
            map_asset=names.map_asset,
            variant=names.variant,
            playlist=names.playlist,
            medals=self.medal_metadata,
            gamerpic_url=self.player.gamerpic_url,
            locale=self.locale,
            local=names.local,
            skill_pending=pending,
        )

    async def _skill(self, *, wait_for_skill: bool) -> tuple[MatchSkill | None, bool]:
        try:
            if wait_for_skill:
                return await self.skills.of(self.stats, wait_s=SKILL_WAIT_S), False
            return await asyncio.shield(self.skill), False
        except SkillPending as pending:
            return None, self.is_fresh or pending.is_slow
