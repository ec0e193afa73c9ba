"""Kills and deaths as a film tells them, each by itself."""

from __future__ import annotations

from bot.halo.film.event import HighlightEvent
from bot.stats.film.kill_feed import KillFeedEntry

A, B, C, D = (2533274800000000 + number for number in range(1, 5))


def kill(xuid: int, time_ms: int) -> HighlightEvent:
    return HighlightEvent(xuid, "", 50, False, "kill", time_ms, 0, None)


def death(xuid: int, time_ms: int) -> HighlightEvent:
    return HighlightEvent(xuid, "", 20, False, "death", time_ms, 1, None)


def entry(killer: int | None, victim: int | None, time_ms: int = 0) -> KillFeedEntry:
    return KillFeedEntry(time_ms=time_ms, killer_xuid=killer, victim_xuid=victim)
