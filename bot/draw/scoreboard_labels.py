"""The words and number forms of a scoreboard, so that it can speak other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

__all__ = ["ENGLISH_SCOREBOARD", "ScoreboardLabels"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreboardLabels:
    """Every word of a scoreboard.

    The ones with braces are :meth:`str.format` patterns. ``outcomes`` are keyed by the outcome's name,
    ``objectives`` by :attr:`~bot.stats.match_report.ObjectiveStat.key`; what they do not hold is shown by
    ``finished`` and by the statistic's own short name. ``solo_legend`` is for matches without opposing teams. ``weekdays`` start with Monday.
    """

    outcomes: Mapping[str, str]
    finished: str
    title: str
    custom: str
    duration: str
    long_duration: str
    date: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    player: str
    score: str
    kills: str
    deaths: str
    assists: str
    kda: str
    accuracy: str
    damage: str
    csr: str
    objectives: Mapping[str, str] = field(default_factory=dict[str, str])
    bot: str
    joined: str
    left: str
    place: str
    contestants: str
    legend: str
    solo_legend: str
    thousands: str
    decimal: str

    def number(self, value: int) -> str:
        """Write a whole number in groups of three, with a true minus sign."""
        return f"{value:,}".replace(",", self.thousands).replace("-", "−")

    def fraction(self, value: object) -> str:
        """Write a decimal number as it is, with a true minus sign."""
        return str(value).replace(".", self.decimal).replace("-", "−")

    def length(self, duration: timedelta) -> str:
        """Write how long a match took."""
        minutes, seconds = divmod(max(int(duration.total_seconds()), 0), 60)
        hours, rest = divmod(minutes, 60)
        pattern = self.long_duration if hours else self.duration
        return pattern.format(hours=hours, minutes=rest, seconds=seconds)

    def day(self, moment: datetime) -> str:
        """Write a moment in UTC, labelled as such: a picture has no reader's clock."""
        utc = moment.astimezone(UTC)
        return self.date.format(
            weekday=self.weekdays[utc.weekday()],
            day=utc.day,
            month=self.months[utc.month - 1],
            year=utc.year,
            time=f"{utc:%H:%M}",
        )


ENGLISH_SCOREBOARD: Final = ScoreboardLabels(
    outcomes=MappingProxyType(
        {"WIN": "VICTORY", "LOSS": "DEFEAT", "TIE": "DRAW", "DID_NOT_FINISH": "DID NOT FINISH"}
    ),
    finished="FINISHED",
    title="{mode} on {map}",
    custom="Custom game",
    duration="{minutes} min {seconds} s",
    long_duration="{hours} h {minutes} min",
    date="{weekday} {day} {month} {year}, {time} UTC",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    player="PLAYER",
    score="SCORE",
    kills="K",
    deaths="D",
    assists="A",
    kda="KDA",
    accuracy="ACC",
    damage="DAMAGE",
    csr="CSR",
    bot="bot",
    joined="joined at {time}",
    left="left at {time}",
    place="PLACE",
    contestants="/ {contestants}",
    legend="bold: best in team · underlined: best in match",
    solo_legend="underlined: best in match",
    thousands=",",
    decimal=".",
)
