"""A match's times: when it was played, for how long, and how far into it somebody came or went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.halo.models.stats import MatchInfo, ParticipationInfo

__all__ = ["MatchClock", "Presence", "bounded", "match_clock"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST: Final = timedelta(days=365)


def bounded(span: timedelta) -> timedelta:
    """Return a length of time as a match can have it: a service's mistake must not overflow a sum."""
    return min(max(span, timedelta()), _LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When a player came and went, as offsets from the start of play; None for who was there throughout."""

    joined_after: timedelta | None
    left_after: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchClock:
    """The times of one match.

    ``started_at`` is the service's start, at the beginning of the intro; after ``intro``, about half a
    minute, the players could move. ``duration`` is the time without intro and outro.
    """

    started_at: datetime
    ended_at: datetime
    intro: timedelta
    duration: timedelta

    def presence(self, info: ParticipationInfo, *, is_bot: bool, did_finish: bool) -> Presence:
        """Tell a late joiner and a leaver; bots fill in whenever they are needed, so they never join late."""
        joined = left = None
        played = bounded(info.time_played)
        if info.joined_in_progress and not is_bot:
            joined = self._offset(info.first_joined_time, otherwise=self.duration - played)
        if info.left_in_progress or not did_finish:
            left = self._offset(info.last_leave_time, otherwise=(joined or timedelta()) + played)
        return Presence(joined_after=joined, left_after=left)

    def _offset(self, moment: datetime | None, *, otherwise: timedelta) -> timedelta:
        """Return how far into play a moment lies: not before its start and not after its end."""
        offset = otherwise if moment is None else moment - self.started_at - self.intro
        end = max(self.ended_at - self.started_at - self.intro, self.duration)
        return max(min(offset, end), timedelta())


def match_clock(info: MatchInfo) -> MatchClock:
    """Read a match's times.

    The service's duration counts from when players can move to the end, so what it lacks of the whole is the
    intro. A start or end that is missing is taken to be the other.
    """
    started_at = info.start_time or info.end_time or _EPOCH
    ended_at = info.end_time or started_at
    whole = bounded(info.duration)
    return MatchClock(
        started_at=started_at,
        ended_at=ended_at,
        intro=max(ended_at - started_at - whole, timedelta()),
        duration=bounded(info.playable_duration) or whole,
    )
