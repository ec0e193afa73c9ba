"""Skill of whole matches: never changes once it is there, so each match is asked for once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import DeadlineExceededError, HaloError, NotFoundError
from bot.halo.models.refdata import LifecycleMode
from bot.halo.models.skill import MatchSkill
from bot.halo.models.stats import MatchStats
from bot.halo.xuid import wrap_xuid
from bot.reports.patience import OPTIONAL_S

__all__ = ["SkillPending", "Skills"]

REMEMBERED = 500


class SkillPending(Exception):
    """The skill of a matched game is not there; ``is_slow``: it may be, but the service takes its time."""

    def __init__(self, *, is_slow: bool) -> None:
        super().__init__()
        self.is_slow = is_slow


class Skills:
    """Fetches the skill of a match's whole roster in one request."""

    def __init__(self, halo: HaloInfiniteClient) -> None:
        self._halo = halo
        self._kept: OrderedDict[str, MatchSkill] = OrderedDict()

    async def of(self, stats: MatchStats, *, wait_s: float = 0.0) -> MatchSkill | None:
        """The skill of a match's humans; None for custom games and while the service is in trouble.

        Args:
            stats: The match.
            wait_s: How long a match that just ended is waited for.

        Raises:
            SkillPending: There is none within that time.
        """
        if stats.match_info.lifecycle_mode is not LifecycleMode.MATCHMADE:
            return None
        key = str(stats.match_id)
        if (kept := self._kept.get(key)) is not None:
            return kept
        humans = [player.player_id for player in stats.players if player.is_human]
        if not humans:
            return None
        halo = self._halo.with_options(not_found_wait_s=wait_s, deadline_s=OPTIONAL_S + wait_s)
        try:
            skill = await (await halo.skill.get_match_skill(stats.match_id, humans)).parse()
        except NotFoundError:
            raise SkillPending(is_slow=False) from None
        except DeadlineExceededError:
            raise SkillPending(is_slow=True) from None
        except HaloError:
            return None
        self._kept[key] = skill
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return skill

    def forget(self, xuids: Collection[int]) -> None:
        """Forget the matches in which these players were."""
        gone = {wrap_xuid(xuid) for xuid in xuids}
        for key, skill in list(self._kept.items()):
            if any(entry.id in gone for entry in skill.value):
                del self._kept[key]
